"""What the text and a table state differently about a work's lead agency is shown from both places."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from corpus.models import ParsedDocument

# work | what the text says | what the table's rows say
CASES = """
碳汇能力巩固提升工程由谁牵头 | 市林草局 | 生态环境局
农牧业节能降碳工程由哪个单位牵头 | 市农牧局 | 水利局
重点高耗能行业节能降耗工程的牵头部门是谁 | 市能源局 | 生态环境局
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in CASES.strip().splitlines()]


@pytest.mark.parametrize(("question", "text", "table"), ROWS)
def test_both_sides_are_shown_with_their_places(
    assistant: Assistant, plan: ParsedDocument, question: str, text: str, table: str
) -> None:
    answer = assistant.ask(question)
    (conflict,) = answer.conflicts

    assert conflict.statements[0].value == text
    assert table in [statement.value for statement in conflict.statements[1:]]
    quotes = {citation.index: citation.quote for citation in answer.citations}
    assert all(statement.value in quotes[statement.citation] for statement in conflict.statements)
    assert "不一致" in answer.answer


def test_the_same_agency_under_another_name_is_no_conflict(assistant: Assistant) -> None:
    assert not assistant.ask("水土流失综合治理工程由谁牵头").conflicts
