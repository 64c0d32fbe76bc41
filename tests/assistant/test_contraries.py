"""What is said of one kind of a thing answers nothing about another: 民办 and 公办, 大型 and 小型, least and most."""

from __future__ import annotations

import tomllib
from itertools import chain
from pathlib import Path

import pytest

import corpus.knowledge
from assistant.engine import Assistant
from assistant.models import AnswerKind
from tests.assistant.conftest import OpenPapers

RULES = """# 云汀市养老、养犬和停车管理办法

第一条 民办养老机构新建床位的，由市财政按每张床位8000元给予一次性建设补助。

第二条 公办养老机构优先接收特困人员，收费标准由市发展改革部门核定，每两年调整一次。

第三条 携犬出户应当使用长度不超过1.5米的牵引绳；大型犬不得进入公园和农贸市场。

第四条 流浪犬由城市管理部门收容，收容满十五日无人认领的，按无主犬处理。

第五条 允许学校停车场夜间对外开放，收费由市发展改革部门规定。

第六条 成年人驾驶电动自行车可以搭载一名未成年人；未成年人应当佩戴头盔。

第七条 农村生活垃圾由城市管理部门统一运输，每周两次。

第八条 因病致贫家庭一个年度内自付费用超过2万元的部分，按60%给予医疗救助，年度最高不超过8万元。

第八条 大中型停车场的泊位由公安机关核定。

第九条 国内外专家来本市工作的，租房每月补贴2000元；多层次人才公寓向高层次人才开放，租房每月补贴3000元。
"""


@pytest.fixture(scope="module")
def rules(open_papers: OpenPapers) -> Assistant:
    return open_papers({"rules.md": RULES})


@pytest.mark.parametrize(
    "question",
    [
        "公办养老机构新建床位一张补多少钱",
        "民办养老机构的收费标准由谁核定",
        "小型犬能进公园吗",
        "流浪猫由谁收容",
        "学校停车场白天对外开放吗",
        "牵引绳最短要多长",
        "城市生活垃圾一周运输几次",  # 城市管理部门 is no word of the city's waste
    ],
)
def test_another_kind_and_the_other_end_are_refused(rules: Assistant, question: str) -> None:
    assert rules.ask(question).kind is AnswerKind.REFUSAL


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("民办养老机构新建床位一张补多少钱", "8000元"),
        ("公立养老机构的收费标准由谁核定", "市发展改革部门"),
        ("大型犬能进公园吗", "不得进入公园"),
        ("流浪狗由谁收容", "城市管理部门"),
        ("学校停车场晚上对外开放吗", "夜间对外开放"),
        ("牵引绳最长多长", "1.5米"),
        ("农村生活垃圾一周运输几次", "每周两次"),
        ("未成年人应当佩戴什么", "头盔"),
    ],
)
def test_the_kind_itself_is_answered_in_whatever_word(rules: Assistant, question: str, said: str) -> None:
    assert said in rules.ask(question).answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("大型停车场由谁核定泊位", "公安机关"),
        ("国外专家租房补多少", "2000元"),
        ("高层次人才租房补多少", "3000元"),
    ],
)
def test_a_word_of_two_kinds_is_of_both_and_one_within_a_longer_word_of_none(
    rules: Assistant, question: str, said: str
) -> None:
    assert said in rules.ask(question).answer


def test_no_kind_is_listed_twice_and_joined_words_are_of_two_kinds_alone() -> None:
    text = (Path(corpus.knowledge.__path__[0]) / "contraries.toml").read_text(encoding="utf-8")

    for kinds in tomllib.loads(text)["kinds"]:
        assert len(kinds) > 1
        assert all(len(words) == len(set(words)) for words in kinds)
        assert all(set(one) - set(chain.from_iterable(other for other in kinds if other is not one)) for one in kinds)
