"""A feedback and what an administrator adds to it in, a row of a question set out.

Example: a wrong answer becomes ``{"id": "feedback-12", "question": "…", "category": "attribute", "expected": …}``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from assistant.conversations.models import EvidencePlace, Feedback
from assistant.models import AnswerKind

CATEGORIES = {
    "attribute": "某一栏的内容",
    "indicator": "指标的数值",
    "aggregate": "合计、计数",
    "ranking": "排序",
    "list": "列举",
    "text": "正文条款",
    "conflict": "表述不一致",
    "refusal": "应当拒答",
    "premise": "前提有误",
}
"""What a question can test, by its name in the question sets."""

DECLINED = ("refusal", "premise")


def eval_row(
    feedback: Feedback, category: str, phrases: Sequence[str], places: Sequence[int] = (), note: str = ""
) -> str:
    """Return one line of a question set; each of ``phrases`` must stand in a right answer.

    For a question that must be declined they are what the documents lack. ``places`` are the numbers, from 0, of the
    feedback's places that prove the right answer.
    """
    declined = category in DECLINED
    expected: dict[str, object] = {"kind": [AnswerKind.REFUSAL.value]} if declined else {}
    if phrases:
        expected["missing" if category == "refusal" else "phrases"] = list(phrases)
    row: dict[str, object] = {"id": f"feedback-{feedback.id}", "question": feedback.turn.question}
    if feedback.earlier:
        row["history"] = list(feedback.earlier)
    row |= {"category": category, "split": "dev", "expected": expected, "source": "office"}
    proving = [feedback.places[number] for number in places if number < len(feedback.places)]
    if proving and not declined:
        row["evidence"] = [_evidence(place) for place in proving]
    if note:
        row["note"] = note
    return json.dumps(row, ensure_ascii=False)


def _evidence(place: EvidencePlace) -> dict[str, object]:
    """Return the place as question sets write it: a cell, else the quote, which no renumbering of clauses moves."""
    if not place.table:
        found: dict[str, object] = {"quote": place.quote, "occurrence": place.occurrence}
    else:
        found = {"table": place.table, "row": place.row}
        found |= {"column": place.column} if place.column else {}
    return found | {"document": place.document}
