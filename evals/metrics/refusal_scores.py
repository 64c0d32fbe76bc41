"""Refusal scores: which questions must be declined and which were in, precision, recall and false answers out.

Example: 2 of 3 unanswerable questions declined, 1 answerable question refused: precision 2/3, recall 2/3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RefusalScores:
    """``false_answers`` of the unanswerable were answered, ``false_refusals`` of the answerable were refused."""

    precision: float | None
    recall: float | None
    false_answers: int
    false_refusals: int


def refusal_scores(must: Sequence[bool], did: Sequence[bool]) -> RefusalScores:
    """Return precision |M ∩ D| / |D| and recall |M ∩ D| / |M|, in 0…1; None each where the denominator is empty.

    Args:
        must: For each question, whether only a refusal is right.
        did: For each question, whether the answer refuses; same length. Errors are not refusals.

    Source: unanswerable questions as in SQuAD 2.0 (Rajpurkar et al. 2018).
    """
    pairs = list(zip(must, did, strict=True))
    both = sum(wanted and refused for wanted, refused in pairs)
    precision = both / sum(did) if any(did) else None
    recall = both / sum(must) if any(must) else None
    return RefusalScores(precision, recall, sum(must) - both, sum(did) - both)
