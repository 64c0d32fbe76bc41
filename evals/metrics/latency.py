"""Latency: the milliseconds of each answer in, a percentile out.

Example: ``percentile([5.0, 7.0, 100.0], 50) == 7.0``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence


def percentile(milliseconds: Sequence[float], rank: float) -> float:
    """Return the smallest measured value that at least ``rank`` per cent do not exceed; 0.0 for no measurement.

    Formula: the ⌈rank/100 · n⌉-th of the sorted values (nearest-rank method, ISO 3534-1 sample quantile), so that the
    result is always one of the measured times.
    """
    if not milliseconds:
        return 0.0
    ordered = sorted(milliseconds)
    return ordered[max(0, math.ceil(rank / 100 * len(ordered)) - 1)]
