"""Whether something may be done with a thing is no question of its row, and what no document speaks of is refused."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind


@pytest.mark.parametrize("question", ["草原能开荒吗", "草原能不能随便开荒", "草原能否开荒", "绿氢产业项目能提前完工吗"])
def test_what_no_document_allows_or_forbids_is_refused(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.REFUSAL and "随便" not in answer.missing


@pytest.mark.parametrize(
    "question", ["能说说绿氢产业项目吗", "绿氢产业项目的情况能给我看看吗", "能帮我找一下绿氢产业项目吗"]
)
def test_a_request_is_still_answered_by_the_row(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.LOOKUP and "170.58亿元" in answer.answer


def test_what_a_document_says_of_it_is_told(assistant: Assistant) -> None:
    assert "碳排放交易" in assistant.ask("碳排放可以交易吗").answer


def test_a_character_within_a_word_asks_for_no_leave(assistant: Assistant) -> None:
    assert assistant.ask("有国家智能化示范煤矿工程吗").kind is AnswerKind.LOOKUP


def test_only_what_ends_a_question_is_looked_for(assistant: Assistant) -> None:
    """A verb that is said hundreds of times asks no more than once: each would be looked for in every passage."""
    reading = assistant.understanding.read("草原能开荒" * 100 + "吗")

    assert sum(span.of(reading.key) == "开荒" for span in reading.words) <= 2
