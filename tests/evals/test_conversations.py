"""A follow-up is answered as its full question is: where both are asked, the conversation is not what fails."""

from __future__ import annotations

from assistant.engine import Assistant
from evals.case_files import load_sets
from evals.gold import find_gold
from evals.judge import judge

LEAST_RIGHT = 0.95


def test_nearly_every_follow_up_is_right_where_its_full_question_is(assistant: Assistant, documents) -> None:
    texts = {document.info.id: document.text for document in documents}
    cases = [case for case in load_sets(name="conversations") if case.in_full]
    wrong, asked = [], 0
    for case in cases:
        gold = find_gold(case, documents)
        followed = judge(gold, assistant.ask(case.question, case.history).to_dict(), texts)
        in_full = judge(gold, assistant.ask(case.in_full).to_dict(), texts)
        if not (in_full.answer_right and in_full.citations_right):
            continue
        asked += 1
        if not (followed.answer_right and followed.citations_right):
            wrong.append(case.id)

    assert len(cases) >= 100
    assert len(wrong) <= (1 - LEAST_RIGHT) * asked, wrong


def test_conversations_are_of_two_to_five_turns_over_text_and_tables() -> None:
    cases = load_sets(name="conversations")
    evidence = [item for case in cases for item in case.evidence]

    assert {len(case.history) + 1 for case in cases} == {2, 3, 4, 5}
    assert sum(bool(item.quote) for item in evidence) >= 40
    assert sum(bool(item.table) for item in evidence) >= 40
