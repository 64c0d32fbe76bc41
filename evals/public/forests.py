"""Samples in, boosted trees as numbers out, with what they say of samples that they had not seen.

Example: five rounds leave a fifth of the samples out each; their chances are those of trees learned from the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeVar

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

from assistant.understand.cells.trees import LEAF, Numbers, logistic, read_trees

ROUNDS = 5
_ALWAYS: dict[str, Any] = {"l2_regularization": 5, "max_bins": 64, "early_stopping": False, "random_state": 0}
Forest = dict[str, Any]
Weights = TypeVar("Weights")


@dataclass(frozen=True, slots=True)
class Sample:
    """The features of one table or question, the labels of its rows, and the round that leaves it out.

    ``weight`` is what each row counts in ``fit_forest``.
    """

    rows: Numbers
    labels: Numbers
    left_out: int
    weight: float = 1.0


def round_of(key: str) -> int:
    """Return the round (0 to 4) that leaves a sample out, by a hash of its key."""
    return sha256(key.encode()).digest()[0] % ROUNDS


def cross(
    samples: Sequence[Sample],
    fit: Callable[[Sequence[Sample]], Weights],
    apply: Callable[[Numbers, Weights], Numbers],
) -> tuple[Weights, list[Numbers]]:
    """Return the weights of all samples, and the outcome for each sample of weights that had not seen it."""
    found: list[Numbers] = [np.zeros(0)] * len(samples)
    for number in range(ROUNDS):
        weights = fit([sample for sample in samples if sample.left_out != number])
        for place, sample in enumerate(samples):
            if sample.left_out == number:
                found[place] = apply(sample.rows, weights)
    return fit(samples), found


def apply_forest(rows: Numbers, forest: Forest) -> Numbers:
    """Return the chance (0 to 1) of each row."""
    return logistic(read_trees(forest).score(rows))


def together(samples: Sequence[Sample]) -> tuple[Numbers, Numbers]:
    """Return the rows of all samples, and their labels."""
    return np.vstack([sample.rows for sample in samples]), np.concatenate([sample.labels for sample in samples])


def fit_forest(samples: Sequence[Sample], shape: Mapping[str, Any]) -> Forest:
    """Return boosted trees learned from ``samples``, as ``read_trees`` takes them; ``shape`` is scikit-learn's."""
    weights = np.concatenate([np.full(len(sample.labels), sample.weight) for sample in samples])
    model = HistGradientBoostingClassifier(**shape, **_ALWAYS)
    return _as_numbers(model.fit(*together(samples), sample_weight=None if np.all(weights == 1) else weights))


def fit_values(samples: Sequence[Sample], shape: Mapping[str, Any]) -> Forest:
    """Return boosted trees of a value instead of a chance: ``Trees.score`` gives it. Each sample counts alike."""
    weights = np.concatenate([np.full(len(sample.labels), 1 / len(sample.labels)) for sample in samples])
    model = HistGradientBoostingRegressor(**shape, **_ALWAYS)
    return _as_numbers(model.fit(*together(samples), sample_weight=weights / weights.mean()))


def _as_numbers(model: HistGradientBoostingClassifier | HistGradientBoostingRegressor) -> Forest:
    """Return the trees of a fitted model."""
    # scikit-learn keeps its trees private; this is the one place that looks.
    forests = [tree for (tree,) in model._predictors]
    trees = [_ordered(tree.nodes) for tree in forests]
    depth = max(int(tree.nodes["depth"].max()) for tree in forests)
    return {"base": round(float(model._baseline_prediction.ravel()[0]), 5), "depth": depth, "trees": trees}


def _ordered(nodes: Any) -> list[list[float]]:
    """Return features, numbers and right children of a tree, its nodes in reading order."""
    features: list[float] = []
    numbers: list[float] = []
    rights: list[float] = []

    def visit(number: int) -> None:
        node = nodes[number]
        place = len(features)
        leaf = bool(node["is_leaf"])
        features.append(LEAF if leaf else int(node["feature_idx"]))
        numbers.append(float(f"{node['value' if leaf else 'num_threshold']:.4g}"))
        rights.append(0)
        if not leaf:
            visit(int(node["left"]))
            rights[place] = len(features)
            visit(int(node["right"]))

    visit(0)
    return [features, numbers, rights]
