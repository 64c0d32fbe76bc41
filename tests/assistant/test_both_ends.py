"""A question for the first and the last of an order is answered with both, never with one of them alone."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from assistant.understand.extremes import both_ends

# question | the two that must be told
ASKED = """
哪个局牵头的项目最多，哪个最少 | 项目最多的是水利局，9个 | 项目最少的是住建局、乡村振兴局，1个
牵头项目最多和最少的单位各是谁？ | 项目最多的是水利局 | 项目最少的是住建局
投资最大的项目和最小的项目分别是哪个 | 最大的是：“光伏+生态治理”项目 | 最小的是：特色文化创作项目
煤制烯烃、绿氢产业和火电灵活性改造三个项目谁投资最多谁最少 | 276亿元[1]最多 | 146.27亿元[3]最少
绿氢、煤制烯烃和火电灵活性改造比一比，谁投资最多谁最少 | “煤制烯烃” | 146.27亿元[3]最少
哪个局牵头的项目总投资最大，第二是谁 | 合计最多的是能源局，1541.12亿元 | 合计排第2的是工信局，336.76亿元
水利局牵头的项目里，工期最长和投资最大的分别是哪个 | 跨度最大的是：重点河湖水生态 | 投资最大的是：黄河内蒙古段
工期最长和投资最小的项目分别是哪个 | 跨度最大的是：重点河湖水生态综合治理项目 | 投资最小的是：特色文化创作项目
水利局牵头的项目里，投资最小的和最大的各是哪个 | 最小的是：晋陕蒙砒砂岩区 | 最大的是：黄河内蒙古段
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in ASKED.strip().splitlines()]


@pytest.mark.parametrize(("question", "one", "other"), ROWS)
def test_both_ends_are_told_in_the_order_asked(assistant: Assistant, question: str, one: str, other: str) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.LOOKUP
    assert 0 <= answer.answer.find(one) < answer.answer.find(other)


@pytest.mark.parametrize(
    "question",
    [
        "投资最大的项目和最小的项目相差多少",  # one figure of both
        "投资最大的项目是最小的几倍",
        "哪个局牵头的项目最多",
        "投资最多的五个项目里哪个工期最短",  # the end of one order among the first of another
        "哪个行动投资最大，哪个项目最小",  # two questions about different things
        "哪个局投资最多，哪个局项目最少",
    ],
)
def test_what_is_computed_of_both_or_asks_for_one_end_stays_one_question(question: str) -> None:
    assert both_ends(question) == ()


def test_two_ends_of_different_measures_are_each_told(assistant: Assistant) -> None:
    answer = assistant.ask("哪个局投资最多，哪个局项目最少").answer

    assert "合计最多的是能源局" in answer
    assert "项目最少的是住建局、乡村振兴局，1个" in answer


def test_how_far_both_ends_lie_apart_is_told_beside_them(assistant: Assistant) -> None:
    answer = assistant.ask("39个项目里哪个投资最大，哪个最小，差多少亿？")

    assert answer.answer.endswith("两者相差405.9亿元。")
    assert answer.missing == ()


def test_ends_are_told_where_how_far_they_lie_apart_is_not(assistant: Assistant) -> None:
    answer = assistant.ask("哪个局牵头的项目最多，哪个最少，差多少")

    assert "项目最多的是水利局，9个" in answer.answer
    assert "差多少" in answer.missing


@pytest.mark.parametrize(
    ("question", "difference"),
    [
        ("24项重点工程里，哪一项的项目投资合计最高？比排第二的高多少亿元？", "17.05亿元"),
        ("哪个项目投资最大，比第二的多多少", "38亿元"),
    ],
)
def test_how_far_the_first_lies_before_the_second_is_told(assistant: Assistant, question: str, difference: str) -> None:
    assert assistant.ask(question).answer.endswith(f"两者相差{difference}。")
