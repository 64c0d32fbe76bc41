"""Every failure of the API as a message: an exception in, ``{"error": …}`` in Chinese with its status code out.

Example: an unknown key is answered with 422 and “请求格式不正确：不认识的字段：“histroy”。”.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from assistant.errors import AssistantError
from assistant.readable import writable
from corpus.errors import CorpusError
from index.errors import IndexRoomError

UNREADABLE_TEXT = "unreadable_text"
"""Type of the fault of a text that holds lone surrogates."""

_REFUSALS = {
    400: "请求无法读取，请使用 UTF-8 编码的 JSON。",
    404: "没有这个地址。",
    405: "这个地址不支持该请求方法。",
}


def add_error_messages(app: FastAPI) -> None:
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
        message = _REFUSALS.get(error.status_code, str(error.detail))
        return _error(error.status_code, message, error.headers)

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
        "string_unicode": "含有无法识别的字符",
        UNREADABLE_TEXT: "含有无法识别的字符",
    }
    return f"{known.get(problem['type'], '不符合要求')}：{name}"


def _error(status: int, message: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    # A message may repeat what was sent, lone surrogates included, which JSON in UTF-8 cannot hold.
    return JSONResponse({"error": writable(message)}, status, headers)
