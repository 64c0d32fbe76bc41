"""A grid in, the chance of each cell to head its column or its row out.

Example: 项目 | 期末余额 over 押金 | 37,401.12: 期末余额 heads its column, 押金 its row, 37,401.12 is what is asked for.

The features are place, merging, figures and the cells beside; a second forest sees what the first one thought of the
neighbours, so that a column of heads supports itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from assistant.understand.cells.grid import Grid
from assistant.understand.cells.trees import Numbers, Trees, logistic

_FIGURE = re.compile(r"[-+(（]?[\d,.]*\d[\d,.]*[)）]?%?")
_DIGITS = re.compile(r"\d")
_DATE = re.compile(r"\d{4}年|\d{4}[-./]\d|\d+月")
_TOTAL = re.compile(r"^(合计|总计|小计|共计|总额)")
_BUCKETS = 2048
COLUMN, ROW = 0, 1


@dataclass(frozen=True, slots=True)
class Layout:
    """The chance of each cell to head a column or a row."""

    column_head: Numbers
    row_head: Numbers

    @property
    def data(self) -> Numbers:
        """Return the chance of each cell to hold what is asked for."""
        return np.clip(1 - self.column_head - self.row_head, 0, 1)


@dataclass(frozen=True, slots=True)
class LayoutModel:
    """``words``: weights of hashed character pairs for both kinds; ``first`` and ``second``: forests for both kinds."""

    words: Numbers
    first: tuple[Trees, Trees]
    second: tuple[Trees, Trees]

    def read(self, grid: Grid) -> Layout:
        """Return which cells head rows and columns."""
        features = describe(grid, np.stack([hear(key) @ self.words.T for key in grid.keys]))
        chances = np.stack([logistic(trees.score(features)) for trees in self.first], axis=1)
        again = np.hstack([features, surround(grid, chances)])
        column, row = (logistic(trees.score(again)) for trees in self.second)
        return Layout(column, row)


def hear(key: str) -> Numbers:
    """Return the character pairs of ``key`` as counts in hash buckets, of length 1 together."""
    counts = np.zeros(_BUCKETS)
    marked = f"^{re.sub(r'[0-9]+', '0', key)}$"
    for size in (1, 2, 3):
        for start in range(len(marked) - size + 1):
            counts[crc32(marked[start : start + size].encode()) % _BUCKETS] += 1
    norm = np.sqrt((counts**2).sum())
    return counts / norm if norm else counts


def shape(key: str) -> tuple[float, ...]:
    """Return what a folded text looks like: empty, a figure, a date, a total and so on."""
    digits = len(_DIGITS.findall(key))
    return (
        float(not key or key in "-—/"),
        float(bool(_FIGURE.fullmatch(key))),
        digits / max(len(key), 1),
        float(min(len(key), 40)),
        float(bool(_DATE.search(key))),
        float("%" in key),
        float(key.endswith((":", "：", "?", "？"))),
        float(bool(_TOTAL.match(key))),
        float("√" in key or "□" in key),
    )


def describe(grid: Grid, heard: Numbers) -> Numbers:
    """Return the features of all cells: own shape and place, shapes beside, figures in the same rows and columns."""
    own = np.hstack([np.array([shape(key) for key in grid.keys]), heard])
    keys = grid.keys
    place = np.array(
        [
            (
                cell.top,
                cell.left,
                grid.height - 1 - cell.bottom,
                grid.width - 1 - cell.right,
                cell.bottom - cell.top + 1,
                cell.right - cell.left + 1,
                (cell.right - cell.left + 1) / grid.width,
                cell.left % 2,
                grid.height,
                grid.width,
                keys.count(cell.key),
                len(cell.text) - len(cell.text.lstrip()),
            )
            for cell in grid.cells
        ],
        dtype=float,
    )
    return np.hstack([own, place, surround(grid, own)])


def surround(grid: Grid, values: Numbers) -> Numbers:
    """Return ``values`` of the four neighbours, and their means over the cell's rows and columns."""
    at = np.array(grid.at)
    spread = values[at]
    by_row, by_column = spread.mean(axis=1), spread.mean(axis=0)
    padded = np.vstack([values, np.full(values.shape[1], -1.0)])
    numbers = np.pad(at, 1, constant_values=len(values))
    found = []
    for cell in grid.cells:
        row, column = cell.top + 1, cell.left + 1
        beside = [numbers[row, column - 1], numbers[row, cell.right + 2]]
        beside += [numbers[row - 1, column], numbers[cell.bottom + 2, column]]
        lines = (by_row[cell.top : cell.bottom + 1].mean(axis=0), by_column[cell.left : cell.right + 1].mean(axis=0))
        found.append(np.concatenate([*padded[beside], *lines]))
    return np.array(found)
