"""A shortened name is written in full where it is unmistakable, and another word for a thing in the tables' own."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind

# question | as understood | must stand in the first paragraph
SHORT = """
现代能源行动有哪些项目 | 现代能源经济高质量发展提速行动有哪些项目 | 共8个
荒漠化防治那个行动有几个项目 | 强化荒漠化防治提质增效行动有几个项目 | 共11个
水资源行动的项目总投资 | 水资源集约高效利用行动的项目总投资 | 32.37亿元
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in SHORT.strip().splitlines()]


@pytest.mark.parametrize(("question", "understood", "said"), ROWS)
def test_a_short_name_stands_for_the_only_full_one(
    assistant: Assistant, question: str, understood: str, said: str
) -> None:
    answer = assistant.ask(question)

    assert answer.standalone == understood
    assert said in answer.answer.split("\n\n")[0]


@pytest.mark.parametrize("question", ["乡村振兴行动的总投资", "防沙治沙行动的总投资", "平安建设行动有几个项目"])
def test_a_name_that_no_group_bears_is_not_taken_for_another(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)

    assert answer.standalone == question
    assert answer.kind is AnswerKind.REFUSAL


def test_the_full_name_is_said_beside_the_answer(assistant: Assistant) -> None:
    assert "按“现代能源经济高质量发展提速行动”理解。" in assistant.ask("现代能源行动有哪些项目").answer


def test_which_group_a_row_belongs_to_can_be_asked_by_the_last_word_of_its_label(assistant: Assistant) -> None:
    assert "现代能源经济高质量发展提速行动" in assistant.ask("绿氢产业项目属于哪个行动").answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("高企培育项目的投资是多少", "0.2亿元"),
        ("万元地区生产总值用水量2020年是多少", "47.07吨/万元"),
        ("R&D占GDP比重2020年", "0.81%"),
    ],
)
def test_the_name_that_holds_every_word_is_meant(assistant: Assistant, question: str, said: str) -> None:
    assert said in assistant.ask(question).answer.split("\n")[0]


def test_a_part_of_a_name_is_not_what_is_asked(assistant: Assistant) -> None:
    assert assistant.ask("鄂尔多斯市的常住人口有多少？").kind is AnswerKind.REFUSAL


def test_letters_joined_by_a_sign_are_one_word(assistant: Assistant) -> None:
    answer = assistant.ask("R&D占GDP比重2020年")

    assert "环境治理" not in answer.answer.split("\n")[0]
