"""The committed scores: a run and ``baseline.json`` in, what changed since out.

Example: attr-01 was right in the baseline and is wrong now: ``Flip("attr-01", "答案")`` among ``now_wrong``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from evals.errors import BaselineInvalid
from evals.judge import Verdict
from evals.measures import MEASURES
from evals.summary import Run, total_line

BASELINE = Path(__file__).parent / "baseline.json"

_SAID = 160
"""Characters of an answer that are kept, so that a person sees what it was; its beginning is the direct answer."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the baseline keeps of one answer: whether it was right, its measures below 1, and how it began.

    ``below`` is None in a baseline that knows judgements alone.
    """

    answer_right: bool
    citations_right: bool
    below: Mapping[str, float] | None = None
    said: str = ""

    def value(self, key: str) -> float | None:
        """Return the measure ``key`` of the answer in 0…1; None where the baseline does not know it."""
        if key == "answer":
            return float(self.answer_right)
        if key == "citations":
            return float(self.citations_right)
        return None if self.below is None else self.below.get(key, 1.0)


@dataclass(frozen=True, slots=True)
class Update:
    """One time that the baseline was set: when, why, at which commit, and the scores of that time."""

    date: str
    reason: str
    commit: str
    questions: int
    answers: int
    citations: int


@dataclass(frozen=True, slots=True)
class Baseline:
    """The committed answers by case id, what was measured then, and each time that the baseline was set."""

    cases: Mapping[str, Kept]
    stamp: Mapping[str, str] = field(default_factory=dict)
    updates: tuple[Update, ...] = ()


def load_baseline(path: Path = BASELINE) -> Baseline | None:
    """Return the committed scores, or None where none have been committed.

    Raises:
        BaselineInvalid: The file is there and cannot be read.
    """
    if not path.exists():
        return None
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        cases = {name: _kept(row) for name, row in data["cases"].items()}
        updates = tuple(Update(**update) for update in data.get("updates", ()))
        return Baseline(cases, dict(data.get("stamp", {})), updates)
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise BaselineInvalid(
            f"基线 {path} 无法读取。请用 policy-assistant eval --update-baseline 原因 重新生成。"
        ) from error


def save_baseline(run: Run, reason: str, today: date, path: Path = BASELINE) -> None:
    """Write the answers of ``run`` to ``path``, one case a line, so that a change reads well in a diff.

    Earlier updates stay on record. What a broken file held is lost.

    Raises:
        ValueError: ``reason`` is blank.
    """
    if not reason.strip():
        raise ValueError("a baseline is set for a reason")
    total = total_line(run.verdicts)
    scores = {"questions": total.questions, "answers": total.answers, "citations": total.citations}
    update = Update(today.isoformat(), " ".join(reason.split()), run.stamp.commit, **scores)
    cases = {verdict.case.id: _dump(_keep(verdict)) for verdict in run.verdicts}
    path.write_text(
        f'{{"stamp": {_dump(asdict(run.stamp))},\n"scores": {_dump(scores)},\n'
        f'"updates": [\n{_lines([_dump(asdict(one)) for one in (*_earlier(path), update)])}\n],\n'
        f'"cases": {{\n{_lines([f"{_dump(name)}: {row}" for name, row in sorted(cases.items())])}\n}}}}\n',
        encoding="utf-8",
    )


def beginning(verdict: Verdict) -> str:
    """Return the start of an answer in one line, as the baseline keeps it."""
    said = " ".join(str(verdict.row.get("answer", "")).split())
    return said if len(said) <= _SAID else said[:_SAID] + "…"


def _earlier(path: Path) -> tuple[Update, ...]:
    try:
        known = load_baseline(path)
    except BaselineInvalid:
        return ()
    return known.updates if known is not None else ()


def _keep(verdict: Verdict) -> dict[str, Any]:
    values = {measure.key: measure.value(verdict) for measure in MEASURES if not measure.is_judgement}
    return {
        "answer": verdict.answer_right,
        "citations": verdict.citations_right,
        "below": {key: round(value, 4) for key, value in values.items() if value is not None and value < 1.0},
        "said": beginning(verdict),
    }


def _kept(row: Any) -> Kept:
    """Return one case of the file; the form of earlier baselines, two judgements, is read too."""
    if isinstance(row, list):
        return Kept(bool(row[0]), bool(row[1]))
    below = {str(key): float(value) for key, value in row["below"].items()}
    return Kept(bool(row["answer"]), bool(row["citations"]), below, str(row["said"]))


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _lines(rows: list[str]) -> str:
    return ",\n".join(f"  {row}" for row in rows)
