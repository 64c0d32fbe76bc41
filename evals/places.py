"""Where evidence stands: gold evidence and the parsed corpus in, places with spans out.

Example: 项目表 row 3, column 牵头责任单位 becomes the span of the cell “水利局” in that row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.models import ParsedDocument, Row, Span, Table
from evals.cases import Case, Evidence
from evals.errors import EvidenceUnknown
from evals.metrics.folding import fold


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation of an answer, as far as it is judged."""

    document_id: str
    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class Place:
    """Gold evidence in one document; overlapping any of ``spans`` meets it."""

    document_id: str
    spans: tuple[Span, ...]

    def met_by(self, citation: Cited) -> bool:
        """Return whether ``citation`` shares a character with this place."""
        return citation.document_id == self.document_id and any(span.overlaps(citation.span) for span in self.spans)


def find_places(case: Case, documents: Sequence[ParsedDocument]) -> tuple[Place, ...]:
    """Return the place of each gold evidence of ``case``, in order.

    Raises:
        EvidenceUnknown: A quote, table, row or column is not in ``documents``.
    """
    return tuple(_find_place(case, evidence, documents) for evidence in case.evidence)


def column_names(documents: Sequence[ParsedDocument], table: str, column: str) -> tuple[str, ...]:
    """Return the data cells of ``column`` in every table named ``table``; empty where there is none."""
    tables = [found for document in documents for found in document.tables if found.name == table]
    return tuple(
        cell.text
        for found in tables
        for row in found.data_rows
        for cell in row.cells
        if cell.column in _column_numbers(found, column)
    )


def _find_place(case: Case, evidence: Evidence, documents: Sequence[ParsedDocument]) -> Place:
    for document in documents:
        if evidence.document and evidence.document != document.info.id:
            continue
        spans = _quote_spans(evidence, document) if evidence.quote else _table_spans(evidence, document)
        if spans:
            return Place(document.info.id, spans)
    what = f"引文“{evidence.quote}”第 {evidence.occurrence + 1} 处" if evidence.quote else _name_cell(evidence)
    raise EvidenceUnknown(f"题 {case.id} 的依据在文件中找不到：{what}。请改正题库，或检查文件是否变了。")


def _name_cell(evidence: Evidence) -> str:
    return f"{evidence.table} 第 {evidence.row} 行" + (f" “{evidence.column}”" if evidence.column else "")


def _quote_spans(evidence: Evidence, document: ParsedDocument) -> tuple[Span, ...]:
    start = document.text.find(evidence.quote)
    for _ in range(evidence.occurrence):
        if start < 0:
            break
        start = document.text.find(evidence.quote, start + 1)
    return (Span(start, start + len(evidence.quote)),) if start >= 0 else ()


def _table_spans(evidence: Evidence, document: ParsedDocument) -> tuple[Span, ...]:
    tables = [table for table in document.tables if table.name == evidence.table]
    rows = [(table, row) for table in tables for row in table.data_rows if row.number == evidence.row]
    return tuple(span for table, row in rows for span in _row_spans(evidence.column, table, row))


def _row_spans(column: str, table: Table, row: Row) -> tuple[Span, ...]:
    if not column:
        return (row.span,)
    cells = [cell for cell in row.cells if cell.column in _column_numbers(table, column)]
    # A value carried down a merged cell stands above the row; citing either shows it.
    carried = (row.span,) if any(cell.carried for cell in cells) else ()
    return tuple(cell.span for cell in cells) + carried


def _column_numbers(table: Table, column: str) -> tuple[int, ...]:
    return tuple(known.number for known in table.columns if fold(known.name) == fold(column))
