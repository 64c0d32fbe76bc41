"""A question and a read table in, the chance of each cell to be asked for out.

Example: 押金的期末余额 → 37,401.12 0.97, 期初余额 beside it 0.02.

A cell is described by how its row heads, its column heads and both together match the question, each also as
the distance to the best cell of the table, of its row and of its column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.understand.cells.grid import Grid
from assistant.understand.cells.layout import Layout, shape
from assistant.understand.cells.link import Linked, load_terms, normal
from assistant.understand.cells.paths import Path, find_paths
from assistant.understand.cells.trees import Numbers

_ASKS = tuple(
    re.compile(words)
    for words in (
        "多少|几|多大|多高|多长|多重",
        "比例|占比|比重|百分|比率",
        "时间|日期|时候|何时|哪年|哪天|哪一[年天]|多久",
        "谁|哪位|姓名|哪个人|名字",
        "哪里|哪儿|在哪|地址|地点|何处",
        "是否|是不是|有没有|吗",
        "哪些|有什么|哪几|都有",
        "合计|总共|一共|总计|总额|总数|共计",
        "分别|各自|各是|各有|各为|各多少",
        "所有|全部|每|各",
        "哪个|哪种|哪家|哪项|哪一",
    )
)
_JOINS = re.compile("和|与|及|、|还有|同时|并|跟")
_PARTS = re.compile("[？?,，;；]")
ASKING = re.compile("多少|什么|啥|哪|多大|多长|多高|多重|多久|几|是否|有没有|吗|谁|怎么|如何|为何|何时")


NAMED = 0.8
"""The share of a text that must stand in the question for the question to name it."""


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A grid with its layout and the path of each cell; made once for a table."""

    grid: Grid
    layout: Layout
    paths: tuple[Path, ...]
    shapes: Numbers
    plain: Numbers


def ask_features(question: str) -> tuple[float, ...]:
    """Return what kind of thing, and how many, a question's words ask for."""
    asks = tuple(float(bool(pattern.search(question))) for pattern in _ASKS)
    counts = (float(len(pattern.findall(question))) for pattern in (_JOINS, _PARTS, ASKING))
    return (*asks, *counts, float(len(question)))


def cell_features(question: str, table: ReadTable, linked: Linked, cover: Cover) -> Numbers:
    """Return the features of all cells, one row a cell."""
    chances = np.stack([table.layout.column_head, table.layout.row_head], axis=1)
    beside = _beside(np.hstack([linked.measures, chances]), table.grid)
    near = np.hstack([cover.row, cover.column, cover.outer, cover.together, beside])
    relative = np.hstack([_below_best(near), _below_best_in(near, table.grid)])
    place = np.array(
        [
            (cell.top, cell.left, table.grid.height - cell.bottom, table.grid.width - cell.right, len(cell.text) > 12)
            for cell in table.grid.cells
        ],
        dtype=float,
    )
    asks = np.tile(np.array(ask_features(question)), (len(place), 1))
    return np.hstack([near, relative, linked.measures, chances, table.shapes, table.plain, place, asks])


class Cover:
    """What the heads of each cell explain of the question."""

    def __init__(self, linked: Linked, table: ReadTable) -> None:
        self.linked = linked
        paths = table.paths
        rows, columns = [self._union(path.row) for path in paths], [self._union(path.column) for path in paths]
        outer = [self._union(path.outer) for path in paths]
        self.explained = np.array(rows) | np.array(columns) | np.array(outer) | _mates(linked, table)
        self.row = np.array([self._describe(path.row, union) for path, union in zip(paths, rows, strict=True)])
        self.column = np.array([self._describe(path.column, union) for path, union in zip(paths, columns, strict=True)])
        self.outer = np.array([self._describe(path.outer, union) for path, union in zip(paths, outer, strict=True)])
        weight, shared = linked.weight, linked.explains.sum(axis=0)
        self.explainable = float(weight[shared > 0].sum())
        both = np.array(rows) | np.array(columns)
        joint = np.array(rows) & np.array(columns)
        all_of_it = max(self.explainable, 1.0)
        self.together = np.stack(
            [both @ weight / all_of_it, joint @ weight, self.explained @ weight / all_of_it, both @ weight], axis=1
        )

    def _union(self, heads: Sequence[int]) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = np.logical_or.reduce(self.linked.explains[list(heads)], axis=0)
        return found

    def _describe(self, heads: Sequence[int], union: NDArray[np.bool_]) -> Numbers:
        if not heads:
            return np.full(9, -1.0)
        measures = self.linked.measures[list(heads)]
        return np.concatenate(
            [measures.max(axis=0), [measures[:, 0].mean(), measures[0, 0], float(union @ self.linked.weight)]]
        )


def _mates(linked: Linked, table: ReadTable) -> NDArray[np.bool_]:
    """Return what other cells of the same row or column explain that stand in the question as a whole."""
    named = linked.measures[:, 0] >= NAMED
    explains = np.where(named[:, None] & ~table.shapes[:, 1:2].astype(bool), linked.explains, False)
    spread = explains[np.array(table.grid.at)]
    by_row, by_column = spread.any(axis=1), spread.any(axis=0)
    found: NDArray[np.bool_] = np.array([by_row[cell.top] | by_column[cell.left] for cell in table.grid.cells])
    return found


def _below_best(values: Numbers) -> Numbers:
    below: Numbers = values - values.max(axis=0)
    return below


def _below_best_in(values: Numbers, grid: Grid) -> Numbers:
    """Return the distance to the best of the same row and of the same column."""
    spread = values[np.array(grid.at)]
    by_row, by_column = spread.max(axis=1), spread.max(axis=0)
    tops, lefts = [cell.top for cell in grid.cells], [cell.left for cell in grid.cells]
    return np.hstack([values - by_row[tops], values - by_column[lefts]])


def _beside(measures: Numbers, grid: Grid) -> Numbers:
    """Return the measures of the left and the upper neighbour, and the best of the row and of the column."""
    edge = np.full(measures.shape[1], -1.0)
    spread = measures[np.array(grid.at)]
    found = []
    for cell in grid.cells:
        left = measures[grid.at[cell.top][cell.left - 1]] if cell.left else edge
        above = measures[grid.at[cell.top - 1][cell.left]] if cell.top else edge
        in_row = np.delete(spread[cell.top], cell.left, axis=0) if grid.width > 1 else edge[None]
        in_column = np.delete(spread[:, cell.left], cell.top, axis=0) if grid.height > 1 else edge[None]
        found.append(np.concatenate([left, above, in_row.max(axis=0), in_column.max(axis=0)]))
    return np.array(found)


def read_table(grid: Grid, layout: Layout) -> ReadTable:
    """Return what a question does not change: the paths, the shapes, the cells headed by a word that goes unsaid."""
    paths = find_paths(grid, layout)
    is_plain = [normal(cell.text) in load_terms().plain for cell in grid.cells]
    plain = np.array(
        [[any(is_plain[head] for head in heads[:1]) for heads in (path.row, path.column)] for path in paths],
        dtype=float,
    )
    return ReadTable(grid, layout, paths, np.array([shape(key) for key in grid.keys]), plain)
