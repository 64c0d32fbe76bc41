"""Annexes and documents that a document only names are told by what it says of them, and by nothing more."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind


def test_an_annex_is_called_as_the_list_of_annexes_calls_it(assistant: Assistant) -> None:
    answer = assistant.ask("附件4和附件5分别是什么")

    assert answer.kind is AnswerKind.PASSAGE
    assert "附件4是“鄂尔多斯市国家可持续发展议程创新示范区建设专家咨询委员会拟定人员名单”[1]" in answer.answer
    assert "项目表”[2]" in answer.answer
    assert "没有收录" not in answer.answer
    assert [citation.locator for citation in answer.citations] == ["附件目录4.", "附件目录5."]


def test_an_annex_that_is_not_in_the_document_is_said_to_be_only_listed(assistant: Assistant) -> None:
    answer = assistant.ask("附件1是什么文件")

    assert "批复”[1]（只列出名称，正文没有收录）" in answer.answer


@pytest.mark.parametrize("question", ["附件6是什么", "附表1是什么", "附件1的内容是什么", "附件1的文号是什么"])
def test_what_is_not_said_of_an_annex_is_refused(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).kind is AnswerKind.REFUSAL


def test_the_year_of_a_named_document_is_that_of_its_number(assistant: Assistant) -> None:
    answer = assistant.ask("《鄂尔多斯市绿色矿山建设规划》是哪年印发的")

    assert answer.answer.startswith("2019年：")
    assert "鄂府办发〔2019〕66号" in answer.citations[0].quote


@pytest.mark.parametrize(
    "question",
    ["《鄂尔多斯市可持续发展规划》是哪年印发的", "绿色矿山是哪年印发的", "《鄂尔多斯市绿色矿山建设规划》管到哪年"],
)
def test_a_document_whose_number_is_not_stated_has_no_year(assistant: Assistant, question: str) -> None:
    assert "2019" not in assistant.ask(question).answer.split("\n")[0]


@pytest.mark.parametrize(
    ("question", "whole"),
    [("R&D是什么的简称", "研究与试验发展（R&D）"), ("CCUS的全称是什么", "碳捕获、利用与封存（简称CCUS）")],
)
def test_an_abbreviation_is_told_by_the_name_it_stands_behind(assistant: Assistant, question: str, whole: str) -> None:
    assert whole in assistant.ask(question).answer.split("\n")[0]


def test_how_long_a_document_runs_is_told_by_its_title(assistant: Assistant) -> None:
    answer = assistant.ask("这份方案一共管几年")

    assert "标题写的是三年" in answer.answer
    assert answer.citations[0].locator == "标题"
    assert "三年" not in assistant.ask("三年行动方案的项目管几年").answer.split("\n")[0]
