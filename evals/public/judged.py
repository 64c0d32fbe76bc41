"""Asked questions with their measures in, the report of a set out.

Example: hit@1 true for 180 of 236 questions is a count, MRR@10 of 0.82 a mean over the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from evals.metrics.hit_rate import hit_rate
from evals.metrics.latency import percentile
from evals.metrics.ndcg import ndcg
from evals.metrics.reciprocal_rank import reciprocal_rank
from evals.public.asking import Asked
from evals.public.report import Half, Report, Score, half_of

_K = 10
_SHOWN = 160


@dataclass(frozen=True, slots=True)
class Judged:
    """One asked question; ``values`` are its measures by name: true or false is counted, a number averaged."""

    asked: Asked
    values: Mapping[str, bool | float]
    is_right: bool

    @property
    def half(self) -> Half:
        """Return the half that the question belongs to."""
        return half_of(self.asked.question.id)

    def to_dict(self) -> dict[str, object]:
        """Return the row that machines read: plain JSON types."""
        row = asdict(self.asked)
        question = row.pop("question")
        question["gold"] = sorted(question["gold"])
        return {**question, "half": self.half.name.lower(), **row, "is_right": self.is_right, "values": self.values}


def ranking_values(ranked: Sequence[str], gold: Collection[str], name: str = "") -> dict[str, bool | float]:
    """Return hit@1, hit@10, MRR@10 and nDCG@10 of a ranking, ``name`` before each."""
    return {
        f"{name}hit@1": hit_rate(ranked, gold, 1) == 1,
        f"{name}hit@{_K}": hit_rate(ranked, gold, _K) == 1,
        f"{name}MRR@{_K}": reciprocal_rank(ranked, gold, _K),
        f"{name}nDCG@{_K}": ndcg(ranked, gold, _K),
    }


def make_report(title: str, judged: Sequence[Judged]) -> Report:
    """Return the scores of both halves, the times, the failures of the learning half and all rows."""
    failures = tuple(_block(one) for one in judged if one.half is Half.LEARN and not one.is_right)
    return Report(title, tuple(_scores(judged)), _times(judged), failures, tuple(one.to_dict() for one in judged))


def _scores(judged: Sequence[Judged]) -> Iterator[Score]:
    for name in dict.fromkeys(name for one in judged for name in one.values):
        for half in Half:
            values = [one.values[name] for one in judged if one.half is half and name in one.values]
            yield Score(half, name, sum(values), len(values), is_mean=not all(isinstance(v, bool) for v in values))


def _times(judged: Sequence[Judged]) -> tuple[str, ...]:
    notes = []
    for title, times in (
        ("检索", [one.asked.search_ms for one in judged]),
        ("作答", [one.asked.answer_ms for one in judged]),
    ):
        notes.append(f"{title}每题 p50 {percentile(times, 50):.0f} 毫秒，p95 {percentile(times, 95):.0f} 毫秒")
    return ("；".join(notes),)


def _block(one: Judged) -> str:
    asked, question = one.asked, one.asked.question
    ranks = [str(rank) for rank, unit in enumerate(asked.ranked, 1) if unit in question.gold]
    gold = "；".join((*sorted(question.gold), *question.answers)) or "（库内没有）"
    got = f"检索第 {'、'.join(ranks) or '–'} 位；首位 {(*asked.ranked, '–')[0]}；引用 {'、'.join(asked.cited) or '–'}"
    lines = [f"✗ {question.id} {question.variant}{question.text}", f"标准：{_short(gold)}", got]
    return "\n   ".join((*lines, f"答（{asked.kind.value}）：{_short(asked.said)}"))


def _short(text: str) -> str:
    return " ".join(text.split())[:_SHOWN]
