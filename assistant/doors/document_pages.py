"""A parsed document in, what the list of documents says of it out.

Example: 《…三年行动方案》, 73 clauses, 项目表（39 行）, one warning: “…”缺少句末标点.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.viewing.anchors import document_link, table_anchor
from corpus.models import DocumentInfo, ParsedDocument, Severity


@dataclass(frozen=True, slots=True)
class ListedTable:
    """One table by its name, with its anchor and the number of its data rows."""

    name: str
    anchor: str
    rows: int


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """One document as the list shows it; warnings ask for a look, notes only inform."""

    info: DocumentInfo
    link: str
    clauses: int
    tables: tuple[ListedTable, ...]
    warnings: tuple[str, ...]
    notes: tuple[str, ...]


def list_document(document: ParsedDocument) -> ListedDocument:
    """Return the entry of one document."""
    tables = tuple(ListedTable(one.name, table_anchor(document, one), len(one.data_rows)) for one in document.tables)
    remarks = document.remarks
    return ListedDocument(
        document.info,
        document_link(document),
        len(document.clauses),
        tables,
        tuple(one.message for one in remarks if one.severity is Severity.WARNING),
        tuple(one.message for one in remarks if one.severity is not Severity.WARNING),
    )
