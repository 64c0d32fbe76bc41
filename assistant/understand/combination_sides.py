"""A piece of a question that combines several results in, the side that it names out: rows, a query or a figure.

Example: of 绿氢产业项目和煤制烯烃哪个投资大 the piece 煤制烯烃 → the investment of one row of 项目表.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from assistant.understand.attributes import Attributes
from assistant.understand.columns import year_of
from assistant.understand.combination import Combining, Side
from assistant.understand.comparing import Comparing
from assistant.understand.counted import count_of
from assistant.understand.entities import common_blocks
from assistant.understand.orders import states_order
from assistant.understand.pieces import Piece
from assistant.understand.plan import LookupPlan, Planner
from assistant.understand.query import Condition, Measure, Operation, Query
from assistant.understand.query_planner import QueryPlanner
from assistant.understand.question import MentionKind, Question
from assistant.understand.row_details import Target
from assistant.understand.table_choice import Shortlist
from assistant.understand.values import Values
from corpus.folding import fold
from corpus.models import ColumnKind, QuantityForm, Table
from corpus.numerals import parse_quantity
from corpus.row_names import name_column

_COMPLETION = re.compile(r"建成|完工|完成|结束|竣工|建完")
_SUPERLATIVES = {"max", "min"}
_IN_TIME = ("早", "先", "晚")
_OF_FIGURES = frozenset({Combining.DIFFERENCE, Combining.GROWTH, Combining.GREATER, Combining.LESS})
_REMEMBERED = 64
_COUNTED = frozenset("个项家条位")
LONG = ("长", "短", "久")
_TWO, _SHORT = 2, 4


@dataclass(frozen=True, slots=True)
class _Said:
    """What a stretch of the question says that no two stretches of one side may say: columns of the values it names.

    ``is_measured`` says that it names a column by its own header.
    """

    columns: frozenset[tuple[str, int]]
    is_measured: bool
    is_superlative: bool
    is_order: bool
    is_dated: bool

    def is_repeated(self, lent: _Said) -> bool:
        """Return whether words ``lent`` to a piece say again what it says: another agency, another superlative."""
        return (
            not self.columns.isdisjoint(lent.columns)
            or (self.is_measured and lent.is_measured)
            or (self.is_superlative and lent.is_superlative)
            or (self.is_order and lent.is_order)
            or (self.is_dated and lent.is_dated)
        )


class Sides:
    """Plans single sides of combinations."""

    def __init__(self, planner: Planner, queries: QueryPlanner, values: Values, attributes: Attributes) -> None:
        self._planner, self._queries = planner, queries
        self._values, self._attributes = values, attributes
        self._known = lru_cache(maxsize=_REMEMBERED)(self._find_named)

    def named(self, piece: Piece, shortlist: Shortlist) -> LookupPlan | None:
        """Return the complete lookup of the rows that a piece names; None where it names none.

        Recent ones are remembered: one question is taken apart for several purposes.
        """
        return self._known(piece, shortlist)

    def _find_named(self, piece: Piece, shortlist: Shortlist) -> LookupPlan | None:
        own = self._planner.read(piece.own)
        if states_order(own.key):
            return None  # rows that an order picks are no rows named: 甲区销量前十的
        words = [word for span in own.words if len(word := span.of(own.key)) > 1]
        names = [span.of(own.key) for span in self._planner.names_in(own.key, shortlist)] if not words else []
        if not words and not names and not own.years:
            return None
        said = self._said(piece.own, shortlist)
        for text, lent in piece.readings():
            if said.is_repeated(self._said(lent, shortlist)):
                continue
            plan = self._planner.plan_lookup(text, shortlist)
            if own.years and piece.lent[0] != ("", "") and (plan is None or not plan.is_complete):
                plan = self._planner.plan_only_name(text, shortlist)  # a year of the only row that the words fit
            if plan is None or not plan.is_complete or any(target.entity.row is None for target in plan.targets):
                continue
            if any(target.entity.table is not plan.targets[0].entity.table for target in plan.targets):
                continue  # one name in several tables: nothing says which of them is meant
            if own.years and not _years_of(plan) <= set(own.years):
                continue  # a year that the piece does not name is no answer to it
            if own.years or any(common_blocks(word, fold(plan.named)) for word in (*words, *names)):
                return plan
            if words and self._tells_apart(plan, lent, shortlist):
                return plan
        return None

    def _tells_apart(self, plan: LookupPlan, lent: str, shortlist: Shortlist) -> bool:
        """Return whether what is lent fits more rows than ``plan``: then a piece tells which by other words, 城里人."""
        alone = self._planner.plan_lookup(lent, shortlist)
        return alone is not None and {one.entity for one in alone.targets} > {one.entity for one in plan.targets}

    def of_rows(self, comparing: Comparing, plan: LookupPlan, column: int) -> Query:
        """Return the query that reads ``column`` in the rows of ``plan``."""
        entity = plan.targets[0].entity
        assert entity.table is not None
        names = name_column(entity.table, self._attributes.header_words("name")) or 0
        numbers = tuple(target.entity.row.number for target in plan.targets if target.entity.row is not None)
        return Query(
            document=entity.document,
            table=entity.table,
            name_column=names,
            conditions=(Condition(names, rows=numbers),),
            operations=(Operation.SUM,),
            measure_column=column,
            measure=_measure_of(comparing, plan.question.key, entity.table, column),
            names_measure=True,
        )

    def find(self, comparing: Comparing, piece: Piece, shortlist: Shortlist) -> Side | None:
        """Return the side that a piece names; None where it is not understood."""
        quantity = parse_quantity(piece.own)
        if quantity is not None and quantity.form is QuantityForm.NUMBER and quantity.sign == "=":
            return Side(None, given=quantity)
        said = self._said(piece.own, shortlist)
        for text, lent in piece.readings():
            if said.is_repeated(self._said(lent, shortlist)):
                continue
            query = self._query(comparing, text, shortlist)
            if query is not None and all(value in _beside_values(piece.own, query) for value in _names_in(query)):
                return Side(query)
        if not comparing.counts and (plan := self.named(piece, shortlist)) is not None:
            columns = figure_columns(comparing, plan.targets)
            if len(columns) == 1 and add_up(plan, columns[0]):
                return Side(self.of_rows(comparing, plan, columns[0]), named=True)
        return None

    def _query(self, comparing: Comparing, text: str, shortlist: Shortlist) -> Query | None:
        """Return the one complete query of a side: its rows are counted, or what it measures is added up."""
        wanted = Operation.COUNT if comparing.counts else Operation.SUM
        for operation in dict.fromkeys((wanted, Operation.COUNT)):
            plans = [plan for plan in self._queries.plan(text, shortlist, operation) if not plan.unexplained]
            if len(plans) != 1 or plans[0].also:
                continue
            counted = comparing.counts or not self._names_figures(comparing.rest, plans[0].table)
            if not comparing.counts and comparing.operation in _OF_FIGURES and not plans[0].conditions:
                counted = False  # how many rows a table has is no figure to compare: 与指标表的数差多少
            if plans[0].names_measure if operation is not Operation.COUNT else counted:
                return plans[0]
        return None

    def _names_figures(self, rest: str, table: Table) -> bool:
        """Return whether the question names a column of figures: its rows are measured then, not counted."""
        named = self._planner.read(rest).named(MentionKind.ATTRIBUTE)
        numbers = [column.name for column in table.columns if column.kind is ColumnKind.NUMBER]
        return any(self._attributes.fits(name, header) for name in named for header in numbers)

    def _said(self, text: str, shortlist: Shortlist) -> _Said:
        mentions = self._values.find(text, shortlist.places)
        reading = self._planner.read(text)
        return _Said(
            frozenset((ref.table_id, ref.column) for mention in mentions for ref in mention.refs),
            any(m.kind is MentionKind.ATTRIBUTE and m.name == m.span.of(reading.key) for m in reading.mentions),
            bool(_SUPERLATIVES & set(reading.named(MentionKind.OPERATION))),
            states_order(text),
            bool(reading.years),
        )


def _years_of(plan: LookupPlan) -> set[str]:
    """Return the years of the columns that a plan reads."""
    read = ((target.entity.table, number) for target in plan.targets for number in target.columns if number >= 0)
    return {year for table, number in read if table is not None and (year := year_of(table.columns[number]))}


def add_up(plan: LookupPlan, column: int) -> bool:
    """Return whether the cells of ``column`` in the rows of ``plan`` share one unit; years of life and 元 do not."""
    rows = [target.entity.row for target in plan.targets if target.entity.row is not None]
    cells = [cell for row in rows for cell in row.cells if cell.column == column]
    return len({cell.quantity.unit for cell in cells if cell.quantity is not None}) <= 1


def figure_columns(comparing: Comparing, targets: Sequence[Target]) -> tuple[int, ...]:
    """Return the columns of figures that the targets are asked for; of periods where times are compared."""
    table = targets[0].entity.table
    assert table is not None
    periods = tuple(column.number for column in table.columns if column.kind is ColumnKind.PERIOD)
    if comparing.word in _IN_TIME + LONG and periods:
        return periods[:1]
    found = tuple(
        number for number in targets[0].columns if number >= 0 and table.columns[number].kind is ColumnKind.NUMBER
    )
    counts = {number: count_of(fold(table.columns[number].name)) for number in found}
    # 多多少张床位 compares 床位数 alone.
    return tuple(number for number, of in counts.items() if of and of in fold(comparing.rest)) or found


def _measure_of(comparing: Comparing, key: str, table: Table, column: int) -> Measure:
    if table.columns[column].kind is not ColumnKind.PERIOD:
        return Measure.FIGURE
    if comparing.word in LONG:
        return Measure.LENGTH
    return Measure.END if _COMPLETION.search(comparing.event or key) else Measure.START


def _beside_values(own: str, query: Query) -> str:
    """Return ``own`` without the values that conditions on other columns hold: no row is named by a part of them."""
    for condition in query.conditions:
        for value in condition.values if condition.column != query.name_column else ():
            own = own.replace(fold(value), "·")
    return own


def _names_in(query: Query) -> tuple[str, ...]:
    """Return the parts of rows' names that a query's conditions hold."""
    return tuple(fold(v) for c in query.conditions if c.column == query.name_column for v in c.values)


def in_counters(targets: Sequence[Target], columns: Sequence[int]) -> tuple[int, ...]:
    """Return the columns whose figures are numbers of things in all rows: 个, 家."""
    return tuple(
        number
        for number in columns
        if all(
            cell.quantity is not None and (cell.quantity.unit or target.entity.table.columns[number].unit) in _COUNTED
            for target in targets
            if target.entity.table is not None and target.entity.row is not None
            for cell in target.entity.row.cells
            if cell.column == number
        )
    )


def called_shortly(question: Question, plan: LookupPlan, columns: Set[int]) -> set[int]:
    """Return the one of several columns whose header a word of the question shortens: 社零 of 社会消费品零售总额."""
    table = plan.targets[0].entity.table
    words = [span.of(question.key) for span in question.telling if _TWO <= span.end - span.start <= _SHORT]
    if table is None or len(columns) < _TWO:
        return set()
    headers = {number: fold(table.columns[number].name) for number in columns}
    ways = [re.compile(".*?".join(map(re.escape, word))) for word in words]
    found = {number for number, header in headers.items() if any(way.match(header) for way in ways)}
    return found if len(found) == 1 else set()
