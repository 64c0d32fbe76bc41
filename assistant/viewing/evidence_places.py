"""A citation and its document in, the place it stands at out, by every name that finds it again.

Example: the lead agency of row 3 → cell 项目表 / 3 / 牵头责任单位, anchor ``t3/3/4``; a sentence → its clause's anchor
with the quote, and which of its occurrences it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.conversations.models import EvidencePlace
from assistant.models import Citation
from assistant.viewing.anchors import place_anchor
from corpus.models import ParsedDocument, Row, RowKind, Span, Table


def evidence_places(citations: Sequence[Citation], documents: Sequence[ParsedDocument]) -> tuple[EvidencePlace, ...]:
    """Return the place of each citation; one whose document has changed since has offsets and address alone."""
    by_id = {document.info.id: document for document in documents}
    return tuple(_place(citation, by_id.get(citation.document_id)) for citation in citations)


def _place(citation: Citation, document: ParsedDocument | None) -> EvidencePlace:
    span = Span(citation.start, citation.end)
    place = EvidencePlace(citation.document_id, citation.start, citation.end, citation.locator, citation.quote)
    if document is None or span.of(document.text) != citation.quote:
        return place
    known = replace(place, anchor=place_anchor(document, span), occurrence=_occurrence(document.text, span))
    table = next((one for one in document.tables if one.span.covers(span)), None)
    row = (
        next((one for one in table.rows if one.kind is RowKind.DATA and one.span.overlaps(span)), None)
        if table
        else None
    )
    if table is None or row is None:
        return known
    return replace(known, table=table.name, row=row.number, column=_column(table, row, span))


def _column(table: Table, row: Row, span: Span) -> str:
    """Return the column that the quote ends in: it begins with the row's name; empty where the whole row is quoted."""
    own = [cell for cell in row.cells if not cell.carried and cell.span.start < cell.span.end]
    quoted = [cell for cell in own if cell.span.overlaps(span)]
    return "" if len(quoted) in (0, len(own)) else table.columns[quoted[-1].column].name


def _occurrence(text: str, span: Span) -> int:
    """Return how often the quoted words begin earlier in the text."""
    words, found, start = span.of(text), 0, text.find(span.of(text))
    while 0 <= start < span.start:
        found, start = found + 1, text.find(words, start + 1)
    return found
