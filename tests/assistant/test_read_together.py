"""The likeliest passage is read together with the question where it is neither sure nor hopeless."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from assistant.respond.likelihood import load_weights
from assistant.respond.read_together import TOGETHER, is_read_again


def test_the_trees_read_the_features_that_are_computed() -> None:
    assert load_weights().together.feature.max() < len(TOGETHER)


def test_what_is_sure_or_hopeless_is_not_read_again() -> None:
    assert [is_read_again(known) for known in (0.02, 0.4, 0.95)] == [False, True, False]


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("老乡家的房顶能装光伏吗？", "公共建筑屋顶等资源实施分布式光伏发电工程"),
        ("示范区建设怎样向普通公众做宣传？", "开设专栏、举办宣传周、主题日等活动"),
    ],
)
def test_what_is_said_in_other_words_is_told(assistant: Assistant, question: str, quoted: str) -> None:
    assert quoted in assistant.ask(question).citations[0].quote


@pytest.mark.parametrize("question", ["老乡家的房顶能租给谁？", "示范区建设的宣传经费有多少？"])
def test_a_near_miss_is_refused(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).kind is AnswerKind.REFUSAL
