"""The assistant over HTTP: JSON questions in, rows of the answer contract out.

Example: ``POST /ask {"question": "全市森林覆盖率的目标是多少？"}`` returns ``{"id": "", "question": …, "kind": …}``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import FastAPI
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from assistant.doors.answerer import Answerer
from assistant.doors.error_messages import UNREADABLE_TEXT, add_error_messages
from assistant.doors.limits import LARGEST_BODY, BodyLimit
from assistant.readable import writable


def _refuse_halves(text: str) -> str:
    if writable(text) != text:
        raise PydanticCustomError(UNREADABLE_TEXT, "lone surrogates")
    return text


Text = Annotated[str, AfterValidator(_refuse_halves)]
DocumentIds = Annotated[list[Text], Field(max_length=1000)]


class _Strict(BaseModel):
    # A misspelt key must not be ignored in silence.
    model_config = ConfigDict(extra="forbid", strict=True)


class AskRequest(_Strict):
    """One question; ``history`` holds the earlier questions of the conversation, oldest first."""

    question: Text
    history: Annotated[list[Text], Field(max_length=200)] = []
    documents: DocumentIds | None = None
    id: Annotated[Text, Field(max_length=200)] = ""


class SearchRequest(_Strict):
    """A search for passages and rows, without an answer."""

    query: Text
    k: Annotated[int, Field(ge=1, le=100)] = 10
    documents: DocumentIds | None = None


def create_api(assistant: Answerer, largest_body: int = LARGEST_BODY) -> FastAPI:
    """Return an application with ``POST /ask``, ``POST /search`` and ``GET /health``."""
    # The interactive pages would load their scripts from a CDN; /openapi.json describes the same.
    app = FastAPI(title="政策文件问答", docs_url=None, redoc_url=None)
    app.add_middleware(BodyLimit, largest=largest_body)
    add_error_messages(app)

    @app.post("/ask")
    def ask(asked: AskRequest) -> dict[str, Any]:
        answer = assistant.ask(asked.question, asked.history, asked.documents)
        return replace(answer, id=asked.id).to_dict()

    @app.post("/search")
    def search(asked: SearchRequest) -> dict[str, Any]:
        hits = assistant.search(asked.query, asked.k, asked.documents)
        return {"results": [hit.to_dict() for hit in hits]}

    @app.get("/health")
    def health() -> dict[str, Any]:
        documents = [
            {"id": one.info.id, "title": one.info.title, "status": one.info.status} for one in assistant.documents
        ]
        return {"status": "ok", "documents": documents}

    return app
