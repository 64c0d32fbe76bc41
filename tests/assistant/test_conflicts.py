"""What two places state of one thing is shown from both, whichever side was asked, and called by its name."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant

# question | what the places state
DIFFER = """
碳汇能力巩固提升工程由谁牵头 | 市林草局 生态环境局
林草固碳能力监测项目由谁牵头 | 市林草局 生态环境局
农牧业节能降碳工程由哪个单位牵头 | 市农牧局 水利局
农村牧区人居环境整治工程由谁牵头 | 市农牧局、市乡村振兴局 乡村振兴局
重点高耗能行业节能降耗工程的牵头部门是谁 | 市能源局 生态环境局 能源局
单位国内生产总值能耗2024年目标是多少 | 1.5 1.82
到2024年中水利用率要达到多少 | 85以上 88 85
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in DIFFER.strip().splitlines()]


@pytest.mark.parametrize(("question", "values"), ROWS)
def test_both_sides_are_shown_with_their_places(assistant: Assistant, question: str, values: str) -> None:
    answer = assistant.ask(question)
    (conflict,) = answer.conflicts

    assert [statement.value for statement in conflict.statements] == values.split()
    quotes = {citation.index: "".join(citation.quote.split()) for citation in answer.citations}
    assert all(one.value.removesuffix("以上") in quotes[one.citation] for one in conflict.statements)
    assert "不一致" in answer.answer


AGREE = """
水土流失综合治理工程由谁牵头
空气质量达到及好于二级的天数占全年的比重2024年目标是多少
农业灌溉水有效利用系数2024年要提高到多少
城市生活污水集中处理率2024年目标是多少
非化石能源消费比重2024年目标是多少
"""


@pytest.mark.parametrize("question", AGREE.strip().splitlines())
def test_places_that_agree_are_no_conflict(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert not answer.conflicts
    assert "不一致" not in answer.answer


def test_figures_that_agree_are_cited_from_every_place(assistant: Assistant) -> None:
    answer = assistant.ask("城市生活污水集中处理率2024年目标是多少")
    assert "说法一致" in answer.answer
    assert len(answer.citations) == 3


def test_one_of_several_leaders_in_the_table_is_shown_and_is_no_conflict(assistant: Assistant) -> None:
    answer = assistant.ask("工业节水增效工程由谁牵头")
    assert "写法不同" in answer.answer
    assert not answer.conflicts


@pytest.mark.parametrize(
    "question",
    [
        "单位国内生产总值能耗2020年是多少",
        "单位国内生产总值能耗的责任单位是谁",
        "林草固碳能力监测项目投资多少",
        "杭锦旗库布齐沿黄生态带治理工程属于哪项重点工程",
        "生态环境局牵头哪些项目",
        "市水利局负责的指标有几个",
        "鄂尔多斯市库布齐-毛乌素沙漠沙化地综合防治重点项目（一期）由谁牵头",
    ],
)
def test_a_conflict_that_was_not_asked_about_is_not_shown(assistant: Assistant, question: str) -> None:
    assert not assistant.ask(question).conflicts
