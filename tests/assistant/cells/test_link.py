"""Questions and cells explain each other. Example: 年末的账面余额 and 期末余额 share 期末 and 余额."""

import numpy as np

from assistant.understand.cells.link import link, normal


def explained(question: str, text: str) -> str:
    linked = link(question, [text])
    return "".join(
        char for char, is_explained in zip(normal(question), linked.explains[0], strict=True) if is_explained
    )


def test_words_of_one_meaning_explain_each_other() -> None:
    assert explained("年末的账面余额", "期末余额") == "期末余额"


def test_a_cell_explains_a_repeated_word_of_the_question_once() -> None:
    assert explained("押金余额和租金余额", "租金余额") == "租金余额"


def test_what_greets_or_asks_weighs_nothing() -> None:
    assert link("请问押金是多少", ["押金"]).weight.tolist() == [0, 0, 1, 1, 0, 0, 0]


def test_an_empty_cell_and_an_empty_question_explain_nothing() -> None:
    assert not link("押金是多少", ["", "。"]).explains.any()
    assert link("", ["押金"]).explains.shape == (1, 0)


def test_equal_texts_are_measured_alike() -> None:
    measures = link("押金的期末余额", ["押金", "金额", "押金"]).measures
    assert np.array_equal(measures[0], measures[2])
    assert not np.array_equal(measures[0], measures[1])
