"""A query in, the rows that meet its conditions with the figure measured of each out, by SQL over the whole table.

Example: 能源局牵头的项目总投资多少 → seven rows of 项目表, 406.0, 30, …, and the statement that found them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from assistant.respond.comparisons import compare, measured
from assistant.understand.attributes import GROUP_COLUMN
from assistant.understand.query import Condition, Grouping, Measure, Query
from assistant.understand.values import holds_prose
from corpus.cell_values import RANKS, split_column, split_values
from corpus.models import Quantity, Row
from corpus.numerals import NO_VALUE
from corpus.row_names import cell_text
from index.fact_tables import MULTIPLIERS, ROW_NUMBER
from index.facts import FactRows, Facts

_LONG_REST = 3
_DEPUTY = "副"


@dataclass(frozen=True, slots=True)
class Result:
    """The rows that meet a query's conditions, in table order, with the figure measured of each (None: none stated)."""

    rows: tuple[Row, ...]
    figures: tuple[Decimal | None, ...]
    found: FactRows

    @property
    def sql(self) -> str:
        """Return the statement that found them."""
        return self.found.sql

    def pairs(self) -> list[tuple[Row, Decimal]]:
        """Return the rows that state a figure, with it."""
        return [(row, figure) for row, figure in zip(self.rows, self.figures, strict=True) if figure is not None]


class Computation:
    """Runs one query against the tables."""

    def __init__(self, query: Query, facts: Facts) -> None:
        self.query = query
        self._facts = facts
        self.ref = facts.ref(query.document.info.id, query.table.id)
        self._source = facts.table(self.ref)

    @property
    def scale(self) -> str:
        """Return the scale (亿) that the measured figures are in; empty where they are multiplied out."""
        column = self.query.measure_column
        return self.ref.column(column).scale if column is not None else ""

    def run(self, conditions: Sequence[Condition]) -> Result:
        """Return the rows that meet ``conditions`` with what the query measures of them."""
        wanted: list[Any] = [self._source.c[ROW_NUMBER]]
        column = self.query.measure_column
        if column is not None and self.ref.column(column).is_numeric:
            wanted.append(self._measured(column, self.query.measure).label("数值"))
        statement = sa.select(*wanted).where(*self._clauses(conditions)).order_by(self._source.c[ROW_NUMBER])
        found = self._facts.run(statement)
        by_number = {row.number: row for row in self.query.table.data_rows}
        rows = tuple(by_number[int(str(line[0]))] for line in found.rows)
        figures = tuple(map(self._figure, found.rows))
        return Result(rows, figures, found)

    @property
    def facts(self) -> Facts:
        """Return where the tables are kept."""
        return self._facts

    @property
    def source(self) -> sa.Table:
        """Return the SQL table that rows are looked for in."""
        return self._source

    def tests(self, conditions: Sequence[Condition]) -> Sequence[sa.ColumnElement[bool]]:
        """Return the tests that a row meets ``conditions``."""
        return self._clauses(conditions)

    def figure(self) -> sa.ColumnElement[Any]:
        """Return what the query measures of a row, in whole numbers of the column's smallest place."""
        assert self.query.measure_column is not None
        return self._measured(self.query.measure_column, self.query.measure)

    def groups_by(self, group: Grouping) -> sa.ColumnElement[Any]:
        """Return what rows are put together by."""
        return self._group_column(group)

    def _group_column(self, group: Grouping) -> sa.ColumnElement[Any]:
        if group.column <= GROUP_COLUMN:
            return self._source.c[self.ref.groups[GROUP_COLUMN - group.column].sql_name]
        if group.measure is not Measure.FIGURE:
            return self._measured(group.column, group.measure)
        return self._source.c[self.ref.column(group.column).sql_name]

    def _figure(self, line: Sequence[object]) -> Decimal | None:
        column = self.query.measure_column
        if len(line) < 2 or line[1] is None or column is None:
            return None
        return self.ref.column(column).to_decimal(int(str(line[1])))

    def _measured(self, column: int, measure: Measure) -> sa.ColumnElement[Any]:
        return measured(self.ref.column(column), self._source, measure, self._quantities(column))

    def _quantities(self, column: int) -> list[Quantity]:
        cells = [cell for row in self.query.table.data_rows for cell in row.cells if cell.column == column]
        return [cell.quantity for cell in cells if cell.quantity is not None and cell.quantity.low is not None]

    def _holds(
        self, column: int, text: sa.ColumnElement[str], value: str, condition: Condition
    ) -> sa.ColumnElement[bool]:
        """Return the test that a cell holds ``value``; longer names that only contain it are taken out first."""
        cells = [cell.text for row in self.query.table.data_rows for cell in row.cells if cell.column == column]
        # What is asked of names is a part of them: 煤制 is in 煤制烯烃.
        whole = column != self.query.name_column and not condition.inside and not holds_prose(cells)
        parts = () if not whole else (part for cell in cells for part in split_values(cell))
        others = {*condition.apart, *(part for part in parts if _is_other(part, value))}
        for other in sorted(others, key=lambda name: (-len(name), name)):
            text = sa.func.replace(text, other, "\n")  # what stood on both sides of it makes no new name
        if value.upper() != value.lower():
            return sa.func.replace(text, value, "") != text  # LIKE takes A for a in some databases
        return text.contains(value, autoescape=True)

    def _sole_cells(self, condition: Condition) -> list[str]:
        """Return the cells that hold nothing but the condition's values, and each of the names asked for."""
        cells = split_column(cell_text(row, condition.column) for row in self.query.table.data_rows)
        return [
            cell
            for cell, parts in cells.items()
            if parts
            and (cell in condition.values or all(_names_any(part, condition.values) for part in parts))
            and all(any(_names_any(part, names) for part in parts) for names in condition.together)
        ]

    def _is_empty(self, column: int) -> sa.ColumnElement[bool]:
        """Return the test that a cell is empty or, in a column of figures, states none or nothing (0)."""
        ref = self.ref.column(column)
        text = sa.func.coalesce(self._source.c[ref.sql_name], "")
        low = self._source.c[ref.low] if ref.is_numeric else None
        return sa.or_(low.is_(None), low == 0) if low is not None else text.in_(sorted(NO_VALUE))

    def _clauses(self, conditions: Sequence[Condition]) -> list[sa.ColumnElement[bool]]:
        clauses: list[sa.ColumnElement[bool]] = []
        for condition in conditions:
            # Rows are picked from those that meet what stands before; what stands behind is asked of the picked.
            clauses.append(self._picked(condition, tuple(clauses)) if condition.top else self._clause(condition))
        return clauses

    def _picked(self, condition: Condition, others: Sequence[sa.ColumnElement[bool]]) -> sa.ColumnElement[bool]:
        """Return the test that a row is among the largest or smallest of those that meet ``others``."""
        number, figure = self._source.c[ROW_NUMBER], self._measured(condition.column, Measure.FIGURE)
        order = figure.desc() if condition.top > 0 else figure.asc()
        picked = sa.select(number).where(*others, figure.is_not(None)).order_by(order, number).limit(abs(condition.top))
        return number.in_(picked.correlate(None).scalar_subquery())

    def _clause(self, condition: Condition) -> sa.ColumnElement[bool]:
        return sa.not_(self._test(condition)) if condition.negated else self._test(condition)

    def _compared(self, condition: Condition, against: int) -> sa.ColumnElement[bool]:
        """Return the test that a row's figure is in ``condition.sign`` to its figure in the column ``against``."""
        first, second = (self.ref.column(number) for number in (condition.column, against))
        left, right = (self._measured(number, Measure.FIGURE) for number in (condition.column, against))
        # Both are whole numbers of their smallest place: the coarser is multiplied out.
        shift = (MULTIPLIERS[first.scale] - first.digits) - (MULTIPLIERS[second.scale] - second.digits)
        left, right = left * 10 ** max(shift, 0), right * 10 ** max(-shift, 0)
        tests: dict[str, sa.ColumnElement[bool]] = {
            "=": left == right,
            ">": left > right,
            ">=": left >= right,
            "<": left < right,
            "<=": left <= right,
        }
        return tests[condition.sign]

    def _test(self, condition: Condition) -> sa.ColumnElement[bool]:
        if condition.rows:
            return self._source.c[ROW_NUMBER].in_(condition.rows)
        if condition.empty:
            return self._is_empty(condition.column)
        if condition.against is not None:
            return self._compared(condition, condition.against)
        if condition.sign:
            ref = self.ref.column(condition.column)
            return compare(condition, ref, self._source, self._quantities(condition.column))
        if condition.column <= GROUP_COLUMN:
            group = self.ref.groups[GROUP_COLUMN - condition.column]
            # A row may stand under no group.
            return sa.func.coalesce(self._source.c[group.sql_name], "").in_(condition.values)
        text = self._source.c[self.ref.column(condition.column).sql_name]
        if condition.whole:
            return text.in_(condition.values)
        if condition.exact:
            return text.in_(self._sole_cells(condition))
        return sa.or_(
            *(self._holds(condition.column, text, value, condition) for value in dict.fromkeys(condition.values))
        )


def _names_any(part: str, values: Sequence[str]) -> bool:
    """Return whether ``part`` of a cell is one of ``values`` or begins with it: 甲县工业园区 is in 甲县."""
    return any(part.startswith(value) and not _is_other(part, value) for value in values)


def _is_other(longer: str, value: str) -> bool:
    """Return whether ``longer`` holds ``value`` and is another name: 小李村 is not 李村, 市水利局 is 水利局.

    So is a deputy's post, whatever stands before it: 分管副县长 is no 县长.
    """
    rest = longer.replace(value, "", 1)
    if value not in longer:
        return False
    if rest.endswith(_DEPUTY) and longer.endswith(value):
        return True
    return 0 < len(rest) <= len(value) and rest not in RANKS and len(rest) < _LONG_REST
