"""A mean that bounds figures tells rows apart; it is that of all rows, and of no others."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("有多少个项目的投资高于平均数", "高于平均数（约52.52亿元）的项目共8个"),
        ("投资没超过平均数的项目有几个", "不高于平均数（约52.52亿元）的项目共31个"),
        ("投资没有达到平均数的项目有几个", "低于平均数（约52.52亿元）的项目共31个"),
        ("有没有投资超过平均数的项目", "高于平均数（约52.52亿元）的项目共8个"),
        ("高于平均投资的项目有几个", "高于平均数（约52.52亿元）的项目共8个"),
        ("哪些项目的投资比平均数高", "高于平均数（约52.52亿元）的项目共8个"),
        ("投资在平均水平以下的项目有哪些", "低于平均数（约52.52亿元）的项目共31个"),
    ],
)
def test_rows_above_or_below_the_mean_are_counted(assistant: Assistant, question: str, said: str) -> None:
    assert said in assistant.ask(question).answer.split("。")[0]


def test_the_mean_and_those_above_it_are_told_one_after_the_other(assistant: Assistant) -> None:
    told = assistant.ask("平均下来每个项目投资多少亿元？有多少个项目高于这个平均数？").answer
    assert told.index("平均约52.52亿元") < told.index("高于平均数（约52.52亿元）的项目共8个")


@pytest.mark.parametrize("question", ["能源局牵头的项目平均投资多少", "平均每个项目投资多少"])
def test_a_mean_that_is_asked_for_bounds_nothing(assistant: Assistant, question: str) -> None:
    assert "平均约" in assistant.ask(question).answer.split("。")[0]


@pytest.mark.parametrize(
    "question",
    [
        "能源局牵头的项目中投资高于平均数的有几个",  # of which rows the mean is, nobody says
        "哪些指标2024年高于平均数",  # figures in several units have no mean
        "建设时间超过平均工期的项目有几个",
    ],
)
def test_a_mean_of_which_nobody_says_of_what_it_is_bounds_nothing(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).kind is AnswerKind.REFUSAL
