"""A question and a table in, the comparison of two of its columns row by row out.

Example: 本年数大于上年数的项目有哪些 → “本年数” > “上年数”; 本年数比上年数少的 → “本年数” < “上年数”.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from assistant.understand.attributes import Attributes
from assistant.understand.query import Condition
from assistant.understand.question import Mention, MentionKind, Question
from corpus.folding import fold
from corpus.models import ColumnKind, Span, Table

_SIGNS = {
    ">=": "不低于|不少于|不小于|大于等于|大于或等于|>=|≥",
    "<=": "不超过|没超过|没有超过|未超过|不高于|不大于|不多于|小于等于|小于或等于|<=|≤",
    ">": "超过|超出|大于|高于|多于|高过|>",
    "<": "小于|低于|少于|<",
    "=": "等于|=",
}
_SIGN_OF = {word: sign for sign, words in _SIGNS.items() for word in words.split("|")}
_WORDS = "|".join(
    f"(?<!有){word}" if word.startswith("没") else word  # 有没有超过 asks whether it is more
    for word in sorted(_SIGN_OF, key=len, reverse=True)
)
_WHOSE = r"(?:其|它的?|自己的?|同一?(?:行|项目)的?)?"
_BETWEEN = re.compile(rf"(?:的?数?值?)(?P<word>{_WORDS})了?{_WHOSE}")
_THAN = re.compile(rf"比{_WHOSE}")
_BEHIND = re.compile(r"(?:的?数?值?)(?:要|还要?|更)?(?P<way>[大高多小低少])(?=的|[，,？?。]|$)")
_JOINT = re.compile(r"[和与跟及、]|以及")


@dataclass(frozen=True, slots=True)
class Pairs:
    """Conditions that compare two columns, where they stand, and comparisons with a column that are none."""

    conditions: tuple[Condition, ...] = ()
    spent: tuple[Span, ...] = ()
    unheard: tuple[Span, ...] = ()


def sole_column(mention: Mention, said: str, table: Table, attributes: Attributes) -> int | None:
    """Return the one column of figures that a mention, ``said`` so, names: by its whole header before a part of it."""
    numbers = [column for column in table.columns if column.kind is ColumnKind.NUMBER]
    whole = [column.number for column in numbers if fold(column.name) in (mention.name, said)]
    fitting = whole or [column.number for column in numbers if attributes.fits(mention.name, column.name)]
    return fitting[0] if len(fitting) == 1 else None


def figures_named(question: Question, table: Table, attributes: Attributes) -> list[tuple[Mention, int]]:
    """Return the mentions that name one column of figures each, in order, with that column."""
    mentions = (m for m in question.mentions if m.kind is MentionKind.ATTRIBUTE)
    found = ((m, sole_column(m, m.span.of(question.key), table, attributes)) for m in mentions)
    return [(mention, column) for mention, column in found if column is not None]


def find_pairs(question: Question, table: Table, attributes: Attributes) -> Pairs:
    """Return the comparisons of columns; one between columns in different units, or with 或, is not heard."""
    key, conditions, spent, unheard = question.key, [], [], []
    for (first, left), (second, right) in pairwise(figures_named(question, table, attributes)):
        if left == right or (found := _compared(key, first.span, second.span)) is None:
            continue
        sign, span = found
        if table.columns[left].unit == table.columns[right].unit:
            conditions.append(Condition(left, sign=sign, against=right))
            spent.append(span)
        else:
            unheard.append(span)
    return Pairs(tuple(conditions), tuple(spent), tuple(unheard))


def are_joined(key: str, first: Span, second: Span) -> bool:
    """Return whether two stretches stand side by side: 本年数和上年数."""
    return _JOINT.fullmatch(key, first.end, second.start) is not None


def _compared(key: str, first: Span, second: Span) -> tuple[str, Span] | None:
    """Return how what stands at ``first`` is compared with what stands at ``second``, and where it is said."""
    if match := _BETWEEN.fullmatch(key, first.end, second.start):
        return _SIGN_OF[match["word"]], Span(*match.span())
    behind = _BEHIND.match(key, second.end) if _THAN.fullmatch(key, first.end, second.start) else None
    if behind is None:
        return None
    return ">" if behind["way"] in "大高多" else "<", Span(first.end, behind.end())
