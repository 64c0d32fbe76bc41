"""Boosted trees as numbers: rows of features in, one score a row out, with numpy alone.

Example: the scores of all cells of a table for 待抵扣增值税的期末账面余额, in about a millisecond.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
LEAF = -1


@dataclass(frozen=True, slots=True)
class Trees:
    """A forest laid out flat; a leaf is its own child, so that every row walks ``depth`` steps.

    ``number`` is the threshold of a node or the value of a leaf. ``children`` are two a node: where a row goes that is
    above the threshold, and where one goes that is not.
    """

    base: float
    depth: int
    roots: NDArray[np.int64]
    feature: NDArray[np.int64]
    number: Numbers
    children: NDArray[np.int64]

    def score(self, rows: Numbers) -> Numbers:
        """Return the raw score (log odds) of each row."""
        node = np.repeat(self.roots[:, None], len(rows), axis=1)
        flat, start = np.ascontiguousarray(rows).ravel(), np.arange(len(rows)) * rows.shape[1]
        for _ in range(self.depth):
            # Numbers taken from flat arrays: several times as fast as pairs of row and column.
            below = flat.take(start + self.feature.take(node)) <= self.number.take(node)
            node = self.children.take(2 * node + below)
        scores: Numbers = self.base + self.number.take(node).sum(axis=0)
        return scores


def read_trees(data: Mapping[str, Any]) -> Trees:
    """Return the forest of ``{"base": …, "depth": …, "trees": [[features, numbers, rights], …]}``.

    A tree's nodes stand in reading order, so that a left child follows its parent; ``rights`` count from the root,
    and the feature of a leaf is ``LEAF``.
    """
    roots: list[int] = []
    feature: list[int] = []
    number: list[float] = []
    children: list[int] = []
    for features, numbers, rights in data["trees"]:
        start = len(feature)
        roots.append(start)
        for place, (column, value, other) in enumerate(zip(features, numbers, rights, strict=True), start):
            feature.append(max(column, 0))
            number.append(value)
            children += (place, place) if column == LEAF else (start + other, place + 1)
    roots_, feature_, children_ = (np.array(numbers, dtype=np.int64) for numbers in (roots, feature, children))
    return Trees(float(data["base"]), int(data["depth"]), roots_, feature_, np.array(number), children_)


def logistic(scores: Numbers) -> Numbers:
    """Return probabilities from log odds."""
    chances: Numbers = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
    return chances
