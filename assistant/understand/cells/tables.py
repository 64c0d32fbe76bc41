"""A table of a document in, its grid and the cells behind it out; a question and a table in, the cells that answer out.

Example: | 品牌 | 青山 | over | 颜色 | 白色 |: 什么颜色 → 白色, explained by 颜色.

The first line of a grid may have been taken for its header although it is a pair like the others; here it is a line.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.understand.cells.grid import Grid, make_grid
from assistant.understand.cells.link import link
from assistant.understand.cells.model import load_model
from assistant.understand.cells.score import NAMED, ReadTable
from corpus.models import Cell, Row, Table


@dataclass(frozen=True, slots=True)
class TableGrid:
    """A grid and what each of its cells is in the table: a row with its cell, None in the header."""

    grid: Grid
    places: tuple[tuple[Row, Cell] | None, ...]


@dataclass(frozen=True, slots=True)
class FoundCell:
    """A cell that answers: ``row_heads`` and ``column_heads`` lead to it, outermost first.

    ``named`` are other cells of its row and column that the question names, ``chance`` how sure it is.
    """

    row: Row
    cell: Cell
    row_heads: tuple[str, ...]
    column_heads: tuple[str, ...]
    named: tuple[str, ...]
    chance: float


def grid_of(table: Table) -> TableGrid:
    """Return the grid of a table; carried cells belong to the cell above, equal neighbours in the header are one."""
    at: list[list[int]] = []
    texts: list[str] = []
    places: list[tuple[Row, Cell] | None] = []
    if any(column.header for column in table.columns):
        at.append([])
        for column in table.columns:
            if not (at[0] and texts and column.name and texts[-1] == column.name):
                texts.append(column.name)
                places.append(None)
            at[0].append(len(texts) - 1)
    for row in table.rows:
        numbers = [-1] * len(table.columns)
        for cell in row.cells:
            if cell.carried and at and at[-1][cell.column] >= 0:
                numbers[cell.column] = at[-1][cell.column]
                continue
            numbers[cell.column] = len(texts)
            texts.append(cell.text)
            places.append((row, cell))
        at.append(_filled(numbers, texts, places))
    return TableGrid(make_grid(at, texts), tuple(places))


def _filled(numbers: list[int], texts: list[str], places: list[tuple[Row, Cell] | None]) -> list[int]:
    """Return the numbers of a line whose missing cells are those before them (a group row), or empty."""
    for column, number in enumerate(numbers):
        if number < 0 and column:
            numbers[column] = numbers[column - 1]
        elif number < 0:
            numbers[column] = len(texts)
            texts.append("")
            places.append(None)
    return numbers


class CellFinder:
    """Finds cells in tables; a table is read once."""

    def __init__(self) -> None:
        self._read: dict[str, tuple[TableGrid, ReadTable]] = {}

    def find(self, question: str, table: Table) -> tuple[FoundCell, ...]:
        """Return the cells of ``table`` that answer ``question`` best, with what leads to them; none for a header."""
        if table.id not in self._read:
            of_table = grid_of(table)
            self._read[table.id] = (of_table, load_model().read(of_table.grid))
        of_table, read = self._read[table.id]
        found = load_model().find(question, read)
        named = link(question, [cell.text for cell in read.grid.cells]).measures[:, 0] >= NAMED
        cells = []
        for number in found.cells:
            place = of_table.places[number]
            if place is None:
                return ()
            cells.append(_found(number, place, read, [bool(one) for one in named], float(found.chances[number])))
        return tuple(cells)


def _found(number: int, place: tuple[Row, Cell], read: ReadTable, named: list[bool], chance: float) -> FoundCell:
    grid, path = read.grid, read.paths[number]
    cell = grid.cells[number]
    line = {*grid.at[cell.top], *(row[cell.left] for row in grid.at)} - {number, *path.row, *path.column}
    mates = tuple(grid.cells[other].text for other in (*path.outer, *sorted(line)) if named[other])
    heads = [tuple(grid.cells[head].text for head in reversed(side)) for side in (path.row, path.column)]
    return FoundCell(*place, heads[0], heads[1], mates, chance)
