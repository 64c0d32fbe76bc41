"""A question for the number of groups under each outer group of a table in, the numbers out.

Example: 哪个行动的重点工程最少 → “重点工程最少的是…行动，3个”, from the group rows and not from the rows under them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.models import Answer, AnswerKind, Calculation
from assistant.respond.evidence import cite, group_evidence
from assistant.understand.question import Question
from corpus.folding import fold
from corpus.models import Group, ParsedDocument, Row, Table
from corpus.numerals import parse_chinese_integer
from index.chunks import group_word

_NOUN = 2
_HAS = r"(?:下面|底下|项下|名下)?(?:的|下设|设有?|包括|包含|含|安排|分|有|下辖|涵盖)*了?"
_NUMBER = r"(?:的)?(?:数量|个数|项数|数目|数)?"
_ENDS = r"(?:[，,]?(?:是)?(?:有|各)?(?:几|多少)[个项]?)?[？?。呢]*"


@dataclass(frozen=True, slots=True)
class _Level:
    """The folded words by which a question speaks of outer and of inner groups."""

    outer: str
    inner: str

    def each(self) -> re.Pattern[str]:
        """Return what asks for the number under every outer group."""
        return re.compile(
            rf"(?:请问)?(?:(?P<count>[一二三四五六七八九十\d]+)[个大项]?|各个?|各大|每一?[个项])(?:重点)?{self.outer}(?:中|里)?[，,]?(?:分别|各自?|都|每个)?"
            rf"{_HAS}(?:几|多少)[个项]{self.inner}{_ENDS}"
        )

    def most(self) -> re.Pattern[str]:
        """Return what asks which outer group has most or least of them."""
        of = rf"(?:[一二三四五六七八九十\d]+[个大项]?(?:重点)?{self.outer}(?:中|里|之中|当中)[，,]?)?"
        which = rf"哪一?[个项](?:重点)?{self.outer}"
        return re.compile(
            rf"{of}(?:{which}{_HAS}{self.inner}{_NUMBER}最(?P<one>[多少])|{_HAS}{self.inner}{_NUMBER}最(?P<other>[多少])的(?:是|{self.outer}是)?(?:{which}|哪一?[个项])){_ENDS}"
        )


def count_subgroups(question: Question, asked: str, documents: Sequence[ParsedDocument]) -> Answer | None:
    """Return how many inner groups each outer one has, or which has most or least; None for other questions.

    A stated number of outer groups must be theirs, and all of them are told.
    """
    for document in documents:
        for table in document.tables:
            if (level := _level(table)) is None:
                continue
            held = _held(table)
            for key in dict.fromkeys((question.key, fold(asked))):
                each, most = level.each().fullmatch(key), level.most().fullmatch(key)
                if each and (each["count"] is None or _says(each["count"], len(held))):
                    return _answer(document, table, held, question, asked, None)
                if most:
                    return _answer(document, table, held, question, asked, most["one"] or most["other"])
    return None


def _level(table: Table) -> _Level | None:
    words = {group.level: fold(group_word(group)) for row in table.data_rows for group in row.groups}
    if set(words) != {0, 1} or len(words[0]) < _NOUN or len(words[1]) < _NOUN:
        return None
    inner = words[1]
    short = f"(?:{re.escape(inner)}|{re.escape(inner[-_NOUN:])})"
    return _Level(f"(?:{re.escape(words[0])}|{re.escape(words[0][-_NOUN:])})", short)


def _held(table: Table) -> dict[Group, dict[Group, Row]]:
    """Return the inner groups of each outer one, with the first row under each."""
    held: dict[Group, dict[Group, Row]] = {}
    for row in table.data_rows:
        by_level = {group.level: group for group in row.groups}
        if 0 in by_level and 1 in by_level:
            held.setdefault(by_level[0], {}).setdefault(by_level[1], row)
    return held


def _says(written: str, number: int) -> bool:
    return parse_chinese_integer(written) == number


def _answer(
    document: ParsedDocument,
    table: Table,
    held: dict[Group, dict[Group, Row]],
    question: Question,
    asked: str,
    most: str | None,
) -> Answer:
    word = group_word(next(iter(next(iter(held.values())))))
    sizes = {outer: len(inner) for outer, inner in held.items()}
    told = list(held)
    if most is not None:
        best = (max if most == "多" else min)(sizes.values())
        told = [outer for outer in held if sizes[outer] == best]
    evidence = [group_evidence(document, table, row, inner) for one in told for inner, row in held[one].items()]
    listed = "；".join(f"{outer.name}{sizes[outer]}个（{'、'.join(g.name for g in held[outer])}）" for outer in told)
    marks = f"[1]–[{len(evidence)}]" if len(evidence) > 1 else "[1]"
    head = f"{word}最{most}的是" if most is not None else ""
    expression = "；".join(f"{outer.name}：{size}个" for outer, size in sizes.items())
    return Answer(
        question=asked,
        standalone=question.text,
        kind=AnswerKind.LOOKUP,
        answer=f"{head}{listed}。{marks}",
        citations=cite(evidence),
        calculation=Calculation(expression, ""),
    )
