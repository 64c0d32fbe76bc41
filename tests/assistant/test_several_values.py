"""How many agencies a cell lists, and the unit of its figures, are conditions on a row, no number of rows."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind

# question | the first sentence | rows
ASKED = """
责任单位有两个的指标有几项 | “责任单位”有2个的指标共5项 | 5
由两个部门共同负责的指标有哪些 | “责任单位”有2个的指标共5项 | 5
哪些指标有两个责任单位 | “责任单位”有2个的指标共5项 | 5
哪些指标是两个部门负责的 | “责任单位”有2个的指标共5项 | 5
责任单位不止一家的指标有多少项 | “责任单位”有2个以上的指标共5项 | 5
建设地点有两个的项目有哪些 | “建设地点”有2个的项目共4个 | 4
由多个单位负责的指标有哪些 | “责任单位”有2个以上的指标共5项 | 5
责任单位有两个以上的指标有几项 | “责任单位”有2个以上的指标共5项 | 5
"""


@pytest.mark.parametrize("line", ASKED.strip().splitlines())
def test_rows_are_picked_by_how_many_agencies_they_list(assistant: Assistant, line: str) -> None:
    question, said, rows = (part.strip() for part in line.split("|"))
    answer = assistant.ask(question)

    assert said in answer.answer.split("。")[0]
    assert answer.table is not None
    assert len(answer.table.rows) == int(rows)
    assert all("、" in quote or "\n" in quote for quote in (one.quote for one in answer.citations))


def test_where_no_row_lists_so_many_that_is_said(assistant: Assistant) -> None:
    answer = assistant.ask("哪些项目由两个部门牵头")

    assert answer.kind is AnswerKind.REFUSAL
    assert "项目表中没有“牵头责任单位”有2个的项目" in answer.answer


def test_which_two_agencies_are_asked_for_is_no_condition(assistant: Assistant) -> None:
    answer = assistant.ask("由哪两个部门负责可再生能源装机容量指标")

    assert "责任单位：市能源局" in answer.answer


# question | the first sentence | rows
IN_UNITS = """
单位是%的指标有几项 | 计量单位为%的指标共21项 | 21
单位是%的指标里，2024年目标在90%以上的有哪些 | 计量单位为%的指标共5项 | 5
36项指标里，用百分比（%）作单位的有几项 | 计量单位为%的指标共21项 | 21
以百分比计的指标里，2020年数值超过90%的有哪些 | 计量单位为%的指标共5项 | 5
单位不是%的指标有几项 | 计量单位不为%的指标共15项 | 15
单位是元的指标有哪些 | 计量单位为元的指标共2项 | 2
"""


@pytest.mark.parametrize("line", IN_UNITS.strip().splitlines())
def test_rows_are_picked_by_the_unit_of_their_figures(assistant: Assistant, line: str) -> None:
    question, said, rows = (part.strip() for part in line.split("|"))
    answer = assistant.ask(question)

    assert said in answer.answer.split("。")[0]
    assert answer.table is not None
    assert len(answer.table.rows) == int(rows)


def test_a_unit_that_no_row_has_is_said_to_be_missing(assistant: Assistant) -> None:
    assert "没有计量单位为公斤的指标" in assistant.ask("单位是公斤的指标有哪些").answer
