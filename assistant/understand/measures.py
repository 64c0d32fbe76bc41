"""A question and a table in, the column that it measures and what of it out.

Example: 投资最大的项目 → “2025年前计划投资”, its figure; 工期最长的 → “建设起止年限”, its length.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.understand.attributes import Attributes
from assistant.understand.column_pairs import are_joined, figures_named, find_pairs
from assistant.understand.columns import columns_by_year, headed_so, of_the_year, of_years, year_of
from assistant.understand.conditions import figure_column
from assistant.understand.growth_columns import grows, is_growth
from assistant.understand.orders import extreme_span
from assistant.understand.query import Measure, Operation
from assistant.understand.question import MentionKind, Question
from corpus.folding import fold
from corpus.models import ColumnKind, Table
from corpus.units import UNIT

_DONE = r"(?:完工|建成|完成|结束|竣工|建完|到期)"
_PERIOD_MEASURES = (
    (re.compile(r"[长短]到[长短]|最长|最短|(?:周期|工期|建设期)(?:.{0,2}最|.{0,4}从|排)"), Measure.LENGTH),
    (re.compile(rf"最[晚迟早先](?:的)?{_DONE}|{_DONE}(?:时间|年份)?最[晚迟早先]"), Measure.END),
    (re.compile(r"最[晚迟](?!.{0,2}(?:开工|开始|启动|动工|开建))"), Measure.END),
    (re.compile(r"最[早先晚迟]|[早晚]到[早晚]"), Measure.START),
)
_LONGEST = re.compile(r"(?P<length>里程|长度|全长|路程|距离|宽度)(?:是|上)?最[长短]")
_YEARS = 2
_GROWN_MOST = re.compile(r"(?:增长|增速|增幅|涨幅|涨得?|增长速度|增长率)(?:得)?最[高低大小多少]")
_GENERAL = ("资金", "投资", "金额", "人数", "数量", "数", "总数")
_HOW_MANY_UNITS = re.compile(rf"(?:多少|几)(?P<unit>(?![个项元]){UNIT})")


@dataclass(frozen=True, slots=True)
class Others:
    """Further columns that a question names: ``also`` measured like the first, ``beside`` it only shown."""

    also: tuple[int, ...] = ()
    beside: tuple[int, ...] = ()

    def apart_from(self, columns: Collection[int | None]) -> Others:
        """Return these without ``columns``."""
        return Others(
            tuple(number for number in self.also if number not in columns),
            tuple(number for number in self.beside if number not in columns),
        )


def _length_named(key: str, table: Table) -> int | None:
    """Return the column of lengths that is the longest or shortest: 里程最长 asks of no period."""
    match = _LONGEST.search(key)
    if match is None:
        return None
    before = key[: match.end("length")]
    numbers = [column for column in table.columns if column.kind is ColumnKind.NUMBER]
    whole = [column.number for column in numbers if before.endswith(fold(column.name))]
    found = whole or [column.number for column in numbers if match["length"] in column.name]
    return found[0] if len(found) == 1 else None


def _growth_named(key: str, table: Table) -> int | None:
    """Return the column of growth of a table that has one, where an end of that is asked: 产量增长最高."""
    grown = [c for c in table.columns if c.kind is ColumnKind.NUMBER and is_growth(c.name)]
    asked = _GROWN_MOST.search(key) is not None and len(grown) == 1
    return grown[0].number if asked and grows(grown[0].name) in key else None


def measured(question: Question, table: Table, attributes: Attributes) -> tuple[int | None, Measure]:
    """Return the column that the question measures (None: none is meant), and what of a period."""
    periods = [column.number for column in table.columns if column.kind is ColumnKind.PERIOD]
    growth = _growth_named(question.key, table)
    for named in (_length_named(question.key, table), growth):
        if named is not None:
            return named, Measure.FIGURE
    if _GROWN_MOST.search(question.key) and len(columns_by_year(table)) < _YEARS:
        return None, Measure.FIGURE  # what grew most is not what is most
    for pattern, measure in _PERIOD_MEASURES:
        if periods and pattern.search(question.key):
            return periods[0], measure
    numbers = [column for column in table.columns if column.kind is ColumnKind.NUMBER]
    years = [column.number for column in numbers if year_of(column) in question.years]
    picked = years or named_measures(question, table, attributes) or ([numbers[0].number] if len(numbers) == 1 else [])
    compared = {end for c in find_pairs(question, table, attributes).conditions for end in (c.column, c.against)}
    picked = [number for number in picked if number not in compared] or picked
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
    named = _named_alone(question)
    numbers = [column for column in table.columns if column.kind is ColumnKind.NUMBER]
    fitting = [(name, [c.number for c in numbers if attributes.fits(name, c.name)]) for name in named]
    meant = {number for name, own in fitting for number in headed_so(question, name, table, own)}
    found = [column.number for column in numbers if column.number in meant]
    found = list(of_years(question, table, found))
    found = list(of_the_year(question.key, table, found))
    return found or asked_by_unit(question, table)


def _named_alone(question: Question) -> list[str]:
    """Return the attributes named, without a general noun behind the name of a column: 县级财政资金, 失能人数."""
    mentions = [mention for mention in question.mentions if mention.kind is MentionKind.ATTRIBUTE]
    own = {m.span.end for m in mentions if m.name == m.span.of(question.key)}
    return [m.name for m in mentions if m.span.start not in own or m.span.of(question.key) not in _GENERAL]


def asked_by_unit(question: Question, table: Table) -> list[int]:
    """Return the one column in the unit that is asked for, where the question names none: 计划改造多少户."""
    asked = {match["unit"] for match in _HOW_MANY_UNITS.finditer(question.key)}
    found = [c.number for c in table.columns if c.kind is ColumnKind.NUMBER and c.unit in asked]
    return found if len(found) == 1 else []


def other_measures(
    question: Question, table: Table, attributes: Attributes, column: int, operations: Sequence[Operation]
) -> Others:
    """Return the columns of figures named beside ``column``: of which the same is computed, and which are only shown.

    收入和成本合计 adds up both, 收入和成本最大的 puts both in order; of 收入最大的项目的成本 the second is shown.
    """
    named = figures_named(question, table, attributes)
    others = dict.fromkeys(number for _, number in named if number != column)
    if not operations or operations[0] not in (Operation.SUM, Operation.AVERAGE, Operation.MAX, Operation.MIN):
        return Others()
    if operations[0] in (Operation.SUM, Operation.AVERAGE):
        return Others(tuple(others))
    joined = {
        number
        for (one, first), (other, second) in pairwise(named)
        if are_joined(question.key, one.span, other.span) and column in (first, second)
        for number in (first, second)
    }
    return Others(tuple(n for n in others if n in joined), tuple(n for n in others if n not in joined))
