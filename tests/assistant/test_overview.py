"""What a document is about is its parts; what a heading names is what stands under it."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind


@pytest.mark.parametrize("question", ["这份方案讲的是什么", "介绍一下本方案", "方案主要包括哪些内容"])
def test_a_document_is_told_by_its_parts(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.PASSAGE
    assert [citation.quote for citation in answer.citations] == ["总体要求", "任务目标", "主要任务", "保障措施"]
    assert "共4部分" in answer.answer and "（征求意见稿）" in answer.answer


@pytest.mark.parametrize("question", ["方案由谁制定", "方案的资金有多少", "这份方案里水利局负责什么"])
def test_what_asks_more_than_the_document_is_no_overview(assistant: Assistant, question: str) -> None:
    assert "共4部分" not in assistant.ask(question).answer


def test_works_under_an_action_are_its_headings_and_no_projects(assistant: Assistant) -> None:
    answer = assistant.ask("水资源集约高效利用行动包含哪些工程")

    assert "共6项" in answer.answer
    assert next(citation.section[-1] for citation in answer.citations) == "7.农业节水增效工程"


def test_how_a_work_is_done_is_what_its_clause_says(assistant: Assistant) -> None:
    answer = assistant.ask("绿色矿山工程怎么推进")

    assert answer.citations[0].quote.startswith("5.绿色矿山工程") or "绿色矿山规划体系" in answer.citations[0].quote
    assert "历史遗留矿山" in answer.answer


@pytest.mark.parametrize("question", ["总体思路是什么", "示范区建设的总体思路"])
def test_a_heading_without_parts_is_told_by_what_stands_under_it(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)

    assert len(answer.citations) == 1
    assert answer.citations[0].quote.startswith("以习近平新时代中国特色社会主义思想为指导")
    assert answer.citations[0].quote.endswith("。")


@pytest.mark.parametrize("question", ["科技创新迈上新台阶这个目标写了什么", "“社会进步取得新成效”这个目标讲了什么"])
def test_what_kind_of_thing_a_heading_is_may_be_said_behind_it(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.PASSAGE and len(answer.citations) == 1
    assert "研发机构" in answer.answer or "6.8张" in answer.answer
    assert answer.citations[0].quote.endswith(("达到1.8%。", "达到6.8张。", "达到1.8%", "达到6.8张"))


def test_whom_a_goal_binds_is_not_what_it_says(assistant: Assistant) -> None:
    assert assistant.ask("社会进步取得新成效这一目标的责任单位是谁").kind is AnswerKind.REFUSAL
