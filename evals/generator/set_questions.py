"""A grid in, questions about many rows out: sums, means, counts, extremes and lists, computed with pandas and Decimal.

Example: “水利局牵头的项目有哪些？” with nine names, and “水利局牵头的项目的计划投资合计是多少？” with 68.65 亿元.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from evals.cases import Category
from evals.generator.figures import plain, writings
from evals.generator.grid import Grid, GridColumn, Holds
from evals.generator.proposal import Phrasing, Proposal
from evals.generator.selection import Picked, is_summed, numbers_of, picked_rows, place, places, say_unit

COUNTERS = ("个", "项", "家", "名", "位", "人", "条", "行", "处", "座", "种", "类", "件")
_MOST_LISTED = 30
_MOST_DIGITS = 2


def set_questions(grid: Grid, phrasing: Phrasing, chance: random.Random) -> Iterator[Proposal]:
    """Yield every question over all rows, or over the rows that share a value."""
    maker = _Maker(grid, phrasing, chance)
    picked = list(picked_rows(grid, phrasing, chance))
    for group in picked:
        yield maker.count(group)
        if 2 <= len(group.rows) <= _MOST_LISTED:
            yield maker.listing(group)
    for column in grid.holding(Holds.NUMBER):
        numbers = numbers_of(grid, column, [int(row) for row in grid.frame.index])
        if numbers:
            yield from maker.overall(column, numbers)
        for group in picked:
            within = numbers_of(grid, column, group.rows)
            if within and len(within) >= 2:
                yield from maker.within(column, group, within)


class _Maker:
    """Words and gold for one grid."""

    def __init__(self, grid: Grid, phrasing: Phrasing, chance: random.Random) -> None:
        self.grid, self.phrasing, self.chance = grid, phrasing, chance

    def count(self, group: Picked) -> Proposal:
        """Ask how many rows a value picks."""
        expected = {"values": [{"number": str(len(group.rows)), "unit": list(COUNTERS)}]}
        return self._make("count_where", Category.AGGREGATE, expected, group.rows, any_place=True, where=group.words)

    def listing(self, group: Picked) -> Proposal:
        """Ask for the rows that a value picks."""
        return self._make("list_where", Category.LIST, self._names(group.rows), group.rows, where=group.words)

    def overall(self, column: GridColumn, numbers: dict[int, Decimal]) -> Iterator[Proposal]:
        """Ask about a column over all rows."""
        rows = tuple(numbers)
        if is_summed(column) and any(numbers.values()):
            total = self._value(sum(numbers.values(), Decimal(0)), column)
            yield self._make("sum_all", Category.AGGREGATE, total, rows, column, any_place=True)
        ranked = sorted(numbers, key=lambda row: numbers[row], reverse=True)
        for kind, at in (("rank_max", 0), ("rank_min", -1), ("rank_second", 1)):
            if self._stands_alone(ranked[at], numbers):
                yield self._best(kind, ranked[at], numbers, column)
        if len(ranked) > 4 and numbers[ranked[2]] > numbers[ranked[3]]:
            names = {"phrases": [self.grid.cell(row, self.grid.name) for row in ranked[:3]]}
            yield self._make("rank_top", Category.RANKING, names, ranked[:3], column)
        yield from self._differences(column, numbers)
        yield from self._bounds(column, numbers, ranked)

    def within(self, column: GridColumn, group: Picked, numbers: dict[int, Decimal]) -> Iterator[Proposal]:
        """Ask about a column over the rows that a value picks."""
        total = sum(numbers.values(), Decimal(0))
        if is_summed(column):
            mean = {"values": [{"number": list(writings(total / len(numbers))), "unit": column.unit}]}
            for kind, expected in (("sum_where", self._value(total, column)), ("average_where", mean)):
                yield self._make(kind, Category.AGGREGATE, expected, group.rows, column, where=group.words)
        ranked = sorted(numbers, key=lambda row: numbers[row])
        for kind, row in (("rank_max_where", ranked[-1]), ("rank_min_where", ranked[0])):
            if self._stands_alone(row, numbers):
                yield self._best(kind, row, numbers, column, where=group.words)

    def _best(self, kind: str, row: int, numbers: dict[int, Decimal], column: GridColumn, where: str = "") -> Proposal:
        expected = {"phrases": [self.grid.row_name(row)], **self._value(numbers[row], column)}
        return self._make(kind, Category.RANKING, expected, [row], column, where=where)

    def _differences(self, column: GridColumn, numbers: dict[int, Decimal]) -> Iterator[Proposal]:
        """Ask how far one row is above another, for a few pairs."""
        rows = list(numbers)
        for _ in range(min(8, len(rows))):
            one, other = self.chance.sample(rows, 2)
            if numbers[one] > numbers[other]:
                units = [column.unit, "个百分点", "百分点"] if column.unit == "%" else column.unit
                apart = plain(numbers[one] - numbers[other])
                expected = {"values": [{"number": apart, "unit": units}]}
                evidence = [place(self.grid, row, column) for row in (one, other)]
                words = {"row": self.grid.row_name(one), "other": self.grid.row_name(other)}
                question = self._say("difference", column, **words)
                yield Proposal("difference", Category.AGGREGATE, question, expected, evidence)

    def _bounds(self, column: GridColumn, numbers: dict[int, Decimal], ranked: Sequence[int]) -> Iterator[Proposal]:
        """Ask for the rows above or below a figure that stands in no row."""
        for size in range(2, min(9, len(ranked) - 1)):
            for kind, inside, outside in (
                ("list_over", ranked[:size], ranked[size]),
                ("list_under", ranked[-size:], ranked[-size - 1]),
            ):
                edge = numbers[inside[-1]] if kind == "list_over" else numbers[inside[0]]
                bound = _between(edge, numbers[outside])
                if bound is not None:
                    expected = self._names(inside)
                    yield self._make(kind, Category.LIST, expected, inside, column, value=plain(bound))

    def _names(self, rows: Sequence[int]) -> dict[str, object]:
        header = self.grid.table.columns[self.grid.name.key].name
        names = [self.grid.cell(row, self.grid.name) for row in rows]
        return {"set": names, "set_of": {"table": self.grid.table.name, "column": header}, "count": len(rows)}

    def _value(self, number: Decimal, column: GridColumn) -> dict[str, object]:
        return {"values": [{"number": plain(number), "unit": column.unit}]}

    def _stands_alone(self, row: int, numbers: dict[int, Decimal]) -> bool:
        return sum(number == numbers[row] for number in numbers.values()) == 1

    def _make(
        self,
        kind: str,
        category: Category,
        expected: Mapping[str, object],
        rows: Sequence[int],
        column: GridColumn | None = None,
        *,
        any_place: bool = False,
        **words: str,
    ) -> Proposal:
        return Proposal(kind, category, self._say(kind, column, **words), expected, places(self.grid, rows), any_place)

    def _say(self, kind: str, column: GridColumn | None, **words: str) -> str:
        named = {"column": column.name, "unit": say_unit(column)} if column else {}
        return self.phrasing.say(kind, self.chance, table=self.grid.table.name, noun=self.grid.noun, **named, **words)


def _between(one: Decimal, other: Decimal) -> Decimal | None:
    """Return the roundest figure strictly between two, or None where there is none that one would ask for."""
    low, high = min(one, other), max(one, other)
    for exponent in range(8, -5, -1):
        step = Decimal(1).scaleb(exponent)
        candidate = (high / step).to_integral_value("ROUND_DOWN") * step
        if low < candidate < high:
            return candidate if len(candidate.normalize().as_tuple().digits) <= _MOST_DIGITS else None
    return None
