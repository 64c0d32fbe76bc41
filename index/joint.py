"""The adapted weights in, the same for reading a question and a passage together out.

Example: 公示期多久 and “公示期不少于5个工作日” are read in one run, each token seeing all others; where the two are
embedded apart, a token of the one never sees the other (Nogueira and Cho 2019, “Passage Re-ranking with BERT”).

``joint.npz`` holds for each matrix of the upper layers two thin ones whose product is added to it, as ``adapter.npz``
does, ``asked``, which is added to each token of the question, and ``heads`` with their ``bias``, which turn the last
layer's states into log odds. ``python -m evals.public.train_joint`` writes it. ``found.npz`` holds the same, learned
further from what searches among many documents find; ``python -m evals.public.train_found`` writes that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.adapter import JOINT, added_by
from index.wheel_weights import WheelWeights, add_to


@dataclass(frozen=True, slots=True)
class Joint:
    """What is added to matrices by name, and to each token of the question (``asked``, hidden).

    The log odds of an answer are the state of the first token by the first row of ``heads`` (3, hidden), the mean state
    of the passage's tokens by the second, and the first ``bias`` (2); those that a token is of the answer are its state
    by the third row and the second bias.
    """

    added: dict[str, NDArray[np.float32]]
    asked: NDArray[np.float32]
    heads: NDArray[np.float32]
    bias: NDArray[np.float32]

    def apply(self, weights: WheelWeights) -> WheelWeights:
        """Return ``weights`` with what is added to each matrix."""
        return add_to(weights, self.added)


def load_joint(file: str = JOINT) -> Joint:
    """Return the weights that the package brings in ``file``."""
    return joint_of(load_joint_file(file))


def joint_of(kept: Mapping[str, NDArray[Any]]) -> Joint:
    """Return the weights that ``kept`` holds by name."""
    return Joint(added_by(kept), *(kept[name].astype(np.float32) for name in ("asked", "heads", "bias")))


def load_joint_file(file: str = JOINT) -> dict[str, NDArray[Any]]:
    """Return by name all numbers that the package brings in ``file``."""
    with resources.as_file(resources.files(__package__) / file) as path, np.load(path, allow_pickle=False) as kept:
        return dict(kept)


def load_bias(file: str = JOINT) -> NDArray[np.float32]:
    """Return the ``bias`` alone."""
    with resources.as_file(resources.files(__package__) / file) as path, np.load(path, allow_pickle=False) as kept:
        bias: NDArray[np.float32] = kept["bias"]
        return bias
