"""The rows behind an answer in, the table as it is shown out: units by column, numbers for sorting, a total row.

Example: the column “2025年前计划投资（亿元）” of nine rows has the unit 亿元 and the total 68.65.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.models import Answer, ResultTable

UNIT_NOTE = re.compile(r"[（(]([^（）()]{1,14})[）)]$")
_NUMBER = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?")
_FIRST_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_RATIOS = re.compile(r"[%％‰/℃年月日岁]|^倍$|分点")
_RATIO_NAMES = re.compile(r"率|比重|比例|占比|人均|平均|指数|系数|年份|时间|日期")
_WHITE = re.compile(r"\s+")
_COUNTED = re.compile(r"共 (\d+) ")
_RANKED = "排序"


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """One column; ``additive`` where its figures may be summed, ``total`` their sum or empty."""

    name: str
    unit: str
    numeric: bool
    additive: bool
    total: str

    @property
    def title(self) -> str:
        """Return the header with its unit."""
        return f"{self.name}（{self.unit}）" if self.unit else self.name


@dataclass(frozen=True, slots=True)
class ShownTable:
    """The table of an answer; every cell is text, ``has_total`` where one of the columns has a sum."""

    columns: tuple[ShownColumn, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def has_total(self) -> bool:
        """Return whether a total row makes sense."""
        return any(column.total for column in self.columns)


def shown_table(answer: Answer) -> ShownTable | None:
    """Return the answer's table as it is shown, or None where it has none."""
    if answer.table is None:
        return None
    expression = answer.calculation.expression if answer.calculation is not None else ""
    counted = _COUNTED.match(expression)
    # Rows that only may belong to what was counted have no total.
    others = counted is not None and int(counted[1]) != len(answer.table.rows)
    return show_rows(answer.table, summed=_RANKED not in expression and not others)


def show_rows(table: ResultTable, summed: bool = True) -> ShownTable:
    """Return ``table`` as it is shown; ``summed=False`` leaves out the total."""
    columns = tuple(_column(table, number, summed) for number in range(len(table.columns)))
    return ShownTable(columns, table.rows)


def row_sources(answer: Answer) -> tuple[int, ...]:
    """Return the number of the citation that each row of the answer's table rests on; empty where one has none.

    A row and its citation are the same row of the document: the quote holds the row's name.
    """
    if answer.table is None or len(answer.citations) < len(answer.table.rows):
        return ()
    pairs = [*zip(answer.table.rows, answer.citations, strict=False)]
    fitting = all(_WHITE.sub("", row[name_column(answer.table)]) in _WHITE.sub("", one.quote) for row, one in pairs)
    return tuple(one.index for _, one in pairs) if fitting else ()


def name_column(table: ResultTable) -> int:
    """Return the first column of words in which no two rows are alike; the first of all where there is none."""
    for number in range(len(table.columns)):
        cells = [row[number] for row in table.rows]
        if all(cells) and len(set(cells)) == len(cells) and not any(plain_number(cell) is not None for cell in cells):
            return number
    return 0


def plain_number(text: str) -> Decimal | None:
    """Return the number where the cell is nothing else, or None."""
    written = text.strip()
    return Decimal(written.replace(",", "")) if _NUMBER.fullmatch(written) else None


def sort_key(text: str) -> str:
    """Return the first number of a cell for sorting, or nothing."""
    found = _FIRST_NUMBER.search(text)
    return found[0].replace(",", "") if found and (found.start() == 0 or len(text) - len(found[0]) <= 6) else ""


def _column(table: ResultTable, number: int, summed: bool) -> ShownColumn:
    header = table.columns[number].strip()
    note = UNIT_NOTE.search(header)
    unit = note[1] if note else ""
    name = header[: note.start()] if note else header
    values = [plain_number(row[number]) for row in table.rows]
    numbers = [value for value in values if value is not None]
    numeric = bool(numbers) and len(numbers) == len(values)
    additive = numeric and bool(unit) and not _RATIOS.search(unit) and not _RATIO_NAMES.search(name)
    total = f"{sum(numbers, Decimal(0)):f}" if summed and additive and len(numbers) > 1 else ""
    return ShownColumn(name, unit, numeric, additive, total.rstrip("0").rstrip(".") if "." in total else total)
