"""A question and a grid in, the cells that answer out: the learned weights and the steps in their order.

Example: 公司待转销项税的期末和期初数是多少 → the two cells of the row 待转销项税.

``weights.json`` holds numbers alone; ``python -m evals.public.train_cells`` writes it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np

from assistant.understand.cells.choose import Cells, propose, set_features
from assistant.understand.cells.grid import Grid
from assistant.understand.cells.layout import LayoutModel
from assistant.understand.cells.link import link
from assistant.understand.cells.score import Cover, ReadTable, cell_features, read_table
from assistant.understand.cells.trees import Trees, logistic, read_trees

WEIGHTS = "weights.json"
SURE = 0.7
"""The least certainty of what is said as an answer: 94 % of such answers are right on tables not learned from."""


@dataclass(frozen=True, slots=True)
class Found:
    """The cells chosen, and the chance that they, no more and no less, are what is asked for."""

    cells: Cells
    certainty: float

    @property
    def is_sure(self) -> bool:
        """Return whether the cells may be said as an answer."""
        return self.certainty >= SURE


@dataclass(frozen=True, slots=True)
class CellModel:
    """The three learned steps: what heads, which cell, how many."""

    layout: LayoutModel
    cell: Trees
    sets: Trees

    def read(self, grid: Grid) -> ReadTable:
        """Return the grid with its layout and paths; to be kept for the next question."""
        return read_table(grid, self.layout.read(grid))

    def find(self, question: str, table: ReadTable) -> Found:
        """Return the cells of ``table`` that answer ``question`` best, whether or not they answer it well."""
        linked = link(question, [cell.text for cell in table.grid.cells])
        cover = Cover(linked, table)
        chances = logistic(self.cell.score(cell_features(question, table, linked, cover)))
        sets = propose(chances, table)
        scores = self.sets.score(set_features(question, sets, chances, cover, table))
        best = int(scores.argmax())
        return Found(sets[best], float(logistic(scores)[best]))


@lru_cache(maxsize=1)
def load_model() -> CellModel:
    """Return the model that the package brings."""
    return read_model(json.loads((resources.files(__package__) / WEIGHTS).read_text(encoding="utf-8")))


def read_model(data: Mapping[str, Any]) -> CellModel:
    """Return the model of the numbers in ``weights.json``."""
    return CellModel(read_layout(data), read_trees(data["cell"]), read_trees(data["sets"]))


def read_layout(data: Mapping[str, Any]) -> LayoutModel:
    """Return the part of the model that tells heads."""
    forests = [read_trees(forest) for forest in data["layout"]]
    return LayoutModel(np.array(data["words"], dtype=float), (forests[0], forests[1]), (forests[2], forests[3]))
