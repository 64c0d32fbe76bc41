"""A number of things that a question takes for granted is set right by the number that the document writes."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind

# question | as written | as asked
MISCOUNTED = """
“七大行动”分别是什么 | 五大行动 | 七大行动
方案里的四大行动都有谁负责 | 五大行动 | 四大行动
"""


@pytest.mark.parametrize("line", MISCOUNTED.strip().splitlines())
def test_the_number_that_is_written_is_told(assistant: Assistant, line: str) -> None:
    question, written, asked = (part.strip() for part in line.split("|"))
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.REFUSAL
    assert f"“{written}”[1]" in answer.answer and answer.missing == (asked,)
    assert [citation.quote for citation in answer.citations] == [written]


def test_an_ordinal_counts_nothing(assistant: Assistant) -> None:
    assert "没有“25项" not in assistant.ask("第25项重点工程由谁牵头").answer


# question | what the cell says | what was taken for granted
PREMISES = """
绿氢产业项目为什么由水利局牵头 | 能源局 | 水利局
煤制烯烃项目为什么建在乌审旗 | 苏里格经济开发区 | 乌审旗
黄河内蒙古段十大孔兑综合治理项目为什么2026年就完工 | 2022-2030 | 2026
"""


@pytest.mark.parametrize("line", PREMISES.strip().splitlines())
def test_a_value_taken_for_granted_is_set_right(assistant: Assistant, line: str) -> None:
    question, stated, taken = (part.strip() for part in line.split("|"))
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.REFUSAL
    assert stated in answer.answer.splitlines()[0] and answer.citations
    assert any(taken in part for part in answer.missing) or taken in answer.answer
