"""Every measure of a run by name: a judged answer in, its value on each measure out, with means over questions.

Example: an answer that lists 3 of 4 projects has list_recall 0.75; a question that asks for no list has none, and is
counted apart as not scored.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.models import AnswerKind
from evals.answer_problems import said_by, says_right_of_conflict
from evals.answerers import DEPTH
from evals.judge import Verdict
from evals.metrics.list_scores import states_count
from evals.metrics.ndcg import ndcg
from evals.metrics.recall_at_k import recall_at_k
from evals.metrics.reciprocal_rank import reciprocal_rank


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: ``key`` for machines, ``title`` and ``formula`` in Chinese for people.

    ``is_asked`` says whether a question can be scored on it at all; ``score`` is called where it can and the answer is
    no error. ``is_judgement`` marks what is right or wrong as a whole, which is tested by McNemar.
    """

    key: str
    title: str
    formula: str
    is_asked: Callable[[Verdict], bool]
    score: Callable[[Verdict], float]
    is_judgement: bool = False

    def value(self, verdict: Verdict) -> float | None:
        """Return the answer's value in 0…1, 0.0 for an error; None where the question is not scored on this."""
        if not self.is_asked(verdict):
            return None
        return 0.0 if verdict.is_error else float(self.score(verdict))


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of a measure over the ``scored`` questions, None where there is none; ``unscored`` are counted apart."""

    measure: Measure
    value: float | None
    scored: int
    unscored: int


def means(verdicts: Sequence[Verdict]) -> tuple[Mean, ...]:
    """Return the mean of each measure, in the order of ``MEASURES``."""
    found = []
    for measure in MEASURES:
        values = [value for verdict in verdicts if (value := measure.value(verdict)) is not None]
        mean = sum(values) / len(values) if values else None
        found.append(Mean(measure, mean, len(values), len(verdicts) - len(values)))
    return tuple(found)


def declined(verdict: Verdict) -> bool:
    """Return whether the answer declines; small talk counts where the question allows it."""
    allowed = verdict.case.expected.kinds if verdict.case.must_refuse else ()
    return verdict.row.get("kind") in (AnswerKind.REFUSAL, *allowed)


def may_not_decline(verdict: Verdict) -> bool:
    """Return whether a refusal is wrong here; where it is one of several right kinds it is neither."""
    return not verdict.case.must_refuse and AnswerKind.REFUSAL not in verdict.case.expected.kinds


def _always(_: Verdict) -> bool:
    return True


def _has_figures(verdict: Verdict) -> bool:
    return bool(verdict.case.expected.values)


def _has_list(verdict: Verdict) -> bool:
    return bool(verdict.case.expected.set)


def _has_evidence(verdict: Verdict) -> bool:
    return bool(verdict.case.evidence)


def _is_ranked(verdict: Verdict) -> bool:
    """Return whether the search can be scored: an error of an answerer with a search counts as nothing found."""
    return bool(verdict.gold) and (verdict.ranked is not None or verdict.is_error)


def _number(part: str) -> Callable[[Verdict], float]:
    return lambda verdict: getattr(verdict.numbers, part) if verdict.numbers is not None else 0.0


def _listed(part: str) -> Callable[[Verdict], float]:
    return lambda verdict: float(getattr(verdict.listing, part)) if verdict.listing is not None else 0.0


def _ranking(metric: Callable[[Sequence[str], frozenset[str], int], float]) -> Callable[[Verdict], float]:
    return lambda verdict: metric(verdict.ranked or (), verdict.gold, DEPTH)


MEASURES = (
    Measure(
        "answer",
        "答案正确率",
        "答案正确的题数 ÷ 全部题数；出错和拒答都在分母里",
        _always,
        lambda v: v.answer_right,
        True,
    ),
    Measure(
        "citations",
        "引用正确率",
        "该引的依据都引到、引文都逐字的题数 ÷ 全部题数",
        _always,
        lambda v: v.citations_right,
        True,
    ),
    Measure(
        "number_exactness",
        "数值准确率",
        "数值、单位、量级都对的标准数值 ÷ 全部标准数值",
        _has_figures,
        _number("exact"),
    ),
    Measure(
        "number_value",
        "数值（不论单位）",
        "数字出现在答案中的标准数值 ÷ 全部标准数值",
        _has_figures,
        _number("value"),
    ),
    Measure(
        "number_unit",
        "数值的单位",
        "数字后面跟着正确单位的标准数值 ÷ 全部标准数值（万、亿不计）",
        _has_figures,
        _number("unit"),
    ),
    Measure(
        "number_scale",
        "数值的量级",
        "连同万、亿换算后相等的标准数值 ÷ 全部标准数值",
        _has_figures,
        _number("scale"),
    ),
    Measure(
        "list_precision",
        "清单查准率",
        "列出且应列的 ÷ 列出的",
        _has_list,
        _listed("precision"),
    ),
    Measure(
        "list_recall",
        "清单查全率",
        "列出且应列的 ÷ 应列的",
        _has_list,
        _listed("recall"),
    ),
    Measure(
        "list_exact",
        "清单全对率",
        "不多列、不漏列的题数 ÷ 有清单的题数",
        _has_list,
        _listed("exact"),
    ),
    Measure(
        "list_count",
        "总数说明率",
        "正确说明“共 N 项”的题数 ÷ 应说明的题数",
        lambda v: v.case.expected.count is not None,
        lambda v: states_count(said_by(v.row), v.case.expected.count or 0),
    ),
    Measure(
        "conflict",
        "不一致判断正确率",
        "该指出不一致时指出、不该时没有误报的题数 ÷ 有此要求的题数",
        lambda v: v.case.expected.conflict is not None,
        lambda v: says_right_of_conflict(bool(v.case.expected.conflict), v.row),
    ),
    Measure(
        "citation_precision",
        "引用查准率（ALCE）",
        "与标准依据有重叠的引用 ÷ 全部引用，每题平均",
        _has_evidence,
        lambda v: v.citation_precision,
    ),
    Measure(
        "citation_recall",
        "引用查全率（ALCE）",
        "被引用到的标准依据 ÷ 全部标准依据，每题平均",
        _has_evidence,
        lambda v: v.citation_recall,
    ),
    Measure(
        "verbatim_rate",
        "引文逐字率",
        "与原文在所注位置逐字相同的引文 ÷ 全部引文，每题平均；没有引文的题不计",
        lambda v: bool(v.cited) or v.is_error,
        lambda v: v.verbatim,
    ),
    Measure(
        "refusal_recall",
        "拒答查全率",
        "该拒而拒的题数 ÷ 该拒的题数；其余是“该拒未拒”",
        lambda v: v.case.must_refuse,
        declined,
    ),
    Measure(
        "answered",
        "应答率",
        "没有误拒的题数 ÷ 不该拒的题数",
        may_not_decline,
        lambda v: not declined(v),
    ),
    Measure(
        f"recall@{DEPTH}",
        f"检索 recall@{DEPTH}",
        f"前 {DEPTH} 条命中里的标准片段 ÷ 全部标准片段，每题平均",
        _is_ranked,
        _ranking(recall_at_k),
    ),
    Measure(
        f"MRR@{DEPTH}",
        f"检索 MRR@{DEPTH}",
        f"前 {DEPTH} 条中第一个标准片段名次的倒数，没有为 0，每题平均",
        _is_ranked,
        _ranking(reciprocal_rank),
    ),
    Measure(
        f"nDCG@{DEPTH}",
        f"检索 nDCG@{DEPTH}",
        "按名次折扣的命中得分 ÷ 最好排法的得分，每题平均",
        _is_ranked,
        _ranking(ndcg),
    ),
)
"""All measures, in the order in which they are shown."""
