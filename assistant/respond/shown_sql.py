"""A computation in, the statement that gives its figures out, as a person can read it and run it again.

Example: 投资最大的三个项目 → SELECT "行号", "项目名称", "2025年前计划投资_数" / 1000.0 AS "2025年前计划投资（亿元）" …
ORDER BY "2025年前计划投资_数" DESC, "行号" LIMIT 3.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from assistant.respond.compute import Computation
from assistant.respond.grouped import HOLDS
from assistant.respond.query_words import measure_name, unit_of_measure
from assistant.respond.sql_layout import lay_out
from assistant.understand.attributes import GROUP_COLUMN
from assistant.understand.query import Condition, Having, Measure, Operation, Query
from corpus.cell_values import split_column
from corpus.row_names import cell_text
from index.fact_tables import ROW_NUMBER, ColumnRef

_PERCENT = sa.literal_column("100.0", sa.Numeric)


def shown_sql(computation: Computation, conditions: Sequence[Condition] | None = None, of_rows: bool = False) -> str:
    """Return the statement for what the query computes of the rows that meet ``conditions`` (its own by default).

    ``of_rows`` lists the rows with their figures: what a sentence about named rows tells.
    """
    return _Statement(computation, computation.query.conditions if conditions is None else conditions).write(of_rows)


class _Statement:
    def __init__(self, computation: Computation, conditions: Sequence[Condition]) -> None:
        self._computation, self._query = computation, computation.query
        self._source, self._where = computation.source, computation.tests(conditions)

    def write(self, of_rows: bool) -> str:
        """Return the statement with a note on how figures are kept, where one is needed."""
        sql = lay_out(self._computation.facts.to_sql(self._choose(of_rows)), self._source.name)
        notes = "；".join(self._notes(sql))
        return f"{sql}\n/* {notes} */" if notes else sql

    def _notes(self, sql: str) -> Iterator[str]:
        ref = self._ref
        if ref is None or f'"{ref.low}"' not in sql:
            return
        if ref.digits:
            yield f"“{ref.low}”列以整数存放，除以 {10**ref.digits} 得到原表的数"
        if f"\"{ref.sign}\" = '='" in sql:
            yield f"“{ref.sign}”为“=”且上下限相同的才是确数，其余不计"

    def _choose(self, of_rows: bool) -> sa.Select[Any]:
        query = self._query
        picks = {Operation.MAX, Operation.MIN} & set(query.operations)
        if query.group is not None:
            return self._rows() if _lists_several(query) else self._groups()
        if of_rows:
            return self._rows()
        if picks and self._ref is not None:
            return self._sum_of_picked() if Operation.SUM in query.operations and query.limit else self._picked()
        return self._totals()

    @property
    def _ref(self) -> ColumnRef | None:
        """Return the measured column where its figures are kept as numbers."""
        number = self._query.measure_column
        ref = self._computation.ref.column(number) if number is not None else None
        return ref if ref is not None and ref.is_numeric else None

    @property
    def _is_summed(self) -> bool:
        asked = {Operation.SUM} if self._query.names_measure else set()
        return self._ref is not None and bool({*asked, Operation.AVERAGE} & set(self._query.operations))

    @property
    def _is_share_of_rows(self) -> bool:
        operations = self._query.operations
        of_sum = Operation.SUM in operations and self._query.names_measure
        return self._ref is None or (Operation.COUNT in operations and not of_sum)

    def _written(self, figure: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
        """Return whole numbers as the table writes them."""
        assert self._ref is not None
        return _divided(figure, sa.literal_column(f"{10**self._ref.digits}.0")) if self._ref.digits else figure

    def _called(self, what: str) -> str:
        unit = "年" if self._query.measure is not Measure.FIGURE else unit_of_measure(self._query)
        return f"{what}（{unit}）" if unit else what

    def _rows(self) -> sa.Select[Any]:
        """Return the rows with their cells as they are written."""
        query, source = self._query, self._source
        columns = [source.c[ROW_NUMBER], self._named(query.name_column)]
        if query.group is not None and query.group.column > GROUP_COLUMN and query.group.column != query.name_column:
            columns.append(self._named(query.group.column))
        if query.measure_column is not None and (query.names_measure or query.group is None):
            columns.append(self._named(query.measure_column))
        return sa.select(*columns).where(*self._where).order_by(source.c[ROW_NUMBER])

    def _named(self, column: int) -> sa.ColumnElement[Any]:
        return self._source.c[self._computation.ref.column(column).sql_name]

    def _picked(self) -> sa.Select[Any]:
        """Return the rows in the order of their figures, as many as are told."""
        query, figure = self._query, self._computation.figure()
        wanted = [self._source.c[ROW_NUMBER], self._named(query.name_column)]
        shown = self._written(figure).label(self._called(measure_name(query)))
        order = figure.desc() if query.operations[0] is Operation.MAX else figure.asc()
        statement = sa.select(*wanted, shown).where(*self._where, figure.is_not(None))
        statement = statement.order_by(order, self._source.c[ROW_NUMBER])
        if query.limit is None:
            best = sa.func.max if query.operations[0] is Operation.MAX else sa.func.min
            top = sa.select(best(figure).label("首位")).where(*self._where).correlate(None).scalar_subquery()
            return statement.where(figure == top)
        statement = statement.limit(query.limit)
        return statement.offset(query.skip) if query.skip else statement

    def _sum_of_picked(self) -> sa.Select[Any]:
        rows = self._picked().subquery("所取")
        return sa.select(sa.func.sum([*rows.c][-1]).label(self._called("合计")))

    def _totals(self) -> sa.Select[Any]:
        query, figure = self._query, self._computation.figure() if self._ref is not None else sa.null()
        wanted: list[Any] = [sa.func.count().label("个数")]
        is_share = Operation.SHARE in query.operations and bool(query.conditions)
        if self._is_summed or (is_share and not self._is_share_of_rows):
            wanted.append(self._written(sa.func.sum(figure)).label(self._called("合计")))
            if Operation.AVERAGE in query.operations:
                wanted.append(self._written(sa.func.avg(figure)).label(self._called("平均")))
        if is_share:
            wanted.append(
                self._share(sa.func.count() if self._is_share_of_rows else sa.func.sum(self._computation.figure()))
            )
        return sa.select(*wanted).select_from(self._source).where(*self._where)

    def _share(self, part: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
        tests = self._computation.tests(self._query.whole)
        whole = sa.select(part.label("全部")).select_from(self._source).where(*tests).correlate(None).scalar_subquery()
        return _divided(part * _PERCENT, whole).label("占比（%）" if self._query.whole else "占全部（%）")

    def _groups(self) -> sa.Select[Any]:
        query = self._query
        assert query.group is not None
        group, count = self._computation.groups_by(query.group), sa.func.count()
        summed = query.names_measure and self._ref is not None
        wanted: list[Any] = [group.label("组")]
        primary: sa.ColumnElement[Any] = count
        total: sa.ColumnElement[Any] = count
        if Operation.COUNT in query.operations or not summed:
            wanted.append(count.label("个数"))
        if summed:
            averaged, figure = Operation.AVERAGE in query.operations, self._computation.figure()
            total = sa.func.sum(figure)
            primary = self._written(sa.func.avg(figure) if averaged else total)
            wanted.append(primary.label(self._called("平均" if averaged else "合计")))
        if Operation.SHARE in query.operations:
            wanted.append(self._share(total))
        statement = sa.select(*wanted).where(*self._where).group_by(group)
        if query.having is not None:
            statement = statement.having(self._having(query.having))
        return self._in_order(statement, group, primary)

    def _in_order(
        self, statement: sa.Select[Any], group: sa.ColumnElement[Any], primary: sa.ColumnElement[Any]
    ) -> sa.Select[Any]:
        query = self._query
        picked = next((one for one in query.operations if one in (Operation.MAX, Operation.MIN)), None)
        first = sa.func.min(self._source.c[ROW_NUMBER])
        if picked is None:
            by_year = query.group is not None and query.group.measure is not Measure.FIGURE
            return statement.order_by(group if by_year else first)
        statement = statement.order_by(primary.desc() if picked is Operation.MAX else primary.asc(), first)
        if query.limit is None:
            return statement
        statement = statement.limit(query.limit)
        return statement.offset(query.skip) if query.skip else statement

    def _having(self, having: Having) -> sa.ColumnElement[bool]:
        if having.counts or self._ref is None:
            return HOLDS[having.sign](sa.func.count(), int(having.bound))  # type: ignore[no-any-return]
        bound = int(having.bound * Decimal(10**self._ref.digits))
        return HOLDS[having.sign](sa.func.sum(self._computation.figure()), bound)  # type: ignore[no-any-return]


def _divided(part: sa.ColumnElement[Any], by: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """Return the quotient as a person writes it: the library's own sign adds 0.0 to what it divides by."""
    return part.op("/", precedence=8, return_type=sa.Numeric())(by)


def _lists_several(query: Query) -> bool:
    """Return whether a cell of the grouped column names several groups at once: it then counts in each of them."""
    assert query.group is not None
    if query.group.column <= GROUP_COLUMN or query.group.measure is not Measure.FIGURE:
        return False
    cells = split_column(cell_text(row, query.group.column) for row in query.table.data_rows)
    return any(len(parts) > 1 for parts in cells.values())
