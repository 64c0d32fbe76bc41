"""A word that leaves out characters of a document's name is read as the name, and said so; no other word is."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind


@pytest.mark.parametrize(
    "question", ["文旅带项目由谁牵头", "黄河文旅带项目归谁管", "黄河几字湾文旅带项目是哪个局牵头的"]
)
def test_each_character_of_a_short_name_begins_a_word_of_the_name(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.LOOKUP
    assert answer.answer.startswith("“黄河几字弯文化旅游带建设项目”的牵头责任单位是文旅局。")
    assert "文化旅游带”理解" in answer.answer


@pytest.mark.parametrize("question", ["绿氢产业项目的施工单位是谁", "文体带项目由谁牵头", "文旅城项目由谁牵头"])
def test_what_is_short_for_no_name_is_refused(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).kind is AnswerKind.REFUSAL
