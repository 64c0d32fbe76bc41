"""One side of a combination in, the figure that it comes to with its rows, unit and SQL out.

Example: the row 绿氢产业项目, measured by its investment → 170.58亿元, one row of 项目表.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from assistant.respond.compute import Computation, Result
from assistant.respond.evidence import Evidence, row_evidence
from assistant.respond.grouped import (
    group_amount,
    group_figure,
    group_title,
    groups_in_order,
    groups_of,
    rows_of_groups,
)
from assistant.respond.lookup import shown_name, unit_of, with_unit
from assistant.respond.query_words import (
    counter,
    described,
    name_of,
    not_added,
    plain,
    stated_figure,
    terms,
    unit_of_measure,
)
from assistant.respond.quoting import in_quotes
from assistant.respond.shown_sql import shown_sql
from assistant.understand.combination import Side
from assistant.understand.entities import Entity
from assistant.understand.query import Measure, Operation, Query
from assistant.understand.table_frame import has_one_unit
from corpus.folding import fold
from corpus.models import Cell, Row
from corpus.numerals import SCALES, split_unit
from index.facts import Facts

_ROUNDED = Decimal("0.01")
_COUNTED = frozenset({"个", "项", "位"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a side comes to: ``figure`` in ``unit`` (None where its cells state no plain number), as ``written``.

    ``label`` is what it is called, ``year`` the year column it was read from, ``working`` the sum behind the figure.
    Of what comes before another in an order, ``ahead`` is how many rows or groups these are.
    """

    side: Side
    label: str
    year: str
    rows: tuple[Row, ...]
    figure: Decimal | None
    unit: str
    written: str
    working: str
    sql: str
    ahead: int = 0

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Return one piece of evidence a row."""
        query = self.side.query
        if query is None:
            return ()
        columns = [condition.column for condition in query.conditions if condition.column >= 0]
        columns += [query.measure_column] if query.measure_column is not None and not counts(query) else []
        return tuple(row_evidence(query.document, query.table, row, columns) for row in self.rows)


def counts(query: Query) -> bool:
    """Return whether the query's rows are counted, and nothing of them measured."""
    return query.operations[0] is Operation.COUNT


def find_outcome(side: Side, facts: Facts) -> Outcome:
    """Return what the side comes to."""
    query = side.query
    if query is None:
        assert side.given is not None
        given = side.given
        return Outcome(side, given.text, "", (), given.low, given.scale + given.unit, given.text, "", "")
    computation = Computation(query, facts)
    result = computation.run(query.conditions)
    measured = replace(query, names_measure=not counts(query))
    sql = shown_sql(Computation(measured, facts), of_rows=side.named and not counts(query))
    if counts(query):
        number = Decimal(len(result.rows))
        unit = counter(query)
        return Outcome(side, described(query), "", result.rows, number, unit, f"{number}{unit}", "", sql)
    return _measured(side, query, result, sql, computation.scale)


def _measured(side: Side, query: Query, result: Result, sql: str, scale: str) -> Outcome:
    assert query.measure_column is not None
    pairs = result.pairs()
    picks = {Operation.MAX, Operation.MIN} & set(query.operations)
    if picks:
        pairs.sort(key=lambda pair: (-pair[1] if Operation.MAX in picks else pair[1], pair[0].number))
        pairs = pairs[query.skip : query.skip + (query.limit or 1)]
    rows = tuple(row for row, _ in pairs) if query.operations[0] is not Operation.SUM else result.rows
    cells = [cell for row in rows for cell in row.cells if cell.column == query.measure_column]
    year = query.table.columns[query.measure_column].name
    label = _row_label(query, rows) if side.named or len(rows) == 1 else described(query)
    unit = "年" if query.measure is not Measure.FIGURE else _unit(query, cells)
    if not pairs or (side.named and len(pairs) < len(rows)):
        written = "、".join(with_unit(cell.text, query.table, cell) for cell in cells) or "原表此处为空"
        return Outcome(side, label, year, rows, None, unit, written, "", sql)
    # A column whose cells write different scales (万, 亿) is stored with them multiplied out.
    stored = SCALES[scale] if query.measure is Measure.FIGURE else 1
    figures = [figure * stored / SCALES[split_unit(unit)[0]] for _, figure in pairs]
    if query.operations[0] is Operation.SUM and len(figures) > 1 and not_added(query):
        written = "、".join(with_unit(cell.text, query.table, cell) for cell in cells)
        return Outcome(side, label, year, rows, None, unit, written, "", sql)
    figure = sum(figures, Decimal(0))
    working = f"{terms(figures)} = {plain(figure)}{unit}" if len(figures) > 1 else ""
    if picks and len(rows) > 1:
        label += f"中{'最大' if Operation.MAX in picks else '最小'}的{len(rows)}{counter(query)}"
    if Operation.AVERAGE in query.operations:
        label += "平均"
        figure = (figure / len(figures)).quantize(_ROUNDED, ROUND_HALF_UP)
        working = f"({terms(figures)}) ÷ {len(figures)} ≈ {plain(figure)}{unit}"
    written = plain(figure) + unit
    if query.measure is not Measure.FIGURE and len(cells) == 1:
        written = f"{cells[0].text}，{written}" if query.measure is Measure.LENGTH else cells[0].text
    return Outcome(side, label, year, rows, figure, unit, written, working, sql)


def rows_before(row: Outcome, among: Side, falling: bool, facts: Facts) -> Outcome:
    """Return the rows of ``among`` that come before ``row``; the figure is None where nothing can be ranked."""
    query = among.query
    assert query is not None
    computation = Computation(query, facts)
    result = computation.run(query.conditions)
    mine = row.figure if row.figure is not None else Decimal(0)
    pairs = sorted(result.pairs(), key=lambda pair: (pair[1] if falling else -pair[1], pair[0].number))
    before = [pair for pair in pairs if (pair[1] < mine if falling else pair[1] > mine)]
    written = "；".join(f"{name_of(query, one)}（{stated_figure(query, one, figure)}）" for one, figure in before)
    label = f"{described(query)}（共{len(pairs)}{counter(query)}）"
    ranked = row.figure is not None and has_one_unit(query)
    rows = tuple(one for one, _ in before)
    order = (Operation.MIN if falling else Operation.MAX,)
    told = replace(query, operations=order, limit=len(before) + 1, skip=0)
    sql = shown_sql(Computation(told, facts))
    return Outcome(among, label, "", rows, row.figure if ranked else None, row.unit, written, "", sql, len(rows))


def groups_before(mine: Outcome, among: Side, falling: bool, facts: Facts) -> Outcome:
    """Return the groups of ``among`` that come before the one whose rows are those of ``mine``."""
    query = among.query
    assert query is not None
    computation = Computation(query, facts)
    groups = groups_of(query, computation.run(query.conditions))
    own = next((group for group in groups if group.rows == mine.rows), None)
    ranked = groups_in_order(query, groups, descending=not falling)
    figure = group_figure(query, own) if own is not None and own in ranked else None
    before = ranked[: ranked.index(own)] if own is not None and own in ranked else []
    before = [group for group in before if group_figure(query, group) != figure]  # equals share a place
    written = "；".join(f"{group.name}（{group_amount(query, group)}）" for group in before)
    told = replace(query, operations=(*query.operations, Operation.MIN if falling else Operation.MAX))
    sql = shown_sql(Computation(replace(told, limit=len(before) + 1, skip=0), facts))
    label = f"{len(ranked)}个{group_title(query)}"
    found = mine.figure if figure is not None else None
    return Outcome(among, label, "", rows_of_groups(before), found, mine.unit, written, "", sql, len(before))


def _unit(query: Query, cells: list[Cell]) -> str:
    """Return the unit of the cells that were measured, the column's where they share none."""
    units = {unit_of(query.table, cell) for cell in cells}
    return units.pop() if len(units) == 1 else unit_of_measure(query)


def _row_label(query: Query, rows: tuple[Row, ...]) -> str:
    names = []
    for row in rows:
        name = name_of(query, row)
        name = shown_name(Entity(name, fold(name), query.document, query.table, row))
        names.append(in_quotes(name))
    return "、".join(names)


def to_unit(outcome: Outcome, unit: str) -> Decimal | None:
    """Return the figure in ``unit``; None where it is no plain number or of another kind of unit (亩, 元)."""
    if outcome.unit in _COUNTED and unit in _COUNTED:
        return outcome.figure
    (scale, own), (wanted_scale, wanted) = split_unit(outcome.unit), split_unit(unit)
    if outcome.unit in SCALES:
        # “200亿” leaves the unit to what it is compared with.
        scale, own = outcome.unit, wanted
    if outcome.figure is None or own != wanted:
        return None
    return outcome.figure * SCALES[scale] / SCALES[wanted_scale]
