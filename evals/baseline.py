"""The committed scores: a run and ``baseline.json`` in, what flipped since out.

Example: attr-01 was right in the baseline and is wrong now: ``Flips(now_wrong=("attr-01 答案",), …)``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from evals.errors import BaselineInvalid
from evals.summary import Run, total_line

BASELINE = Path(__file__).parent / "baseline.json"

Judged = Mapping[str, tuple[bool, bool]]
"""Answer right and citations right, by case id."""


@dataclass(frozen=True, slots=True)
class Flips:
    """What changed against the baseline, as “id 答案” or “id 引用”; ``new`` are cases that it doesn't know."""

    now_wrong: tuple[str, ...] = ()
    now_right: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


def load_baseline(path: Path = BASELINE) -> Judged | None:
    """Return the committed judgements, or None where no baseline has been committed.

    Raises:
        BaselineInvalid: The file is there and cannot be read.
    """
    if not path.exists():
        return None
    try:
        cases = json.loads(path.read_text(encoding="utf-8"))["cases"]
        return {name: (bool(marks[0]), bool(marks[1])) for name, marks in cases.items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise BaselineInvalid(
            f"基线 {path} 无法读取。请用 policy-assistant eval --write-baseline 重新生成。"
        ) from error


def save_baseline(run: Run, path: Path = BASELINE) -> None:
    """Write the judgements of ``run`` to ``path``, one case a line, so that a change reads well in a diff."""
    cases = {verdict.case.id: [verdict.answer_right, verdict.citations_right] for verdict in run.verdicts}
    lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(marks)}" for name, marks in sorted(cases.items()))
    total = total_line(run.verdicts)
    scores = {"questions": total.questions, "answers": total.answers, "citations": total.citations}
    head = f'"stamp": {json.dumps(asdict(run.stamp), ensure_ascii=False)},\n"scores": {json.dumps(scores)}'
    path.write_text(f'{{{head},\n"cases": {{\n{lines}\n}}}}\n', encoding="utf-8")


def compare(run: Run, baseline: Judged) -> Flips:
    """Return which judgements of ``run`` differ from ``baseline``; cases not asked this time are left out."""
    wrong: list[str] = []
    right: list[str] = []
    new: list[str] = []
    for verdict in run.verdicts:
        name = verdict.case.id
        if name not in baseline:
            new.append(name)
            continue
        now = (verdict.answer_right, verdict.citations_right)
        for part, before, after in zip(("答案", "引用"), baseline[name], now, strict=True):
            if before != after:
                (right if after else wrong).append(f"{name} {part}")
    return Flips(tuple(wrong), tuple(right), tuple(new))
