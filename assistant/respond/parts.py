"""The answers to the parts of one question in, one answer out that says what the documents state and what they lack.

Example: 能源局[1] and a refusal of “施工单位” → “…由能源局牵头。[1] 另外，已检索的文件没有提到“施工单位”。”
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.models import Answer, AnswerKind, Calculation, Citation, Conflict, Statement
from assistant.respond.refusal import NO, UNLIKE, YES

_MARK = re.compile(r"\[(\d+)\]")
_FIGURE = re.compile(r"(?<![\d.])(?!(?:19|20)\d\d年)\d[\d.]*(?:[-—～~]\d[\d.]*)?")
_QUOTED = re.compile(r"原文：|依据：")
_TOLD_FIRST = re.compile(
    r"(?P<told>[^\n。！？]+?)。?(?P<marks>(?:\[\d+\]){0,9})。?\n\n(?P<shown>(?:原文|依据)：[^\n]*(?:\n\n(?:原文|依据)：[^\n]*)*)"
)
_COLUMN = " “"
STATES_FACTS = (AnswerKind.LOOKUP, AnswerKind.PASSAGE, AnswerKind.MIXED)


def join_answers(answers: Sequence[Answer], question: str, standalone: str) -> Answer | None:
    """Return one answer from those of the parts, in order; None where the first part states nothing or one asks back.

    Citations are numbered through, one place once; what a part refuses is said behind what the others state, and what
    two parts are told alike once.
    """
    stated = [answer for answer in answers if answer.kind in STATES_FACTS]
    refused = [answer for answer in answers if answer.kind is AnswerKind.REFUSAL]
    if not stated or answers[0] is not stated[0] or len(stated) + len(refused) < len(answers):
        return None
    joined = stated[0]
    for answer in stated[1:]:
        joined = _append(joined, answer)
    missing = tuple(dict.fromkeys(part for answer in refused for part in answer.missing))
    text = "\n\n".join([joined.answer, *(f"另外，{answer.answer.splitlines()[0]}" for answer in refused)])
    return replace(joined, question=question, standalone=standalone, answer=text, missing=missing)


def join_verdicts(answers: Sequence[Answer], question: str, standalone: str) -> Answer | None:
    """Return the answers to whether something is so of each of several things, behind one verdict over all of them.

    It is so of all only where it is of each; where one answer leaves it open, and none denies it, nothing is said.
    """
    answers = sorted(answers, key=lambda one: not one.answer.startswith(NO))  # what is not so comes first
    heads = [next((head for head in (YES, NO) if one.answer.startswith(head)), "") for one in answers]
    told = [
        replace(
            one, answer="\n\n".join(p for p in one.answer.removeprefix(head).split("\n\n") if not p.startswith(UNLIKE))
        )
        for one, head in zip(answers, heads, strict=True)
    ]
    verdict = NO if NO in heads else YES if all(heads) else ""
    joined = join_answers(told, question, standalone)
    return replace(joined, answer=verdict + joined.answer) if joined is not None else None


def rests_on_all(whole: Answer, joined: Answer) -> bool:
    """Return whether ``whole`` cites every place that ``joined`` does, by the same cell, and says its figures."""
    cited = all(any(_holds(one, other) for one in whole.citations) for other in joined.citations)
    return cited and figures_told(joined) <= figures_told(whole)


def figures_told(answer: Answer) -> frozenset[str]:
    """Return the figures that an answer says itself, without its marks and the sentences it quotes."""
    return frozenset(_FIGURE.findall(words_told(answer)))


def words_told(answer: Answer) -> str:
    """Return what an answer says itself, without its marks and the sentences it quotes."""
    told = (line for line in answer.answer.splitlines() if not _QUOTED.match(line))
    return _MARK.sub("", "\n".join(told))


def _holds(one: Citation, other: Citation) -> bool:
    within = one.document_id == other.document_id and one.start <= other.start and other.end <= one.end
    return within and (one.locator == other.locator or _COLUMN not in one.locator)


def lacking(answer: Answer, refusal: Answer) -> Answer:
    """Return ``answer`` to what is left of the question, with what the refused whole lacked said behind it."""
    note = f"另外，{refusal.answer.splitlines()[0]}"
    return replace(
        answer,
        question=refusal.question,
        standalone=refusal.standalone,
        answer=f"{answer.answer}\n\n{note}",
        missing=refusal.missing,
    )


def _append(first: Answer, second: Answer) -> Answer:
    known = {replace(one, index=0): one.index for one in first.citations}
    more = [one for one in second.citations if replace(one, index=0) not in known]
    numbers = {one.index: len(first.citations) + n for n, one in enumerate(more, 1)}
    numbers |= {one.index: known[key] for one in second.citations if (key := replace(one, index=0)) in known}
    text = _MARK.sub(lambda mark: f"[{numbers.get(int(mark[1]), int(mark[1]))}]", second.answer)
    return replace(
        first,
        kind=first.kind if first.kind is second.kind else AnswerKind.MIXED,
        answer=_told_before_shown(first.answer, text),
        citations=(*first.citations, *(replace(one, index=numbers[one.index]) for one in more)),
        table=first.table or second.table,
        calculation=_both(first.calculation, second.calculation),
        conflicts=(*first.conflicts, *(_renumbered(conflict, numbers) for conflict in second.conflicts)),
    )


def _told_before_shown(first: str, second: str) -> str:
    """Return two texts as one: what both tell themselves comes before the sentences that they quote, each once."""
    if second in first.split("\n\n"):
        return first
    one, other = _TOLD_FIRST.fullmatch(first), _TOLD_FIRST.fullmatch(second)
    if one is None or other is None:
        return f"{first}\n\n{second}"
    told = "；".join(dict.fromkeys(f"{part['told']}{part['marks']}" for part in (one, other)))
    shown = dict.fromkeys(line for part in (one, other) for line in part["shown"].split("\n\n"))
    return f"{told}。\n\n" + "\n\n".join(shown)


def _both(first: Calculation | None, second: Calculation | None) -> Calculation | None:
    if first is None or second is None:
        return first or second
    statements = ";\n".join(filter(None, (first.sql, second.sql)))
    return Calculation(f"{first.expression}；{second.expression}", statements)


def _renumbered(conflict: Conflict, numbers: Mapping[int, int]) -> Conflict:
    moved = tuple(Statement(s.value, s.unit, numbers.get(s.citation, s.citation)) for s in conflict.statements)
    return replace(conflict, statements=moved)
