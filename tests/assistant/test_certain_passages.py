"""What is told though it is asked in other words, once question and passage read together leave no doubt."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from assistant.respond.expected import missing_of_kind
from corpus.folding import fold
from tests.assistant.conftest import OpenPapers

RULES = """# 沐川市停车场和电动自行车管理办法

## 第一章 停车场

第一条 撤除道路停车泊位的，应当提前七日公告，因突发事件撤除的除外。

第二条 学校、幼儿园出入口两侧各五十米范围内不得设置道路停车泊位。

第三条 公共停车场应当接入全市智慧停车平台，实时上传泊位数据。平台由市城市管理部门建设和维护。

## 第二章 电动自行车

第四条 驾驶电动自行车应当年满十六周岁，无需取得驾驶证。

第五条 三格式化粪池有效容积不得小于1.5立方米，每两年清掏一次。

第六条 农民在本市销售自产的瓜果的，可以在指定地点免费经营，不需要办理摊贩登记卡。

第七条 每月第一个星期五为全市“清洁日”。
"""


@pytest.fixture(scope="module")
def rules(open_papers: OpenPapers) -> Assistant:
    return open_papers({"rules.md": RULES})


@pytest.mark.parametrize(
    ("question", "sentence", "missing"),
    [
        ("撤除泊位应提前几日公告", "应当提前七日公告", False),
        ("几日开会", "应当提前七日公告", True),
        ("清洁日定在哪一天", "每月第一个星期五为清洁日", False),
        ("头几个星期不留作业", "前四周不布置书面家庭作业", False),
        ("几个钟头得修好", "一般故障在24小时内修复", False),
        ("几个钟头得修好", "由供水单位负责修复", True),
        ("补几个钱", "每户定额补贴2500元", False),
        ("滞纳金怎么算", "按日加收应缴租金万分之三的滞纳金", False),
        ("怎么算烈性犬", "每户限养犬一只", True),
        ("几年修编一次", "每五年修编一次", False),
        ("坚持哪三步顺序", "坚持“先除险、后清淤、再配套”", False),
    ],
)
def test_figures_and_days_answer_by_whatever_everyday_name_they_are_asked(
    assistant: Assistant, question: str, sentence: str, missing: bool
) -> None:
    alike = assistant.understanding.units.alike

    assert bool(list(missing_of_kind(fold(question), fold(sentence), alike))) is missing


@pytest.mark.parametrize("word", ["西瓜", "山坡", "礼拜", "施工队", "公立医院", "外县"])
def test_everyday_words_are_no_names_of_places_or_bodies(assistant: Assistant, word: str) -> None:
    assert not assistant.understanding.words.is_proper(word)


@pytest.mark.parametrize("word", ["深圳", "太原市", "清华大学", "北京", "财政部", "国务院", "海关总署"])
def test_places_and_bodies_are_known_by_name(assistant: Assistant, word: str) -> None:
    assert assistant.understanding.words.is_proper(word)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("撤除道路停车泊位应提前几日公告？", "七日"),
        ("化粪池最小要做多大", "1.5立方米"),
        ("老家种的西瓜拉进城卖，需要办卡吗？", "不需要"),
        ("幼儿园大门两边多远以内不许画停车位？", "五十米"),
        ("全市“清洁日”定在哪一天", "第一个星期五"),
    ],
)
def test_what_is_certain_is_told_in_whatever_words_it_is_asked(rules: Assistant, question: str, said: str) -> None:
    answer = rules.ask(question)

    assert answer.kind is AnswerKind.PASSAGE
    assert said in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        *(
            f"{place}撤除道路停车泊位应提前几日公告？"
            for place in ("青岛市", "晋中市", "汉中", "滨江", "泗川县", "财政部", "2019年")
        ),
        "骑电动自行车超速罚多少钱？",
    ],
)
def test_another_place_or_year_and_what_is_not_said_are_refused_however_near(rules: Assistant, question: str) -> None:
    assert rules.ask(question).kind is AnswerKind.REFUSAL


def test_the_part_that_answers_is_told_first_not_the_one_that_shares_words(rules: Assistant) -> None:
    first = rules.ask("智慧停车平台由谁建设和维护？").answer.split("原文")[0]

    assert "市城市管理部门" in first
