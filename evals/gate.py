"""A run and its comparison with the baseline in, whether a change may go in and why not out.

Example: “门槛：未通过。必答题 1 道答错：attr-01 答案”.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from evals.baseline import Baseline
from evals.comparison import PARTS, Change, Comparison, Flip
from evals.judge import Verdict
from evals.summary import Run


@dataclass(frozen=True, slots=True)
class Gate:
    """Why a run does not pass; it passes where all are empty.

    ``lost`` are judgements of ``must`` questions that are wrong and were not wrong in the baseline already, ``drops``
    the measures that fell significantly, ``errors`` the questions whose answer raised an error.
    """

    lost: tuple[Flip, ...] = ()
    drops: tuple[Change, ...] = ()
    errors: tuple[str, ...] = ()

    @property
    def is_passed(self) -> bool:
        """Return whether nothing stands against the run."""
        return not (self.lost or self.drops or self.errors)

    def to_dict(self) -> dict[str, Any]:
        """Return the verdict as plain JSON types; measures by their keys."""
        return {
            "passed": self.is_passed,
            "lost": [str(flip) for flip in self.lost],
            "drops": [
                {"measure": one.measure.key, "before": one.before, "now": one.now, "p": one.p} for one in self.drops
            ],
            "errors": list(self.errors),
        }


def hold_gate(run: Run, baseline: Baseline | None, comparison: Comparison | None) -> Gate:
    """Return the gate's verdict; without a baseline every wrong ``must`` question is lost, and nothing can drop."""
    lost = tuple(flip for verdict in run.verdicts if verdict.case.must for flip in _lost(verdict, baseline))
    errors = tuple(verdict.case.id for verdict in run.verdicts if verdict.is_error)
    return Gate(lost, comparison.drops if comparison is not None else (), errors)


def _lost(verdict: Verdict, baseline: Baseline | None) -> Iterator[Flip]:
    kept = baseline.cases.get(verdict.case.id) if baseline is not None else None
    before = (kept.answer_right, kept.citations_right) if kept is not None else (True, True)
    now = (verdict.answer_right, verdict.citations_right)
    for part, was_right, is_right in zip(PARTS, before, now, strict=True):
        if was_right and not is_right:
            yield Flip(verdict.case.id, part)
