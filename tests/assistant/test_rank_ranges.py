"""Places of an order from one to another, and what is asked behind them; everyday frames of a question on the plan."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind


def _head(assistant: Assistant, question: str, *history: str) -> str:
    return assistant.ask(question, list(history)).answer.split("原文：")[0].split("依据：")[0]


@pytest.mark.parametrize("question", ["投资排第六到第八的项目有哪些", "投资第6至第8名的项目"])
def test_places_from_one_to_another_are_told_and_no_others(assistant: Assistant, question: str) -> None:
    head = _head(assistant, question)

    assert "排第6到第8的3个" in head
    assert all(figure in head for figure in ("146.27亿元", "90亿元", "60亿元"))
    assert "170.58" not in head


@pytest.mark.parametrize(
    ("history", "question", "standalone"),
    [
        (["投资排前五的项目"], "再往下三个呢", "投资排第6到第8名的项目"),
        (["投资最大的三个项目是啥"], "再往下数五个", "投资排第4到第8名项目是啥"),
        (["投资排前五的项目", "再往下三个呢"], "接下来的两个呢", "投资排第9到第10名的项目"),
        (
            ["投资排前五的项目", "再往下三个呢"],
            "这八个里头工信局牵头的是哪几个",
            "投资排前8的项目中工信局牵头的是哪几个",
        ),
    ],
)
def test_the_places_behind_those_told_are_asked_by_their_numbers(
    assistant: Assistant, history: list[str], question: str, standalone: str
) -> None:
    assert assistant.ask(question, history).standalone == standalone


def test_no_more_are_asked_behind_the_smallest(assistant: Assistant) -> None:
    assert "排第" not in assistant.ask("再往下两个", ["投资最少的三个项目"]).standalone


def test_no_month_is_told_of_a_row_that_has_years_alone(assistant: Assistant) -> None:
    answer = assistant.ask("华星煤制气几月份开工")

    assert answer.kind is AnswerKind.REFUSAL
    assert any("几月" in part for part in answer.missing)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("五大行动各自要投多少亿，帮我拉一下", "现代能源经济高质量发展提速行动1441.63亿元"),
        ("五大行动总投资各是多少", "创新驱动发展能力建设促进行动17亿元"),
        ("万元GDP能耗24年降到多少？正文和指标表对得上不", "1.82吨标煤/万元"),
        ("工业节水那条整段发我", "坚持以水定产"),
        ("24项重点工程全列出来", "共24个"),
        ("五大行动底下各有哪些工程，24项全列出来", "强化荒漠化防治提质增效行动[1]，共6项：防沙治沙和盐碱化治理工程[2]"),
        ("园区产值能力目标是2020年的几倍", "6.81倍"),
        ("能源局牵头的项目总共多少投资，占全盘子百分之几", "75.23%"),
        ("指标表里市水利局背的指标都有哪些", "共4项"),
        ("万人发明专利这个指标归哪家管", "责任单位是市场监管局"),
        ("建设地点里点了乌审旗名的项目有哪些，合起来多少亿", "合计410.61亿元"),
    ],
)
def test_what_stands_around_a_question_changes_nothing_of_it(assistant: Assistant, question: str, said: str) -> None:
    assert said in _head(assistant, question)
