"""A follow-up is completed from the questions before it, and shown as understood."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind

CASES = """
绿氢产业项目由谁牵头 | 投资呢 | 170.58
绿氢产业项目由谁牵头 | 它的建设时间是什么 | 2022-2024
技术市场成交额2020年是多少 | 2024年呢 | 8亿元
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in CASES.strip().splitlines()]


@pytest.mark.parametrize(("before", "question", "said"), ROWS)
def test_the_subject_is_carried_over(assistant: Assistant, before: str, question: str, said: str) -> None:
    answer = assistant.ask(question, [before])

    assert answer.standalone != question
    assert said in answer.answer


def test_a_question_of_its_own_is_left_alone(assistant: Assistant) -> None:
    answer = assistant.ask("技术市场成交额2020年是多少", ["绿氢产业项目由谁牵头"])

    assert answer.standalone == "技术市场成交额2020年是多少"


@pytest.mark.parametrize("question", ["你好", "你能做什么？", "您好！"])
def test_a_greeting_gets_a_short_reply(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).kind is AnswerKind.CHAT
