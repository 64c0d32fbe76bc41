"""A visitor's conversations over HTTP: list, show, rename, delete, stop, export.

Example: ``GET /talk/{id}/export.docx`` returns the conversation as a Word file; another visitor's is answered with 404.
"""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, FastAPI, Path, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from assistant.conversations.models import Turn
from assistant.doors.talk import Talk
from assistant.doors.templating import render
from assistant.doors.visitors import user_of, visitor_of
from assistant.errors import ConversationMissing

Key = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DONE = Response(status_code=204)


class Renamed(BaseModel):
    """A conversation's new title."""

    model_config = ConfigDict(extra="forbid")

    title: Annotated[str, Field(min_length=1, max_length=200)]


def add_conversation_routes(app: FastAPI, talk: Talk) -> None:
    """Give ``app`` the routes of the list of conversations."""
    routes = APIRouter(prefix="/talk", include_in_schema=False)
    _add_reading(routes, talk)
    _add_changing(routes, talk)
    _add_exports(routes, talk)
    app.include_router(routes)

    @app.exception_handler(ConversationMissing)
    async def missing(_: Request, error: ConversationMissing) -> JSONResponse:
        return JSONResponse({"error": str(error)}, 404)


def _add_reading(routes: APIRouter, talk: Talk) -> None:
    @routes.get("")
    def listed(request: Request, words: Annotated[str, Query(max_length=100)] = "") -> HTMLResponse:
        found = talk.store.conversations(visitor_of(request), words.strip())
        values = {"conversations": found, "words": words.strip(), "user": user_of(request)}
        return HTMLResponse(render("history.html.j2", **values))

    @routes.get("/{key}")
    def shown(key: Key, request: Request) -> HTMLResponse:
        return HTMLResponse(talk.show(visitor_of(request), key))

    @routes.get("/turn/{key}")
    def turn(key: Key, request: Request) -> HTMLResponse:
        return HTMLResponse(talk.render(talk.store.turn(visitor_of(request), key)))

    @routes.get("/turn/{key}/next")
    def following(key: Key, request: Request) -> HTMLResponse:
        return HTMLResponse(talk.next_questions(visitor_of(request), key))


def _add_changing(routes: APIRouter, talk: Talk) -> None:
    @routes.post("/{key}/title")
    def rename(key: Key, new: Renamed, request: Request) -> Response:
        talk.store.rename(visitor_of(request), key, " ".join(new.title.split()) or new.title)
        return DONE

    @routes.post("/{key}/delete")
    def delete(key: Key, request: Request) -> Response:
        talk.store.delete(visitor_of(request), key)
        return DONE

    @routes.post("/turn/{key}/stop")
    def stop(key: Key, request: Request) -> Response:
        talk.store.stop(visitor_of(request), key)
        return DONE


def _add_exports(routes: APIRouter, talk: Talk) -> None:
    # The libraries that write files are imported when the first file is asked for.
    @routes.get("/{key}/export.md")
    def markdown(key: Key, request: Request) -> Response:
        from assistant.export.conversations import conversation_markdown

        title, turns = _read(talk, request, key)
        return _file(conversation_markdown(title, turns).encode(), "text/markdown; charset=utf-8", f"{title}.md")

    @routes.get("/{key}/export.docx")
    def docx(key: Key, request: Request) -> Response:
        from assistant.export.conversations import conversation_docx

        title, turns = _read(talk, request, key)
        return _file(conversation_docx(title, turns), DOCX, f"{title}.docx")

    @routes.get("/turn/{key}/table.{kind}")
    def table(key: Key, kind: str, request: Request) -> Response:
        from assistant.export.tables import answer_csv, answer_xlsx

        found = talk.store.turn(visitor_of(request), key)
        if found.answer is None or kind not in ("xlsx", "csv"):
            raise ConversationMissing("没有可以导出的表格。")
        if kind == "csv":
            return _file(answer_csv(found.answer), "text/csv; charset=utf-8", f"{found.question}.csv")
        return _file(answer_xlsx(found.answer), XLSX, f"{found.question}.xlsx")


def _read(talk: Talk, request: Request, key: str) -> tuple[str, tuple[Turn, ...]]:
    visitor = visitor_of(request)
    return talk.store.conversation(visitor, key).title, talk.store.turns(visitor, key)


def _file(content: bytes, kind: str, name: str) -> Response:
    safe = "".join(one for one in name if one not in '\\/:*?"<>|\r\n\t')[-60:]
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(safe)}", "cache-control": "no-store"}
    return Response(content, media_type=kind, headers=headers)
