"""Parsed documents in, the page that lists them out, with the files that could not be taken.

Example: 《…三年行动方案》, 73 clauses, 项目表（39 行）, one warning: “…”缺少句末标点; not taken: 通知.docx.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.responses import HTMLResponse

from assistant.doors.answerer import Answerer
from assistant.doors.templating import render
from assistant.viewing.anchors import document_link, table_anchor
from corpus.errors import CorpusError
from corpus.models import DocumentInfo, ParsedDocument, Severity
from corpus.parse import Failure


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


def add_document_list(
    app: FastAPI, assistant: Answerer, built: str = "", unread: Callable[[], Sequence[Failure]] = tuple
) -> None:
    """Give ``app`` the list of documents; ``built`` is when they were indexed (ISO 8601), empty where unknown."""

    @app.get("/documents", include_in_schema=False)
    def documents() -> HTMLResponse:
        values = {"shown": [list_document(one) for one in assistant.documents], "unread": _found(unread)}
        return HTMLResponse(render("documents.html.j2", built=built, root="./", **values))


def _found(unread: Callable[[], Sequence[Failure]]) -> Sequence[Failure]:
    try:
        return unread()
    except CorpusError as error:
        return [Failure("", str(error))]


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
