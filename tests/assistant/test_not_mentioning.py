"""Rows that do not speak of something are all rows but those that do."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind


@pytest.mark.parametrize("question", ["专家名单中不是院士的有几位", "专家名单里没有提到院士的专家有哪些"])
def test_the_rows_without_a_word_are_told_with_their_number(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)

    assert answer.answer.startswith("“职务”没有提到“院士”的专家共5位：")
    assert all("院士" not in citation.quote for citation in answer.citations)
    assert len(answer.citations) == 5


def test_a_cell_that_does_not_say_a_word_is_not_an_empty_cell(assistant: Assistant) -> None:
    answer = assistant.ask("建设内容没有提到光伏的项目有几个")

    assert "共36个" in answer.answer
    assert answer.table is not None
    assert len(answer.table.rows) == 36


def test_a_word_that_no_row_holds_is_not_denied_of_all_rows(assistant: Assistant) -> None:
    assert assistant.ask("专家名单中不是教练员的有几位").kind is AnswerKind.REFUSAL
