"""The documents over HTTP: a citation, a clause or a document's id in, HTML of what stands there out.

Example: ``POST /source`` with a citation returns ``…<mark>牵头部门：…</mark>…``; a stale one is explained with 409.
"""

from __future__ import annotations

import re

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict

from assistant.doors.answerer import Answerer
from assistant.doors.panel import render_source, render_trouble
from assistant.doors.templating import render
from assistant.errors import CitationStale
from assistant.models import Citation
from assistant.respond.sources import find_source
from assistant.viewing.anchors import find_clause
from assistant.viewing.outline import contents
from assistant.viewing.parts import NOWHERE, read_part, read_parts
from corpus.models import ParsedDocument, Span

_RANGE = re.compile(r"(\d{1,9})-(\d{1,9})")
GONE = "这个文件不在文件库中，可能已更换或撤下。"
CHANGED = "链接所指的文字与现在的原文对不上，文件可能已更新。"


class SourceRequest(BaseModel):
    """A citation as an answer card carries it."""

    model_config = ConfigDict(extra="forbid")

    index: int
    document: str
    document_id: str
    status: str
    section: tuple[str, ...]
    locator: str
    quote: str
    start: int
    end: int
    page: int | None = None


def add_source_routes(app: FastAPI, assistant: Answerer) -> None:
    """Give ``app`` the panel of sources and the documents' own pages."""

    def document_of(name: str) -> ParsedDocument | None:
        return next((one for one in assistant.documents if one.info.id == name), None)

    @app.post("/source", include_in_schema=False)
    def source(asked: SourceRequest) -> HTMLResponse:
        try:
            found = find_source(Citation(**asked.model_dump()), assistant.documents)
        except CitationStale as error:
            return HTMLResponse(render_trouble(str(error)), status_code=409)
        document = document_of(asked.document_id)
        assert document is not None  # its citation was found in it
        return HTMLResponse(render_source(found, document))

    @app.get("/part", include_in_schema=False)
    def part(document: str, clause: str) -> HTMLResponse:
        found = document_of(document)
        place = find_clause(found, clause) if found else None
        if found is None or place is None:
            return HTMLResponse(render_trouble(GONE), status_code=404)
        return HTMLResponse(render("part.html.j2", part=read_part(found, place)))

    @app.get("/doc/{name:path}", include_in_schema=False)
    def page(name: str, at: str = "") -> HTMLResponse:
        found, root = document_of(name), "../" * (1 + name.count("/"))
        if found is None:
            shown = render("missing.html.j2", root=root, title="没有这个文件", message=GONE)
            return HTMLResponse(shown, status_code=404)
        marked = _range(at, found)
        stale = CHANGED if at and marked is None else ""
        parts = read_parts(found, marked or NOWHERE)
        values = {"document": found, "parts": parts, "contents": contents(found), "stale": stale, "root": root}
        return HTMLResponse(render("document.html.j2", **values))


def _range(at: str, document: ParsedDocument) -> Span | None:
    found = _RANGE.fullmatch(at)
    span = Span(int(found[1]), int(found[2])) if found else NOWHERE
    return span if span.start < span.end <= len(document.text) else None
