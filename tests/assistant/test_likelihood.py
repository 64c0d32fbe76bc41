"""What is told though words are left: by meaning, never over a figure, a place, a kind or an attribute that is missing.

The documents are tests/samples/rules/green and tests/samples/rules/lakeside.
"""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from assistant.respond.likelihood import FEATURES, load_weights


def test_the_likelihood_reads_the_features_that_are_computed() -> None:
    weights = load_weights()
    assert 0 < weights.floor < weights.bar < weights.firmly < 1
    assert weights.trees.feature.max() < len(FEATURES)


@pytest.mark.parametrize(
    "question",
    [
        "粮食产量提高多少",  # a computation that is left
        "云坳县的低碳园区在哪里建设",  # a place that no document names
        "桂林的低碳园区在哪里建设",  # a city that the general dictionary takes for a person
        "零碳园区在哪里建设",  # another kind of the thing
        "低碳园区建在哪条街",  # a street, where a town is named
        "旧桥改造哪一年完成",  # a time, where a duration stands
        "农村公路养护的联系电话是多少",  # an attribute that nothing tells
    ],
)
def test_what_is_missing_is_refused_however_near_a_passage_is(green: Assistant, question: str) -> None:
    assert green.ask(question).kind is AnswerKind.REFUSAL


def test_whether_somebody_is_something_is_refused_where_nobody_is_called_so(rivers: Assistant) -> None:
    assert rivers.ask("林某是巡河员吗").kind is AnswerKind.REFUSAL
