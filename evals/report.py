"""A run for a person: verdicts and flips in, Chinese text for the terminal out.

Example: “项目属性  26  24 92.3%  25 96.2%  4.1  7.9”.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence

from evals.baseline import Flips
from evals.judge import Verdict
from evals.summary import Run, ScoreLine, category_lines, cited_line, means, score_refusals, total_line, twin_lines

_HEAD = ("类别", "题数", "答案正确", "", "引用正确", "", "p50 ms", "p95 ms")
_NAMES = {
    "attribute": "项目属性",
    "indicator": "指标",
    "aggregate": "汇总",
    "ranking": "排序",
    "list": "清单",
    "text": "正文",
    "conflict": "不一致",
    "alias": "简称错字",
    "followup": "追问",
    "refusal": "无依据",
    "premise": "错误前提",
    "chat": "寒暄",
    "cited": "其中须引用",
    "all": "合计",
    "synonym": "同义",
    "spoken": "口语",
    "short_or_typo": "简称错字",
    "reordered": "换语序",
}


def render_run(run: Run) -> str:
    """Return the table by category, the finer measures and the stamp."""
    lines = [*category_lines(run.verdicts), cited_line(run.verdicts), total_line(run.verdicts)]
    average, refusals = means(run.verdicts), score_refusals(run.verdicts)
    finer = (
        f"数值 {average['number_exactness']:.3f} · 引用查准 {average['citation_precision']:.3f}"
        f" · 引用查全 {average['citation_recall']:.3f} · 引文逐字 {average['verbatim_rate']:.3f}\n"
        f"拒答查准 {refusals.precision:.3f} · 拒答查全 {refusals.recall:.3f}"
        f" · 该拒未拒 {refusals.false_answers} · 误拒 {refusals.false_refusals} · 出错 {run.errors}"
    )
    twins = _render_twins(twin_lines(run.verdicts))
    stamp = run.stamp
    shown = (("文件", stamp.corpus_hash[:12]), ("模型", stamp.model), ("版本", stamp.commit))
    marks = " · ".join(f"{name} {value}" for name, value in shown if value)
    return f"{stamp.answerer}\n{render_table(lines)}\n{finer}\n{twins}{marks}".rstrip()


def render_table(lines: Sequence[ScoreLine]) -> str:
    """Return score lines as an aligned table."""
    return _align([_HEAD, *(_cells(line) for line in lines)])


def render_beside(runs: Sequence[Run]) -> str:
    """Return answer and citation rates of several runs over the same questions, side by side."""
    head = ("类别", "题数", *(cell for run in runs for cell in (f"{run.stamp.answerer} 答", "引")))
    tables = [[*category_lines(run.verdicts), cited_line(run.verdicts), total_line(run.verdicts)] for run in runs]
    rows = [
        (_NAMES[group[0].name], str(group[0].questions), *(cell for line in group for cell in _rates(line)))
        for group in zip(*tables, strict=True)
    ]
    return _align([head, *rows])


def render_failures(run: Run) -> str:
    """Return one block per wrong answer: the question, what was wrong, the start of the answer."""
    wrong = [verdict for verdict in run.verdicts if not (verdict.answer_right and verdict.citations_right)]
    return "\n".join(_block(verdict) for verdict in wrong) or "没有答错的题。"


def render_case(verdict: Verdict) -> str:
    """Return everything about one judged question: the gold record, the answer row, the problems."""
    gold = json.dumps(verdict.case.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False, indent=1)
    row = json.dumps(dict(verdict.row), ensure_ascii=False, indent=1)
    return f"{_block(verdict)}\n标准：{gold}\n回答：{row}"


def render_flips(flips: Flips) -> str:
    """Return what changed against the committed baseline."""
    parts = [
        f"由对变错 {len(flips.now_wrong)}：{'、'.join(flips.now_wrong)}" if flips.now_wrong else "由对变错 0",
        f"由错变对 {len(flips.now_right)}：{'、'.join(flips.now_right)}" if flips.now_right else "由错变对 0",
    ]
    if flips.new:
        parts.append(f"新题 {len(flips.new)}")
    return "与基线相比：" + "；".join(parts)


def _render_twins(lines: Sequence[ScoreLine]) -> str:
    """Return the line on other wordings of known questions; nothing where none was asked."""
    if not lines:
        return ""
    same, asked = sum(line.answers for line in lines), sum(line.questions for line in lines)
    kinds = " · ".join(f"{_NAMES[line.name]} {line.answers}/{line.questions}" for line in lines)
    return f"换说法同答 {same}/{asked}：{kinds}\n"


def _block(verdict: Verdict) -> str:
    mark = ("✓" if verdict.answer_right else "✗") + ("✓" if verdict.citations_right else "✗")
    asked = " → ".join((*verdict.case.history, verdict.case.question))
    problems = "；".join([*verdict.answer_problems, *verdict.citation_problems][:6])
    answer = " ".join(str(verdict.row.get("answer", "")).split())[:160]
    return f"{mark} {verdict.case.id} {asked}\n   {problems or '正确'}\n   答：{answer}"


def _cells(line: ScoreLine) -> tuple[str, ...]:
    answers, citations = _rates(line)
    counts = (str(line.questions), str(line.answers), answers, str(line.citations), citations)
    return (_NAMES.get(line.name, line.name), *counts, f"{line.p50:.1f}", f"{line.p95:.1f}")


def _rates(line: ScoreLine) -> tuple[str, str]:
    return f"{line.answer_rate:.1%}", f"{line.citation_rate:.1%}"


def _align(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join("  ".join(_pad(cell, width) for cell, width in zip(row, widths, strict=True)) for row in rows)


def _pad(cell: str, width: int) -> str:
    return cell + " " * (width - _width(cell))


def _width(text: str) -> int:
    """Return the terminal columns of ``text``: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
