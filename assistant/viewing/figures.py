"""An answer in, the comparable numbers in it out: what a chart is drawn from.

Example: “林草局：9.67亿元；能源局：1541.12亿元；水利局：68.65亿元” → three figures in 亿元.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.models import Answer
from assistant.viewing.result_table import UNIT_NOTE, ShownTable, plain_number

FEWEST, MOST = 3, 40
"""Below three numbers a sentence says it better; above forty nobody reads the chart."""

FEWEST_COMPARED = 2
"""Two rows of two years are four numbers."""

_STATED = re.compile(
    r"(?P<label>[^=]+?)(?:：|\s*=\s*)(?P<number>-?\d[\d,]*(?:\.\d+)?)(?P<unit>[^\d（(]{0,12})(?:（[^）]*）)?"
)
_WORKED = re.compile(
    r"(?P<label>[^：=]+)：[-\d.,\s+×÷()（）%]+=\s*(?P<number>-?\d[\d,]*(?:\.\d+)?)(?P<unit>[^\d（(]{0,12})"
)
_BRACKETED = re.compile(r"(?:[^：]*：)?(?P<label>.+)（(?P<number>-?\d[\d,]*(?:\.\d+)?)(?P<unit>[^\d）]{0,12})）")
_NAMING = re.compile(r"[^\d\s.,+\-×÷*/()（）%<>=]")
"""A letter of a name: what is only arithmetic names nothing."""

_PERIOD = re.compile(r"(?P<first>(?:19|20)\d\d)年?(?:\s*[-－–—~～至]+\s*(?P<last>(?:19|20)\d\d)年?)?")


_YEAR = re.compile(r"(?:19|20)\d\d年")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number by its name; ``year`` where a thing has several, one a year."""

    label: str
    value: Decimal
    year: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers of one unit that can be compared; ``partition`` where they are the parts of one whole."""

    name: str
    unit: str
    figures: tuple[Figure, ...]
    partition: bool = False

    @property
    def years(self) -> tuple[str, ...]:
        """Return the years that things are compared in; empty where each has one number."""
        return tuple(dict.fromkeys(one.year for one in self.figures if one.year))

    @property
    def total(self) -> Decimal | None:
        """Return the sum where the numbers are the parts of one whole, or None."""
        if not self.partition or "%" in self.unit:
            return None
        return sum((one.value for one in self.figures), Decimal(0))


@dataclass(frozen=True, slots=True)
class Period:
    """The years of one thing, both included; ``written`` is its cell."""

    label: str
    first: int
    last: int
    written: str


def computed_figures(answer: Answer) -> Figures | None:
    """Return the numbers of a computation over groups or of a ranking, or None where there are not three."""
    if answer.calculation is None:
        return None
    items = [item.strip() for item in answer.calculation.expression.split("；")]
    found = [_WORKED.fullmatch(item) or _STATED.fullmatch(item) or _BRACKETED.fullmatch(item) for item in items]
    stated = [one for one in found if one is not None]
    units = {one["unit"].strip() for one in stated}
    if len(stated) < len(items) or len(units) != 1 or not FEWEST <= len(stated) <= MOST:
        return None
    figures = tuple(Figure(one["label"].strip(), Decimal(one["number"].replace(",", ""))) for one in stated)
    if len({one.label for one in figures}) < len(figures) or not all(_NAMING.search(one.label) for one in figures):
        return None
    return Figures("", units.pop(), figures, "GROUP BY" in answer.calculation.sql)


def column_figures(table: ShownTable | None) -> Figures | None:
    """Return the last column of numbers with a unit, by the names of the rows, or None where it cannot be compared."""
    labels = _labels(table)
    if table is None or not labels:
        return None
    for number in reversed(range(len(table.columns))):
        column = table.columns[number]
        values = [plain_number(row[number]) for row in table.rows]
        if column.unit and column.additive and all(value is not None for value in values):
            pairs = zip(labels, values, strict=True)
            return Figures(
                column.name, column.unit, tuple(Figure(one, value) for one, value in pairs if value is not None)
            )
    return None


def year_figures(table: ShownTable | None) -> tuple[Figures, ...]:
    """Return what rows state for several years, those of one unit together, the largest group first.

    The unit stands behind a row's name: “技术市场成交额（亿元）” with the columns 2020年 and 2024年. Only rows that
    state a number for every year are compared.
    """
    years = [number for number, column in enumerate(table.columns) if _YEAR.fullmatch(column.name)] if table else []
    labels = _labels(table, FEWEST_COMPARED)
    if table is None or not labels or len(years) < 2:
        return ()
    by_unit: dict[str, list[Figure]] = {}
    for label, row in zip(labels, table.rows, strict=True):
        note = UNIT_NOTE.search(label)
        values = [plain_number(row[number]) for number in years]
        if note is None or None in values:
            continue
        told = zip((table.columns[number].name for number in years), values, strict=True)
        named = UNIT_NOTE.sub("", label)
        by_unit.setdefault(note[1], []).extend(Figure(named, value, year) for year, value in told if value is not None)
    name = "与".join(table.columns[number].name for number in years) + "对比"
    groups = sorted(by_unit.items(), key=lambda group: -len(group[1]))
    return tuple(
        Figures(name, unit, tuple(stated))
        for unit, stated in groups
        if FEWEST_COMPARED * len(years) <= len(stated) <= MOST * len(years)
    )


def row_periods(table: ShownTable | None) -> tuple[Period, ...]:
    """Return the years of the rows where a column holds years for every one of them."""
    labels = _labels(table)
    if table is None or not labels:
        return ()
    for number, column in enumerate(table.columns):
        found = [_PERIOD.fullmatch(row[number].strip()) for row in table.rows]
        years = [one for one in found if one is not None]
        if len(years) == len(labels) and column.name and any(one["last"] for one in years):
            pairs = zip(labels, years, strict=True)
            return tuple(
                Period(label, int(one["first"]), int(one["last"] or one["first"]), one[0]) for label, one in pairs
            )
    return ()


def _labels(table: ShownTable | None, fewest: int = FEWEST) -> list[str]:
    """Return the names of the rows: the first column of words in which no two are alike."""
    if table is None or not fewest <= len(table.rows) <= MOST:
        return []
    for number in range(len(table.columns)):
        names = [row[number] for row in table.rows]
        if all(names) and len(set(names)) == len(names) and not any(_is_number(name) for name in names):
            return names
    return []


def _is_number(text: str) -> bool:
    return plain_number(text) is not None or _PERIOD.fullmatch(text) is not None
