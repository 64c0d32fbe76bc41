"""The paired randomisation test: a measure of the same questions before and now in, the chance of such a change out.

Example: ``paired_randomisation([1, 1, 1, 1, 1, 1], [0, 0, 0, 0, 0, 0]) == 2 / 64``.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

MOST_EXACT = 14
"""Changed questions up to which every exchange is tried (2^14 of them); beyond, a sample."""

_SAMPLE = 20_000
_SEED = 20_260_101
_BLOCK = 2_000


def paired_randomisation(before: Sequence[float], now: Sequence[float]) -> float:
    """Return the two-sided p of the mean difference between ``before`` and ``now``, in 0…1; 1.0 where nothing changed.

    Formula: with d_i = now_i − before_i, p is the share of the sign vectors s ∈ {−1, 1}^n with |Σ s_i d_i| ≥ |Σ d_i|.
    Questions that did not change drop out. Up to 14 changed ones all 2^n vectors are tried; beyond, p = (1 + hits) /
    (1 + 20,000) over vectors drawn with a fixed seed, so that the same runs give the same p.

    Source: Fisher 1935; for rankings Smucker, Allan & Carterette 2007; the 1 + of a sample: Phipson & Smyth 2010.

    Raises:
        ValueError: The two differ in length.
    """
    pairs = zip(before, now, strict=True)
    changed = np.array([new - old for old, new in pairs if new != old], dtype=np.float64)
    if not changed.size:
        return 1.0
    # Sums of the same numbers in another order differ in the last bits.
    least = abs(changed.sum()) - 1e-9 * np.abs(changed).sum()
    if changed.size <= MOST_EXACT:
        return float((np.abs(_all_signs(changed.size) @ changed) >= least).mean())
    random = np.random.default_rng(_SEED)
    hits = sum(
        int((np.abs(random.choice((-1.0, 1.0), (_BLOCK, changed.size)) @ changed) >= least).sum())
        for _ in range(_SAMPLE // _BLOCK)
    )
    return (1 + hits) / (1 + _SAMPLE)


def _all_signs(size: int) -> NDArray[np.float64]:
    """Return all 2^size vectors of signs as rows."""
    bits = np.arange(2**size)[:, None] >> np.arange(size) & 1
    return np.where(bits == 1, 1.0, -1.0)
