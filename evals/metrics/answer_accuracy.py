"""Answer accuracy: the judgement of each question in, the share of right answers out.

Example: ``answer_accuracy([True, False]) == 0.5``.
"""

from __future__ import annotations

from collections.abc import Sequence


def answer_accuracy(right: Sequence[bool]) -> float:
    """Return right / all, in 0…1; 0.0 when there is no question.

    Formula: Σ right_i / n. Source: accuracy as in SQuAD's exact match (Rajpurkar et al. 2016), with the match replaced
    by ``evals.judge``. Errors are judged wrong before they get here, so no question leaves the denominator.
    """
    return sum(right) / len(right) if right else 0.0
