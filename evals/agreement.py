"""Pairs of statements labelled by hand and what the build found of them in, precision and recall of its verdicts out.

Example: “……能耗下降到1.5吨标煤” and the cell 1.82 are labelled a conflict; it and the cell 2.08 of 2020 are “other”,
not one thing. ``python -m evals.agreement`` prints the scores.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from corpus.agreement.compare import compare
from corpus.agreement.find import find_agreement
from corpus.agreement.models import Finding, Statement, Topic, Verdict
from corpus.conversion import Units
from corpus.knowledge import Knowledge, load_knowledge
from corpus.models import ParsedDocument, Span
from corpus.parse import parse_corpus

LABELS = Path(__file__).parent / "labels" / "plan_agreement.jsonl"
DOCUMENTS = Path(__file__).parent.parent / "corpus" / "documents"
OTHER = "other"
_NAMES = {Verdict.AGREES: "agree", Verdict.LOOSE: "loose", Verdict.DIFFERS: "conflict"}

Pair = tuple[Span, Span]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Two stretches of a document and what a person says of them: conflict, loose, agree, or other (not one thing)."""

    pair: Pair
    label: str


@dataclass(frozen=True, slots=True)
class LabelScore:
    """How many pairs carry a label, how many were given it, and how many of these rightly."""

    label: str
    labelled: int
    given: int
    right: int

    @property
    def precision(self) -> float:
        """Return right / given; 1 where none was given."""
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        """Return right / labelled; 1 where none is labelled."""
        return self.right / self.labelled if self.labelled else 1.0


def read_labels(document: ParsedDocument, path: Path = LABELS) -> tuple[Labelled, ...]:
    """Return the labelled pairs.

    Raises:
        ValueError: A quote does not stand where it is said to.
    """
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return tuple(Labelled((_place(document, row["a"]), _place(document, row["b"])), row["label"]) for row in rows)


def verdicts(document: ParsedDocument, knowledge: Knowledge) -> dict[Pair, str]:
    """Return what the build says of every pair of statements that it takes for one thing."""
    units = Units(knowledge.units)
    findings = find_agreement([document], knowledge)
    return {pair: name for finding in findings for pair, name in _pairs(finding, units)}


def score(labelled: Sequence[Labelled], found: Mapping[Pair, str]) -> tuple[LabelScore, ...]:
    """Return the scores of each label; a pair that the build does not take for one thing counts as “other”."""
    given = [(one.label, found.get(one.pair, OTHER)) for one in labelled]
    return tuple(
        LabelScore(
            label,
            sum(wanted == label for wanted, _ in given),
            sum(got == label for _, got in given),
            sum(wanted == got == label for wanted, got in given),
        )
        for label in (*_NAMES.values(), OTHER)
    )


def _pairs(finding: Finding, units: Units) -> Iterator[tuple[Pair, str]]:
    """Yield the pairs of a finding: of figures all, else the first statement with each other one."""
    first, *others = finding.statements
    together = combinations(finding.statements, 2) if finding.topic is Topic.FIGURE else ((first, o) for o in others)
    for one, other in together:
        yield (one.span, other.span), _verdict(finding, one, other, units)


def _verdict(finding: Finding, one: Statement, other: Statement, units: Units) -> str:
    if one.quantity is not None and other.quantity is not None:
        verdict = compare(one.quantity, other.quantity, units)
        return _NAMES[verdict] if verdict is not None else OTHER
    if other.differs:
        return _NAMES[Verdict.DIFFERS]
    return _NAMES[finding.verdict if finding.verdict is Verdict.LOOSE else Verdict.AGREES]


def _place(document: ParsedDocument, row: Mapping[str, object]) -> Span:
    start, quote = int(str(row["start"])), str(row["quote"])
    span = Span(start, start + len(quote))
    if span.of(document.text) != quote:
        raise ValueError(f"{quote} does not stand at {start}")
    return span


def main() -> None:
    """Print the scores of the plan."""
    document, knowledge = parse_corpus(DOCUMENTS)[0], load_knowledge(DOCUMENTS)
    labelled, found = read_labels(document), verdicts(document, knowledge)
    for line in score(labelled, found):
        print(
            f"{line.label:9} n={line.labelled:3} given={line.given:3} right={line.right:3} "
            f"precision={line.precision:.3f} recall={line.recall:.3f}"
        )


if __name__ == "__main__":
    main()
