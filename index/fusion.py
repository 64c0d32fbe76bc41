"""Ranked lists of ids in, one ranked list out, by reciprocal rank.

Example: words find (a, b), vectors find (b, c) → b, a, c: what both find leads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

RANK_CONSTANT = 10
"""The k of Cormack, Clarke & Büttcher (SIGIR 2009), who took 60 for dozens of engines: it damps the lead of the first
ranks. With two engines less damping finds more, see docs/decisions/0004-lexical-engine.md."""


@dataclass(frozen=True, slots=True)
class Fused:
    """An id with its fused score and the rank each list gave it (absent where a list does not hold it)."""

    id: str
    score: float
    ranks: Mapping[str, int]


def fuse(lists: Mapping[str, Sequence[str]], weights: Mapping[str, float] | None = None) -> list[Fused]:
    """Return all ids, best first: score(d) = Σ over lists of weight / (10 + rank of d, from 1).

    Equal scores are ordered by the best single rank, then by id, so that the same input gives the same order.
    """
    ranks: dict[str, dict[str, int]] = {}
    for name, ids in lists.items():
        for rank, id_ in enumerate(ids, start=1):
            ranks.setdefault(id_, {}).setdefault(name, rank)
    weigh = weights or {}
    fused = [
        Fused(id_, sum(weigh.get(name, 1.0) / (RANK_CONSTANT + rank) for name, rank in found.items()), found)
        for id_, found in ranks.items()
    ]
    return sorted(fused, key=lambda entry: (-entry.score, min(entry.ranks.values()), entry.id))
