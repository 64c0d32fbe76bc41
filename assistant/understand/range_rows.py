"""A question that states a figure and tables whose rows are ranges in, the question with the range it falls in out.

Example: 90岁老人的津贴多少 → “90至99周岁老人的津贴多少”; 3万元 of rows 不超过2万元 and 2万元至5万元 → the second.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from assistant.understand.namings import Named
from corpus.conversion import Units
from corpus.folding import fold
from corpus.models import ColumnKind, Quantity, QuantityForm, Span, Table
from corpus.numerals import find_quantities, parse_quantity
from corpus.row_names import cell_text

_LEAST_ROWS = 2
_GRANTED = re.compile("(?:补助|补贴|奖励|奖补|标准|投资|[补奖])(?:是|为|到|额)?$")
"""Stands before a figure of another column: 最高补助5000元是哪一档."""
_MOST = 0.6
_BETWEEN = re.compile(
    r"(?:(?P<low>[^，,、；;]+?)(?P<from>以上|起)(?:[（(]含[^）)]*[）)])?[，,、]?)?"
    r"(?P<below>不足|不满|未满|低于|小于|不到|不超过)(?P<high>[^，,、；;]+?)(?:以下)?(?:[（(]不含[^）)]*[）)])?"
)
_UP, _DOWN = ("≥", ">"), ("≤", "<")
_FULL = "周"
"""周岁 are 岁 that are full."""


@dataclass(frozen=True, slots=True)
class Range:
    """From ``low`` to ``high`` of a cell's unit, None for no end; ``closed`` says which ends belong to it."""

    name: str
    low: Fraction | None
    high: Fraction | None
    closed: tuple[bool, bool]
    unit: str

    def holds(self, figure: Fraction) -> bool:
        """Return whether a figure in the range's unit lies in it."""
        above = self.low is None or figure > self.low or (figure == self.low and self.closed[0])
        below = self.high is None or figure < self.high or (figure == self.high and self.closed[1])
        return above and below


class RangeRows:
    """Knows the rows of tables that are ranges of one measure."""

    def __init__(self, tables: Sequence[Table], units: Units, words: Callable[[str], Sequence[Span]]) -> None:
        """Take what cuts a folded text into its words of two characters and more."""
        self._tables, self._units, self._words = tuple(tables), units, words

    def readings(self, text: str) -> Iterator[Named]:
        """Yield ``text`` with a figure replaced by the one range that it falls in, for each table that has such.

        The question must name by a word of its own what the table is of: 80岁的老人吃饭补多少 is no 高龄津贴.
        """
        stated = [(quantity, span) for quantity, span in find_quantities(text) if states_figure(quantity)]
        key = fold(text)
        for around, ranges in self._ranges if stated else ():
            for quantity, span in stated:
                named = any(word.of(key) in around for word in self._words(key) if not word.overlaps(span))
                if not named or _GRANTED.search(key[: span.start]):
                    continue
                fitting = [one for one in ranges(key) if falls_in(quantity, one, self._units)]
                if len(fitting) == 1 and fitting[0].name not in text:
                    yield Named(text[: span.start] + fitting[0].name + text[span.end :], (fitting[0].name,))

    @cached_property
    def _ranges(self) -> tuple[tuple[str, Callable[[str], tuple[Range, ...]]], ...]:
        return tuple((_around(table), one.of) for table in self._tables for one in _in_columns(table))


def falls_in(quantity: Quantity, one: Range, units: Units) -> bool:
    """Return whether a figure falls in a range, or a range that is stated is this one: 80到89岁, 100岁以上."""
    own = quantity.scale + quantity.unit
    is_same = own.removeprefix(_FULL) == one.unit.removeprefix(_FULL)
    ratio = Fraction(1) if is_same else units.ratio(own, one.unit)
    if ratio is None or quantity.low is None or quantity.high is None:
        return False
    low, high = Fraction(quantity.low) * ratio, Fraction(quantity.high) * ratio
    if quantity.form is QuantityForm.RANGE:
        return (low, high) == (one.low, one.high)
    if quantity.sign in _UP:
        return one.high is None and low == one.low
    return (one.low is None and high == one.high) if quantity.sign in _DOWN else one.holds(low)


@dataclass(frozen=True, slots=True)
class _Ranges:
    """The ranges of a column, each with the folded words of its row that tell kinds of rows apart: 牛棚, 羊棚."""

    every: tuple[tuple[Range, frozenset[str]], ...]

    def of(self, key: str) -> tuple[Range, ...]:
        """Return the ranges of the kind that a folded question names; all of them where it names none."""
        own = [one for one, kinds in self.every if any(kind in key for kind in kinds)]
        return tuple(dict.fromkeys(own or (one for one, _ in self.every)))


def _around(table: Table) -> str:
    """Return the folded words around the rows of a table: caption, headings above it, and what kinds of rows it has."""
    kinds = {cell for row in table.data_rows for cell in _kinds(table, row.number)}
    return "\n".join((fold(table.caption or table.name), *map(fold, table.path), *sorted(kinds)))


def _kinds(table: Table, number: int) -> frozenset[str]:
    """Return the folded cells of a row that several rows share, in columns of text: 牛棚 of three rows."""
    found = set()
    for column in (one for one in table.columns if one.kind is ColumnKind.TEXT):
        cells = [fold(cell_text(row, column.number)) for row in table.data_rows]
        own = fold(cell_text(next(row for row in table.data_rows if row.number == number), column.number))
        if own and cells.count(own) > 1 and len(set(cells)) > 1:
            found.add(own)
    return frozenset(found)


def _in_columns(table: Table) -> Iterator[_Ranges]:
    for column in table.columns:
        cells = {row.number: cell_text(row, column.number) for row in table.data_rows}
        found = [(one, n) for n, cell in cells.items() if (one := range_of(cell, column.unit)) is not None]
        different = {one for one, _ in found}
        if len(different) >= _LEAST_ROWS and len(different) >= _MOST * len(set(cells.values())):
            yield _Ranges(tuple((one, _kinds(table, number)) for one, number in found))


def range_of(cell: str, unit: str) -> Range | None:
    """Return the range that a whole cell states: 80至89周岁, 100周岁以上, 不满3万元; None for a figure or words."""
    if (both := _between(cell)) is not None:
        return both
    quantity = parse_quantity(cell, unit)
    if quantity is None or quantity.low is None or quantity.high is None or not quantity.unit:
        return None
    own, low, high = quantity.scale + quantity.unit, Fraction(quantity.low), Fraction(quantity.high)
    if quantity.form is QuantityForm.RANGE:
        return Range(cell, low, high, (True, True), own)
    if quantity.form is not QuantityForm.NUMBER or quantity.sign not in _UP + _DOWN:
        return None
    closed = quantity.sign in ("≥", "≤")
    up = quantity.sign in _UP
    return Range(cell, low if up else None, None if up else high, (closed, closed), own)


def _between(cell: str) -> Range | None:
    """Return the range of a cell that states both its ends or only that it is less: 80平方米以上、不足200平方米."""
    match = _BETWEEN.fullmatch(cell)
    if match is None or (high := parse_quantity(match["high"], "")) is None or high.high is None or not high.unit:
        return None
    low, unit = parse_quantity(match["low"] or match["high"], ""), high.scale + high.unit
    if low is None or low.low is None or (low.unit and (low.scale, low.unit) != (high.scale, high.unit)):
        return None
    if match["low"] and low.low >= high.high:
        return None
    closed = (match["from"] is not None, match["below"] == "不超过")
    return Range(cell, Fraction(low.low) if match["low"] else None, Fraction(high.high), closed, unit)


def states_figure(quantity: Quantity) -> bool:
    """Return whether a question states a figure or a range with its unit; 约 and 多 leave open which range is meant."""
    in_sign = quantity.sign in ("=", "≥", "≤", "<")
    return quantity.form in (QuantityForm.NUMBER, QuantityForm.RANGE) and in_sign and bool(quantity.unit)
