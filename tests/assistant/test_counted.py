"""What is counted, why something is so, and what a group costs are read from what says so, or refused."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind

# question | must stand in the answer
SAID = """
晋陕蒙砒砂岩区十大孔兑沙棘生态减沙工程种多少沙棘 | 种植沙棘216平方公里
退化林修复的任务是多少亩 | 33.4万亩
农业节水增效工程投资多少 | 合计16.5亿元
生态富民工程的投资 | 合计13.7亿元
市科技局负责的指标2020年分别是多少 | （0.81%）[1]；技术市场成交额（亿元）（3.2亿元）
水土流失综合治理工程在正文里怎么说的 | 新建淤地坝147座
黄河内蒙古段十大孔兑综合治理项目、黄河流域淤地坝建设项目、国家水土保持重点建设项目的投资分别是多少 | 6.59亿元
"""


@pytest.mark.parametrize("line", SAID.strip().splitlines())
def test_what_is_counted_is_read_where_it_is_said(assistant: Assistant, line: str) -> None:
    question, said = (part.strip() for part in line.split("|"))
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.LOOKUP
    assert said in answer.answer


@pytest.mark.parametrize("question", ["绿氢产业项目投资为什么这么多", "为什么煤制烯烃由工信局牵头"])
def test_a_row_does_not_say_why(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.REFUSAL
    assert "为什么" in answer.missing[0]


def test_a_number_said_again_and_again_is_answered(assistant: Assistant) -> None:
    assert assistant.ask("第二个" * 600).kind is AnswerKind.REFUSAL
