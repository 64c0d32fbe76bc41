"""A question and a table with a column of rates of change in, the rows that rose or fell out.

Example: 2024年支出比上年下降的科目 → 同比增减%·2024年比2023年 below 0.
"""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.understand.query import Condition, Found
from assistant.understand.question import Question
from corpus.folding import fold
from corpus.models import Column, ColumnKind, Span, Table

_RATE = re.compile(r"同比|环比|增减|增[长幅速]|升降|涨跌")
_CHANGED = re.compile(
    r"(?:同比|环比|(?:比|较|与)(?:上年|去年|上一年|上年同期|去年同期|(?:19|20)\d\d年)(?:相比)?)?(?:是|出现|有所)?"
    r"(?:(?P<down>下降|减少|负增长|下滑|降低|减收|为负)|(?P<up>增长|上升|增加|正增长|增收|为正))了?的(?!是|幅度|比例|多少|原因|[数金]?额|数[量值]|情况|趋势|程度|水平|部分|速度)"
)
_KINDS = ("同比", "环比")
_YEAR = re.compile(r"(?:19|20)\d\d")


def find_changes(question: Question, table: Table) -> Found:
    """Return the condition that rows rose or fell; nothing where no column, or more than one, says by how much."""
    match = _CHANGED.search(question.key)
    column = _column_of(question, table) if match is not None else None
    if match is None or column is None:
        return Found((), ())
    years = [span for year, span in question.year_spans() if year in _YEAR.findall(column.name)]
    condition = Condition(column.number, sign="<" if match["down"] else ">", bound=Decimal(0))
    return Found((condition,), (Span(match.start(), match.end()), *years))


def _column_of(question: Question, table: Table) -> Column | None:
    """Return the column of rates of change; of several that which begins with the year asked about."""
    rates = [c for c in table.columns if c.kind is ColumnKind.NUMBER and _RATE.search(fold(c.name))]
    dated = [column for column in rates if (_YEAR.findall(column.name) or [""])[0] in question.years]
    # A year asked about is no other year's, and 环比 no 同比.
    is_dated = any(_YEAR.search(column.name) for column in rates)
    found = dated if question.years and is_dated else rates
    said = next((word for word in _KINDS if word in question.key), "")
    named = [column for column in found if said in fold(column.name)]
    found = named if said and any(kind in fold(column.name) for column in found for kind in _KINDS) else found
    return found[0] if len(found) == 1 else None
