"""A table of a document in, its grid and the cells behind it out; a question and a table in, the cells that answer out.

Example: | 品牌 | 青山 | over | 颜色 | 白色 |: 什么颜色 → 白色, explained by 颜色.

The first line of a grid may have been taken for its header although it is a pair like the others; here it is a line.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.understand.cells.grid import Grid, make_grid
from assistant.understand.cells.link import link
from assistant.understand.cells.model import load_model
from assistant.understand.cells.score import NAMED, ReadTable
from corpus.models import Cell, Row, Table

_LIKELY = 0.5
_TELLING_ROWS = 8
MOST_ROWS = 60
"""Longer tables are lists under one header, for lookups and queries."""
Place = tuple[Row | None, Cell]


@dataclass(frozen=True, slots=True)
class TableGrid:
    """A grid and what each of its cells is in the table: a cell with its row (None in the header), None for a blank."""

    grid: Grid
    places: tuple[Place | None, ...]


@dataclass(frozen=True, slots=True)
class FoundCell:
    """A cell that answers; ``row_heads`` and ``column_heads`` lead to it, outermost first.

    ``row`` is None in the first line of a table that has a header, ``named`` are other cells of its row and column
    that the question names, ``is_pair`` says that it stands between heads (品牌 | 青山 |).
    """

    row: Row | None
    cell: Cell
    row_heads: tuple[str, ...]
    column_heads: tuple[str, ...]
    named: tuple[str, ...]
    is_pair: bool


def grid_of(table: Table) -> TableGrid:
    """Return the grid of a table; carried cells belong to the cell above, equal neighbours in the header are one."""
    at: list[list[int]] = []
    texts: list[str] = []
    places: list[Place | None] = []
    if any(column.header for column in table.columns):
        at.append([])
        for column in table.columns:
            if not (at[0] and texts and column.name and texts[-1] == column.name):
                texts.append(column.name)
                places.append((None, Cell(column.number, column.name, column.header[0])) if column.header else None)
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


def _filled(numbers: list[int], texts: list[str], places: list[Place | None]) -> list[int]:
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
        self._plain: dict[str, bool] = {}

    def has_plain_header(self, table: Table) -> bool:
        """Return whether the first line and no other heads the columns, as lookups and queries take it."""
        if table.id not in self._plain:
            self._plain[table.id] = len(table.rows) > MOST_ROWS or _is_list(table)
        return self._plain[table.id]

    def find(self, question: str, table: Table) -> tuple[FoundCell, ...]:
        """Return the cells of ``table`` that answer ``question`` and what leads to them; none unless all are sure."""
        of_table, read = self._open(table)
        found = load_model().find(question, read)
        if not found.is_sure:
            return ()
        named = link(question, [cell.text for cell in read.grid.cells]).measures[:, 0] >= NAMED
        cells = []
        for number in found.cells:
            place = of_table.places[number]
            if place is None:
                return ()
            cells.append(_found(number, place, read, [bool(one) for one in named]))
        return tuple(cells)

    def _open(self, table: Table) -> tuple[TableGrid, ReadTable]:
        if table.id not in self._read:
            of_table = grid_of(table)
            self._read[table.id] = (of_table, load_model().read(of_table.grid))
        return self._read[table.id]


def _is_list(table: Table) -> bool:
    if not any(column.header for column in table.columns):
        return True
    grid = grid_of(replace(table, rows=table.rows[:_TELLING_ROWS])).grid
    heads = load_model().layout.read(grid).column_head
    chances = [float(heads[list(dict.fromkeys(line))].mean()) for line in grid.at[:2]]
    return chances[0] >= _LIKELY and max(chances[1:], default=0.0) < _LIKELY


def _found(number: int, place: Place, read: ReadTable, named: list[bool]) -> FoundCell:
    grid, path = read.grid, read.paths[number]
    cell = grid.cells[number]
    line = {*grid.at[cell.top], *(row[cell.left] for row in grid.at)} - {number, *path.row, *path.column}
    mates = tuple(grid.cells[other].text for other in (*path.outer, *sorted(line)) if named[other])
    heads = [tuple(grid.cells[head].text for head in reversed(side)) for side in (path.row, path.column)]
    after = grid.at[cell.top][cell.right + 1] if cell.right + 1 < grid.width else None
    is_pair = bool(path.row) and not path.column and (after is None or read.layout.row_head[after] >= _LIKELY)
    is_pair = is_pair and cell.left > 0 and grid.at[cell.top][cell.left - 1] in path.row
    return FoundCell(*place, heads[0], heads[1], mates, is_pair)
