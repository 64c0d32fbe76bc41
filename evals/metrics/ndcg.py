"""nDCG: a ranking and the gold items in, its discounted gain as a share of the best possible out.

Example: two gold items, found first and third: (1 + 1/2) / (1 + 1/log2 3) = 0.92.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import log2


def ndcg(ranked: Sequence[str], gold: Collection[str], k: int) -> float:
    """Return DCG@k / IDCG@k with binary gains, in 0…1; 0.0 where nothing is gold.

    Formula: DCG@k = Σ_{i ≤ k} [ranked_i ∈ gold] / log2(i + 1); IDCG@k is that of a ranking with min(|gold|, k) gold
    items first. An item counts once, where it stands first. Source: Järvelin & Kekäläinen 2002, with the discount
    log2(i + 1) that trec_eval and ir_measures use (theirs leaves the first two ranks undiscounted).
    """
    wanted = set(gold)
    if not wanted or k < 1:
        return 0.0
    places = [rank for rank, item in enumerate(ranked[:k], 1) if item in wanted and item not in ranked[: rank - 1]]
    ideal = sum(1 / log2(rank + 1) for rank in range(1, min(len(wanted), k) + 1))
    return sum(1 / log2(rank + 1) for rank in places) / ideal
