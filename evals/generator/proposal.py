"""What a proposer gives: a kind, a wording and the gold that goes with it in, one question row of a set out.

Example: the kind ``sum_where``, “水利局牵头的项目的计划投资合计是多少？”, 68.65 亿元 and nine rows.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.cases import Case, Category, Source

PHRASING = Path(__file__).parent / "phrasing.toml"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One question with its gold, as plain JSON types where the schema reads them.

    Attributes:
        kind: What it asks, finer than the category; failures are counted by it.
        category: The category of the question sets.
        question: The question in Chinese.
        expected: What a right answer has.
        evidence: The places that prove it.
        any_place: Whether one of the places suffices.
    """

    kind: str
    category: Category
    question: str
    expected: Mapping[str, Any]
    evidence: Sequence[Mapping[str, Any]] = ()
    any_place: bool = False

    def to_case(self, number: int) -> Case:
        """Return the proposal as a case marked as generated.

        Raises:
            ValidationError: The proposal breaks the schema, which is a defect of its proposer.
        """
        return Case.model_validate(
            {
                "id": f"gen-{self.kind.replace('_', '-')}-{number}",
                "question": self.question,
                "category": self.category,
                "expected": self.expected,
                "evidence": list(self.evidence),
                "evidence_mode": "any" if self.any_place else "all",
                "source": Source.GENERATED,
                "note": f"kind: {self.kind}",
            }
        )


class Phrasing:
    """The wordings of the phrasing file, drawn by a seeded chance."""

    def __init__(self, path: Path = PHRASING) -> None:
        self._data = tomllib.loads(path.read_text(encoding="utf-8"))
        self.seed = int(self._data["seed"])
        self.target = int(self._data["target"])
        self.most_of_a_kind = int(self._data["most_of_a_kind"])
        self.absent: Mapping[str, Any] = self._data["absent"]
        self.kinds = tuple(self._data["questions"])

    def say(self, kind: str, chance: random.Random, **words: str) -> str:
        """Return one wording of a question of this kind."""
        return str(chance.choice(self._data["questions"][kind])).format(**words)

    def where(self, form: str, chance: random.Random, **words: str) -> str:
        """Return one wording of which rows are meant."""
        return str(chance.choice(self._data["where"][form])).format(**words)
