"""Conversations that change their subject or name what the documents do not, over documents nobody prepared for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.models import Answer, AnswerKind
from assistant.settings import Settings
from index.build import build_index
from index.embedder import open_embedder

FILES = {
    "补贴通知.txt": """丙市民政局关于做好家庭改造补贴工作的通知

一、办理程序

（一）申请。老年人向户籍所在地社区提出申请，提交申请表和身份证复印件。

（二）审核。街道自收到申请之日起10个工作日内完成核查，并在社区公示5天。

（三）评估。由第三方机构入户评估，评估费用每户不超过200元。

二、工作要求

市民政局负责统筹协调，市残联负责提供信息比对，市卫生健康委负责失能等级评定。
""",
    "养护办法.txt": """丁县农村公路养护办法

第一条　县道的日常巡查每周不少于2次，乡道每周不少于1次，村道每月不少于2次。

第二条　四类桥梁、五类桥梁应当立即采取限载措施；五类桥梁应当同时封闭交通，并在1年内完成加固。

第三条　在岗养护员每人每月补助1800元，对优秀的博士每人补助3万元。

第四条　县财政局负责落实养护资金。
""",
    "任务表.md": """# 戊区内涝治理重点任务

| 序号 | 任务 | 牵头单位 | 完成时限 | 投资（万元） |
|---|---|---|---|---|
| 1 | 青荷公园调蓄池建设 | 区水务局 | 2026年12月底 | 9600 |
| 2 | 北门下沉绿地建设 | 区城管局 | 2026年9月底 | 1180 |
| 3 | 沙湾泵站扩建 | 区水务局 | 2026年8月底 | 3750 |
| 4 | 渡口泵站新建 | 区水务局 | 2026年12月底 | 5200 |
""",
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, plan_settings: Settings) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("files")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    store = tmp_path_factory.mktemp("topics")
    build_index(folder, store, open_embedder("default", plan_settings.models))
    opened = Assistant.open(settings=Settings(index=store, models=plan_settings.models))
    yield opened
    opened.close()


def rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in line.split("|")) for line in table.strip().splitlines()]


def ask(office: Assistant, turns: str) -> Answer:
    *history, question = (turn.strip() for turn in turns.split("→"))
    return office.ask(question, history)


@pytest.mark.parametrize(
    ("turns", "said"),
    rows("""
    五类桥梁要采取什么措施 → 公示几天 | 5天
    青荷公园调蓄池建设由谁牵头 → 评估费用每户多少 | 200元
    """),
)
def test_a_question_that_only_its_own_words_answer_is_not_filled_in(office: Assistant, turns: str, said: str) -> None:
    answer = ask(office, turns)

    assert answer.standalone == turns.rpartition("→")[2].strip()
    assert said in answer.answer


@pytest.mark.parametrize(
    ("turns", "alone"),
    rows("""
    五类桥梁多久完成加固 → 三类桥梁呢 | 三类桥梁多久完成加固
    五类桥梁多久完成加固 → 四类的呢 | 四类桥梁多久完成加固
    优秀的博士补助多少 → 硕士呢 | 优秀的硕士补助多少
    市残联负责什么 → 市医保局呢 | 市医保局负责什么
    市残联负责什么 → 区财政局呢 | 区财政局负责什么
    """),
)
def test_what_a_follow_up_names_anew_is_refused_where_nothing_says_it(
    office: Assistant, turns: str, alone: str
) -> None:
    answer = ask(office, turns)

    assert answer.standalone == alone
    assert answer.kind is AnswerKind.REFUSAL


@pytest.mark.parametrize(
    ("turns", "alone", "said"),
    rows("""
    市残联负责什么 → 市卫生健康委呢 | 市卫生健康委负责什么 | 失能等级评定
    县道每周巡查几次 → 乡道呢 | 乡道每周巡查几次 | 1次
    青荷公园调蓄池容积多大 → 由谁牵头 | 青荷公园调蓄池由谁牵头 | 区水务局
    """),
)
def test_what_a_follow_up_names_anew_is_answered_where_it_is_said(
    office: Assistant, turns: str, alone: str, said: str
) -> None:
    answer = ask(office, turns)

    assert answer.standalone == alone
    assert said in answer.answer


@pytest.mark.parametrize(
    ("turns", "alone", "said"),
    rows("""
    区水务局牵头的任务有哪些 → 第二个投资多少 → 这三项一共投资多少 | 区水务局牵头的任务一共投资多少 | 18550
    沙湾泵站扩建投资多少 → 渡口泵站新建呢 → 它们一共投资多少 | 沙湾泵站扩建和渡口泵站新建一共投资多少 | 8950
    北门下沉绿地建设由谁牵头 → 他们还牵头哪些任务 | 区城管局还牵头哪些任务 | 北门下沉绿地
    """),
)
def test_a_number_of_things_and_who_does_them_point_back(office: Assistant, turns: str, alone: str, said: str) -> None:
    answer = ask(office, turns)

    assert answer.standalone == alone
    assert said in answer.answer
