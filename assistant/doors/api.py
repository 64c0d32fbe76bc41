"""The assistant over HTTP: JSON questions in, rows of the answer contract out.

Example: ``POST /ask {"question": "全市森林覆盖率的目标是多少？"}`` returns ``{"id": "", "question": …, "kind": …}``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from assistant.doors.answering import Answering
from assistant.doors.limits import LARGEST_BODY, BodyLimit
from assistant.errors import AssistantError
from corpus.errors import CorpusError
from index.errors import IndexRoomError
from index.models import Hit

_REFUSALS = {
    400: "请求无法读取，请使用 UTF-8 编码的 JSON。",
    404: "没有这个地址。",
    405: "这个地址不支持该请求方法。",
}

DocumentIds = Annotated[list[str], Field(max_length=1000)]


class _Strict(BaseModel):
    # A misspelt key must not be ignored in silence.
    model_config = ConfigDict(extra="forbid", strict=True)


class AskRequest(_Strict):
    """One question; ``history`` holds the earlier questions of the conversation, oldest first."""

    question: str
    history: Annotated[list[str], Field(max_length=200)] = []
    documents: DocumentIds | None = None
    id: Annotated[str, Field(max_length=200)] = ""


class SearchRequest(_Strict):
    """A search for passages and rows, without an answer."""

    query: str
    k: Annotated[int, Field(ge=1, le=100)] = 10
    documents: DocumentIds | None = None


def create_api(assistant: Answering, largest_body: int = LARGEST_BODY) -> FastAPI:
    """Return an application with ``POST /ask``, ``POST /search`` and ``GET /health``."""
    # The interactive pages would load their scripts from a CDN; /openapi.json describes the same.
    app = FastAPI(title="政策文件问答", docs_url=None, redoc_url=None)
    app.add_middleware(BodyLimit, largest=largest_body)
    _add_error_messages(app)

    @app.post("/ask")
    def ask(asked: AskRequest) -> dict[str, Any]:
        answer = assistant.ask(asked.question, asked.history, asked.documents)
        return replace(answer, id=asked.id).to_dict()

    @app.post("/search")
    def search(asked: SearchRequest) -> dict[str, Any]:
        hits = assistant.search(asked.query, asked.k, asked.documents)
        return {"results": [describe_hit(hit) for hit in hits]}

    @app.get("/health")
    def health() -> dict[str, Any]:
        documents = [
            {"id": one.info.id, "title": one.info.title, "status": one.info.status} for one in assistant.documents
        ]
        return {"status": "ok", "documents": documents}

    return app


def describe_hit(hit: Hit) -> dict[str, Any]:
    """Return the contract's row of one search result."""
    chunk = hit.chunk
    return {
        "rank": hit.rank,
        "score": hit.score,
        "document_id": chunk.document_id,
        "section": list(chunk.section),
        "start": chunk.span.start,
        "end": chunk.span.end,
        "text": chunk.text,
    }


def _add_error_messages(app: FastAPI) -> None:
    """Answer every failure with ``{"error": …}`` in Chinese; the trace stays in the server's log."""

    @app.exception_handler(RequestValidationError)
    async def malformed(_: Request, error: RequestValidationError) -> JSONResponse:
        problems = error.errors()
        if any(problem["type"] == "json_invalid" for problem in problems):
            return _error(400, "请求不是有效的 JSON。")
        return _error(422, "请求格式不正确：" + "；".join(_explain(problem) for problem in problems[:5]) + "。")

    @app.exception_handler(AssistantError)
    async def unanswerable(_: Request, error: AssistantError) -> JSONResponse:
        return _error(422, str(error))

    @app.exception_handler(IndexRoomError)
    @app.exception_handler(CorpusError)
    async def unavailable(_: Request, error: Exception) -> JSONResponse:
        return _error(503, str(error))

    @app.exception_handler(HTTPException)
    async def refused(_: Request, error: HTTPException) -> JSONResponse:
        known = {
            400: "请求无法读取，请使用 UTF-8 编码的 JSON。",
            404: "没有这个地址。",
            405: "这个地址不支持该请求方法。",
        }
        return _error(error.status_code, known.get(error.status_code, str(error.detail)))

    @app.exception_handler(Exception)
    async def failed(_: Request, __: Exception) -> JSONResponse:
        return _error(500, "服务器内部错误，请稍后重试或查看服务日志。")


def _explain(problem: dict[str, Any]) -> str:
    name = "".join(f"“{part}”" for part in problem["loc"] if part != "body") or "请求"
    known = {
        "missing": "缺少",
        "extra_forbidden": "不认识的字段",
        "string_type": "应为文字",
        "int_type": "应为整数",
        "list_type": "应为列表",
        "model_attributes_type": "应为 JSON 对象",
        "greater_than_equal": "数值过小",
        "less_than_equal": "数值过大",
        "too_long": "项数过多",
        "string_too_long": "文字过长",
    }
    return f"{known.get(problem['type'], '不符合要求')}：{name}"


def _error(status: int, message: str) -> JSONResponse:
    return JSONResponse({"error": message}, status)
