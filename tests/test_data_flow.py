"""docs/data-flow.md tells the truth: each id, span and figure in it is what the code makes of the plan today.

Example: 第3行的“牵头责任单位”位于 18428–18431，文档中也这样写。
"""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.engine import Assistant
from corpus.models import ParsedDocument, Span

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "data-flow.md").read_text(encoding="utf-8")
QUESTION = "十大孔兑项目由哪个局牵头"
ROW = 3


def as_written(span: Span) -> str:
    return f"{span.start}–{span.end}"


def test_the_page_follows_the_reading_of_the_row(plan: ParsedDocument) -> None:
    table = next(table for table in plan.tables if table.name == "项目表")
    row = table.data_rows[ROW - 1]
    told = [plan.info.id, plan.info.status, plan.info.file, f"{len(plan.text):,} characters", table.id]
    told += [f"{len(table.data_rows)} data rows", as_written(row.span)]
    told += [f"{group.label} {group.name}" for group in row.groups]
    for column in table.columns:
        if f"its cell {column.name} " in PAGE:
            cell = next(cell for cell in row.cells if cell.column == column.number)
            told += [f"{as_written(cell.span)}, {cell.text}" if cell.quantity is None else as_written(cell.span)]
    told += [f"{check.stated} stated, {check.computed} computed" for check in table.checks]
    assert [fact for fact in told if fact not in PAGE] == []


def test_the_page_follows_the_index(assistant: Assistant) -> None:
    found = [hit.chunk for hit in assistant.search(QUESTION, 2)]  # there are two such rows
    row = next(chunk for chunk in found if chunk.id in PAGE)
    told = [row.id, row.search_text.split("；建设地点")[0], f"{assistant.index.stamp.chunks} chunks"]
    told += [assistant.index.stamp.model.rpartition("/")[0]]
    assert [fact for fact in told if fact not in PAGE] == []


@pytest.mark.parametrize("number", [1, 2])
def test_the_page_follows_the_answer(assistant: Assistant, number: int) -> None:
    answer = assistant.ask(QUESTION)
    citation = answer.citations[number - 1]
    told = f"| [{citation.index}] | {citation.locator} | {citation.start}–{citation.end} |"
    assert answer.answer.splitlines()[0] in PAGE
    assert told in PAGE
