"""Rules for questions about a document itself."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind

DRAFT = ["这份文件是正式印发的还是征求意见稿？", "这个方案正式发布了吗", "本方案现在是正式文件吗"]


@pytest.mark.parametrize("question", DRAFT)
def test_a_draft_is_said_to_be_a_draft_with_the_words_of_the_document(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert "征求意见稿" in answer.answer.split("。")[0]
    assert answer.citations[0].quote == "征求意见稿"


@pytest.mark.parametrize(("question", "missing"), [("这个方案的文号是多少", "文号"), ("本方案是谁印发的", "谁印发")])
def test_what_the_document_does_not_state_of_itself_is_refused_by_name(
    assistant: Assistant, question: str, missing: str
) -> None:
    answer = assistant.ask(question)
    assert answer.kind is AnswerKind.REFUSAL
    assert missing in answer.missing


def test_the_number_of_another_document_is_not_the_number_of_this_one(assistant: Assistant) -> None:
    assert "鄂府办发〔2019〕66号" in assistant.ask("绿色矿山建设规划的文号是什么").answer
