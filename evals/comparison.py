"""A run and the baseline in, what changed out: questions that flipped, and measures with their significance.

Example: six answers lost and none won: ``Change(measure=answer, lost=6, won=0, p=0.031)`` is a significant drop.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evals.baseline import Baseline
from evals.judge import Verdict
from evals.measures import MEASURES, Measure
from evals.metrics.mcnemar import mcnemar
from evals.metrics.paired_randomisation import paired_randomisation
from evals.summary import Run, RunStamp

ALPHA = 0.05
"""A drop whose two-sided p is below this is significant; each measure is tested by itself, without correction."""

PARTS = ("答案", "引用")
_MEASURED = {"corpus_hash": "文件", "index": "索引", "model": "模型", "settings": "设置"}


@dataclass(frozen=True, slots=True)
class Flip:
    """A judgement that changed: of which question, of its 答案 or its 引用."""

    id: str
    part: str

    def __str__(self) -> str:
        """Return “id 答案”."""
        return f"{self.id} {self.part}"


@dataclass(frozen=True, slots=True)
class Change:
    """A measure over the ``questions`` that both runs scored: means, how many values fell and rose, and p."""

    measure: Measure
    questions: int
    before: float
    now: float
    lost: int
    won: int
    p: float

    @property
    def is_drop(self) -> bool:
        """Return whether the measure fell significantly."""
        return self.now < self.before and self.p < ALPHA


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed against the baseline; ``new`` are questions that it doesn't know, ``gone`` those only it knows.

    ``changes`` hold the measures of which at least one value changed. ``measured`` names what was another then: 文件,
    索引, 模型 or 设置.
    """

    now_wrong: tuple[Flip, ...] = ()
    now_right: tuple[Flip, ...] = ()
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    measured: tuple[str, ...] = ()

    @property
    def drops(self) -> tuple[Change, ...]:
        """Return the measures that fell significantly."""
        return tuple(change for change in self.changes if change.is_drop)


def compare(run: Run, baseline: Baseline) -> Comparison:
    """Return how ``run`` differs from ``baseline``; where not every question was asked, ``gone`` says which."""
    flips = [flip for verdict in run.verdicts for flip in _flips(verdict, baseline)]
    asked = {verdict.case.id for verdict in run.verdicts}
    changes = [_change(measure, run.verdicts, baseline) for measure in MEASURES]
    return Comparison(
        now_wrong=tuple(flip for flip, is_right in flips if not is_right),
        now_right=tuple(flip for flip, is_right in flips if is_right),
        new=tuple(verdict.case.id for verdict in run.verdicts if verdict.case.id not in baseline.cases),
        gone=tuple(sorted(set(baseline.cases) - asked)),
        changes=tuple(change for change in changes if change.lost or change.won),
        measured=tuple(_measured_otherwise(run.stamp, baseline)),
    )


def _measured_otherwise(stamp: RunStamp, baseline: Baseline) -> Iterator[str]:
    """Yield what is measured now and was not then, as far as both stamps say."""
    for name, said in _MEASURED.items():
        if baseline.stamp.get(name, getattr(stamp, name)) != getattr(stamp, name):
            yield said


def _flips(verdict: Verdict, baseline: Baseline) -> Iterator[tuple[Flip, bool]]:
    kept = baseline.cases.get(verdict.case.id)
    if kept is None:
        return
    before = (kept.answer_right, kept.citations_right)
    now = (verdict.answer_right, verdict.citations_right)
    for part, was_right, is_right in zip(PARTS, before, now, strict=True):
        if was_right != is_right:
            yield Flip(verdict.case.id, part), is_right


def _change(measure: Measure, verdicts: Sequence[Verdict], baseline: Baseline) -> Change:
    """Return the change of one measure: McNemar's test of what is right or wrong, else the randomisation test.

    McNemar 1947; Smucker, Allan & Carterette 2007.
    """
    pairs = []
    for verdict in verdicts:
        kept, now = baseline.cases.get(verdict.case.id), measure.value(verdict)
        before = kept.value(measure.key) if kept is not None else None
        if before is not None and now is not None:
            pairs.append((before, round(now, 4)))  # the baseline keeps four places
    old, new = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    lost = sum(now < before for before, now in pairs)
    won = sum(now > before for before, now in pairs)
    p = mcnemar(lost, won) if measure.is_judgement else paired_randomisation(old, new)
    return Change(measure, len(pairs), _mean(old), _mean(new), lost, won, p)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
