"""Ranges whose clause says something else of some, figures without a unit, and what stands below each heading."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from tests.assistant.conftest import OpenPapers

RULES = """# 松岭县扶持办法

## 一、村级经费

第一条 村人口3000人以上每年9万元、1000人以上不足3000人每年7万元、不足1000人每年4万元，湖心村不分人口一律每年12万元。

第二条 木材堆场50亩以上由县林场核准、20亩以上不足50亩由镇林站核准、不足20亩由村核准，涉及古树名木的由省林场核准。

第三条 借款期限3年以上的贴息4%，不足3年的贴息1%，逾期部分不贴息。

第四条 采石规模每日900吨以上的矿山，由市级验收；不足900吨的矿山，由县级验收。

第五条 工厂招用残疾职工15人以上的，每年奖励8万元；招用残疾职工不足15人的，每年奖励3万元。
"""
PLAN = """# 松岭县兴业方案

## 一、三大工程

（一）净水工程

1. 泵站更新项目（二期）
更新泵站4座。
2. 水池加固项目
加固水池9座。

（二）亮灯工程

1. 路灯安装项目
安装路灯80盏。

（三）暖房工程

1. 锅炉替换项目
替换锅炉6台。

## 二、保障

（一）监测工程

1. 数据报送项目
每季一次。
"""


@pytest.fixture(scope="module")
def county(open_papers: OpenPapers) -> Assistant:
    return open_papers({"rules.md": RULES, "plan.md": PLAN})


def _head(office: Assistant, question: str) -> str:
    return office.ask(question).answer.split("原文：")[0].split("依据：")[0]


@pytest.mark.parametrize(
    ("question", "reserved"),
    [
        ("湖心村人口2000人每年多少", "湖心村不分人口一律每年12万元"),
        ("涉及古树名木的木材堆场30亩由谁核准", "涉及古树名木的由省林场核准"),
        ("逾期借款期限4年贴息多少", "逾期部分不贴息"),
    ],
)
def test_no_range_is_told_without_what_its_clause_says_else_of_those_asked_for(
    county: Assistant, question: str, reserved: str
) -> None:
    assert reserved in _head(county, question)
    assert "理解。" not in county.ask(question).answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("村人口2000人每年多少", "1000人以上不足3000人每年7万元。"),
        ("木材堆场30亩由谁核准", "20亩以上不足50亩由镇林站核准。"),
        ("工厂招用残疾职工20人每年奖励多少", "招用残疾职工15人以上的，每年奖励8万元。"),
    ],
)
def test_a_range_is_told_alone_where_nothing_else_of_its_clause_is_asked_for(
    county: Assistant, question: str, said: str
) -> None:
    assert said in _head(county, question)


@pytest.mark.parametrize("question", ["总投资80万的矿山由谁验收", "矿山人口2万由谁验收"])
def test_a_figure_without_a_unit_counts_no_tons(county: Assistant, question: str) -> None:
    assert "理解。" not in county.ask(question).answer


def test_a_range_of_some_people_is_none_of_all(county: Assistant) -> None:
    assert "理解。" not in county.ask("工厂招用职工20人每年奖励多少").answer


def test_a_name_counts_below_its_heading_with_a_bracket_behind_it(county: Assistant) -> None:
    head = _head(county, "三大工程各有哪些项目")

    assert "净水工程[1]，共2项：泵站更新项目（二期）[2]、水池加固项目[3]" in head
    assert "监测工程" not in head


def test_headings_apart_from_each_other_are_not_counted_together(county: Assistant) -> None:
    answer = county.ask("四大工程各有哪些项目")

    assert answer.kind is AnswerKind.REFUSAL
    assert "监测工程[" not in answer.answer
