"""Reciprocal rank: a ranking and the gold items in, one over the rank of the first gold item out.

Example: ``reciprocal_rank(("b", "a"), {"a"}, 10) == 0.5``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence


def reciprocal_rank(ranked: Sequence[str], gold: Collection[str], k: int) -> float:
    """Return 1 / r for the rank r ≤ ``k`` of the first gold item, ranks from 1; 0.0 where there is none.

    The mean over questions is MRR@k. Source: Voorhees 1999, the TREC-8 question answering track.
    """
    return next((1 / rank for rank, item in enumerate(ranked[:k], 1) if item in gold), 0.0)
