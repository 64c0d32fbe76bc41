"""An answer in, a JSON row of it out, and back: how answers are kept.

Example: ``answer_of(row_of(answer)) == answer`` for every answer without claims, which are no part of the row.
"""

from __future__ import annotations

import json
from typing import Any

from assistant.models import (
    Answer,
    AnswerKind,
    Calculation,
    Citation,
    Conflict,
    ResultTable,
    Statement,
)


def row_of(answer: Answer) -> str:
    """Return the answer's row of the contract as JSON."""
    return json.dumps(answer.to_dict(), ensure_ascii=False)


def answer_of(row: str) -> Answer:
    """Return the answer that ``row`` was made of, without its claims."""
    kept = json.loads(row)
    return Answer(
        question=kept["question"],
        standalone=kept["standalone"],
        kind=AnswerKind(kept["kind"]),
        answer=kept["answer"],
        citations=tuple(Citation(**{**one, "section": tuple(one["section"])}) for one in kept["citations"]),
        table=_table(kept["table"]),
        calculation=Calculation(**kept["calculation"]) if kept["calculation"] else None,
        conflicts=tuple(_conflict(one) for one in kept["conflicts"]),
        missing=tuple(kept["missing"]),
        suggestions=tuple(kept["suggestions"]),
        timings_ms=kept["timings_ms"],
        id=kept["id"],
    )


def _table(kept: dict[str, Any] | None) -> ResultTable | None:
    return ResultTable(tuple(kept["columns"]), tuple(map(tuple, kept["rows"]))) if kept else None


def _conflict(kept: dict[str, Any]) -> Conflict:
    return Conflict(kept["quantity"], tuple(Statement(**one) for one in kept["statements"]))
