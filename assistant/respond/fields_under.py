"""A question who leads what a heading without a field of its own stands over in, the field of each work under it out.

Example: 甲行动由哪些单位牵头 → “甲行动”下写明牵头部门的共2项，涉及市能源局、市工信局：1.乙工程：市能源局[1]；…
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.models import Answer, AnswerKind
from assistant.respond.evidence import cite, clause_evidence
from assistant.respond.fields import FieldScan, Holding
from assistant.understand.attributes import GROUP_COLUMN
from assistant.understand.lexicon import Ask
from assistant.understand.question import MentionKind, Question
from assistant.understand.support import Support
from assistant.understand.values import ValueMention
from corpus.folding import fold
from corpus.knowledge import AGENCY_ATTRIBUTES
from corpus.models import Clause, ParsedDocument, Span

_LEAST_HEADING = 4
_ASKS = frozenset({Ask.WHO, Ask.LIST, Ask.WHAT})


class FieldsUnder:
    """Tells who leads the works under a heading."""

    def __init__(self, fields: FieldScan, support: Support) -> None:
        self._fields, self._support = fields, support

    def answer(
        self, question: Question, asked: str, documents: Sequence[ParsedDocument], values: Sequence[ValueMention]
    ) -> Answer | None:
        """Return the field of every work under the heading named; None where none is, or more than that is asked."""
        kinds = set(question.named(MentionKind.ATTRIBUTE))
        kind = kinds.pop() if len(kinds) == 1 else ""
        if kind not in AGENCY_ATTRIBUTES or question.asks - _ASKS:
            return None
        if question.named(MentionKind.OPERATION) or question.years:
            return None
        for document in documents:
            for clause in document.clauses:
                named = _named(question.key, clause, values)
                held = self._held(document, clause, kind) if named is not None else []
                if named is not None and held and not self._left(question, document, clause, named):
                    return _word(question, asked, clause, held)
        return None

    def _held(self, document: ParsedDocument, clause: Clause, kind: str) -> list[Holding]:
        """Return the fields of ``kind`` under a clause that has none itself."""
        if clause.fields:
            return []
        return [
            Holding(document, child, item)
            for child in document.clauses
            if child.parent == clause.id and child.heading
            for item in child.fields
            if self._fields.is_kind(kind, item.name)
        ]

    def _left(self, question: Question, document: ParsedDocument, clause: Clause, named: Span) -> bool:
        frame = fold("\n".join((document.info.title, *clause.path)))
        beside = [span for span in question.telling if not named.overlaps(span)]
        return bool(self._support.unsupported(question.key, beside, frame))


def _named(key: str, clause: Clause, values: Sequence[ValueMention]) -> Span | None:
    """Return where the question says the clause's heading, or a group of rows that is called like it."""
    heading = fold(clause.heading)
    place = key.find(heading) if len(heading) >= _LEAST_HEADING else -1
    if place >= 0:
        return Span(place, place + len(heading))
    groups = (m for m in values if any(r.column <= GROUP_COLUMN and fold(r.text) == heading for r in m.refs))
    return next((mention.span for mention in groups), None)


def _word(question: Question, asked: str, clause: Clause, held: Sequence[Holding]) -> Answer:
    named = "；".join(
        f"{one.clause.label}{one.clause.heading}：{'、'.join(value.text for value in one.field.values)}[{number}]"
        for number, one in enumerate(held, 1)
    )
    every = dict.fromkeys(value.text for one in held for value in one.field.values)
    head = f"“{clause.heading}”下写明{held[0].field.name}的共{len(held)}项，涉及{'、'.join(every)}："
    text = f"{head}{named}。"
    evidence = [clause_evidence(one.document, one.clause, one.field.span) for one in held]
    return Answer(asked, question.text, AnswerKind.LOOKUP, text, citations=cite(evidence))
