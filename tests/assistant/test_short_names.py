"""Rows whose names are a character, or a character and a number, are told apart and never passed over."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from corpus.knowledge import load_knowledge
from corpus.models import DocumentInfo, ParsedDocument
from corpus.parse import parse_document
from evals.public.table_index import TableIndex

TEXT = """# 监测

## 核素存量表

| 核素 | 存量 | 有效剂量 |
|---|---|---|
| 氚 | 1275 | 0.01 |
| 铍-7 | 413 | 0.03 |
| 碳-14 | 12750 | 12 |
"""


def document() -> ParsedDocument:
    return parse_document(DocumentInfo(id="d", title="监测", file="d.md", sha256=""), TEXT.encode())


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, plan_settings) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("short")
    opened = Assistant(
        TableIndex([document()], folder, plan_settings.models), load_knowledge(folder), plan_settings.models
    )
    yield opened
    opened.close()


def test_figures_of_rows_named_by_a_character_and_a_number_are_subtracted(assistant: Assistant) -> None:
    answer = assistant.ask("碳-14和铍-7的有效剂量相差多少？")

    assert "相差11.97" in answer.answer


@pytest.mark.parametrize("question", ["碳-14和氚的有效剂量相差多少？", "碳-14和氚的有效剂量是多少"])
def test_of_two_rows_one_is_not_told_alone_where_the_other_is_named_by_one_character(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.ask(question)

    assert answer.kind is not AnswerKind.LOOKUP or "0.01" in answer.answer
