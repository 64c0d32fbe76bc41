"""Places that an answer cites in, what stands there out: rows and headings by name, and the works around sentences.

Example: the place of “现代煤化工产能达到2500万吨” lies in the clause of the work 现代煤化工高质量发展工程.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.understand.entities import Entity
from corpus.models import Clause, ParsedDocument, Span

Cited = tuple[str, Span]
"""The id of a document and a place in it."""


class CitedThings:
    """Knows what stands where in the documents."""

    def __init__(self, documents: Sequence[ParsedDocument], entities: Sequence[Entity]) -> None:
        self._documents = {document.info.id: document for document in documents}
        self._entities = tuple(entities)

    def rows(self, places: Sequence[Cited]) -> tuple[str, ...]:
        """Return the names of the table rows and headings of works at ``places``, each once."""
        held = [(e, span) for e in self._entities if (span := e.span) is not None]
        found = (e.name for id, place in places for e, span in held if e.document.info.id == id and span.covers(place))
        return tuple(dict.fromkeys(found))

    def headings(self, places: Sequence[Cited]) -> tuple[str, ...]:
        """Return the headings that stand at ``places``, whole."""
        clauses = [(id, place, self._documents[id].clauses) for id, place in places]
        found = (c.heading for _, place, held in clauses for c in held if c.heading and c.heading_span == place)
        return tuple(dict.fromkeys(found))

    def works(self, places: Sequence[Cited]) -> tuple[str, ...]:
        """Return the headings of the innermost works and measures around ``places``: clauses that name who does them.

        Around a cell it is the heading that groups its row.
        """
        found = [self._work(self._documents[id], place) for id, place in places]
        return tuple(dict.fromkeys(filter(None, found)))

    def _work(self, document: ParsedDocument, place: Span) -> str:
        around = [clause for clause in document.clauses if clause.span.covers(place) and clause.fields]
        if around:
            return min(around, key=_length).heading
        rows = (row for table in document.tables for row in table.data_rows if row.span.covers(place))
        return next((row.groups[-1].name for row in rows if row.groups), "")


def _length(clause: Clause) -> int:
    return clause.span.end - clause.span.start
