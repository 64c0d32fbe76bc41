"""Which rows of a grid a question is about: a column with one of its values in, row numbers and their wording out.

Example: 牵头责任单位 = 水利局 picks nine rows, worded “水利局牵头的项目”.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from evals.generator.figures import Figure, read_figure
from evals.generator.grid import Grid, GridColumn, Holds, rows_with, values_of
from evals.generator.proposal import Phrasing

_LEAD = re.compile("牵头")
_CHARGE = re.compile("责任|负责|主管")
_NOT_SUMMED = re.compile(r"[率比价均龄度号分]|占|指数|系数|排名|得分|年限|寿命")
_PERCENT = re.compile(r"[%％‰/]")


@dataclass(frozen=True, slots=True)
class Picked:
    """Rows that share a value, with the words that say which."""

    column: GridColumn
    value: str
    rows: tuple[int, ...]
    words: str


def picked_rows(grid: Grid, phrasing: Phrasing, chance: random.Random) -> Iterator[Picked]:
    """Yield every group of rows that a value of an agency, a category or a group row picks."""
    for column in grid.holding(Holds.AGENCY, Holds.CATEGORY):
        for value in values_of(grid, column):
            rows = rows_with(grid, column, value)
            yield Picked(column, value, rows, say_where(grid, column, value, phrasing, chance))


def say_where(grid: Grid, column: GridColumn, value: str, phrasing: Phrasing, chance: random.Random) -> str:
    """Return how one says that the rows with ``value`` are meant, with the table where another has such rows too."""
    words = phrasing.where(_form(column), chance, column=column.name, value=value, noun=grid.noun)
    return f"{grid.table.name}中，{words}" if grid.shared else words


def figures_of(grid: Grid, column: GridColumn, rows: Sequence[int]) -> dict[int, Figure]:
    """Return the plain figures of a column by row; rows with a bound, a word or nothing are left out."""
    found = {row: read_figure(grid.cell(row, column)) for row in rows}
    return {row: figure for row, figure in found.items() if figure is not None and not figure.bound}


def numbers_of(grid: Grid, column: GridColumn, rows: Sequence[int]) -> dict[int, Decimal] | None:
    """Return the number of each row; None where they may not be compared: one is missing or units differ.

    A column of a year whose header states no unit holds a different measure in each row.
    """
    if column.is_year and not column.unit:
        return None
    figures = figures_of(grid, column, rows)
    if len(figures) != len(rows) or len({figure.unit for figure in figures.values()}) > 1:
        return None
    return {row: figure.number for row, figure in figures.items()}


def is_summed(column: GridColumn) -> bool:
    """Return whether adding up the column makes sense: an amount, not a rate or a price or a year's value."""
    named = _NOT_SUMMED.search(column.name) is not None
    return not (named or column.is_year or _PERCENT.search(column.unit))


def say_unit(column: GridColumn) -> str:
    """Return the header's unit as one says it behind 多少: nothing for a percentage."""
    return "" if column.unit == "%" else column.unit


def unit_of(grid: Grid, column: GridColumn, row: int) -> str:
    """Return the unit of a cell: its own, else the header's, else the one behind the row's name."""
    figure = read_figure(grid.cell(row, column))
    return (figure.unit if figure else "") or column.unit or grid.row_unit(row)


def place(grid: Grid, row: int, column: GridColumn | None = None) -> dict[str, Any]:
    """Return evidence for a row, or for one cell of it."""
    named = column is not None and not column.group
    header = grid.table.columns[column.key].name if column is not None and named else ""
    return {"table": grid.table.name, "row": row, "column": header, "document": grid.document.info.id}


def places(grid: Grid, rows: Sequence[int]) -> list[dict[str, Any]]:
    """Return evidence for whole rows."""
    return [place(grid, row) for row in rows]


def _form(column: GridColumn) -> str:
    if column.group:
        return "group"
    if column.holds is Holds.CATEGORY:
        return "category"
    return "lead" if _LEAD.search(column.name) else "charge" if _CHARGE.search(column.name) else "agency"
