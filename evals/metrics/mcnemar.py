"""McNemar's exact test: how many judgements were lost and won in, the chance of such a split by luck out.

Example: ``mcnemar(6, 0) == 0.03125``: six answers lost and none won is no luck; ``mcnemar(5, 0) == 0.0625`` may be.
"""

from __future__ import annotations

from math import comb


def mcnemar(lost: int, won: int) -> float:
    """Return the two-sided exact p of ``lost`` against ``won`` changed pairs, in 0…1; 1.0 where nothing changed.

    Formula: p = min(1, 2 · Σ_{i ≤ min(l, w)} C(l + w, i) / 2^(l + w)): the binomial test of fair coins on the pairs
    that changed. Source: McNemar 1947, in the exact form of Edwards 1948 without correction.
    """
    n = lost + won
    if not n:
        return 1.0
    tail: float = sum(comb(n, k) for k in range(min(lost, won) + 1)) / 2**n
    return min(1.0, 2 * tail)
