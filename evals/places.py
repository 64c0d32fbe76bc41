"""Where evidence stands: gold evidence and the parsed corpus in, places with spans out.

Example: 项目表 row 3, column 牵头责任单位 becomes the span of the cell “水利局” in that row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.columns import column_name
from corpus.models import ParsedDocument, Row, Span, Table
from evals.cases import Case, Evidence
from evals.clause_address import find_clauses, full_address
from evals.errors import EvidenceUnknown
from evals.metrics.folding import fold


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation of an answer, as far as it is judged."""

    document_id: str
    span: Span
    quote: str


_LONGEST = 2000
"""Characters of a citation that a reader can check; a longer one shows nothing, unless its place is as long."""
_SHORTEST = 2
"""Characters of a place that a citation must show, unless the place is shorter."""


@dataclass(frozen=True, slots=True)
class Place:
    """Gold evidence in one document; showing any of ``spans`` meets it."""

    document_id: str
    spans: tuple[Span, ...]

    def met_by(self, citation: Cited) -> bool:
        """Return whether ``citation`` shows this place: at least half of the shorter of both is shared.

        A citation of a whole document shows no place, nor does one of a single character.
        """
        return citation.document_id == self.document_id and any(_shows(citation.span, span) for span in self.spans)

    def touched_by(self, document_id: str, span: Span) -> bool:
        """Return whether ``span`` of the document shares a character with this place."""
        return document_id == self.document_id and any(one.overlaps(span) for one in self.spans)


def _shows(citation: Span, place: Span) -> bool:
    shared = min(citation.end, place.end) - max(citation.start, place.start)
    cited, held = citation.end - citation.start, place.end - place.start
    return 2 * shared >= min(cited, held) and shared >= min(_SHORTEST, held) and cited <= max(_LONGEST, 2 * held)


def find_places(case: Case, documents: Sequence[ParsedDocument]) -> tuple[Place, ...]:
    """Return the place of each gold evidence of ``case``, in order.

    Raises:
        EvidenceUnknown: A quote, clause, table, row or column is not in ``documents``, or a clause is not the only one
            of its address.
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
    searched = [one for one in documents if not evidence.document or evidence.document in (one.info.id, one.info.title)]
    if not searched:
        known = "、".join(document.info.id for document in documents)
        raise EvidenceUnknown(f"题 {case.id} 的依据所在的文件“{evidence.document}”不存在。现有：{known}。")
    for document in searched:
        spans = _spans(case, evidence, document)
        if spans:
            return Place(document.info.id, spans)
    raise EvidenceUnknown(f"题 {case.id} 的依据在文件中找不到：{_name(evidence)}。请改正题库，或检查文件是否变了。")


def _name(evidence: Evidence) -> str:
    if evidence.quote:
        return f"引文“{evidence.quote}”第 {evidence.occurrence + 1} 处"
    if evidence.clause:
        return f"条款“{evidence.clause}”"
    return f"{evidence.table} 第 {evidence.row} 行" + (f" “{evidence.column}”" if evidence.column else "")


def _spans(case: Case, evidence: Evidence, document: ParsedDocument) -> tuple[Span, ...]:
    if evidence.quote:
        return _quote_spans(evidence, document)
    return _clause_spans(case, evidence, document) if evidence.clause else _table_spans(evidence, document)


def _clause_spans(case: Case, evidence: Evidence, document: ParsedDocument) -> tuple[Span, ...]:
    clauses = find_clauses(evidence.clause, document)
    if len(clauses) > 1:
        places = "；".join(full_address(clause, document) for clause in clauses[:3])
        raise EvidenceUnknown(
            f"题 {case.id} 的依据条款“{evidence.clause}”不止一处（{len(clauses)} 处：{places}…）。请写出上级编号。"
        )
    return tuple(clause.span for clause in clauses)


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
    asked = {fold(column), fold(column_name(column)[0])}  # a header may be given with its unit: 投资（亿元）
    return tuple(known.number for known in table.columns if fold(known.name) in asked)
