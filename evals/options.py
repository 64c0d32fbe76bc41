"""The words of the command line in, the options of one evaluation out; what does not go together is refused.

Example: ``--update-baseline ""`` is refused: “更新基线要写明原因”.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from evals.baseline import BASELINE
from evals.question_tools import add_question_arguments, is_question_tool


def parse(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """Return the options; ends the program with code 2 and a reason in Chinese where they do not go together.

    Without ``--baseline`` the project's sets are compared with the committed baseline, an office's own questions with
    the file beside them.
    """
    parser = _parser()
    arguments = parser.parse_args(argv)
    fault = _fault(arguments)
    if fault:
        parser.error(fault)
    if arguments.baseline is None:
        arguments.baseline = own_baseline(arguments.questions) if arguments.questions else BASELINE
    return arguments


def own_baseline(questions: Path) -> Path:
    """Return where the baseline of an office's own question file is kept: beside it."""
    return questions.with_name(f"{questions.name}.baseline.json")


def _fault(arguments: argparse.Namespace) -> str:
    """Return in Chinese what does not go together; empty where all does."""
    reason = arguments.update_baseline
    if reason is not None:
        partial = next((name for name in ("set", "only", "show", "data") if getattr(arguments, name)), "")
        if not reason.strip():
            return "更新基线要写明原因：--update-baseline 原因"
        if partial:
            return f"更新基线要问全部题目，不能同时用 --{partial}"
        if arguments.gate:
            return "--gate 与 --update-baseline 不能同时用：先看门槛，再决定是否更新基线"
    asked = [name for name in ("gate", "html", "judge") if getattr(arguments, name)]
    if asked and arguments.data:
        return f"--data 的公开题集没有基线，不能用 --{asked[0]}"
    if is_question_tool(arguments) and (asked or reason is not None):
        return "--template 和 --generate 只写题目文件，不评测，不能与 --gate、--html、--judge、--update-baseline 同时用"
    return ""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="policy-assistant eval", description="用题库评测问答，并与基线比较。")
    parser.add_argument("--set", default="", metavar="名称", help="只用这一个题库")
    parser.add_argument("--data", type=Path, metavar="文件夹", help="改用这个文件夹中的公开题集（见 evals/public）")
    parser.add_argument("--only", action="append", default=[], metavar="题号或类别", help="只跑这些题，可多次给出")
    parser.add_argument("--show", action="append", default=[], metavar="题号", help="详细显示这些题，可多次给出")
    parser.add_argument("--failures", action="store_true", help="列出答错的题")
    parser.add_argument("--json", type=Path, metavar="文件", help="把全部结果写成 JSON")
    parser.add_argument("--html", type=Path, metavar="文件", help="写出给人看的报告：一个网页文件，可离线打开")
    parser.add_argument("--gate", action="store_true", help="把关：必答题丢失、得分显著下降或有题出错时，退出码为 3")
    parser.add_argument("--judge", action="store_true", help="另请 POLICY_JUDGE_URL 处的语言模型评判，不计入门禁")
    parser.add_argument("--update-baseline", metavar="原因", help="把这次的结果存为基线，并记下原因、日期和版本")
    parser.add_argument("--baseline", type=Path, metavar="文件", help="与这个基线比较，也存到这里")
    parser.add_argument("--index", type=Path, help="索引所在的文件夹；用 --data 时，公开题集的索引存在其中")
    parser.add_argument("--corpus", type=Path, help="文件所在的文件夹")
    add_question_arguments(parser)
    return parser
