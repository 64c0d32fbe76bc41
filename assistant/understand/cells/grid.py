"""A table as cells that may be merged: ids by place or a parsed table in, one frozen grid out.

Example: 期末余额 over two columns is one cell with ``left`` 1 and ``right`` 2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.folding import fold


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: its number in the grid, its text, and the rows and columns that it covers (both ends included)."""

    number: int
    text: str
    top: int
    left: int
    bottom: int
    right: int

    @property
    def key(self) -> str:
        """Return the folded text without blanks: what is compared."""
        return "".join(fold(self.text).split())


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: ``at[row][column]`` is the number of the cell there, ``keys`` the cells' folded texts."""

    cells: tuple[GridCell, ...]
    at: tuple[tuple[int, ...], ...]
    keys: tuple[str, ...]

    @property
    def height(self) -> int:
        """Return the number of rows."""
        return len(self.at)

    @property
    def width(self) -> int:
        """Return the number of columns."""
        return len(self.at[0]) if self.at else 0


def make_grid(at: Sequence[Sequence[int]], texts: Sequence[str]) -> Grid:
    """Return the grid of ``at``, where equal numbers are one merged cell; rows must be equally long."""
    places: dict[int, list[tuple[int, int]]] = {}
    for row, numbers in enumerate(at):
        for column, number in enumerate(numbers):
            places.setdefault(number, []).append((row, column))
    cells = tuple(_cell(number, text, places[number]) for number, text in enumerate(texts))
    return Grid(cells, tuple(tuple(row) for row in at), tuple(cell.key for cell in cells))


def _cell(number: int, text: str, places: Sequence[tuple[int, int]]) -> GridCell:
    rows, columns = [row for row, _ in places], [column for _, column in places]
    return GridCell(number, text, min(rows), min(columns), max(rows), max(columns))
