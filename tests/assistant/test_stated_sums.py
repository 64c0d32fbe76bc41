"""Figures of the running text are added, compared and subtracted where each is stated once, exactly and in one unit.

The document is tests/samples/rules/green.
"""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind


def cases(lines: str) -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in line.split("|")) for line in lines.strip().splitlines()]


# question | what the answer begins with | its calculation
COMPUTED = """
植树造林和草地修复一共多少万亩 | 合计15.7万亩：植树造林12.5万亩[1]，草地修复3.2万亩[2]。 | 12.5 + 3.2 = 15.7万亩
植树造林比草地修复多多少万亩 | 前者比后者多9.3万亩 | 12.5 - 3.2 = 9.3万亩
草地修复比植树造林少多少万亩 | 前者比后者少9.3万亩 | 12.5 - 3.2 = 9.3万亩
植树造林与草地修复相差多少万亩 | 相差9.3万亩 | 12.5 - 3.2 = 9.3万亩
农业灌溉用水降低多少 | 降低60立方米：由每亩320立方米降低到每亩260立方米。[1] | 320 - 260 = 60立方米
"""


@pytest.mark.parametrize(("question", "said", "expression"), cases(COMPUTED))
def test_stated_figures_are_computed_with_and_the_calculation_is_shown(
    green: Assistant, question: str, said: str, expression: str
) -> None:
    answer = green.ask(question)

    assert answer.kind is AnswerKind.LOOKUP
    assert answer.answer.startswith(said)
    assert answer.calculation is not None
    assert answer.calculation.expression == expression
    text = green.documents[0].text
    assert all(text[one.start : one.end] == one.quote for one in answer.citations)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("十大孔兑新建和加固的淤地坝共多少座", "合计241座：新建淤地坝147座[1]，淤地坝除险加固94座[2]"),
        ("黄河流域淤地坝建设项目在准格尔旗和达拉特旗总共新建多少座", "合计322座："),
        ("国土绿化项目造林补贴和森林抚育一共多少万亩", "合计70万亩："),
        ("库布齐-毛乌素一期项目里，人工造的乔木林和灌木林加一块儿是多少万亩", "合计26.03万亩："),
        ("新建和加固堤防一共多少公里", "合计173.7公里：新建堤防41.3公里[1]，堤防加固132.4公里[2]"),
    ],
)
def test_figures_of_a_clause_or_a_cell_are_added_as_the_question_joins_them(
    assistant: Assistant, question: str, said: str
) -> None:
    assert assistant.ask(question).answer.startswith(said)


@pytest.mark.parametrize(
    "question",
    [
        "植树造林和供水管道一共多少",  # 万亩 and 公里
        "植树造林和新增湿地一共多少万亩",  # 2万亩以上 is no exact figure
        "植树造林和封坡育草一共多少万亩",  # no figure is stated of 封坡育草
        "粮食产量提高多少",  # from 万吨 to 万斤
        "供水管道增加多少",  # stated once, with nothing before it
    ],
)
def test_what_is_not_stated_exactly_and_in_one_unit_is_not_computed_with(green: Assistant, question: str) -> None:
    answer = green.ask(question)

    assert answer.kind is AnswerKind.REFUSAL
    assert answer.calculation is None
