"""A question and a table in, the column that it measures and what of it out.

Example: 投资最大的项目 → “2025年前计划投资”, its figure; 工期最长的 → “建设起止年限”, its length.
"""

from __future__ import annotations

import re

from assistant.understand.columns import Attributes, year_of
from assistant.understand.conditions import figure_column
from assistant.understand.orders import extreme_span
from assistant.understand.query import Measure
from assistant.understand.question import MentionKind, Question
from corpus.models import ColumnKind, Table

_DONE = r"(?:完工|建成|完成|结束|竣工|建完|到期)"
_PERIOD_MEASURES = (
    (re.compile(r"[长短]到[长短]|最长|最短|(?:周期|工期|建设期)(?:.{0,2}最|.{0,4}从|排)"), Measure.LENGTH),
    (re.compile(rf"最[晚迟早先](?:的)?{_DONE}|{_DONE}(?:时间|年份)?最[晚迟早先]"), Measure.END),
    (re.compile(r"最[晚迟](?!.{0,2}(?:开工|开始|启动|动工|开建))"), Measure.END),
    (re.compile(r"最[早先晚迟]|[早晚]到[早晚]"), Measure.START),
)


def measured(question: Question, table: Table, attributes: Attributes) -> tuple[int | None, Measure]:
    """Return the column that the question measures (None: none is meant), and what of a period."""
    periods = [column.number for column in table.columns if column.kind is ColumnKind.PERIOD]
    for pattern, measure in _PERIOD_MEASURES:
        if periods and pattern.search(question.key):
            return periods[0], measure
    numbers = [column for column in table.columns if column.kind is ColumnKind.NUMBER]
    years = [column.number for column in numbers if year_of(column) in question.years]
    picked = years or named_measures(question, table, attributes) or ([numbers[0].number] if len(numbers) == 1 else [])
    if len(picked) > 1 and not years and (extreme := extreme_span(question.key)) is not None:
        # 均价在2万元以下、销量最高的: the figure named last before the superlative is put in order.
        behind = next((m.span.end for m in question.mentions if m.span.start == extreme.end), extreme.start)
        ordered = figure_column(question, table, attributes, behind)
        picked = picked if ordered is None else [ordered]
    return (picked[0] if picked else None), Measure.FIGURE


def names_measure(question: Question, table: Table, attributes: Attributes, column: int) -> bool:
    """Return whether the question names ``column`` itself, by its attribute or its year."""
    return bool(named_measures(question, table, attributes)) or year_of(table.columns[column]) in question.years


def named_measures(question: Question, table: Table, attributes: Attributes) -> list[int]:
    """Return the columns of figures whose attribute the question names."""
    named = question.named(MentionKind.ATTRIBUTE)
    numbers = [column for column in table.columns if column.kind is ColumnKind.NUMBER]
    return [c.number for c in numbers if any(attributes.fits(name, c.name) for name in named)]
