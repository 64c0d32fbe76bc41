"""A run for a person: verdicts and flips in, Chinese text for the terminal out.

Example: “项目属性  26  24 92.3%  25 96.2%  4.1  7.9”.
"""

from __future__ import annotations

from collections.abc import Sequence

from evals.case_names import CATEGORY_NAMES
from evals.columns import align
from evals.comparison import ALPHA, Change, Comparison
from evals.gate import Gate
from evals.judge import Verdict
from evals.measures import Mean, means
from evals.metrics.stage_scores import StageScore
from evals.stages import score_stages
from evals.summary import (
    Run,
    RunStamp,
    ScoreLine,
    category_lines,
    cited_line,
    score_refusals,
    score_wordings,
    total_line,
    twin_lines,
)

_HEAD = ("类别", "题数", "答案正确", "", "引用正确", "", "p50 ms", "p95 ms")
NAMES = {
    **{category.value: name for category, name in CATEGORY_NAMES.items()},
    "cited": "其中须引用",
    "all": "合计",
    "synonym": "同义",
    "spoken": "口语",
    "short_or_typo": "简称错字",
    "reordered": "换语序",
}
"""What a person calls the lines of scores."""


def render_run(run: Run) -> str:
    """Return the table by category, every measure with how many questions it rests on, the stages and the stamp."""
    lines = [*category_lines(run.verdicts), cited_line(run.verdicts), total_line(run.verdicts)]
    parts = (
        run.stamp.answerer,
        render_table(lines),
        render_measures(means(run.verdicts)),
        render_stages(score_stages(run.verdicts)),
        _render_refusals(run),
        _render_wordings(run),
        render_stamp(run.stamp),
    )
    return "\n".join(part for part in parts if part)


def render_measures(found: Sequence[Mean]) -> str:
    """Return a line for each measure: its value, over how many questions, and how many it cannot score."""
    rows = [("指标", "值", "计分题数", "不计分")]
    rows += [(mean.measure.title, rate(mean.value), str(mean.scored), str(mean.unscored)) for mean in found]
    return align(rows)


def render_stages(scores: Sequence[StageScore]) -> str:
    """Return a line for each stage: how often it was right, and how many questions were lost there first."""
    rows = [("步骤", "正确", "计分题数", "首先在此丢失")]
    rows += [(score.name, rate(score.rate), str(score.asked), str(score.lost_first)) for score in scores]
    return align(rows)


def render_stamp(stamp: RunStamp) -> str:
    """Return what was measured, as far as it is known."""
    shown = (
        ("文件", stamp.corpus_hash[:12]),
        ("索引", stamp.index),
        ("模型", stamp.model),
        ("设置", stamp.settings),
        ("版本", stamp.commit),
    )
    return " · ".join(f"{name} {value}" for name, value in shown if value)


def rate(value: float | None) -> str:
    """Return a share with three places; — where there is nothing to measure."""
    return "—" if value is None else f"{value:.3f}"


def chance(p: float) -> str:
    """Return a significance with three places; one that would read 0 as what it is below."""
    return f"p={p:.3f}" if p >= 0.001 else "p<0.001"


def _render_refusals(run: Run) -> str:
    scores = score_refusals(run.verdicts)
    return (
        f"拒答查准 {rate(scores.precision)} · 拒答查全 {rate(scores.recall)}"
        f" · 该拒未拒 {scores.false_answers} · 误拒 {scores.false_refusals} · 出错 {run.errors}"
    )


def _render_wordings(run: Run) -> str:
    """Return the lines on other wordings of known questions; nothing where none was asked."""
    lines = twin_lines(run.verdicts)
    if not lines:
        return ""
    same, asked = sum(line.answers for line in lines), sum(line.questions for line in lines)
    kinds = " · ".join(f"{NAMES[line.name]} {line.answers}/{line.questions}" for line in lines)
    alike = score_wordings(run.verdicts)
    return (
        f"换说法答对 {same}/{asked}：{kinds}\n"
        f"换说法同答 {alike.same}/{alike.pairs} 对（{rate(alike.consistency)}）"
        f" · 各种说法都答对 {alike.right_throughout}/{alike.groups} 题（{rate(alike.worst_case)}）"
    )


def render_table(lines: Sequence[ScoreLine]) -> str:
    """Return score lines as an aligned table."""
    return align([_HEAD, *(_cells(line) for line in lines)])


def render_beside(runs: Sequence[Run]) -> str:
    """Return answer and citation rates of several runs over the same questions, side by side."""
    head = ("类别", "题数", *(cell for run in runs for cell in (f"{run.stamp.answerer} 答", "引")))
    tables = [[*category_lines(run.verdicts), cited_line(run.verdicts), total_line(run.verdicts)] for run in runs]
    rows = [
        (NAMES[group[0].name], str(group[0].questions), *(cell for line in group for cell in _rates(line)))
        for group in zip(*tables, strict=True)
    ]
    return align([head, *rows])


def render_failures(run: Run) -> str:
    """Return one block per wrong answer: the question, what was wrong, the start of the answer."""
    wrong = [verdict for verdict in run.verdicts if not (verdict.answer_right and verdict.citations_right)]
    return "\n".join(_block(verdict) for verdict in wrong) or "没有答错的题。"


def render_comparison(comparison: Comparison, is_whole: bool = True) -> str:
    """Return what changed against the baseline; ``is_whole`` says that every question was meant to be asked."""
    parts = [
        f"由对变错 {len(comparison.now_wrong)}{_listed(comparison.now_wrong)}",
        f"由错变对 {len(comparison.now_right)}{_listed(comparison.now_right)}",
    ]
    if comparison.new:
        parts.append(f"新题 {len(comparison.new)}")
    if is_whole and comparison.gone:
        parts.append(f"基线有而没有问的 {len(comparison.gone)}{_listed(comparison.gone)}")
    if comparison.measured:
        parts.append(f"所测的{'、'.join(comparison.measured)}与基线不同")
    changed = "\n" + render_changes(comparison.changes) if comparison.changes else ""
    return "与基线相比：" + "；".join(parts) + changed


def render_changes(changes: Sequence[Change]) -> str:
    """Return a line for each measure that changed, with the significance of the change."""
    rows = [("变化", "基线", "这次", "降", "升", "", "")]
    for change in changes:
        figures = (f"{change.before:.3f}", f"{change.now:.3f}", str(change.lost), str(change.won), chance(change.p))
        rows.append((change.measure.title, *figures, "显著下降" if change.is_drop else ""))
    return align(rows)


def render_gate(gate: Gate, comparison: Comparison | None) -> str:
    """Return whether the gate is passed and, if not, each reason."""
    lines = [f"门槛：{'通过' if gate.is_passed else '未通过'}（必答题不丢失；没有 p<{ALPHA} 的下降；没有题出错）"]
    if comparison is None:
        lines.append("  没有基线，只看必答题和出错的题。用 policy-assistant eval --update-baseline 原因 建立基线。")
    if gate.errors:
        lines.append(f"  出错 {len(gate.errors)} 题{_listed(gate.errors)}")
    if gate.lost:
        lines.append(f"  必答题丢失 {len(gate.lost)} 处{_listed(gate.lost)}")
    for drop in gate.drops:
        counts = f"{drop.questions} 题，降 {drop.lost}，升 {drop.won}，{chance(drop.p)}"
        lines.append(f"  显著下降：{drop.measure.title} {drop.before:.3f} → {drop.now:.3f}（{counts}）")
    return "\n".join(lines)


def _listed(names: Sequence[object]) -> str:
    return f"：{'、'.join(map(str, names))}" if names else ""


def _block(verdict: Verdict) -> str:
    mark = ("✓" if verdict.answer_right else "✗") + ("✓" if verdict.citations_right else "✗")
    asked = " → ".join((*verdict.case.history, verdict.case.question))
    problems = "；".join([*verdict.answer_problems, *verdict.citation_problems][:6])
    answer = " ".join(str(verdict.row.get("answer", "")).split())[:160]
    return f"{mark} {verdict.case.id} {asked}\n   {problems or '正确'}\n   答：{answer}"


def _cells(line: ScoreLine) -> tuple[str, ...]:
    answers, citations = _rates(line)
    counts = (str(line.questions), str(line.answers), answers, str(line.citations), citations)
    return (NAMES.get(line.name, line.name), *counts, f"{line.p50:.1f}", f"{line.p95:.1f}")


def _rates(line: ScoreLine) -> tuple[str, str]:
    return f"{line.answer_rate:.1%}", f"{line.citation_rate:.1%}"
