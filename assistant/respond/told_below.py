"""A passage that answers in, the same with the items or the text that it announces out.

Example: 要交哪些材料？, a heading → the items below it, or the text behind 答：.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.respond.evidence import Evidence, clause_evidence
from assistant.respond.lead_ins import announcement_of, answers_below, items_behind
from assistant.respond.passage import Passage
from assistant.understand.lexicon import Ask
from assistant.understand.question import Question
from corpus.models import Span

_MARKS = "。？?：:"


def with_items(passage: Passage, is_alone: bool) -> tuple[Passage, tuple[Evidence, ...]]:
    """Return a passage and the items that it announces; one that ``is_alone`` may be a heading, told by its text."""
    document, clause, span = passage.evidence.document, passage.reading.found.clause, passage.evidence.span
    items = items_behind(document, clause, span) if passage.ends_so else ()
    if clause is None:
        return passage, items
    of_heading = replace(passage, direct=(clause.heading_span,))
    if items:
        says = "".join(one.of(document.text) for one in passage.direct).strip(_MARKS)
        return passage if says else of_heading, items
    if not is_alone:
        return passage, ()
    told = Span(span.start, max((one.end for one in passage.direct), default=span.end))
    below, items = answers_below(document, clause, told)
    if below is not None:
        return replace(passage, direct=(below,), evidence=clause_evidence(document, clause, below)), items
    return of_heading if items else passage, items


def announcing(question: Question, passage: Passage) -> Passage:
    """Return a passage, where a list is asked for and it is one item of one, as what announces all the items."""
    document, item = passage.evidence.document, passage.reading.found.clause
    found = announcement_of(document, item, question.key) if Ask.LIST in question.asks else None
    if found is None:
        return passage
    clause, said = found
    heading = replace(passage.reading, found=replace(passage.reading.found, clause=clause))
    return replace(passage, reading=heading, evidence=clause_evidence(document, clause, said), direct=(said,))
