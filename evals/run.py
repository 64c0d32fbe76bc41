"""The regression run: question sets and an answerer in, scores by category out; ``policy-assistant eval`` calls it.

Example: ``policy-assistant eval --gate`` 问全部题目，必答题丢失或得分显著下降时退出码为 3。
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from tqdm import tqdm

from assistant.engine import Assistant
from assistant.errors import AssistantError
from assistant.models import AnswerKind
from assistant.offline import go_offline
from assistant.settings import load_settings
from corpus.errors import CorpusError, describe_os_error
from corpus.models import ParsedDocument
from evals.answerers import Answerer, AssistantAnswerer, Observed, Observer
from evals.baseline import Baseline, load_baseline, save_baseline
from evals.case_files import load_sets, select_cases
from evals.cases import Case
from evals.comparison import Comparison, compare
from evals.errors import BaselineInvalid, EvalsError, OutputUnwritable
from evals.export import plan_export
from evals.failures import FAILURES
from evals.gate import Gate, hold_gate
from evals.gold import GoldCase, find_gold
from evals.judge import Verdict, judge
from evals.office_questions import check_evidence, read_questions
from evals.options import parse
from evals.page import render_page
from evals.public.report import render as render_public
from evals.public.sets import evaluate_folder
from evals.question_tools import is_question_tool, run_question_tool
from evals.report import render_comparison, render_failures, render_gate, render_run
from evals.second_opinion.asking import ask_opinions
from evals.second_opinion.report import render_opinions
from evals.second_opinion.settings import load_judge_settings
from evals.show import render_case
from evals.stamp import make_stamp
from evals.summary import Run, RunStamp
from index.errors import IndexRoomError

NOT_PASSED = 3
"""The exit code of a gate that was held and not passed."""

Show = Callable[[Iterable[GoldCase]], Iterable[GoldCase]]


def run_eval(
    answerer: Answerer | Observer,
    cases: Sequence[Case],
    documents: Sequence[ParsedDocument],
    stamp: RunStamp,
    show: Show = iter,
) -> Run:
    """Return the judged run of ``cases``; ``show`` wraps the loop, e.g. in a progress bar.

    Raises:
        EvidenceUnknown: Gold evidence is not in ``documents``.
    """
    chunks = answerer.chunks if isinstance(answerer, Observer) else ()
    gold = [find_gold(case, documents, chunks) for case in cases]
    texts = {document.info.id: document.text for document in documents}
    return Run(stamp, tuple(_ask_one(answerer, item, texts) for item in show(gold)))


def main(argv: Sequence[str] | None = None) -> int:
    """Run the question sets against the built index.

    Returns:
        0 done and, where asked, the gate passed; 1 something went wrong or an answer raised an error; 3 the gate was
        held and not passed. Unusable arguments end with 2.
    """
    go_offline()
    arguments = parse(argv)
    try:
        return _run_public(arguments) if arguments.data else _run_command(arguments)
    except (AssistantError, CorpusError, IndexRoomError, EvalsError) as error:
        print(str(error), file=sys.stderr)
        return 1


def ask_with_bar(gold: Iterable[GoldCase]) -> Iterable[GoldCase]:
    """Wrap the questions in a progress bar on stderr, where that is a terminal."""
    bar: Iterable[GoldCase] = tqdm(gold, desc="评测", unit="题", file=sys.stderr, disable=None)
    return bar


def _ask_one(answerer: Answerer | Observer, gold: GoldCase, texts: Mapping[str, str]) -> Verdict:
    started = perf_counter()
    try:
        observed = _observe(answerer, gold.case)
    except FAILURES as error:
        row = {"kind": AnswerKind.ERROR.value, "answer": f"{type(error).__name__}：{error}"}
        observed = Observed(row, (perf_counter() - started) * 1000)
    return judge(gold, observed.row, texts, observed.milliseconds, observed.tables, observed.ranked)


def _observe(answerer: Answerer | Observer, case: Case) -> Observed:
    if isinstance(answerer, Observer):
        return answerer.observe(case.question, case.history)
    started = perf_counter()
    row = answerer.ask(case.question, case.history)
    return Observed(row, (perf_counter() - started) * 1000)


def _run_command(arguments: argparse.Namespace) -> int:
    if is_question_tool(arguments):
        return run_question_tool(arguments)
    model = load_judge_settings() if arguments.judge else None
    baseline = _read_baseline(arguments)
    run = _ask_all(arguments)
    comparison = compare(run, baseline) if baseline is not None else None
    gate = hold_gate(run, baseline, comparison)
    if not arguments.show:
        _print_run(run, comparison, gate, arguments)
    opinions = ask_opinions(run.verdicts, model) if model is not None else None
    if opinions is not None:
        print(render_opinions(opinions))
    second = {"second_opinion": opinions.to_dict()} if opinions is not None else {}
    _write_json(arguments.json, {**run.to_dict(), "gate": gate.to_dict(), **second})
    if arguments.html is not None:
        _write(arguments.html, render_page(run, baseline, opinions))
    if arguments.gate:
        return 0 if gate.is_passed else NOT_PASSED
    return _finish(run, arguments)


def _ask_all(arguments: argparse.Namespace) -> Run:
    """Return the run over the questions asked for, each shown in full where that is wanted."""
    export = plan_export(arguments.export)
    office = read_questions(arguments.questions) if arguments.questions else None
    cases = select_cases(office.cases if office else load_sets(name=arguments.set), [*arguments.only, *arguments.show])
    settings = load_settings(index=arguments.index, corpus=arguments.corpus)
    assistant = Assistant.open(settings=settings)
    if office:
        check_evidence(office, assistant.documents)
    answerer = AssistantAnswerer(assistant)
    answerer.warm_up()
    run = run_eval(answerer, cases, assistant.documents, make_stamp(assistant, settings, date.today()), ask_with_bar)
    if arguments.show:
        print("\n\n".join(_shown(verdict, answerer, assistant.documents) for verdict in run.verdicts))
    assistant.close()
    if export:
        export.write(run, assistant.documents)
    return run


def _finish(run: Run, arguments: argparse.Namespace) -> int:
    """Keep the run as the baseline where that is asked for; return the exit code."""
    if run.errors:
        if arguments.update_baseline:
            print(f"有 {run.errors} 题出错，基线没有更新。", file=sys.stderr)
        return 1
    if arguments.update_baseline:
        try:
            save_baseline(run, arguments.update_baseline, date.today(), arguments.baseline)
        except OSError as error:
            raise OutputUnwritable(f"无法写入 {arguments.baseline}：{describe_os_error(error)}。") from error
        print(f"基线已更新：{arguments.baseline}")
    return 0


def _read_baseline(arguments: argparse.Namespace) -> Baseline | None:
    """Return the baseline; one that cannot be read is no hindrance where it is to be written anew."""
    try:
        return load_baseline(arguments.baseline)
    except BaselineInvalid:
        if arguments.update_baseline:
            return None
        raise


def _shown(verdict: Verdict, answerer: AssistantAnswerer, documents: Sequence[ParsedDocument]) -> str:
    case = verdict.case
    stages = () if verdict.is_error else answerer.explain(case.question, case.history)
    return render_case(verdict, find_gold(case, documents), documents, stages)


def _run_public(arguments: argparse.Namespace) -> int:
    report = evaluate_folder(arguments.data, arguments.index)
    print(render_public(report, failures=arguments.failures))
    _write_json(arguments.json, report.to_dict())
    return 0


def _write_json(file: Path | None, rows: Mapping[str, Any]) -> None:
    if file is not None:
        _write(file, json.dumps(rows, ensure_ascii=False, indent=1))


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputUnwritable(f"无法写入 {file}：{describe_os_error(error)}。") from error


def _print_run(run: Run, comparison: Comparison | None, gate: Gate, arguments: argparse.Namespace) -> None:
    if arguments.failures:
        print(render_failures(run) + "\n")
    print(render_run(run))
    if comparison is not None:
        print(render_comparison(comparison, is_whole=not (arguments.set or arguments.only)))
    if arguments.gate:
        print(render_gate(gate, comparison))


if __name__ == "__main__":
    sys.exit(main())
