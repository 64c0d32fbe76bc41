"""Things of the kind asked for are read wherever they stand; of another kind of thing nothing is told.

The document is tests/samples/rules/green.
"""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind


def cases(lines: str) -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in line.split("|")) for line in lines.strip().splitlines()]


OTHER_KINDS = """
零碳园区在哪里建设 | 零碳
高速公路养护多少公里 | 高速公路
云坳县的低碳园区在哪里建设 | 云坳县
先行先试的是哪四个区 | 哪四个区
重点支持哪五类项目 | 哪五类项目
工作思路是哪八个字 | 哪八个字
公路养护的施工由谁负责 | 施工
"""


@pytest.mark.parametrize(("question", "missing"), cases(OTHER_KINDS))
def test_what_is_said_of_another_kind_or_number_answers_nothing(green: Assistant, question: str, missing: str) -> None:
    answer = green.ask(question)

    assert answer.kind is AnswerKind.REFUSAL
    assert missing in answer.missing


THE_KIND = """
低碳园区在哪里建设 | 临港新城
农村公路养护多少公里 | 260公里
云湖市的低碳园区在哪里建设 | 临港新城
先行先试的是哪三个区 | 青石区、白沙区、柳河区
支持哪几个区 | 青石区、白沙区、柳河区
哪几处湿地设立观测点 | 鹭鸣湿地、芦荡湿地、雁栖湿地
重点支持哪三类项目 | 供水改造类、污水治理类和河道整治类项目
工作思路是哪十六个字 | 节约优先、系统治理、分类施策、共建共享
植树造林多少万亩 | 12.5万亩
交通局养护多少公里农村公路 | 260公里
治涝要做什么 | 改造排水管网
补好路面由谁组织 | 市交通运输局
"""


@pytest.mark.parametrize(("question", "said"), cases(THE_KIND))
def test_the_very_thing_asked_about_is_told(green: Assistant, question: str, said: str) -> None:
    answer = green.ask(question)

    assert answer.kind is AnswerKind.PASSAGE
    assert said in answer.answer.partition("\n")[0]


@pytest.mark.parametrize(
    ("question", "said"), [("培训中心由谁负责", "市人社局"), ("培训中心什么时候投入使用", "2025年6月底")]
)
def test_a_sentence_without_a_subject_speaks_of_what_stands_before_it(
    green: Assistant, question: str, said: str
) -> None:
    answer = green.ask(question)

    assert answer.kind is AnswerKind.PASSAGE
    assert said in answer.answer.partition("\n")[0]


def test_who_is_in_charge_of_something_before_is_in_charge_of_nothing_else(green: Assistant) -> None:
    assert green.ask("充电站由谁负责").kind is AnswerKind.REFUSAL


def test_a_first_clause_is_content_where_nothing_else_names_anything(green: Assistant) -> None:
    assert "低碳园区" in green.ask("低碳园区核实，由谁负责").answer


@pytest.mark.parametrize("question", ["方案针对哪两大瓶颈问题？", "重点针对的哪两大瓶颈问题制约绿色发展？"])
def test_so_many_things_are_told_where_they_are_so_called(assistant: Assistant, question: str) -> None:
    assert "资源型产业链条短" in assistant.ask(question).answer.partition("\n")[0]


def test_a_bound_is_told_where_a_figure_has_it(assistant: Assistant, green: Assistant) -> None:
    assert assistant.ask("多大规模以下的煤矿要引导退出？").answer.startswith("60万吨/年以下")
    assert green.ask("多大规模以下的农村公路要修补").kind is AnswerKind.REFUSAL
