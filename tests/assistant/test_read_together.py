"""The likeliest passage is read together with the question where it is neither sure nor hopeless."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from assistant.respond import choices
from assistant.respond.likelihood import FEATURES, Judged, load_weights
from assistant.respond.read_together import TOGETHER, WINDOW, is_read_again, shown_around
from corpus.models import Span


def test_the_trees_read_the_features_that_are_computed() -> None:
    assert len(FEATURES) <= load_weights().together.feature.max() < len(TOGETHER)


def test_what_is_sure_or_hopeless_is_not_read_again() -> None:
    assert [is_read_again(known) for known in (0.02, 0.4, 0.95)] == [False, True, False]


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("示范区建设怎样向普通公众做宣传？", "开设专栏、举办宣传周、主题日等活动"),
        ("煤矸石堆着占地，方案打算在哪些旗怎么消化？", "煤矸石井下回填"),
    ],
)
def test_what_is_said_in_other_words_is_told(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch, question: str, quoted: str
) -> None:
    assert quoted in assistant.ask(question).citations[0].quote

    monkeypatch.setattr(choices, "likelihood_together", lambda _judged: None)
    assert assistant.ask(question).kind is AnswerKind.REFUSAL


def test_a_near_miss_is_refused(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    question = "现在买哪只煤炭股能赚钱？"
    assert assistant.ask(question).kind is AnswerKind.REFUSAL

    monkeypatch.setattr(choices, "likelihood_together", lambda _judged: None)
    assert assistant.ask(question).kind is AnswerKind.PASSAGE


def test_only_the_likeliest_is_read_and_none_overtakes_it(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Judged] = []

    def lower(judged: Judged) -> float:
        read.append(judged)
        return 0.12

    monkeypatch.setattr(choices, "likelihood_together", lower)
    assert assistant.ask("示范区建设怎样向普通公众做宣传？").kind is AnswerKind.REFUSAL
    by_question = {(one.question.text, one.passages[0].evidence.span) for one in read}
    assert len(by_question) == len({text for text, _ in by_question})


def test_of_more_than_the_window_what_is_said_stands_in_its_middle() -> None:
    cited, said = Span(100, 500), Span(300, 310)
    shown = shown_around(cited, said, 1000)

    assert shown.end - shown.start == WINDOW
    assert shown.covers(said)
    assert shown_around(cited, Span(100, 110), 1000) == Span(100, 100 + WINDOW)
    assert shown_around(cited, Span(490, 500), 1000) == Span(500 - WINDOW, 500)
    assert shown_around(Span(5, 15), Span(5, 15), 1000) == Span(0, WINDOW)
