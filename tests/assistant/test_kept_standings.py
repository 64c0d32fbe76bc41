"""What is remembered of earlier questions changes no answer, and forgets."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from assistant.engine import Assistant
from assistant.understand.kept_standings import KeptStandings
from assistant.understand.recalled import Standing
from evals.case_files import QUESTIONS, load_cases


class Forgetful(KeptStandings):
    """Fake: remembers nothing."""

    def keep(self, questions: Sequence[str], around: Sequence[str], standing: Sequence[Standing]) -> None:
        del questions, around, standing


def told(assistant: Assistant, question: str, history: Sequence[str]) -> str:
    """Return the row of the answer without its time."""
    return json.dumps(assistant.ask(question, history).to_dict() | {"timings_ms": {}}, ensure_ascii=False)


def test_every_conversation_of_the_evals_is_answered_the_same_with_and_without_memory(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = (*load_cases(), *load_cases(QUESTIONS / "conversations.jsonl"))
    talks = [[*case.history, case.question] for case in cases if case.history]
    asked = [(talk[end], talk[:end]) for talk in talks for end in range(len(talk))]
    follow_ups = assistant.understanding._follow_ups

    monkeypatch.setattr(follow_ups, "_kept", Forgetful())
    without = [told(assistant, *one) for one in asked]
    monkeypatch.setattr(follow_ups, "_kept", KeptStandings())
    growing = [told(assistant, *one) for one in asked]
    again = [told(assistant, *one) for one in asked]

    assert len(asked) > 400
    assert growing == without
    assert again == without


def test_the_longest_known_beginning_of_a_conversation_is_found_and_no_other() -> None:
    kept = KeptStandings()
    one, two = (Standing("甲"),), (Standing("甲"), Standing("乙"))
    kept.keep(("甲",), ("d",), one)
    kept.keep(("甲", "乙"), ("d",), two)

    assert kept.longest(("甲", "乙", "丙"), ("d",)) == (2, two)
    assert kept.longest(("甲", "丙"), ("d",)) == (1, one)
    for questions, around in (((), ("d",)), (("乙",), ("d",)), (("甲",), ("e",)), (("甲",), ()), (("甲乙",), ("d",))):
        assert kept.longest(questions, around) == (0, ())


def test_what_was_not_met_for_longest_is_forgotten_first() -> None:
    kept = KeptStandings(most=2)
    for question in ("甲", "乙"):
        kept.keep((question,), (), (Standing(question),))
    kept.longest(("甲",), ())

    kept.keep(("丙\ud800",), (), (Standing("丙"),))

    assert [kept.longest((question,), ())[0] for question in ("甲", "乙", "丙\ud800")] == [1, 0, 1]
