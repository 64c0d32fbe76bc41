"""The chances of cells in, the sets of cells that may be asked for together out, described for the choice.

Example: 押金期末和期初余额分别是多少 → {37,401.12}, {37,401.12; 36,000.00}, the whole row, …; the second explains most.

Sets are the best few cells, pairs and triples of them, the lines through them and the rectangles that they span.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from assistant.understand.cells.score import NAMED, Cover, ReadTable, ask_features
from assistant.understand.cells.trees import Numbers

Cells = tuple[int, ...]
Members = NDArray[np.bool_]
"""One row a set, one column a cell: whether the set holds it."""
_WEAK = 0.5
_MEAN = 6
"""Where the mean share of a path's heads that stands in the question is among its measures."""
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
    asks = np.tile(np.array(ask_features(question)), (len(sets), 1))
    within = np.zeros((len(sets), len(chances)), dtype=bool)
    for place, cells in enumerate(sets):
        within[place, list(cells)] = True
    likely, explained = _likelihood(within, chances), _explained(within, cover, table)
    compared = np.hstack([likely[:, :1], explained])
    return np.hstack([likely, _form(within, table), asks, explained, compared - compared.max(axis=0)])


def _likelihood(within: Members, chances: Numbers) -> Numbers:
    safe = np.clip(chances, 1e-4, 1 - 1e-4)
    outside = np.sort(np.where(within, 0, chances), axis=1)
    least, most = _least(within, chances), outside[:, -1]
    columns = (
        within @ np.log(safe / (1 - safe)),
        within.sum(axis=1),
        least,
        _mean(within, chances),
        most,
        least - most,
        outside[:, -min(2, outside.shape[1])],
        np.full(len(within), chances.sum()),
        np.full(len(within), chances.max()),
    )
    return np.stack(columns, axis=1)


def _explained(within: Members, cover: Cover, table: ReadTable) -> Numbers:
    """Return what the heads of each set explain: together, on average, what one cell alone adds, what is left over."""
    linked, weight = cover.linked, cover.linked.weight
    times = within.astype(float) @ cover.explained.astype(float)
    total, every = max(cover.explainable, 1.0), cover.explained.any(axis=0)
    together = (times > 0) @ weight
    alone = ((times == 1) * weight) @ cover.explained.T.astype(float)
    heads = (within.astype(float) @ _heads(table)) > 0
    named = (linked.measures[:, 0] >= NAMED) & _heads(table).any(axis=0)
    left = ((times == 0).astype(float) @ linked.explains[named].T.astype(float)) > 0
    columns = (
        left.sum(axis=1),
        (~heads[:, named]).sum(axis=1),
        heads @ (linked.measures[:, 0] < _WEAK),
        heads.sum(axis=1),
        together / total,
        together,
        _mean(within, cover.explained @ weight) / total,
        np.where(within, alone, np.inf).min(axis=1),
        np.where(within, alone, 0).sum(axis=1) / within.sum(axis=1),
        _mean(within, cover.row[:, _MEAN]),
        _mean(within, cover.column[:, _MEAN]),
        _least(within, cover.row[:, _MEAN]),
        _least(within, cover.column[:, _MEAN]),
        every @ weight - together,
        np.full(len(within), weight @ ~every),
    )
    return np.stack([np.asarray(column, dtype=float) for column in columns], axis=1)


def _heads(table: ReadTable) -> Numbers:
    """Return 1 where a cell (row) is headed by a cell (column)."""
    heads = np.zeros((len(table.paths),) * 2)
    for number, path in enumerate(table.paths):
        heads[number, [*path.row, *path.column]] = 1
    return heads


def _form(within: Members, table: ReadTable) -> Numbers:
    grid, is_data = table.grid, table.layout.data >= 0.5
    tops, lefts = (np.array([getattr(cell, side) for cell in grid.cells]) for side in ("top", "left"))
    rows = within @ (tops[:, None] == np.arange(grid.height))
    columns = within @ (lefts[:, None] == np.arange(grid.width))
    first = within.argmax(axis=1)
    by_row, by_column = tops[first][:, None] == tops, lefts[first][:, None] == lefts
    in_total = np.array([_in_total(number, table) for number in range(len(grid.cells))], dtype=float)
    found = (
        rows.sum(axis=1),
        columns.sum(axis=1),
        rows.sum(axis=1) * columns.sum(axis=1) == within.sum(axis=1),
        ~(by_row & is_data & ~within).any(axis=1),
        ~(by_column & is_data & ~within).any(axis=1),
        (by_row & is_data).sum(axis=1),
        (by_column & is_data).sum(axis=1),
        np.full(len(within), is_data.sum()),
        _mean(within, table.shapes[:, 0]),
        _mean(within, table.shapes[:, 1]),
        within @ in_total,
        _mean(within, table.layout.data),
    )
    return np.stack([np.asarray(column, dtype=float) for column in found], axis=1)


def _mean(within: Members, values: Numbers) -> Numbers:
    mean: Numbers = within @ values / within.sum(axis=1)
    return mean


def _least(within: Members, values: Numbers) -> Numbers:
    least: Numbers = np.where(within, values, np.inf).min(axis=1)
    return least
