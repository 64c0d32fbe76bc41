"""A figure is answered in the unit asked for, with the cell's own figure and the calculation beside it."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind

# question | the first sentence | the expression | also said
ASKED = """
35.79亿元是多少万元 | 35.79亿元合357900万元 | 35.79亿元 × 10000 = 357900万元 |
40万亩等于多少平方公里 | 40万亩约合266.67平方公里 | 40万亩 × 20 ÷ 3 ≈ 266.67平方公里 |
特色文化创作项目计划投资合多少万元 | 0.1亿元合1000万元 | 0.1亿元 × 10000 = 1000万元 | 计划投资是0.1亿元
林草固碳能力监测项目的投资换算成万元是多少 | 7.873亿元合78730万元 | = 78730万元 | 是7.873亿元
沙棘生态减沙工程种植面积是多少公顷 | 216平方公里合21600公顷 | × 100 = 21600公顷 | 种植沙棘216平方公里
新建的围堤合多少米 | 54.376km合54376米 | × 1000 = 54376米 | 新建围堤54.376km
万元GDP水耗2024年是多少公斤 | 44.07吨/万元合44070公斤/万元 | 44070公斤/万元 | 44.07吨/万元
能源局牵头的项目总投资多少万元 | 1541.12亿元合15411200万元 | 1541.12亿元 × 10000 = 15411200万元 | 合计1541.12亿元
污水开发利用项目投资多少万 | 0.28亿元合2800万元 | = 2800万元 | 是0.28亿元
所有项目加一块是多少万亿元 | 2048.463亿元合0.2048463万亿元 | 0.2048463万亿元 | 合计2048.463亿元
现代煤化工产能目标是多少亿吨 | 2500万吨合0.25亿吨 | 2500万吨 × 0.0001 = 0.25亿吨 | 产能达到2500万吨
"""


@pytest.mark.parametrize("line", ASKED.strip().splitlines())
def test_a_figure_is_converted_and_shown_as_stated(assistant: Assistant, line: str) -> None:
    question, first, expression, said = (part.strip() for part in line.split("|"))
    answer = assistant.ask(question)

    assert answer.answer.split("。")[0] == first
    assert answer.calculation is not None
    assert expression in answer.calculation.expression
    assert said in answer.answer
    assert bool(answer.citations) is bool(said)


def test_each_of_several_readings_is_converted(assistant: Assistant) -> None:
    assert assistant.ask("十大孔兑项目投资多少万元").answer.startswith(
        "35.79亿元合357900万元，0.71亿元合7100万元。[1][2]"
    )


def test_a_figure_asked_for_in_its_own_unit_is_left_alone(assistant: Assistant) -> None:
    assert "合" not in assistant.ask("绿氢产业项目投资多少亿元").answer


def test_a_unit_of_another_kind_is_refused_by_name(assistant: Assistant) -> None:
    answer = assistant.ask("绿氢产业项目投资多少公顷")

    assert answer.kind is AnswerKind.REFUSAL
    assert any("公顷" in part for part in answer.missing)


def test_a_row_without_a_unit_says_so(assistant: Assistant) -> None:
    assert "计量单位是（原表没有写）" in assistant.ask("人均预期寿命的单位是什么").answer
