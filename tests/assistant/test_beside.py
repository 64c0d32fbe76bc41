"""What stands below the heading of one thing is not told of another whose heading stands beside it."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from tests.assistant.conftest import OpenPapers

RULES = """关于开展社区早餐服务的通知

一、早餐机构

（一）早餐门店。使用面积不少于80平方米，座位不少于24个，每周营业不少于6天。

（二）早餐车位。使用面积不少于6平方米，可以不设厨房，由早餐门店配送。

（三）卫生。早餐门店应当取得许可证，食品留样不少于125克。

二、早餐补贴

（一）补贴标准。
1. 65至74周岁的老年人，每人每餐补贴1元。
2. 75周岁及以上的老年人，每人每餐补贴3元。

（二）送餐补贴。对75周岁以上独居老年人上门送餐的，每单补贴送餐费5元。
"""

SCHOOLS = """# 关于做好招生工作的通知

## 一、招生计划

| 学校 | 学段 | 班数（个） | 计划招生（人） |
|---|---|---|---|
| 县第一小学 | 小学 | 8 | 360 |
| 县实验小学 | 小学 | 6 | 270 |
| 城北小学 | 小学 | 4 | 180 |
| 县第二中学 | 初中 | 10 | 500 |
"""


@pytest.fixture(scope="module")
def rules(open_papers: OpenPapers) -> Assistant:
    return open_papers({"rules.txt": RULES, "schools.md": SCHOOLS})


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("早餐门店使用面积不少于多少平方米", "80平方米"),
        ("早餐车位使用面积不少于多少平方米", "6平方米"),
        ("早餐门店的食品留样不少于多少克", "125克"),
        ("早餐门店座位不少于多少个", "24个"),
    ],
)
def test_a_thing_is_told_what_stands_under_it(rules: Assistant, question: str, said: str) -> None:
    assert said in rules.ask(question).answer


def test_a_figure_of_the_thing_beside_is_not_told(rules: Assistant) -> None:
    assert rules.ask("早餐车位座位不少于多少个").kind is AnswerKind.REFUSAL


def test_an_item_of_one_sentence_that_states_a_figure_is_told(rules: Assistant) -> None:
    answer = rules.ask("75周岁及以上的老年人每人每餐补贴多少元").answer

    assert "每餐补贴3元" in answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("县实验小学计划招生多少人", "270人"),
        ("县第一小学计划招生多少人", "360人"),
        ("城北小学计划招生多少人", "180人"),
        ("小学计划招生一共多少人", "810"),
        ("小学有几所", "3"),
    ],
)
def test_a_value_within_the_name_of_a_row_counts_no_rows(rules: Assistant, question: str, said: str) -> None:
    assert said in rules.ask(question).answer
