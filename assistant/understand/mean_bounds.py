"""A question and a table in, the condition that a row's figure lies above or below the mean of all rows out.

Example: 投资高于平均数的项目有几个 → the rows above 52.52, the mean of 39 figures; 平均 asks for no mean there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from operator import ge, gt, le, lt

from assistant.understand.columns import Attributes
from assistant.understand.query import Condition, Found
from assistant.understand.question import MentionKind, Question
from assistant.understand.whole_area import area_rows
from corpus.models import Row, Span, Table

_OF_ALL = r"(?:(?:这个|这一|该|全部|所有|总体|整体|全体|各)?(?:项目|指标|工程|企业)?的?)"
_SIGNS = {
    ">": "高于|大于|超过|超出|多于|高过|高出",
    "<": "低于|小于|少于|不到|不足|达不到|没达到|未达到",
    ">=": "不低于|不少于|不小于|达到",
    "<=": "不高于|不超过|不大于",
}
_SIGN_OF = {word: sign for sign, words in _SIGNS.items() for word in words.split("|")}
_WORDS = "|".join(sorted(_SIGN_OF, key=len, reverse=True))
_BEFORE = re.compile(rf"(?<!前)(?P<sign>{_WORDS})了?{_OF_ALL}平均")
_IN = re.compile(rf"在{_OF_ALL}平均")
_THAN = re.compile(rf"比{_OF_ALL}平均")
_LEVEL = re.compile(r"的?(?:水平|数额|数|值|线)?")
_ABOVE = re.compile(r"(?P<up>以上|之上)|以下|之下")
_MORE = re.compile(r"[还要更]*(?:(?P<up>[高大多])|[低小少])(?=的|[，,。？?]|$)")
_HOLDS = {">": gt, "<": lt, ">=": ge, "<=": le}
_SAID = {">": "高于", "<": "低于", ">=": "不低于", "<=": "不高于"}
_ROUNDED = Decimal("0.01")
_NO_ROW = (-1,)


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
    meeting = tuple(number for number, figure in figures.items() if _HOLDS[sign](figure, mean))
    shown = f"{mean.quantize(_ROUNDED, ROUND_HALF_UP):f}".rstrip("0").rstrip(".")
    column = table.columns[measured]
    words = f"“{column.name}”{_SAID[sign]}平均数（约{shown}{column.unit}）"
    return Found((Condition(measured, rows=meeting or _NO_ROW, listed=words),), (span,))


def _said(question: Question, table: Table, attributes: Attributes, measured: int | None) -> tuple[str, Span] | None:
    """Return the sign of the bound and where the question says it."""
    key = question.key
    for form in (_BEFORE, _IN, _THAN):
        if (match := form.search(key)) is None:
            continue
        level = _LEVEL.match(key, _past_measure(question, table, attributes, measured, match.end()))
        assert level is not None
        behind = {_IN: _ABOVE, _THAN: _MORE}.get(form)
        if behind is None:
            return _SIGN_OF[match["sign"]], Span(match.start(), level.end())
        if (where := behind.match(key, level.end())) is not None:
            return (">" if where["up"] else "<"), Span(match.start(), where.end())
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
