"""A grid and its layout in, what stands over and beside each cell out.

Example: 37,401.12 under 期末余额 beside 押金 → row heads (押金), column heads (期末余额).

From a cell one walks over the data between to the nearest run of heads, and takes the run. What heads the heads
(流动资产 over an indented 货币资金, a title row over a block of pairs) is kept apart as the outer heads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.understand.cells.grid import Grid, GridCell
from assistant.understand.cells.layout import Layout

_LIKELY = 0.5


@dataclass(frozen=True, slots=True)
class Path:
    """Numbers of the cells that head one cell, nearest first."""

    row: tuple[int, ...]
    column: tuple[int, ...]
    outer: tuple[int, ...]


def find_paths(grid: Grid, layout: Layout) -> tuple[Path, ...]:
    """Return the path of each cell."""
    row_heads = [bool(chance >= _LIKELY) for chance in layout.row_head]
    column_heads = [bool(chance >= _LIKELY) for chance in layout.column_head]
    inner = [
        (_nearest(_leftward(grid, cell), row_heads), _nearest(_upward(grid, cell), column_heads)) for cell in grid.cells
    ]
    return tuple(
        Path(row, column, _outer(row, column, [*inner], cell, _sections(grid, cell, column_heads)))
        for cell, (row, column) in zip(grid.cells, inner, strict=True)
    )


def _leftward(grid: Grid, cell: GridCell) -> Iterable[tuple[int, ...]]:
    """Return the cells left of ``cell`` on its rows, column by column, nearest first."""
    for column in range(cell.left - 1, -1, -1):
        yield tuple(dict.fromkeys(grid.at[row][column] for row in range(cell.top, cell.bottom + 1)))


def _upward(grid: Grid, cell: GridCell) -> Iterable[tuple[int, ...]]:
    for row in range(cell.top - 1, -1, -1):
        yield tuple(dict.fromkeys(grid.at[row][column] for column in range(cell.left, cell.right + 1)))


def _nearest(lines: Iterable[tuple[int, ...]], is_head: Sequence[bool]) -> tuple[int, ...]:
    """Return the first run of heads."""
    run: dict[int, None] = {}
    for line in lines:
        heads = [number for number in line if is_head[number]]
        if run and not heads:
            break
        run.update(dict.fromkeys(heads))
    return tuple(run)


def _sections(grid: Grid, cell: GridCell, is_head: Sequence[bool]) -> tuple[int, ...]:
    """Return the nearest row above that is one merged head from edge to edge."""
    for row in range(cell.top - 1, -1, -1):
        number = grid.at[row][0]
        if grid.width > 1 and grid.at[row][-1] == number and is_head[number]:
            return (number,)
    return ()


def _outer(
    row: tuple[int, ...],
    column: tuple[int, ...],
    inner: Sequence[tuple[tuple[int, ...], tuple[int, ...]]],
    cell: GridCell,
    sections: tuple[int, ...],
) -> tuple[int, ...]:
    above = [number for head in row for number in inner[head][1]]
    beside = [number for head in column for number in inner[head][0]]
    near = {*row, *column, cell.number}
    return tuple(number for number in dict.fromkeys((*above, *beside, *sections)) if number not in near)
