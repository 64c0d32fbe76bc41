"""The source behind a citation, over HTTP: the citation of an answer card in, the inside of the panel out.

Example: ``POST /source`` with a citation returns ``…<mark>牵头部门：…</mark>…``; a stale one is explained with 409.
"""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict

from assistant.doors.answerer import Answerer
from assistant.doors.panel import render_source, render_trouble
from assistant.errors import CitationStale
from assistant.models import Citation
from assistant.respond.sources import find_source


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


def add_source_route(app: FastAPI, assistant: Answerer) -> None:
    """Give ``app`` the route that the panel of sources asks."""

    @app.post("/source", include_in_schema=False)
    def source(asked: SourceRequest) -> HTMLResponse:
        try:
            found = find_source(Citation(**asked.model_dump()), assistant.documents)
        except CitationStale as error:
            return HTMLResponse(render_trouble(str(error)), status_code=409)
        return HTMLResponse(render_source(found))
