"""A question and a table in, the conditions that a cell is a stated value as a whole out.

Example: 是否办结为否的事项 → “是否办结” is 否.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.understand.attributes import Attributes
from assistant.understand.query import Condition
from assistant.understand.question import Mention, MentionKind, Question
from corpus.folding import fold
from corpus.models import ColumnKind, Span, Table

_STATED = re.compile(r"(?:一[栏列项])?(?:的?值)?(?P<not>不)?(?:为|是|填的?是|写的?是|等于|[=:：])[“\"「]?")
_ENDS = re.compile(r"[”\"」]?(?:的|[，,、；;？?。且并]|$)")
_YES_NO = re.compile(r"[是否有无]")
_LONGEST = 20


@dataclass(frozen=True, slots=True)
class WholeCells:
    """Conditions, where they stand, and 是 or 否 that the column named does not hold."""

    conditions: tuple[Condition, ...] = ()
    spent: tuple[Span, ...] = ()
    unheard: tuple[Span, ...] = ()


def find_whole_cells(question: Question, known: Sequence[Span], table: Table, attributes: Attributes) -> WholeCells:
    """Return conditions for values behind a column's name that stand in its cells, apart from those ``known``."""
    conditions, spent, unheard = [], [], []
    for mention in question.mentions:
        stated = _STATED.match(question.key, mention.span.end) if mention.kind is MentionKind.ATTRIBUTE else None
        columns = _named(mention, table, attributes)
        if stated is None or not columns:
            continue
        column, value = _longest(question.key, stated.end(), table, columns)
        span = Span(stated.start(), stated.end() + len(value))
        if not value and _YES_NO.match(question.key, stated.end()) and _ENDS.match(question.key, stated.end() + 1):
            unheard.append(Span(stated.end(), stated.end() + 1))
        elif value and not any(span.overlaps(other) for other in known):
            conditions.append(Condition(column, (value,), whole=True, negated=stated["not"] is not None))
            spent.append(span)
    return WholeCells(tuple(conditions), tuple(spent), tuple(unheard))


def _named(mention: Mention, table: Table, attributes: Attributes) -> list[int]:
    texts = [column for column in table.columns if column.kind is ColumnKind.TEXT]
    whole = [column.number for column in texts if fold(column.name) == mention.name]
    return whole or [column.number for column in texts if attributes.fits(mention.name, column.name)]


def _longest(key: str, start: int, table: Table, columns: Sequence[int]) -> tuple[int, str]:
    """Return the longest cell that the question says at ``start`` with its column; (-1, "") if there is none."""
    found = (-1, "")
    for row in table.data_rows:
        for cell in row.cells:
            text = fold(cell.text)
            if cell.column in columns and len(found[1]) < len(text) <= _LONGEST and key.startswith(text, start):
                found = (cell.column, cell.text) if _ENDS.match(key, start + len(text)) else found
    return found
