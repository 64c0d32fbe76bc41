"""The chances of cells in, the sets of cells that may be asked for together out, described for the choice.

Example: 押金期末和期初余额分别是多少 → {37,401.12}, {37,401.12; 36,000.00}, the whole row, …; the second explains most.

Sets are the best few cells, pairs and triples of them, the lines through them and the rectangles that they span.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np

from assistant.understand.cells.score import Cover, ReadTable, ask_features
from assistant.understand.cells.trees import Numbers

Cells = tuple[int, ...]
_BEST = 6
_PREFIXES = 12
_BOUNDS = (0.5, 0.3, 0.15, 0.07)


def propose(chances: Numbers, table: ReadTable) -> list[Cells]:
    """Return the sets worth a look, each sorted, none twice."""
    order = [int(number) for number in np.argsort(-chances, kind="stable")]
    best = order[:_BEST]
    found: list[Iterable[int]] = [order[:size] for size in range(1, _PREFIXES + 1)]
    found += [np.flatnonzero(chances > bound).tolist() for bound in _BOUNDS]
    found += [some for size in (1, 2, 3) for some in combinations(best[: _BEST + 1 - size], size)]
    for number in best[:3]:
        for line in _lines(number, table):
            found.append(line)
            found += [[other for other in line if chances[other] > bound] for bound in _BOUNDS[1:]]
    found += [_rectangle(pair, table) for pair in combinations(best, 2)]
    return list(dict.fromkeys(tuple(sorted(set(cells))) for cells in found if cells))


def _lines(number: int, table: ReadTable) -> tuple[list[int], ...]:
    """Return the data cells of the row and of the column of a cell, with and without total rows."""
    cell, at = table.grid.cells[number], np.array(table.grid.at)
    is_data = table.layout.data >= 0.5
    lines = [list(dict.fromkeys(map(int, line))) for line in (at[cell.top], at[:, cell.left])]
    data = [[other for other in line if is_data[other] or other == number] for line in lines]
    plain = [[other for other in line if not _in_total(other, table)] for line in data]
    heads = [other for other in lines[1] if table.layout.row_head[other] >= 0.5]
    return (*data, *plain, heads, [other for other in heads if not table.shapes[other, 7]])


def _in_total(number: int, table: ReadTable) -> bool:
    path = table.paths[number]
    return any(table.shapes[head, 7] for head in (*path.row, *path.column))


def _rectangle(pair: Sequence[int], table: ReadTable) -> Cells:
    one, two = (table.grid.cells[number] for number in pair)
    at = table.grid.at
    return tuple({at[row][column] for row in (one.top, two.top) for column in (one.left, two.left)})


def set_features(question: str, sets: Sequence[Cells], chances: Numbers, cover: Cover, table: ReadTable) -> Numbers:
    """Return the features of each set: how likely its cells are, what they explain together, what form it has."""
    asks = ask_features(question)
    safe = np.clip(chances, 1e-4, 1 - 1e-4)
    odds = np.log(safe / (1 - safe))
    rows = [(*_likelihood(cells, chances, odds), *_form(cells, table), *asks) for cells in sets]
    explained = np.array([cover.explains(cells) for cells in sets])
    found = np.hstack([np.array(rows), explained])
    compared = np.hstack([found[:, :1], explained])
    return np.hstack([found, compared - compared.max(axis=0)])


def _likelihood(cells: Cells, chances: Numbers, odds: Numbers) -> tuple[float, ...]:
    inside = list(cells)
    outside = np.delete(chances, inside)
    least, most = float(chances[inside].min()), float(outside.max(initial=0))
    return (
        float(odds[inside].sum()),
        float(len(cells)),
        least,
        float(chances[inside].mean()),
        most,
        least - most,
        float(np.sort(outside)[-2]) if len(outside) > 1 else 0.0,
        float(chances.sum()),
        float(chances.max()),
    )


def _form(cells: Cells, table: ReadTable) -> tuple[float, ...]:
    grid, at = table.grid, table.grid.at
    rows, columns = {grid.cells[number].top for number in cells}, {grid.cells[number].left for number in cells}
    first = grid.cells[cells[0]]
    is_data = table.layout.data >= 0.5
    row = {number for number in at[first.top] if is_data[number]}
    column = {line[first.left] for line in at if is_data[line[first.left]]}
    return (
        float(len(rows)),
        float(len(columns)),
        float(len(rows) * len(columns) == len(cells)),
        float(row <= set(cells)),
        float(column <= set(cells)),
        float(len(row)),
        float(len(column)),
        float(is_data.sum()),
        float(np.mean([table.shapes[number, 0] for number in cells])),
        float(np.mean([table.shapes[number, 1] for number in cells])),
        float(sum(_in_total(number, table) for number in cells)),
        float(np.mean(table.layout.data[list(cells)])),
    )
