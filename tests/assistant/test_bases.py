"""Who asks for what a quantity is measured against is not given the share or the rate."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from assistant.understand.bases import names_only_the_basis
from assistant.understand.entities import common_blocks

# question | name | whether the question names the basis alone
CASES = """
地方财政支出有多少 | 卫生支出占地方财政支出的比重（%） | yes
卫生支出占比 | 卫生支出占地方财政支出的比重（%） | no
占地方财政支出多少 | 卫生支出占地方财政支出的比重（%） | no
卫生支出 | 卫生支出占地方财政支出的比重（%） | no
工业增加值目标 | 万元工业增加值用水量（立方米） | yes
工业增加值用水量目标 | 万元工业增加值用水量（立方米） | no
户籍人口 | 每万户籍人口床位数 | yes
每万户籍人口的 | 每万户籍人口床位数 | no
常住人口 | 常住人口 | no
常住人口 | 常住人口城镇化率 | no
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in CASES.strip().splitlines()]


@pytest.mark.parametrize(("question", "name", "only"), ROWS)
def test_the_basis_of_a_quantity_does_not_name_it(question: str, name: str, only: str) -> None:
    assert names_only_the_basis(question, name, common_blocks(question, name)) == (only == "yes")


@pytest.mark.parametrize("question", ["地区GDP总量是多少", "全市常住人口多少", "规模以上工业增加值多少"])
def test_an_absent_quantity_is_refused_beside_its_shares(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.REFUSAL
    assert not answer.citations


def test_a_share_is_still_named_by_the_rest_of_it(assistant: Assistant) -> None:
    assert "44.07" in assistant.ask("2024年GDP水耗目标").answer.split("。")[0]
