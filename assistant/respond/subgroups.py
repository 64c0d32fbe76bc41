"""A question for the number of groups under each outer group of a table in, the numbers out.

Example: 哪个行动的重点工程最少 → “重点工程最少的是…行动，3个”, from the group rows and not from the rows under them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from assistant.models import Answer, AnswerKind, Calculation
from assistant.respond.evidence import cite, group_evidence
from assistant.respond.query_words import mean_of, plain
from assistant.understand.question import Question
from corpus.folding import fold
from corpus.models import Group, ParsedDocument, Row, Table
from corpus.numerals import parse_chinese_integer
from index.chunks import group_word

_NOUN = 2
_ASKED = re.compile(r"(?:几|多少)[个项]|最[多少]")
"""Stands in every such question, and spares the others a look at all tables."""
_COUNT = r"[一二三四五六七八九十\d]+"
_HAS = r"(?:下面|底下|项下|名下)?(?:的|下?设|包括|包含|含|安排|分|有|下辖|涵盖){0,4}了?"
_NUMBER = r"(?:的)?(?:数量|个数|项数|数目|数)?"
_ENDS = r"(?:[，,]?(?:是)?(?:有|各)?(?:几|多少)[个项]?)?[？?。呢]*"


class _Asks(StrEnum):
    """What is asked of the numbers, the ends of their order as questions call them."""

    EACH = "each"
    MEAN = "mean"
    MOST = "多"
    LEAST = "少"


@dataclass(frozen=True, slots=True)
class _Level:
    """The folded words by which a question speaks of outer and of inner groups."""

    outer: str
    inner: str

    def each(self) -> re.Pattern[str]:
        """Return what asks for the number under every outer group."""
        all_of_them = rf"(?:[^，,。；;？?]{{0,16}}?(?P<all>{_COUNT})[个项]{self.inner}[，,])?"
        outer = rf"(?:(?P<count>{_COUNT})[个大项]?|各个?|各大|每一?[个项])(?:重点)?{self.outer}(?:中|里)?[，,]?"
        number = rf"{_HAS}(?:(?P<late>平均){_HAS})?(?:几|多少)[个项](?(all)(?:{self.inner})?|{self.inner})"
        return re.compile(
            rf"(?:请问)?{all_of_them}(?P<mean>平均)?{outer}(?P<shared>平均)?(?:分别|各自?|都|每个)?{number}{_ENDS}"
        )

    def most(self) -> re.Pattern[str]:
        """Return what asks which outer group has most or least of them."""
        of = rf"(?:(?P<of>{_COUNT})[个大项]?(?:重点)?{self.outer}(?:中|里|之中|当中)?[，,]?)?"
        which = rf"哪一?[个项](?:重点)?{self.outer}"
        inner = f"{self.inner}{_NUMBER}最"
        forms = (
            rf"{which}{_HAS}{inner}(?P<one>[多少])",
            rf"{_HAS}{inner}(?P<other>[多少])的(?:是|{self.outer}是)?(?:{which}|哪一?[个项])",
            rf"(?(of)哪一?[个项]{_HAS}{inner}(?P<each>[多少])|(?!))",
        )
        return re.compile(rf"{of}(?:{'|'.join(forms)}){_ENDS}")


def count_subgroups(question: Question, asked: str, documents: Sequence[ParsedDocument]) -> Answer | None:
    """Return how many inner groups each outer one has, or which has most or least; None for other questions.

    A stated number of outer groups must be theirs, and all of them are told.
    """
    if not any(_ASKED.search(key) for key in (question.key, fold(asked))):
        return None
    for document in documents:
        for table in document.tables:
            if (level := _level(table)) is None:
                continue
            held = _held(table)
            for key in dict.fromkeys((question.key, fold(asked))):
                each, most = level.each().fullmatch(key), level.most().fullmatch(key)
                every = sum(map(len, held.values()))
                if each and _says(each["count"], len(held)) and _says(each["all"], every):
                    shared = any(each[name] for name in ("mean", "shared", "late"))
                    asks = _Asks.MEAN if shared else _Asks.EACH
                    return _answer(document, table, held, question, asked, asks)
                if most and _says(most["of"], len(held)):
                    return _answer(
                        document, table, held, question, asked, _Asks(most["one"] or most["other"] or most["each"])
                    )
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


def _says(written: str | None, number: int) -> bool:
    """Return whether a number that the question states is ``number``; None states none."""
    return written is None or parse_chinese_integer(written) == number


def _answer(
    document: ParsedDocument,
    table: Table,
    held: dict[Group, dict[Group, Row]],
    question: Question,
    asked: str,
    asks: _Asks,
) -> Answer:
    sizes = {outer: len(inner) for outer, inner in held.items()}
    ends = {_Asks.MOST: max(sizes.values()), _Asks.LEAST: min(sizes.values())}
    told = [outer for outer in held if sizes[outer] == ends.get(asks, sizes[outer])]
    evidence = [group_evidence(document, table, row, inner) for one in told for inner, row in held[one].items()]
    listed = "；".join(f"{outer.name}{sizes[outer]}个（{'、'.join(g.name for g in held[outer])}）" for outer in told)
    marks = f"[1]–[{len(evidence)}]" if len(evidence) > 1 else "[1]"
    expression = "；".join(f"{outer.name}：{size}个" for outer, size in sizes.items())
    return Answer(
        question=asked,
        standalone=question.text,
        kind=AnswerKind.LOOKUP,
        answer=f"{_head(held, asks)}{listed}。{marks}",
        citations=cite(evidence),
        calculation=Calculation(expression, ""),
    )


def _head(held: dict[Group, dict[Group, Row]], asks: _Asks) -> str:
    """Return what is said before the groups are listed."""
    outer, inner = next((one, next(iter(under))) for one, under in held.items())
    if asks in (_Asks.MOST, _Asks.LEAST):
        return f"{group_word(inner)}最{asks}的是"
    if asks is _Asks.EACH:
        return ""
    total = sum(map(len, held.values()))
    mean, about = mean_of(Decimal(total), len(held))
    return f"{len(held)}个{group_word(outer)}共有{total}个{group_word(inner)}，平均每个{about}{plain(mean)}个："
