"""What a public set's run found: scores by half and name in, Chinese text for the terminal out.

Example: ``Score(Half.TEST, "选表", 370, 385)`` is shown as “选表  …  370/385 96.1%” in the column 检验半.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from evals.columns import width


class Half(StrEnum):
    """Failures are read on the learning half alone; figures are reported on the other."""

    LEARN = "学习半"
    TEST = "检验半"


@dataclass(frozen=True, slots=True)
class Score:
    """How many of ``asked`` were ``right`` in one half, under one name (a stage, a kind of table).

    Where ``is_mean``, ``right`` is the sum of a measure between 0 and 1 over the questions asked.
    """

    half: Half
    name: str
    right: float
    asked: int
    is_mean: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """One run over one set; ``failures`` are blocks of text about wrong answers of the learning half.

    ``rows`` are the questions one by one as JSON rows, where a set keeps them.
    """

    title: str
    scores: tuple[Score, ...]
    notes: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()
    rows: tuple[Mapping[str, object], ...] = ()

    def to_dict(self) -> dict[str, object]:
        """Return scores and rows as plain JSON types; the blocks of failures are for people."""
        return {
            "title": self.title,
            "scores": [asdict(score) for score in self.scores],
            "notes": list(self.notes),
            "rows": list(self.rows),
        }


def half_of(key: str) -> Half:
    """Return the half that a question or table belongs to, by a hash of its id: the same on every machine."""
    return Half.TEST if hashlib.sha256(key.encode()).digest()[-1] % 2 else Half.LEARN


def render(report: Report, *, failures: bool = False) -> str:
    """Return the scores of both halves side by side, the notes and, where wanted, the failures before them."""
    names = list(dict.fromkeys(score.name for score in report.scores))
    rows = [("", *(half.value for half in Half))]
    rows += [(name, *(_shown(report.scores, half, name) for half in Half)) for name in names]
    wide = max(width(row[0]) for row in rows)
    lines = [
        row[0] + " " * (wide - width(row[0])) + "".join(f"  {_right(cell, 18)}" for cell in row[1:]) for row in rows
    ]
    return "\n".join((*(report.failures if failures else ()), report.title, *lines, *report.notes))


def _shown(scores: Sequence[Score], half: Half, name: str) -> str:
    found = [score for score in scores if score.half is half and score.name == name]
    right, asked = sum(score.right for score in found), sum(score.asked for score in found)
    if asked and any(score.is_mean for score in found):
        return f"{right / asked:.3f}  n={asked}"
    return f"{right}/{asked} {right / asked:6.1%}" if asked else "–"


def _right(cell: str, wide: int) -> str:
    return " " * max(0, wide - width(cell)) + cell
