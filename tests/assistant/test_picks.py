"""Rows that an order picks are those that are averaged, shared and counted; what stands behind is asked of them."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind

# question | must stand in the answer | rows cited
CASES = """
投资前三的项目平均投资多少 | 368.09亿元 | 3
投资最大的三个项目的平均投资是多少 | 368.09亿元 | 3
平均来看，投资前3的项目投资多少 | 368.09亿元 | 3
水利局牵头的投资前三的项目平均投资多少 | 17.48亿元 | 3
投资最大的5个项目总投资是多少 | 1550.85亿元 | 5
水利局牵头的投资最大的3个项目一共投资多少 | 52.44亿元 | 3
投资前三的项目占全部投资的百分之几 | 53.91% | 3
投资最大的三个项目占总投资的比例 | 53.91% | 3
投资前十的项目里能源局牵头的总投资多少 | 共7个，2025年前计划投资合计1541.12亿元 | 7
投资最大的10个项目中能源局牵头的有几个 | 共7个 | 7
投资前十的项目中哪些是能源局牵头的 | 共7个 | 7
投资前五的项目中水利局牵头的有几个 | 项目表中没有“2025年前计划投资”最大的5个中“牵头责任单位”含水利局的项目 | 0
投资排名前五的项目里，由水利局牵头的有哪些 | 项目表中没有“2025年前计划投资”最大的5个中“牵头责任单位”含水利局的项目 | 0
投资最大的5个项目里水利局牵头的有几个 | 项目表中没有“2025年前计划投资”最大的5个中“牵头责任单位”含水利局的项目 | 0
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in CASES.strip().splitlines()]


@pytest.mark.parametrize(("question", "said", "cited"), ROWS)
def test_what_is_asked_is_asked_of_the_rows_picked(assistant: Assistant, question: str, said: str, cited: str) -> None:
    answer = assistant.ask(question)
    assert said in answer.answer
    assert len(answer.citations) == int(cited)


def test_the_smallest_are_picked_from_the_end(assistant: Assistant) -> None:
    smallest = assistant.ask("投资最小的3个项目的平均投资").answer
    assert "最小的3个项目" in smallest
    assert "368.09" not in smallest


@pytest.mark.parametrize(
    "question",
    [
        "投资前五的项目中投资超过300亿元的有几个",
        "水利局牵头的投资前五的项目中能源局牵头的有几个",
    ],
)
def test_a_scope_not_heard_wholly_is_refused(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).kind in (AnswerKind.REFUSAL, AnswerKind.CLARIFY)
