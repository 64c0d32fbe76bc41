"""Stage scores: what each stage did with each question in, how often it was right and where questions were lost out.

Example: the table was chosen rightly and the wrong row cited: the stage 引用 is the first that failed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StageScore:
    """How many questions a stage is asked of, how many it did rightly, and how many were lost there first."""

    name: str
    asked: int
    right: int
    lost_first: int

    @property
    def rate(self) -> float | None:
        """Return right / asked, in 0…1; None where the stage is asked of no question."""
        return self.right / self.asked if self.asked else None


def stage_scores(names: Sequence[str], rows: Sequence[Mapping[str, bool]]) -> tuple[StageScore, ...]:
    """Return one score a stage, in the order of ``names``.

    Args:
        names: The stages in the order in which a question passes them.
        rows: For each question whether each stage was right; a stage that it does not ask for is left out.

    Formula: rate = right / asked; a question whose last stage is wrong is lost at the first one that is. Source: the
    stage-wise error analysis of pipelines, as the component accuracy of text-to-SQL (Yu et al. 2018, Spider).
    """
    lost = [_first_wrong(names, row) for row in rows]
    return tuple(
        StageScore(name, sum(name in row for row in rows), sum(row.get(name, False) for row in rows), lost.count(name))
        for name in names
    )


def _first_wrong(names: Sequence[str], row: Mapping[str, bool]) -> str:
    if row.get(names[-1], True):
        return ""
    return next(name for name in names if row.get(name) is False)
