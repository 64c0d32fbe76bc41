"""A question of what a named clause is to reach in, the sentences of it from its year on out.

Example: 甲行动到2024年的目标是什么 → of 三、（一）甲行动 “到2024年，…。”, to the end of its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.understand.question import Question
from corpus.folding import fold_once
from corpus.models import Clause, ParsedDocument, Span

_YEAR = r"(?:到|至|截至)?(?:(?P<year>20\d\d)年)?[底末]?"
_BEFORE = re.compile(rf"(?:请问)?{_YEAR}[，,]?")
_BEHIND = re.compile(
    rf"(?:这一?[个项条])?[，,]?(?:要|将)?{_YEAR}的?(?:[要应将需]|应该|打算)*"
    r"(?:目标|(?:达到|做到|实现)(?:什么|哪些|怎样的?|啥|多大)?(?:样?的?(?:程度|目标|水平|效果)|(?<=[到现么样])样?|哪一?步|什么地步))"
    r"(?:是|都?有|包括)?(?:什么|哪些|啥|怎样的?)?[？?。]*"
)
_GOAL = re.compile("目标|达到|做到|实现")
_DUE = re.compile(r"(?<![^。；;\n])(?:到|至|截至)(?P<year>20\d\d)年[底末]?[，,]")
_LEAST_HEADING = 4


def goals_under(question: Question, documents: Sequence[ParsedDocument]) -> tuple[ParsedDocument, Clause, Span] | None:
    """Return the clause whose heading the question names, and what it is to reach; None where it asks more.

    None as well where the clause has no sentence that begins with the year asked for, or with any where none is.
    """
    if _GOAL.search(question.key) is None:
        return None
    for document in documents:
        for clause in document.clauses:
            heading = fold_once(clause.heading)
            place = question.key.find(heading) if len(heading) >= _LEAST_HEADING else -1
            if place < 0:
                continue
            before = _BEFORE.fullmatch(question.key[:place])
            behind = _BEHIND.fullmatch(question.key[place + len(heading) :])
            if before is None or behind is None:
                continue
            year = before["year"] or behind["year"]
            for piece in clause.own:
                starts = _DUE.finditer(document.text, piece.start, piece.end)
                due = next((match for match in starts if year in (None, match["year"])), None)
                if due is not None:
                    return document, clause, _without_fields(clause, Span(due.start(), piece.end), document.text)
    return None


def _without_fields(clause: Clause, span: Span, text: str) -> Span:
    """Return ``span`` without the agencies at its end."""
    ends = [field.span.start for field in clause.fields if span.covers(field.span)]
    said = text[span.start : min(ends, default=span.end)].rstrip(" \n\u3000（(")
    return Span(span.start, span.start + len(said))
