"""Scores of a run: verdicts in, one line of scores per category and for all out.

Example: ``ScoreLine(name="attribute", questions=26, answers=24, citations=25, p50=4.1, p95=7.9)``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assistant.models import AnswerKind
from evals.cases import Category, Wording
from evals.judge import Verdict
from evals.metrics.answer_accuracy import answer_accuracy
from evals.metrics.latency import percentile
from evals.metrics.refusal_scores import RefusalScores, refusal_scores


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """How many of ``questions`` had a right answer and right citations; times in milliseconds."""

    name: str
    questions: int
    answers: int
    citations: int
    p50: float
    p95: float

    @property
    def answer_rate(self) -> float:
        """Return the share of right answers."""
        return self.answers / self.questions if self.questions else 0.0

    @property
    def citation_rate(self) -> float:
        """Return the share of right citations."""
        return self.citations / self.questions if self.questions else 0.0


@dataclass(frozen=True, slots=True)
class RunStamp:
    """What was measured: an empty string where it is unknown."""

    answerer: str
    corpus_hash: str = ""
    model: str = ""
    commit: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """All verdicts of one run, in order of the questions."""

    stamp: RunStamp
    verdicts: tuple[Verdict, ...]

    @property
    def errors(self) -> int:
        """Return how many questions made the answerer fail."""
        return sum(verdict.is_error for verdict in self.verdicts)

    def to_dict(self) -> dict[str, Any]:
        """Return scores, means and every judged answer as plain JSON types."""
        lines = [*category_lines(self.verdicts), total_line(self.verdicts)]
        return {
            "stamp": asdict(self.stamp),
            "scores": {
                line.name: {**asdict(line), "answer_rate": line.answer_rate, "citation_rate": line.citation_rate}
                for line in lines
            },
            "means": means(self.verdicts),
            "refusals": asdict(score_refusals(self.verdicts)),
            "twins": {
                line.name: {"questions": line.questions, "same": line.answers} for line in twin_lines(self.verdicts)
            },
            "cases": [_case_dict(verdict) for verdict in self.verdicts],
        }


def category_lines(verdicts: Sequence[Verdict]) -> tuple[ScoreLine, ...]:
    """Return one line per category that occurs, in the order of ``Category``."""
    groups = [(kind, [verdict for verdict in verdicts if verdict.case.category is kind]) for kind in Category]
    return tuple(_line(kind.value, group) for kind, group in groups if group)


def twin_lines(verdicts: Sequence[Verdict]) -> tuple[ScoreLine, ...]:
    """Return one line per kind of wording that occurs: its right answers are those the base question must get too."""
    groups = [(kind, [verdict for verdict in verdicts if verdict.case.wording is kind]) for kind in Wording]
    return tuple(_line(kind.value, group) for kind, group in groups if group)


def total_line(verdicts: Sequence[Verdict]) -> ScoreLine:
    """Return the line over all questions."""
    return _line("all", verdicts)


def cited_line(verdicts: Sequence[Verdict]) -> ScoreLine:
    """Return the line over the questions that require evidence, so that refusals don't lift the citation score."""
    return _line("cited", [verdict for verdict in verdicts if verdict.case.evidence])


def score_refusals(verdicts: Sequence[Verdict]) -> RefusalScores:
    """Return precision and recall of refusing; questions where a refusal is one of several right kinds are left out."""
    judged = [
        verdict
        for verdict in verdicts
        if verdict.case.must_refuse or AnswerKind.REFUSAL not in verdict.case.expected.kinds
    ]
    refused = [verdict.row.get("kind") in _declining(verdict) for verdict in judged]
    return refusal_scores([verdict.case.must_refuse for verdict in judged], refused)


def means(verdicts: Sequence[Verdict]) -> dict[str, float]:
    """Return the mean of each finer measure over the questions that ask for it; 0.0 where none does.

    Exactness of numbers is asked where gold figures are given, precision and recall of citations where evidence is
    required, verbatim quotes everywhere.
    """
    counted = [verdict.numbers for verdict in verdicts if verdict.case.expected.values]
    cited = [verdict for verdict in verdicts if verdict.case.evidence]
    return {
        "number_exactness": _mean(counted),
        "citation_precision": _mean([verdict.citation_precision for verdict in cited]),
        "citation_recall": _mean([verdict.citation_recall for verdict in cited]),
        "verbatim_rate": _mean([verdict.verbatim for verdict in verdicts]),
    }


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _declining(verdict: Verdict) -> tuple[AnswerKind, ...]:
    """Return the kinds that decline here: small talk counts for a question that allows it."""
    allowed = verdict.case.expected.kinds
    return (AnswerKind.REFUSAL, *allowed) if verdict.case.must_refuse else (AnswerKind.REFUSAL,)


def _line(name: str, verdicts: Sequence[Verdict]) -> ScoreLine:
    times = [verdict.milliseconds for verdict in verdicts]
    answers = [verdict.answer_right for verdict in verdicts]
    return ScoreLine(
        name=name,
        questions=len(verdicts),
        answers=round(answer_accuracy(answers) * len(verdicts)),
        citations=sum(verdict.citations_right for verdict in verdicts),
        p50=round(percentile(times, 50), 1),
        p95=round(percentile(times, 95), 1),
    )


def _case_dict(verdict: Verdict) -> dict[str, Any]:
    return {
        "id": verdict.case.id,
        "category": verdict.case.category.value,
        "answer_right": verdict.answer_right,
        "citations_right": verdict.citations_right,
        "problems": [*verdict.answer_problems, *verdict.citation_problems],
        "milliseconds": round(verdict.milliseconds, 2),
        "row": dict(verdict.row),
    }
