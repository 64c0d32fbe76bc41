"""Scores of two engines in, one ranked list out, by a weighted sum.

Example: words score a 3.1 and b 2.0, vectors b 0.91 and a 0.88 → a, b: what the words find clearly leads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SIMILARITY_WEIGHT = 5.0
"""What the cosine counts beside the words' score (0 to 3.8); the default model's cosines differ by tenths.

Fitted on public questions, see docs/decisions/0010-linear-fusion.md."""

Scored = Sequence[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Fused:
    """An id with its fused score, and the score and rank (0: absent) that each engine gave it."""

    id: str
    score: float
    lexical: float
    similarity: float
    lexical_rank: int
    vector_rank: int


def fuse(words: Scored, near: Scored, weight: float = SIMILARITY_WEIGHT) -> list[Fused]:
    """Return all ids, best first: score(d) = words(d) + weight × (cosine(d) − the highest cosine).

    A chunk that the words do not find scores 0 there; one that is not among the nearest counts as near as the last
    of them. Equal scores are ordered by id, so that the same input gives the same order.
    """
    lexical, similar = dict(words), dict(near)
    ranks = [{id_: rank for rank, (id_, _) in enumerate(engine, start=1)} for engine in (words, near)]
    highest, lowest = max(similar.values(), default=0.0), min(similar.values(), default=0.0)
    fused = []
    for id_ in dict.fromkeys([*lexical, *similar]):
        found, cosine = lexical.get(id_, 0.0), similar.get(id_, lowest)
        score = found + weight * (cosine - highest)
        fused.append(Fused(id_, score, found, cosine, ranks[0].get(id_, 0), ranks[1].get(id_, 0)))
    return sorted(fused, key=lambda entry: (-entry.score, entry.id))
