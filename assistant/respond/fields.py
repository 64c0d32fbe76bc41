"""A question about what an agency leads in the text in, every clause whose field names it out.

Example: 市科技局牵头的重点工程有哪些 → 共3项：22.科技创新能级提升工程；23.重大科学技术攻关工程；…
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.models import Answer, AnswerKind
from assistant.respond.evidence import Evidence, cite, clause_evidence
from assistant.understand.columns import Attributes
from assistant.understand.question import MentionKind, Question
from assistant.understand.support import Support
from corpus.folding import fold
from corpus.models import Clause, Field, ParsedDocument, Span

_ASKS = re.compile(r"哪些|哪几|几[个项]|多少[个项]|什么|列出|清单")
_OF_CLAUSES = re.compile(r"工程|任务|工作|措施|行动|条款|什么")
_OF_ROWS = re.compile(r"项目|指标")


@dataclass(frozen=True, slots=True)
class Holding:
    """A clause and the field of it that names the agency."""

    document: ParsedDocument
    clause: Clause
    field: Field


class FieldScan:
    """Finds the clauses that an agency leads or answers for, by their labelled fields."""

    def __init__(
        self,
        documents: Sequence[ParsedDocument],
        attributes: Attributes,
        support: Support,
        same: Iterable[Sequence[str]],
    ) -> None:
        """Take groups of names of the ``same`` agency."""
        self._attributes, self._support = attributes, support
        self._documents = tuple(documents)
        names = {fold(value.text) for d in documents for c in d.clauses for f in c.fields for value in f.values}
        self._called: dict[str, str] = {name: name for name in names}
        for group in same:
            keys = [fold(name) for name in group]
            known = next((key for key in keys if key in names), None)
            self._called.update(dict.fromkeys(keys, known) if known is not None else {})

    def answer(self, question: Question, asked: str, documents: Sequence[ParsedDocument]) -> Answer | None:
        """Return all clauses with their count; None where it is not asked what an agency holds in the text."""
        named = [n for n in question.named(MentionKind.ATTRIBUTE) if n in ("lead_agency", "responsible_agency")]
        speaks = _OF_CLAUSES.search(question.key) and not _OF_ROWS.search(question.key) and _ASKS.search(question.key)
        agency = max((name for name in self._called if name in question.key), key=len, default="")
        if not named or not speaks or not agency or self._left(question, agency):
            return None
        found = [
            Holding(document, clause, item)
            for document in documents
            for clause in document.clauses
            for item in clause.fields
            if self._attributes.fits(named[0], item.name)
            and any(self._called.get(fold(value.text)) == self._called[agency] for value in item.values)
        ]
        return _word(question, asked, agency, found) if found else None

    def _left(self, question: Question, agency: str) -> bool:
        """Return whether the question holds words that neither the agency nor a document's title accounts for."""
        place = question.key.find(agency)
        own = Span(max(place - 1, 0), place + len(agency))
        left = [
            span
            for span in question.words
            if not own.covers(span) and not _OF_CLAUSES.search(span.of(question.key)) and not _is_count(question, span)
        ]
        titles = fold("\n".join(document.info.title for document in self._documents))
        return bool(self._support.unsupported(question.key, left, titles))


def _is_count(question: Question, span: Span) -> bool:
    return re.fullmatch(r"\d+[个项]?", span.of(question.key)) is not None


def _word(question: Question, asked: str, agency: str, found: Sequence[Holding]) -> Answer:
    evidence: list[Evidence] = [clause_evidence(h.document, h.clause, h.field.span) for h in found]
    place = question.key.find(agency)
    called = question.text[place : place + len(agency)]
    names = "；".join(
        f"{holding.clause.label}{holding.clause.heading}[{number}]" for number, holding in enumerate(found, 1)
    )
    text = f"正文中{found[0].field.name}为{called}的共{len(found)}项：{names}。"
    return Answer(asked, question.text, AnswerKind.LOOKUP, text, citations=cite(evidence))
