"""Robustness: the answers to several wordings of one question in, how often they are the same out.

Example: of three wordings two get the same answer and one another: one pair of three agrees.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True, slots=True)
class Robustness:
    """Pairs of wordings of one question, how many got the same answer, and the groups that were right throughout."""

    pairs: int
    same: int
    groups: int
    right_throughout: int

    @property
    def consistency(self) -> float | None:
        """Return same / pairs, in 0…1; None where no question was asked in two wordings."""
        return self.same / self.pairs if self.pairs else None

    @property
    def worst_case(self) -> float | None:
        """Return the share of questions right in all wordings, in 0…1; None where none has two."""
        return self.right_throughout / self.groups if self.groups else None


def robustness(groups: Sequence[Sequence[tuple[Hashable, bool]]]) -> Robustness:
    """Return how alike the answers within each group are; a group of one wording is left out.

    Args:
        groups: For each question its wordings, each as (what was answered, whether it is right).

    Formula: consistency = |{pairs with equal answers}| / |pairs| over the pairs of each group. Source: consistency of
    ParaRel (Elazar et al. 2021); right in all wordings: the invariance test of CheckList (Ribeiro et al. 2020).
    """
    several = [group for group in groups if len(group) > 1]
    pairs = [pair for group in several for pair in combinations([said for said, _ in group], 2)]
    return Robustness(
        pairs=len(pairs),
        same=sum(one == other for one, other in pairs),
        groups=len(several),
        right_throughout=sum(all(right for _, right in group) for group in several),
    )
