"""Recall: a ranking and the gold items in, the share of the gold items among the first k out.

Example: of two gold passages one stands third: ``recall_at_k(("b", "c", "a"), {"a", "d"}, 10) == 0.5``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence


def recall_at_k(ranked: Sequence[str], gold: Collection[str], k: int) -> float:
    """Return |{ranked_1 … ranked_k} ∩ G| / |G|, in 0…1; 0.0 where nothing is gold.

    Source: recall.k of trec_eval, R@k of ir_measures. With more gold items than ``k`` it cannot reach 1, as there.
    """
    wanted = set(gold)
    return len(wanted.intersection(ranked[:k])) / len(wanted) if wanted and k > 0 else 0.0
