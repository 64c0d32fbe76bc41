"""A question and a table in, the condition that a row's figure lies above or below the mean of all rows out.

Example: 投资高于平均数的项目有几个 → the rows above 52.52, the mean of 39 figures; 平均 asks for no mean there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from assistant.understand.attributes import Attributes
from assistant.understand.query import Condition, Found
from assistant.understand.question import MentionKind, Question
from assistant.understand.sides import ABOVE, HOLDS, MORE, NO_ROW, SAID, SIDE, sign_of
from assistant.understand.whole_area import area_rows
from corpus.models import Row, Span, Table

_OF_ALL = r"(?:(?:这个|这一|该|全部|所有|总体|整体|全体|各)?(?:项目|指标|工程|企业)?的?)"
_BEFORE = re.compile(SIDE + rf"{_OF_ALL}平均")
_IN = re.compile(rf"在{_OF_ALL}平均")
_THAN = re.compile(rf"比{_OF_ALL}平均")
_LEVEL = re.compile(r"的?(?:水平|数额|数|值|线)?")
_ROUNDED = Decimal("0.01")


def find_mean_bound(question: Question, table: Table, attributes: Attributes, measured: int | None) -> Found:
    """Return the condition on the column ``measured``, with all that says it; empty where the mean bounds nothing.

    It is not heard where the column has no exact figures in one unit.
    """
    if (said := _said(question, table, attributes, measured)) is None:
        return Found((), ())
    sign, span = said
    whole = area_rows(table, attributes)
    rows = [row for row in table.data_rows if row not in whole]
    figures = _figures(rows, measured) if measured is not None else {}
    if measured is None or not figures:
        return Found((), (), (span,))
    mean = sum(figures.values(), Decimal(0)) / len(figures)
    meeting = tuple(number for number, figure in figures.items() if HOLDS[sign](figure, mean))
    shown = f"{mean.quantize(_ROUNDED, ROUND_HALF_UP):f}".rstrip("0").rstrip(".")
    column = table.columns[measured]
    words = f"“{column.name}”{SAID[sign]}平均数（约{shown}{column.unit}）"
    return Found((Condition(measured, rows=meeting or NO_ROW, listed=words),), (span,))


def _said(question: Question, table: Table, attributes: Attributes, measured: int | None) -> tuple[str, Span] | None:
    """Return the sign of the bound and where the question says it."""
    key = question.key
    for form in (_BEFORE, _IN, _THAN):
        if (match := form.search(key)) is None:
            continue
        level = _LEVEL.match(key, _past_measure(question, table, attributes, measured, match.end()))
        assert level is not None
        behind = {_IN: ABOVE, _THAN: MORE}.get(form)
        if behind is None:
            return sign_of(match), Span(match.start(), level.end())
        if (where := behind.match(key, level.end())) is not None:
            return sign_of(where), Span(match.start(), where.end())
    return None


def _past_measure(question: Question, table: Table, attributes: Attributes, measured: int | None, place: int) -> int:
    """Return the end of the measured column's own name at ``place``: 平均投资; ``place`` where it is not said there."""
    if measured is None:
        return place
    name = table.columns[measured].name
    ends = (
        mention.span.end
        for mention in question.mentions
        if mention.kind is MentionKind.ATTRIBUTE and mention.span.start == place and attributes.fits(mention.name, name)
    )
    return max(ends, default=place)


def _figures(of: Sequence[Row], column: int) -> dict[int, Decimal]:
    """Return the figure of each row by its number; empty where one of them is no exact one or of another unit."""
    cells = {row.number: cell.quantity for row in of for cell in row.cells if cell.column == column}
    exact = {
        number: quantity.low
        for number, quantity in cells.items()
        if quantity is not None and quantity.low is not None and quantity.low == quantity.high and quantity.sign == "="
    }
    units = {(quantity.scale, quantity.unit) for quantity in cells.values() if quantity is not None}
    return exact if len(exact) == len(of) and len(units) == 1 else {}
