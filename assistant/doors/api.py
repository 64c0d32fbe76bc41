"""The assistant over HTTP: JSON questions in, rows of the answer contract out.

Example: ``POST /ask {"question": "全市森林覆盖率的目标是多少？"}`` returns ``{"id": "", "question": …, "kind": …}``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

from fastapi import Depends, FastAPI, HTTPException, Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from assistant.doors.answerer import Answerer
from assistant.doors.error_messages import UNREADABLE_TEXT, add_error_messages
from assistant.doors.limits import BURST, LARGEST_BODY, PER_SECOND, TOO_FAST, BodyLimit, Pace
from assistant.doors.visitors import user_of
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


def create_api(assistant: Answerer, largest_body: int = LARGEST_BODY, pace: Pace | None = None) -> FastAPI:
    """Return an application with ``POST /ask``, ``POST /search`` and ``GET /health``.

    ``pace`` says how often each signed-on user, or each address, may ask; as in the chat where it is not given.
    """
    # The interactive pages would load their scripts from a CDN; /openapi.json describes the same.
    app = FastAPI(title="政策文件问答", docs_url=None, redoc_url=None)
    app.add_middleware(BodyLimit, largest=largest_body)
    add_error_messages(app)
    limited = [Depends(_keep_pace(pace or Pace(BURST, PER_SECOND)))]

    @app.post("/ask", dependencies=limited)
    def ask(asked: AskRequest) -> dict[str, Any]:
        answer = assistant.ask(asked.question, asked.history, asked.documents)
        return replace(answer, id=asked.id).to_dict()

    @app.post("/search", dependencies=limited)
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


def _keep_pace(pace: Pace) -> Callable[[Request], None]:
    """Return what refuses a request that comes too soon; a cookie is not asked, for a program could send any."""

    def keep(request: Request) -> None:
        asker = user_of(request) or (request.client.host if request.client else "")
        if not pace.allows(asker):
            raise HTTPException(429, TOO_FAST, {"retry-after": "1"})

    return keep
