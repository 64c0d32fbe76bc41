"""The answers of several documents to one question in, one answer that says which document states what out.

Example: 1.82 of a draft, 1.75 of the adopted text → 《…》（征求意见稿）为1.82[1]；《…》（正式）为1.75[2]；所写不同.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from assistant.models import Answer, AnswerKind, Calculation, Claim, Conflict, ResultTable, Statement
from assistant.respond.by_table import join_calculations, join_grids
from assistant.respond.claims import Claims, Gap, written
from assistant.respond.document_labels import labels_of, marks_of
from assistant.respond.figure_changes import FigureChange, figure_changes, word_changes
from corpus.models import ParsedDocument

DOCUMENT_COLUMN = "文件"
"""Heads the column that says which document a row is from."""

_MARK = re.compile(r"\[(\d+)\]")
_MARKS = re.compile(r"–?\[\d+\]")
_BASIS = re.compile(r"\n\n依据：[^\n]*$")
_LONGEST_LINE = 320
_PAIR = 2
_OF_PART = re.compile("完成|累计|年度|当年|已|到位|20\\d\\d年(?!前)")
"""Heads a figure that is a part of another: 累计完成投资 of 总投资."""
_ALIKE, _UNLIKE = "所写相同", "所写不同"


class Compared(Enum):
    """Whether a question compares what documents say: not at all, whether they agree, or by how much they differ."""

    NOT = "not"
    SAME = "same"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Told:
    """One document's answer, its citations and marks numbered through all documents; ``label`` names the document."""

    label: str
    answer: Answer

    @property
    def lead(self) -> str:
        """Return the first paragraph."""
        return self.answer.answer.split("\n\n")[0].strip()

    @property
    def rest(self) -> str:
        """Return what stands behind the first paragraph."""
        return _BASIS.sub("", self.answer.answer).strip()[len(self.lead) :].strip()

    @property
    def marks(self) -> str:
        """Return the marks of all citations."""
        return marks_of([citation.index for citation in self.answer.citations])

    @property
    def lead_marks(self) -> str:
        """Return the marks of the first paragraph."""
        return "".join(_MARKS.findall(self.lead))

    @property
    def bare(self) -> str:
        """Return the whole text without its marks, by which answers are alike."""
        return _bare(self.answer)


def are_alike(answers: Sequence[Answer], claims: Claims) -> bool:
    """Return whether all answers say the same, so that they can be told in one sentence."""
    if len({_bare(answer) for answer in answers}) == 1:
        return True
    one_each = [answer.claims[0] for answer in answers if len(answer.claims) == 1]
    same = len({claims.key(claim.quantity) for claim in one_each}) == 1
    return same and len(one_each) == len(answers) and claims.agree([claim.statement for claim in one_each])


def join_documents(
    answers: Sequence[tuple[ParsedDocument, Answer]], claims: Claims, compared: Compared = Compared.NOT
) -> Answer:
    """Return the answers of two documents and more as one, in the order given."""
    told = _numbered(answers)
    conflicts = _conflicts(told, claims)
    kinds = {one.answer.kind for one in told}
    calculation = join_calculations([one.label for one in told], [one.answer.calculation for one in told])
    one_each = _one_each(told, claims)
    figures = one_each or _of_one_thing(told)
    gap = claims.gap([one.statement for one in figures]) if compared is not Compared.NOT and figures else None
    by = f"相差{gap.difference}" if gap is not None and compared is Compared.GAP else ""
    changes = _changes(told) if compared is not Compared.NOT and not by else ()
    if one_each and len(changes) == 1:
        by = f"相差{changes[0].difference}"
    text = (
        _word_claims(told, one_each, claims, by)
        if one_each
        else _word(told, bool(conflicts), _agreement(figures, gap, by, claims, compared))
    )
    if changes and not by:
        first, *rest = text.split("\n\n")
        text = "\n\n".join((first, word_changes([one.label for one in told], changes), *rest))
    if len(changes) == 1:
        calculation = Calculation(changes[0].expression, "")
    return replace(
        told[0].answer,
        kind=kinds.pop() if len(kinds) == 1 else AnswerKind.MIXED,
        answer=text,
        citations=tuple(citation for one in told for citation in one.answer.citations),
        table=_table(told, one_each),
        calculation=Calculation(gap.expression, "") if gap is not None and by else calculation,
        conflicts=(*(conflict for one in told for conflict in one.answer.conflicts), *conflicts),
        missing=tuple(dict.fromkeys(part for one in told for part in one.answer.missing)),
        claims=(),
    )


def _changes(told: Sequence[Told]) -> tuple[FigureChange, ...]:
    """Return the figures in which the leads of two documents differ."""
    computed = {each.answer.calculation is not None for each in told}
    if len(told) != _PAIR or len(computed) > 1:
        return ()
    one, other = (_MARKS.sub("", each.lead) for each in told)
    return figure_changes(one, other, computed=computed == {True})


def _bare(answer: Answer) -> str:
    return _MARKS.sub("", _BASIS.sub("", answer.answer)).strip()


def _numbered(answers: Sequence[tuple[ParsedDocument, Answer]]) -> list[Told]:
    labels = labels_of([document for document, _ in answers])
    told, before = [], 0
    for document, answer in answers:
        told.append(Told(labels[document.info.id], _shifted(answer, before)))
        before += len(answer.citations)
    return told


def _shifted(answer: Answer, by: int) -> Answer:
    """Return ``answer`` with its citations numbered on from ``by``."""

    def moved(one: Statement) -> Statement:
        return replace(one, citation=one.citation + by)

    return replace(
        answer,
        answer=_MARK.sub(lambda mark: f"[{int(mark[1]) + by}]", answer.answer),
        citations=tuple(replace(citation, index=citation.index + by) for citation in answer.citations),
        conflicts=tuple(replace(c, statements=tuple(map(moved, c.statements))) for c in answer.conflicts),
        claims=tuple(replace(claim, statement=moved(claim.statement)) for claim in answer.claims),
    )


def _table(told: Sequence[Told], one_each: Sequence[Claim]) -> ResultTable | None:
    """Return the rows of all documents, each behind its document; of single cells those that were asked for."""
    labels = [one.label for one in told]
    if not one_each or not one_each[0].label:
        return join_grids(DOCUMENT_COLUMN, labels, [one.answer.table for one in told])
    rows = ((label, claim.subject, written(claim.statement)) for label, claim in zip(labels, one_each, strict=True))
    return ResultTable((DOCUMENT_COLUMN, "名称", one_each[0].label), tuple(rows))


def _one_each(told: Sequence[Told], claims: Claims) -> tuple[Claim, ...]:
    """Return the claim of each document where each makes one, all of the same quantity; empty otherwise."""
    made = [one.answer.claims for one in told]
    if any(len(own) != 1 for own in made) or len({claims.key(own[0].quantity) for own in made}) > 1:
        return ()
    return tuple(own[0] for own in made)


def _conflicts(told: Sequence[Told], claims: Claims) -> list[Conflict]:
    """Return every quantity of which two documents state different values, with all that they state."""
    stated: dict[str, list[tuple[int, Claim]]] = {}
    for number, one in enumerate(told):
        for claim in one.answer.claims:
            stated.setdefault(claims.key(claim.quantity), []).append((number, claim))
    found = []
    for pairs in stated.values():
        statements = tuple(claim.statement for _, claim in pairs)
        if len({number for number, _ in pairs}) > 1 and not claims.agree(statements):
            found.append(Conflict(pairs[0][1].quantity, statements))
    return found


def _of_one_thing(told: Sequence[Told]) -> tuple[Claim, ...]:
    """Return the one claim of each document where all are of one thing, though each calls its quantity otherwise."""
    made = [claim for one in told for claim in one.answer.claims]
    one_each = len(made) == len(told) and all(len(one.answer.claims) == 1 for one in told)
    return tuple(made) if one_each and len({claim.subject for claim in made}) == 1 and made[0].subject else ()


def _agreement(figures: Sequence[Claim], gap: Gap | None, by: str, claims: Claims, compared: Compared) -> str:
    """Return whether figures that documents call otherwise are the same; empty where that is neither so nor asked.

    What each document calls its figure is told beside it.
    """
    statements = [claim.statement for claim in figures]
    labels = [bool(_OF_PART.search(claim.label)) for claim in figures]
    if compared is Compared.NOT or any(labels) != all(labels):
        return ""  # what was paid so far is no total, and nobody asked
    if figures and claims.agree(statements) and all(claims.are_alike(statements[0], one) for one in statements):
        return f"{'换算后' if len({one.unit for one in statements}) > 1 else ''}数值相同"
    return f"{_UNLIKE}{f'，{by}' if by else ''}" if gap is not None else ""


def _word(told: Sequence[Told], differ: bool, agreement: str = "") -> str:
    """Return each document's own words: in one sentence where they are short, else one after the other."""
    alike = _groups(told)
    if len(alike) == 1:
        others = "、".join(f"{one.label}见{one.marks}" for one in told[1:])
        head = f"{_joined(told)}{_ALIKE}：{told[0].lead}"
        return "\n\n".join(filter(None, (head, told[0].rest, f"{others}。")))
    leads = [f"{_joined(group)}{_place(group[0])}：{group[0].lead}{_other_marks(group)}" for group in alike]
    if sum(map(len, leads)) <= _LONGEST_LINE and not any("\n" in lead for lead in leads):
        ending = f"；各文件{_UNLIKE}。" if differ else "。"
        if agreement:
            ending = f"；{'两个文件' if len(told) == 2 else '各文件'}{agreement}。"
        return "\n\n".join(["；".join(map(_unended, leads)) + ending, *_rests(told)])
    pieces = [piece for group, lead in zip(alike, leads, strict=True) for piece in (lead, group[0].rest) if piece]
    head = f"{_joined(told)}都写到，分别如下。"
    return "\n\n".join([*([] if told[0].answer.kind is AnswerKind.PASSAGE else [head]), *pieces])


def _rests(told: Sequence[Told]) -> list[str]:
    return [f"{_joined(group)}：{group[0].rest}" for group in _groups(told) if group[0].rest]


def _word_claims(told: Sequence[Told], one_each: Sequence[Claim], claims: Claims, by: str) -> str:
    """Return the quantity, what each document says it is, and whether they agree; then what else each says."""
    quantity, values = one_each[0].quantity, [written(claim.statement) for claim in one_each]
    if len(set(values)) == 1:
        marked = "、".join(f"{one.label}{one.lead_marks}" for one in told)
        return "\n\n".join([f"{quantity}为{values[0]}，{marked}{_ALIKE}。", *_rests(told)])
    said = []
    for value in dict.fromkeys(values):
        same = [one for one, own in zip(told, values, strict=True) if own == value]
        said.append(f"{_joined(same)}为{value}{''.join(one.lead_marks for one in same)}")
    behind = f"，{by}" if by else ""
    both = "两个文件" if len(told) == 2 else "各文件"
    agree = claims.agree([claim.statement for claim in one_each])
    ending = f"{both}{'写法不同，数值相同' if agree else _UNLIKE}{behind}。"
    return "\n\n".join([f"{quantity}：{'；'.join(said)}；{ending}", *_rests(told)])


def _groups(told: Sequence[Told]) -> list[list[Told]]:
    """Return the documents whose answers are word for word the same together."""
    found: dict[str, list[Told]] = {}
    for one in told:
        found.setdefault(one.bare, []).append(one)
    return list(found.values())


def _joined(told: Sequence[Told]) -> str:
    return "、".join(one.label for one in told)


def _other_marks(group: Sequence[Told]) -> str:
    return "".join(one.marks for one in group[1:])


def _place(one: Told) -> str:
    passage = one.answer.kind is AnswerKind.PASSAGE and len(one.answer.citations) == 1
    return one.answer.citations[0].locator.rstrip(".") if passage else ""


def _unended(lead: str) -> str:
    """Return a sentence without its full stop; the marks behind it stay."""
    return re.sub(r"[。；]((?:–?\[\d+\])*)$", r"\1", lead)
