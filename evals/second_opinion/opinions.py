"""The opinions of the judging model beside the verdicts in, how far they agree and where they differ out.

Example: of 100 answers model and verdict agree on 93, kappa 0.71; 5 the model alone takes for wrong, 2 for right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from evals.judge import Verdict
from evals.metrics.cohens_kappa import cohens_kappa
from evals.second_opinion.reply import Reply


class Fate(StrEnum):
    """What became of the question to the model about one answer; ``value`` is for machines."""

    READ = "read"
    UNREADABLE = "unreadable"
    UNANSWERED = "unanswered"
    UNASKED = "unasked"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the model says of one judged answer: ``reply`` where it was read, else in ``fault`` why there is none."""

    verdict: Verdict
    fate: Fate
    reply: Reply | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far model and verdict agree on one part of the answers: answer or citations.

    ``stricter`` counts what the model alone takes for wrong, ``milder`` what the verdict alone does.
    """

    part: str
    pairs: int
    same: int
    stricter: int
    milder: int
    kappa: float | None

    @property
    def share(self) -> float | None:
        """Return same / pairs, in 0…1; None without pairs."""
        return self.same / self.pairs if self.pairs else None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One part of one answer on which the model and the verdict differ."""

    verdict: Verdict
    part: str
    model_says_right: bool
    said: str


@dataclass(frozen=True, slots=True)
class Opinions:
    """What the model said of a run; ``stopped`` tells in Chinese why the rest was not asked, empty where all was."""

    model: str
    opinions: tuple[Opinion, ...]
    stopped: str = ""

    def count(self, fate: Fate) -> int:
        """Return how many answers had this fate."""
        return sum(opinion.fate is fate for opinion in self.opinions)

    @property
    def facts(self) -> tuple[int, int]:
        """Return how many statements the model found evidence for, and how many it found."""
        facts = [fact for _, reply in _read(self.opinions) for fact in reply.statements]
        return sum(fact.supported for fact in facts), len(facts)

    def agreements(self) -> tuple[Agreement, ...]:
        """Return the agreement on answers, and on citations of the questions that require evidence."""
        pairs = {part: [(own, said) for _, _, own, said, _ in found] for part, found in self._by_part().items()}
        return tuple(_agreement(part, found) for part, found in pairs.items())

    def disagreements(self) -> tuple[Disagreement, ...]:
        """Return every difference, answers first, in order of the questions."""
        found = [one for part in self._by_part().values() for one in part]
        return tuple(Disagreement(verdict, part, says, text) for part, verdict, own, says, text in found if own != says)

    def to_dict(self) -> dict[str, Any]:
        """Return counts, agreements and every opinion as plain JSON types."""
        return {
            "model": self.model,
            "stopped": self.stopped,
            **{fate.value: self.count(fate) for fate in Fate},
            "facts": dict(zip(("supported", "stated"), self.facts, strict=True)),
            "agreements": [{**asdict(one), "share": one.share} for one in self.agreements()],
            "disagreements": [
                {"id": one.verdict.case.id, "part": one.part, "model_right": one.model_says_right, "said": one.said}
                for one in self.disagreements()
            ],
            "opinions": [_opinion_dict(opinion) for opinion in self.opinions],
        }

    def _by_part(self) -> dict[str, list[tuple[str, Verdict, bool, bool, str]]]:
        """Return part, verdict, what it decided, what the model says and its words, by part."""
        read = list(_read(self.opinions))
        # A reply that found no statement says nothing of the citations.
        cited = [(verdict, reply) for verdict, reply in read if verdict.case.evidence and reply.statements]
        return {
            "答案": [("答案", verdict, verdict.answer_right, reply.says_gold, reply.reason) for verdict, reply in read],
            "引用": [
                ("引用", verdict, verdict.citations_right, not reply.unsupported, "；".join(reply.unsupported))
                for verdict, reply in cited
            ],
        }


def _read(opinions: Sequence[Opinion]) -> Iterator[tuple[Verdict, Reply]]:
    for opinion in opinions:
        if opinion.reply is not None:
            yield opinion.verdict, opinion.reply


def _agreement(part: str, pairs: Sequence[tuple[bool, bool]]) -> Agreement:
    return Agreement(
        part,
        pairs=len(pairs),
        same=sum(own == said for own, said in pairs),
        stricter=sum(own and not said for own, said in pairs),
        milder=sum(said and not own for own, said in pairs),
        kappa=cohens_kappa(pairs),
    )


def _opinion_dict(opinion: Opinion) -> dict[str, Any]:
    said = opinion.reply.model_dump() if opinion.reply is not None else None
    return {"id": opinion.verdict.case.id, "fate": opinion.fate.value, "fault": opinion.fault, "reply": said}
