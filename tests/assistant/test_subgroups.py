"""Groups under groups are counted from the group rows, and what is asked of each group is told of each."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind


@pytest.mark.parametrize(
    "question",
    [
        "哪个行动的重点工程最少",
        "五大行动中，重点工程数量最少的是哪一个",
        "五大行动之中，下设重点工程项数最少的是哪个行动",
        "五大行动里哪个重点工程最少",
    ],
)
def test_the_group_with_least_groups_is_told_by_them(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)

    assert answer.answer.startswith("重点工程最少的是创新驱动发展能力建设促进行动3个（")
    assert len(answer.citations) == 3


def test_a_number_of_outer_groups_that_is_not_theirs_is_denied(assistant: Assistant) -> None:
    assert assistant.ask("四大行动哪个重点工程最多").kind is AnswerKind.REFUSAL


def test_each_group_is_told_with_its_groups(assistant: Assistant) -> None:
    answer = assistant.ask("五大行动各有几项重点工程")

    assert [part.split("个（")[0][-1] for part in answer.answer.split("；")] == ["6", "6", "5", "4", "3"]
    assert len(answer.citations) == 24


@pytest.mark.parametrize("question", ["五大行动共24项重点工程，每个行动各有几项", "五大行动各有几项重点工程"])
def test_the_number_of_all_may_be_said_before(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).answer.startswith("强化荒漠化防治提质增效行动6个（")


def test_groups_are_shared_out_among_groups(assistant: Assistant) -> None:
    answer = assistant.ask("每个重点行动平均有几个重点工程")

    assert answer.answer.startswith("5个重点行动共有24个重点工程，平均每个4.8个：")


def test_rows_under_a_group_are_no_groups(assistant: Assistant) -> None:
    assert "11个" in assistant.ask("哪个行动的项目最多").answer
    assert "39" not in assistant.ask("五大行动各有几项重点工程").answer


@pytest.mark.parametrize(
    "question",
    ["五大行动各自投资最大的项目是哪个", "每个行动里投资最大的项目是哪个", "五大行动分别投资最大的项目是哪个"],
)
def test_what_is_first_under_each_group_is_told_of_each(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.LOOKUP
    for name in ("“光伏+生态治理”项目", "农牧业高效节水建设项目", "华星40亿立方米", "优质景区提升工程项目", "“三清零”"):
        assert name in answer.answer


def test_what_is_first_under_each_group_is_told_within_a_condition(assistant: Assistant) -> None:
    answer = assistant.ask("五大行动中2022年开工、各自投资最大的项目是哪个")

    assert len({citation.locator for citation in answer.citations}) == 5
    assert answer.answer.count("起始年为2022年") == 5


def test_what_is_first_of_all_is_told_of_no_group(assistant: Assistant) -> None:
    answer = assistant.ask("五大行动里投资最大的项目是哪个")

    assert len(answer.citations) == 1
    assert "406亿元" in answer.answer


def test_another_number_of_groups_is_put_right(assistant: Assistant) -> None:
    assert assistant.ask("六大行动各自投资最大的项目是哪个").kind is AnswerKind.REFUSAL
