"""What visitors think of answers over HTTP: a verdict on one of their own turns in, kept for the administrator.

Example: ``POST /talk/turn/{id}/verdict {"verdict": "bad", "reason": "答非所问", "correction": "…"}`` returns 204.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from assistant.conversations.feedback import FeedbackStore
from assistant.conversations.models import Verdict
from assistant.doors.conversation_routes import DONE, Key
from assistant.doors.limits import Pace
from assistant.doors.talk import Talk
from assistant.doors.visitors import visitor_of
from assistant.readable import readable
from assistant.viewing.evidence_places import evidence_places

REASONS = ("答案不对", "没有答到点上", "出处不对", "内容不全", "应当能答却没有答", "其他")
TOO_MANY = "提交过于频繁，请稍后再试。"


class Given(BaseModel):
    """What a person thinks of one answer."""

    model_config = ConfigDict(extra="forbid")

    verdict: Verdict
    reason: Annotated[str, Field(max_length=200)] = ""
    correction: Annotated[str, Field(max_length=4000)] = ""


def add_feedback_routes(app: FastAPI, talk: Talk, feedback: FeedbackStore) -> None:
    """Give ``app`` the route that keeps verdicts."""
    pace = Pace(burst=20, per_second=0.2)

    @app.post("/talk/turn/{key}/verdict", include_in_schema=False)
    def verdict(key: Key, given: Given, request: Request) -> Response:
        visitor = visitor_of(request)
        if not pace.allows(visitor):
            return JSONResponse({"error": TOO_MANY}, 429)
        turn = talk.store.turn(visitor, key)
        turns = talk.store.turns(visitor, turn.conversation)
        earlier = [one.question for one in turns if one.position < turn.position]
        places = evidence_places(turn.answer.citations if turn.answer else (), talk.assistant.documents)
        said = readable(given.reason), readable(given.correction)
        feedback.give(visitor, turn, earlier, given.verdict, *said, places)
        return DONE
