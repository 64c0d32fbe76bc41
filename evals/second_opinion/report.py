"""The opinions of the judging model in, a section of the terminal's report out.

Example: “答案  100  93 0.930  0.710  5  2”, then each answer on which model and verdict differ.
"""

from __future__ import annotations

from evals.columns import align
from evals.report import rate
from evals.second_opinion.opinions import Disagreement, Fate, Opinions

TITLE = "由模型评判，不计入门禁"
FATES = {
    Fate.READ: "已评判",
    Fate.UNREADABLE: "答复无法读取",
    Fate.UNANSWERED: "没有答复",
    Fate.UNASKED: "没有问",
}
_SHOWN = 20
_SAID = 80


def render_opinions(opinions: Opinions) -> str:
    """Return counts, agreement with the verdicts by part, and the first differences."""
    supported, stated = opinions.facts
    differences = opinions.disagreements()
    counts = " · ".join(f"{name} {opinions.count(fate)}" for fate, name in FATES.items())
    lines = [f"{TITLE}（{opinions.model}）：{counts}"]
    if opinions.stopped:
        lines.append(f"模型没有答复（{opinions.stopped}），其余的题没有问。请检查 POLICY_JUDGE_URL 等设置。")
    lines.append(_agreements(opinions))
    lines.append(f"模型认为有引文支持的陈述 {supported}/{stated}")
    lines.append(f"与判定不同的 {len(differences)} 处")
    lines += [f"  {_line(one)}" for one in differences[:_SHOWN]]
    if len(differences) > _SHOWN:
        lines.append(f"  ……另有 {len(differences) - _SHOWN} 处，见 --json 或 --html 写出的文件")
    return "\n".join(lines)


def _agreements(opinions: Opinions) -> str:
    rows = [("对照判定", "题数", "相同", "", "κ", "只有模型判错", "只有判定判错")]
    for one in opinions.agreements():
        counts = (str(one.pairs), str(one.same), rate(one.share), rate(one.kappa), str(one.stricter), str(one.milder))
        rows.append((one.part, *counts))
    return align(rows)


def _line(one: Disagreement) -> str:
    said = " ".join(one.said.split())
    short = said if len(said) <= _SAID else said[:_SAID] + "…"
    return f"{one.verdict.case.id} {one.part}：模型判{'对' if one.model_says_right else '错'}。{short}"
