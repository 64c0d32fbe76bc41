"""A question that calls a row as the text calls its figure in, the stretch that does so and the row's own name out.

Example: 研发投入强度由谁负责, where the table has the same figure as a share of the gross product.
"""

from __future__ import annotations

from assistant.respond.conflicts import BothSides
from assistant.understand.understood import Understood
from corpus.agreement.models import Topic
from corpus.folding import fold
from corpus.models import Span

_WHOLE = 0.99


def row_called(both_sides: BothSides, understood: Understood) -> tuple[Span, str] | None:
    """Return where a figure that the text and one row state is called by its name in the text, and the row's name."""
    question = understood.question
    every = [f for d in understood.documents for f in both_sides.by_document.get(d.info.id, ())]
    figures = [f for f in every if f.topic is Topic.FIGURE and both_sides.names(question, f) >= _WHOLE]
    rows = {(f.document, o.place.table, o.place.row, o.subject) for f in figures for o in f.statements}
    rows = {row for row in rows if row[1]}
    said = [w for w in question.words if any(both_sides.is_named(w.of(question.key), f) for f in figures)]
    if len(rows) != 1 or not said:
        return None
    called = {fold(one.subject) for finding in figures for one in finding.statements}
    whole = [Span(at, at + len(name)) for name in called if name and (at := question.key.find(name)) >= 0]
    spans = [*said, *whole]
    start = min(span.start for span in spans)
    # 全 of 全社会研发投入 is no word of its own, but a part of the name.
    while start and any(question.key[start - 1 : start + 1] in name for name in called):
        start -= 1
    return Span(start, max(span.end for span in spans)), rows.pop()[-1]
