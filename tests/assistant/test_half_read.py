"""What is not read wholly is refused: half of an amount or of a condition would be another question."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind

HALVES = [
    "除水利局外投资不是3亿元的项目有几个",
    "投资超过5千万元的项目有哪些",
    "投资超过1亿5000万元的项目有几个",
    "投资3亿元和5亿元的项目有哪些",
    "投资在5亿以上或1亿以下的项目有几个",
    "投资10多亿元的项目有几个",
]


@pytest.mark.parametrize("question", HALVES)
def test_an_amount_or_a_condition_that_is_half_read_sets_none(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).kind is AnswerKind.REFUSAL


def test_a_spoken_amount_is_read_wholly(assistant: Assistant) -> None:
    assert "能源局1541.12亿元" in assistant.ask("总投资超过10个亿的单位有哪些").answer
