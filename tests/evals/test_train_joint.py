"""What a question is learned from: a stretch of its passage that holds the answer, or one beside it that does not."""

from __future__ import annotations

import random

import pytest

from assistant.respond.read_together import WINDOW
from corpus.models import Span
from evals.public.adapter_examples import Example
from evals.public.train_joint import AskedOf, pairs_of
from index.joint_model import HEADINGS

TEXT = "甲" * 200 + "公示期不少于5个工作日" + "乙" * 200
ANSWER = Span(200, 211)


@pytest.mark.parametrize("seed", range(20))
def test_the_stretch_shown_holds_the_answer(seed: int) -> None:
    random.seed(seed)
    example = Example(TEXT, "章" * 99, "办法", (("公示几天", 200, 211),), ())
    other = Example("别的段落", "", "办法", (), ())

    own, beside = pairs_of(AskedOf(example, "公示几天", ANSWER), [other])

    assert own.answer is not None
    assert own.answer.of(own.text) == "公示期不少于5个工作日"
    assert len(own.text) <= WINDOW
    assert len(own.above) in (0, HEADINGS)
    assert (beside.text, beside.answer) == ("别的段落", None)


def test_an_answer_longer_than_the_window_is_shown_in_part() -> None:
    example = Example("丙" * 400, "", "办法", (("怎么办", 10, 390),), ())
    (own,) = pairs_of(AskedOf(example, "怎么办", Span(10, 390)), [])

    assert own.answer == Span(0, WINDOW)
