"""Hit rate: a ranking and the gold items in, whether one of them stands among the first k out.

Example: the gold document stands third: ``hit_rate(("b", "c", "a"), {"a"}, 1) == 0.0``, with k = 10 it is 1.0.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence


def hit_rate(ranked: Sequence[str], gold: Collection[str], k: int) -> float:
    """Return 1.0 if a gold item is among the first ``k`` of ``ranked`` (best first, each item once), else 0.0.

    Formula: [∃ i ≤ k : ranked_i ∈ gold]; 0.0 where nothing is gold. The mean over questions is hit@k. Source: Success@k
    of trec_eval ("success"), the accuracy@k of Karpukhin et al. 2020.
    """
    return float(any(item in gold for item in ranked[:k]))
