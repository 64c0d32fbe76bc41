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
from assistant.respond.stated import locator_of
from assistant.viewing.anchors import document_link, table_anchor
from corpus.agreement.models import Finding, Verdict
from corpus.agreement.show import called
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
class Contradiction:
    """One thing that the document states differently in several places: each place with its words and its link."""

    subject: str
    statements: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """One document as the list shows it; warnings ask for a look, notes only inform."""

    info: DocumentInfo
    link: str
    clauses: int
    tables: tuple[ListedTable, ...]
    warnings: tuple[str, ...]
    notes: tuple[str, ...]
    contradictions: tuple[Contradiction, ...] = ()


def add_document_list(
    app: FastAPI,
    assistant: Answerer,
    built: str = "",
    unread: Callable[[], Sequence[Failure]] = tuple,
    findings: Sequence[Finding] = (),
) -> None:
    """Give ``app`` the list of documents; ``built`` is when they were indexed (ISO 8601), empty where unknown.

    ``findings`` are what documents state in several places.
    """
    told: dict[str, list[Finding]] = {}
    for finding in findings:
        told.setdefault(finding.document, []).append(finding)

    @app.get("/documents", include_in_schema=False)
    def documents() -> HTMLResponse:
        values = {
            "shown": [list_document(one, told.get(one.info.id, ())) for one in assistant.documents],
            "unread": _found(unread),
        }
        return HTMLResponse(render("documents.html.j2", built=built, root="./", **values))


def _found(unread: Callable[[], Sequence[Failure]]) -> Sequence[Failure]:
    try:
        return unread()
    except CorpusError as error:
        return [Failure("", str(error))]


def list_document(document: ParsedDocument, findings: Sequence[Finding] = ()) -> ListedDocument:
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
        tuple(_contradiction(document, one) for one in findings if _is_odd(document, one)),
    )


def _is_odd(document: ParsedDocument, finding: Finding) -> bool:
    return finding.document == document.info.id and finding.verdict is Verdict.DIFFERS


def _contradiction(document: ParsedDocument, finding: Finding) -> Contradiction:
    told = (
        (f"{locator_of(document, one)}：{one.written}", document_link(document, one.span)) for one in finding.statements
    )
    return Contradiction(called(finding), tuple(told))
