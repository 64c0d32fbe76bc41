"""A passage that answers in, the same with the items or the text that it announces out.

Example: 要交哪些材料？, a heading → the items below it, or the text behind 答：.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.respond.evidence import Evidence, clause_evidence
from assistant.respond.lead_ins import answers_below, items_behind
from assistant.respond.passage import Passage
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
