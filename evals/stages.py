"""Where a question is lost: a judged answer in, whether each stage on its way was right out.

Example: the plan looked into 指标表 and the evidence stands in 项目表: 选表 is wrong, and the answer was lost there.
"""

from __future__ import annotations

from collections.abc import Sequence

from evals.answerers import DEPTH
from evals.judge import Verdict
from evals.metrics.stage_scores import StageScore, stage_scores

TABLE, SEARCH, KIND, CITATION, ANSWER = "选表", "检索", "类型", "引用", "作答"
STAGES = {
    TABLE: "依据在表格中的题：计划查的表里有依据所在的表",
    SEARCH: f"依据只在正文中的题：检索前 {DEPTH} 条里有依据所在的片段",
    KIND: "每题：答案的类型（查表、正文、拒答……）是允许的",
    CITATION: "有依据的题：依据都引到，引文逐字",
    ANSWER: "每题：答案正确",
}
"""The stages in the order in which a question passes them, each with what is asked of it."""


def stage_row(verdict: Verdict) -> dict[str, bool]:
    """Return whether each stage was right; a stage that the question does not pass is left out."""
    case, right = verdict.case, not verdict.is_error
    gold_tables = {evidence.table for evidence in case.evidence if evidence.table}
    row = {}
    if gold_tables and verdict.tables is not None:
        row[TABLE] = bool(gold_tables & verdict.tables)
    if verdict.gold and not gold_tables and verdict.ranked is not None:
        row[SEARCH] = bool(verdict.gold.intersection(verdict.ranked))
    row[KIND] = right and verdict.row.get("kind") in case.expected.kinds
    if case.evidence:
        row[CITATION] = verdict.citations_right
    row[ANSWER] = verdict.answer_right
    return row


def score_stages(verdicts: Sequence[Verdict]) -> tuple[StageScore, ...]:
    """Return the score of each stage over ``verdicts``; one whose answer is right was lost nowhere."""
    rows = [stage_row(verdict) for verdict in verdicts]
    return stage_scores(tuple(STAGES), rows)
