"""Scores of a run: verdicts in, one line of scores per category and for all out.

Example: ``ScoreLine(name="attribute", questions=26, answers=24, citations=25, p50=4.1, p95=7.9)``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from evals.cases import Category, Wording
from evals.judge import Verdict
from evals.measures import declined, may_not_decline, means
from evals.metrics.answer_accuracy import answer_accuracy
from evals.metrics.folding import fold, plain
from evals.metrics.latency import percentile
from evals.metrics.refusal_scores import RefusalScores, refusal_scores
from evals.metrics.robustness import Robustness, robustness
from evals.stages import score_stages


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
    """What was measured: an empty string where it is unknown.

    ``index`` is the version of the code that built the index, ``settings`` are those that are not the default, ``date``
    is the day of the run.
    """

    answerer: str
    corpus_hash: str = ""
    model: str = ""
    commit: str = ""
    index: str = ""
    settings: str = ""
    date: str = ""


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
        alike = score_wordings(self.verdicts)
        return {
            "stamp": asdict(self.stamp),
            "scores": {
                line.name: {**asdict(line), "answer_rate": line.answer_rate, "citation_rate": line.citation_rate}
                for line in lines
            },
            "measures": {
                mean.measure.key: {"value": mean.value, "scored": mean.scored, "unscored": mean.unscored}
                for mean in means(self.verdicts)
            },
            "refusals": asdict(score_refusals(self.verdicts)),
            "stages": {score.name: {**asdict(score), "rate": score.rate} for score in score_stages(self.verdicts)},
            "robustness": {**asdict(alike), "consistency": alike.consistency, "worst_case": alike.worst_case},
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
    judged = [verdict for verdict in verdicts if verdict.case.must_refuse or may_not_decline(verdict)]
    return refusal_scores([verdict.case.must_refuse for verdict in judged], [declined(verdict) for verdict in judged])


def score_wordings(verdicts: Sequence[Verdict]) -> Robustness:
    """Return how alike the answers to several wordings of one question are: its twins and, where asked too, itself."""
    groups: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        groups.setdefault(verdict.case.twin_of or verdict.case.id, []).append(verdict)
    return robustness([[(_said(one), one.answer_right) for one in group] for group in groups.values()])


def _said(verdict: Verdict) -> tuple[object, ...]:
    """Return what an answer says, whatever its words: its kind, the places it cites and the rows it shows.

    An answer that cites nothing is compared by its text.
    """
    rows = tuple(tuple(row) for row in (verdict.row.get("table") or {}).get("rows") or ())
    places = frozenset((cited.document_id, cited.span) for cited in verdict.cited)
    text = "" if places or verdict.case.declines else fold(plain(str(verdict.row.get("answer", ""))))
    return str(verdict.row.get("kind", "")), places, rows, text


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
