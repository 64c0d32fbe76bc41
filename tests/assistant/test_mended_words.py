"""Words that a general dictionary cuts wrongly are cut where the documents' own words begin."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("为什么要在城镇周边修截水沟", ["城镇", "周边", "修", "截水沟"]),
        ("十大孔兑发洪水时冲进黄河", ["十大孔兑", "发", "洪水", "黄河"]),
        ("超采区靠什么治理", ["超采区", "靠", "治理"]),
        ("零碳园区在哪里建", ["零碳", "园区", "建"]),  # 零碳 is a name, though no dictionary has it
    ],
)
def test_a_question_is_cut_into_the_documents_words(assistant: Assistant, question: str, words: list[str]) -> None:
    reading = assistant.understanding.read(question)

    assert [span.of(reading.key) for span in reading.words] == words


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("为什么要在城镇周边修截水沟和排洪沟", "防范疏导暴雨引发的山洪"),
        ("家里的垃圾能倒进河沟里吗", "严禁向河道、沟渠堆放生活垃圾"),  # 河沟 is no name of a place
    ],
)
def test_what_is_cut_so_is_answered(assistant: Assistant, question: str, said: str) -> None:
    assert said in assistant.ask(question).answer


@pytest.mark.parametrize(
    ("word", "is_name"), [("镇江", True), ("上海", True), ("北京", True), ("河沟", False), ("城镇", False)]
)
def test_a_city_is_a_name_and_a_landscape_is_none(assistant: Assistant, word: str, is_name: bool) -> None:
    assert assistant.understanding.words.is_proper(word) is is_name
