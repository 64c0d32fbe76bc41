"""Exact match: a short answer and the gold answers in, whether it is one of them out.

Example: ``exact_match("“19世紀晚期”。[1]", ("19世紀晚期",)) == 1.0``.
"""

from __future__ import annotations

from collections.abc import Iterable

from evals.metrics.folding import fold

_ENDS = "。.；;，,：:！!？?"


def exact_match(answer: str, golds: Iterable[str]) -> float:
    """Return 1.0 if ``answer`` equals a gold answer, else 0.0; an empty answer equals none.

    Both are compared folded (blanks, citation marks, quotation marks, width) and without marks at their ends. Source:
    exact match of SQuAD (Rajpurkar et al. 2016).
    """
    said = fold(answer).strip(_ENDS)
    return float(bool(said) and any(said == fold(gold).strip(_ENDS) for gold in golds))
