"""A place in a document in, the short name that a link holds for it out, and back.

Example: the lead agency of row 3 of 项目表 → ``t3/3/4``; the clause 三、（一）2. → ``a3/b1/n2``.
"""

from __future__ import annotations

from urllib.parse import quote

from corpus.models import Clause, ClauseKind, ParsedDocument, RowKind, Span, Table


def clause_anchor(document: ParsedDocument, clause: Clause) -> str:
    """Return the clause's id without the document's."""
    return clause.id.removeprefix(f"{document.info.id}/")


def table_anchor(document: ParsedDocument, table: Table) -> str:
    """Return the table's id without the document's."""
    return table.id.removeprefix(f"{document.info.id}/")


def place_anchor(document: ParsedDocument, span: Span) -> str:
    """Return the anchor of the smallest cell, row, table or clause around ``span``; empty where there is none."""
    for table in document.tables:
        if table.span.covers(span):
            return _cell_anchor(table_anchor(document, table), table, span)
    clause = clause_around(document, span)
    return clause_anchor(document, clause) if clause else ""


def clause_around(document: ParsedDocument, span: Span) -> Clause | None:
    """Return the smallest clause around ``span``; “一是…” counts as part of its paragraph."""
    around = [one for one in document.clauses if one.span.covers(span) and one.kind is not ClauseKind.RUN]
    return min(around, key=lambda one: one.span.end - one.span.start, default=None)


def find_clause(document: ParsedDocument, anchor: str) -> Clause | None:
    """Return the clause of that anchor, or None where the document has none."""
    return next((one for one in document.clauses if clause_anchor(document, one) == anchor), None)


def document_link(document: ParsedDocument, span: Span | None = None) -> str:
    """Return the address of the document's page, opened at ``span`` with exactly that text marked."""
    page = f"doc/{quote(document.info.id)}"
    if span is None:
        return page
    return f"{page}?at={span.start}-{span.end}#{place_anchor(document, span)}"


def _cell_anchor(name: str, table: Table, span: Span) -> str:
    row = next((one for one in table.rows if one.kind is RowKind.DATA and one.span.overlaps(span)), None)
    if row is None:
        return name
    cells = [cell for cell in row.cells if not cell.carried and cell.span.overlaps(span)]
    return f"{name}/{row.number}/{cells[-1].column + 1}" if cells else f"{name}/{row.number}"
