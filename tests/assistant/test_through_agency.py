"""An agency that is told by what it leads is found first, and then asked of."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind


@pytest.mark.parametrize(
    "question",
    [
        "水土流失综合治理工程的牵头部门一共牵头几个项目？",
        "牵头十大孔兑项目的局一共牵头几个项目",
        "十大孔兑项目由谁牵头？该单位一共牵头几个项目？",
        "与十大孔兑项目牵头单位相同的项目有几个",
        "水利局是十大孔兑项目的牵头单位，它名下有几个项目",
        "牵头项目最多的单位在项目表里牵头了几个项目",
    ],
)
def test_who_it_is_and_what_it_leads_are_both_told(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)

    assert "水利局" in answer.answer.splitlines()[0]
    assert "“牵头责任单位”含水利局的项目共9个" in answer.answer


def test_an_indicator_tells_who_leads_rows_of_another_table(assistant: Assistant) -> None:
    answer = assistant.ask("库布齐沙漠治理率指标的责任单位牵头的项目总投资是多少？")

    assert "9.67亿元" in answer.answer
    assert answer.citations[0].locator.startswith("二、 指标表 第36行")


def test_each_of_two_agencies_that_places_state_is_asked_of(assistant: Assistant) -> None:
    answer = assistant.ask("碳汇能力巩固提升工程的牵头单位还牵头什么项目")

    assert answer.conflicts
    assert "含林草局的项目共4个" in answer.answer
    assert "含生态环境局的项目共2个" in answer.answer


def test_a_unit_spoken_of_is_asked_of_in_the_next_question_too(assistant: Assistant) -> None:
    answer = assistant.ask("该单位牵头几个项目？", ("绿氢产业项目由谁牵头",))

    assert "含能源局的项目共7个" in answer.answer


def test_nobody_is_asked_of_where_who_it_is_stands_nowhere(assistant: Assistant) -> None:
    assert assistant.ask("引黄入城项目的牵头单位牵头了几个项目").kind is AnswerKind.REFUSAL


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("哪个牵头单位牵头的项目最多", "项目最多的是水利局，9个"),
        ("牵头单位牵头的项目有几个", "共39个"),
        ("水利局和能源局以外的单位牵头的项目有几个", "共23个"),
        ("十大孔兑项目的牵头单位是谁，投资多少", "36.5亿元"),
    ],
)
def test_what_names_nothing_that_it_leads_is_one_question(assistant: Assistant, question: str, told: str) -> None:
    answer = assistant.ask(question)

    assert told in answer.answer
    assert "含水利局的项目" not in answer.answer
