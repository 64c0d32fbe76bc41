"""Whether the documents agree with themselves is answered from what was compared when the index was built."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant

# question | what the answer says
SAID = """
单位GDP能耗，任务目标部分和指标表的说法一样吗？ | 不一致 1.5吨标煤 1.82吨标煤/万元
再生水利用目标到底是85%还是88%？ | 不一致 85%以上 88%
每千人医疗机构床位数正文和指标表一致吗 | 说法一致 6.8
24项重点工程和项目表一致吗 | 说法一致 24项 24个
项目表的合计对得上吗 | 说法一致 2048.463
碳汇能力巩固提升工程的牵头部门正文和项目表一致吗 | 不一致 市林草局 生态环境局
工业节水增效工程的牵头部门正文和项目表一致吗 | 不相矛盾 市水利局
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in SAID.strip().splitlines()]


@pytest.mark.parametrize(("question", "said"), ROWS)
def test_a_question_about_agreement_names_all_places(assistant: Assistant, question: str, said: str) -> None:
    answer = assistant.ask(question)
    assert [word for word in said.split() if word not in answer.answer] == []
    assert len(answer.citations) >= 2


def test_all_conflicts_are_listed_with_their_number(assistant: Assistant) -> None:
    answer = assistant.ask("文件里有哪些前后不一致的地方")
    assert "共发现8处" in answer.answer
    assert len(answer.conflicts) == 8


@pytest.mark.parametrize(
    ("question", "number"),
    [("牵头单位有哪些地方不一致", 6), ("指标表和正文有哪些不一致", 2), ("有没有前后矛盾的数字", 2)],
)
def test_the_list_keeps_to_what_is_asked(assistant: Assistant, question: str, number: int) -> None:
    assert len(assistant.ask(question).conflicts) == number


def test_what_is_stated_once_is_said_to_stand_alone(assistant: Assistant) -> None:
    answer = assistant.ask("植被覆盖度正文和指标表一致吗")
    assert "只在一处写明" in answer.answer
    assert "＞70" in answer.citations[0].quote


def test_what_is_stated_elsewhere_too_does_not_stand_alone(assistant: Assistant) -> None:
    answer = assistant.ask("生活污水处理率2024年目标，正文各处一致吗").answer
    assert "只在一处写明" not in answer
    assert "各处说法一致" in answer


@pytest.mark.parametrize("question", ["2024年万元GDP能耗要降到多少？", "能耗强度目标是多少"])
def test_a_stated_figure_is_found_under_its_other_names(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert [one.value for one in answer.conflicts[0].statements] == ["1.5", "1.82"]


@pytest.mark.parametrize("question", ["建设时间相同的项目有哪些", "再生水利用目标到底是85%还是90%？"])
def test_what_no_place_states_is_not_answered_by_the_list(assistant: Assistant, question: str) -> None:
    assert not assistant.ask(question).conflicts


# question | the difference
GAPS = """
任务目标里的万元GDP能耗与指标表2024年的数差多少 | 0.32吨标煤
正文水资源行动提的中水利用率，比指标表的目标高几个百分点？ | 3个百分点
"""


@pytest.mark.parametrize("row", GAPS.strip().splitlines())
def test_the_difference_of_text_and_table_is_computed(assistant: Assistant, row: str) -> None:
    question, gap = (part.strip() for part in row.split("|"))
    answer = assistant.ask(question)
    assert f"相差{gap}" in answer.answer
    assert answer.calculation is not None
    assert answer.calculation.expression.endswith(f"= {gap}")


def test_a_count_of_projects_is_no_question_of_agreement(assistant: Assistant) -> None:
    answer = assistant.ask("正文中水土流失综合治理工程的牵头部门，在项目表里牵头了几个项目")
    assert "说法" not in answer.answer


def test_a_share_asked_for_is_a_stated_figure_where_that_is_in_percent(assistant: Assistant) -> None:
    answer = assistant.ask("2024年非常规水资源（中水）利用率定的是百分之几")
    assert [one.value for one in answer.conflicts[0].statements] == ["85以上", "88", "85"]
    assert not assistant.ask("2024年万元GDP能耗占百分之几").conflicts
