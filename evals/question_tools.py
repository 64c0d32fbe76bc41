"""The options of ``policy-assistant eval`` that make questions in, the files they ask for out.

Example: ``policy-assistant eval --template 题目.xlsx`` 写出一个空模板，不评测。
"""

from __future__ import annotations

import argparse
from pathlib import Path

from assistant.settings import load_settings
from corpus.parse import parse_corpus
from evals.generator.generate import choose_documents, generate, write_cases
from evals.generator.proposal import Phrasing
from evals.spreadsheet_template import write_template


def add_question_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options that bring an office's own questions in, or write files of questions."""
    group = parser.add_argument_group("自己的题目")
    group.add_argument("--questions", type=Path, metavar="文件", help="改用这个文件中的题目（.xlsx 或 .jsonl）")
    group.add_argument("--template", type=Path, metavar="文件.xlsx", help="写出填写题目的表格模板，不评测")
    group.add_argument(
        "--generate", type=Path, metavar="文件.jsonl", help="从文件的表格和条款拟题，写成题目文件，不评测"
    )
    group.add_argument("--document", default="", metavar="编号或标题", help="与 --generate 同用：只为这一个文件拟题")
    group.add_argument(
        "--export", nargs=2, metavar=("格式", "文件"), help="另存本次评测：ragas、deepeval（供语言模型评判）或 csv"
    )


def is_question_tool(arguments: argparse.Namespace) -> bool:
    """Return whether the options ask for a file of questions instead of a run."""
    return bool(arguments.template or arguments.generate)


def run_question_tool(arguments: argparse.Namespace) -> int:
    """Write what was asked for; 0 when it stands.

    Raises:
        OutputUnwritable: The file cannot be written.
        CorpusError: The documents cannot be read.
        QuestionsInvalid: The documents give no question.
        DocumentUnknown: There is no such document.
    """
    if arguments.template:
        write_template(arguments.template)
        print(f"模板已写到 {arguments.template}。填好后运行：policy-assistant eval --questions {arguments.template}")
    if arguments.generate:
        documents = parse_corpus(load_settings(corpus=arguments.corpus).corpus)
        cases = generate(choose_documents(documents, arguments.document), documents, Phrasing())
        write_cases(cases, arguments.generate)
        print(f"拟出 {len(cases)} 题，写到 {arguments.generate}。请过目后运行：")
        print(f"policy-assistant eval --questions {arguments.generate}")
    return 0
