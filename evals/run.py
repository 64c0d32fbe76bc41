"""The regression run: question sets and an answerer in, scores by category out; ``policy-assistant eval`` calls it.

Example: ``policy-assistant eval --only conflict --failures`` 只跑“不一致”类，并列出答错的题。
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any, Protocol

from tqdm import tqdm

from assistant.engine import Assistant
from assistant.errors import AssistantError
from assistant.models import AnswerKind
from assistant.offline import go_offline
from assistant.settings import load_settings
from corpus.errors import CorpusError
from corpus.models import ParsedDocument
from evals.baseline import compare, load_baseline, save_baseline
from evals.case_files import load_sets, select_cases
from evals.cases import Case
from evals.errors import EvalsError
from evals.export import plan_export
from evals.failures import FAILURES
from evals.judge import GoldCase, Verdict, find_gold, judge
from evals.office_questions import check_evidence, read_questions
from evals.public.report import render as render_public
from evals.public.sets import evaluate_folder
from evals.question_tools import add_question_arguments, is_question_tool, run_question_tool
from evals.report import render_case, render_failures, render_flips, render_run
from evals.summary import Run, RunStamp
from index.errors import IndexRoomError

Show = Callable[[Iterable[GoldCase]], Iterable[GoldCase]]


class Answerer(Protocol):
    """Whatever answers questions: ours, the plain baseline, or a fake."""

    def ask(self, question: str, history: Sequence[str] = ()) -> Mapping[str, Any]:
        """Return an answer row of the answer contract."""


class AssistantAnswerer:
    """Our assistant as an ``Answerer``."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def ask(self, question: str, history: Sequence[str] = ()) -> Mapping[str, Any]:
        """Return the assistant's answer as a row."""
        return self._assistant.ask(question, history).to_dict()


def run_eval(
    answerer: Answerer,
    cases: Sequence[Case],
    documents: Sequence[ParsedDocument],
    stamp: RunStamp,
    show: Show = iter,
) -> Run:
    """Return the judged run of ``cases``; ``show`` wraps the loop, e.g. in a progress bar.

    Raises:
        EvidenceUnknown: Gold evidence is not in ``documents``.
    """
    gold = [find_gold(case, documents) for case in cases]
    texts = {document.info.id: document.text for document in documents}
    return Run(stamp, tuple(_ask_one(answerer, item, texts) for item in show(gold)))


def main(argv: Sequence[str] | None = None) -> int:
    """Run the question sets against the built index; 0 unless something went wrong or an answer raised an error."""
    go_offline()
    arguments = _parser().parse_args(argv)
    try:
        return _run_command(arguments)
    except (AssistantError, CorpusError, IndexRoomError, EvalsError) as error:
        print(str(error), file=sys.stderr)
        return 1


def ask_with_bar(gold: Iterable[GoldCase]) -> Iterable[GoldCase]:
    """Wrap the questions in a progress bar on stderr."""
    bar: Iterable[GoldCase] = tqdm(gold, desc="评测", unit="题", file=sys.stderr)
    return bar


def read_commit(folder: Path) -> str:
    """Return the short commit of ``folder``, with ``+`` when files differ from it; empty where there is no git."""
    try:
        described = subprocess.run(
            ["git", "describe", "--always", "--exclude=*", "--dirty=+"],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=10,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return described.stdout.strip()


def _ask_one(answerer: Answerer, gold: GoldCase, texts: Mapping[str, str]) -> Verdict:
    started = perf_counter()
    try:
        row = answerer.ask(gold.case.question, gold.case.history)
    except FAILURES as error:
        row = {"kind": AnswerKind.ERROR.value, "answer": f"{type(error).__name__}：{error}"}
    return judge(gold, row, texts, (perf_counter() - started) * 1000)


def _run_command(arguments: argparse.Namespace) -> int:
    if arguments.data:
        return _run_public(arguments)
    if is_question_tool(arguments):
        return run_question_tool(arguments)
    export = plan_export(arguments.export)
    office = read_questions(arguments.questions) if arguments.questions else None
    cases = select_cases(office.cases if office else load_sets(name=arguments.set), [*arguments.only, *arguments.show])
    settings = load_settings(index=arguments.index, corpus=arguments.corpus)
    assistant = Assistant.open(settings=settings)
    if office:
        check_evidence(office, assistant.documents)
    built = assistant.index.stamp
    stamp = RunStamp("policy-assistant", built.corpus_hash, built.model, read_commit(Path(__file__).parent))
    run = run_eval(AssistantAnswerer(assistant), cases, assistant.documents, stamp, ask_with_bar)
    assistant.close()
    _print_run(run, arguments)
    _write_json(arguments.json, run.to_dict())
    if export:
        export.write(run, assistant.documents)
    if arguments.write_baseline:
        save_baseline(run)
    return 1 if run.errors else 0


def _run_public(arguments: argparse.Namespace) -> int:
    report = evaluate_folder(arguments.data, arguments.index)
    print(render_public(report, failures=arguments.failures))
    _write_json(arguments.json, report.to_dict())
    return 0


def _write_json(file: Path | None, rows: Mapping[str, Any]) -> None:
    if file is not None:
        file.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")


def _print_run(run: Run, arguments: argparse.Namespace) -> None:
    if arguments.show:
        print("\n".join(render_case(verdict) for verdict in run.verdicts))
        return
    if arguments.failures:
        print(render_failures(run) + "\n")
    print(render_run(run))
    baseline = load_baseline()
    if baseline is not None:
        print(render_flips(compare(run, baseline)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="policy-assistant eval", description="用题库评测问答，并与基线比较。")
    parser.add_argument("--set", default="", metavar="名称", help="只用这一个题库")
    parser.add_argument("--data", type=Path, metavar="文件夹", help="改用这个文件夹中的公开题集（见 evals/public）")
    parser.add_argument("--only", action="append", default=[], metavar="题号或类别", help="只跑这些题，可多次给出")
    parser.add_argument("--show", action="append", default=[], metavar="题号", help="详细显示这些题，可多次给出")
    parser.add_argument("--failures", action="store_true", help="列出答错的题")
    parser.add_argument("--json", type=Path, metavar="文件", help="把全部结果写成 JSON")
    parser.add_argument("--write-baseline", action="store_true", help="把这次的结果存为基线")
    parser.add_argument("--index", type=Path, help="索引所在的文件夹；用 --data 时，公开题集的索引存在其中")
    parser.add_argument("--corpus", type=Path, help="文件所在的文件夹")
    add_question_arguments(parser)
    return parser


if __name__ == "__main__":
    sys.exit(main())
