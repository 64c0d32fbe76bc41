"""The text of a model's reply in, its checked opinion out; what is not of the agreed form is refused.

Example: ``{"says_gold": true, "statements": [{"text": "由水利局牵头", "supported": true}], "reason": "一致"}``
"""

from __future__ import annotations

import json
import re

from pydantic import BaseModel, ConfigDict, Field, StrictBool, ValidationError

_THOUGHT = re.compile(r"<think>.*?</think>", re.DOTALL)


class ReplyUnreadable(ValueError):
    """A reply is not one JSON object of the agreed form; ``str(error)`` says in Chinese what is wrong."""


class StatedFact(BaseModel):
    """One statement that the model found in an answer, and whether the quoted evidence supports it."""

    model_config = ConfigDict(frozen=True)

    text: str = Field(min_length=1)
    supported: StrictBool


class Reply(BaseModel):
    """What the model says of one answer; keys that were not asked for are left out."""

    model_config = ConfigDict(frozen=True)

    says_gold: StrictBool
    statements: tuple[StatedFact, ...]
    reason: str = ""

    @property
    def unsupported(self) -> tuple[str, ...]:
        """Return the statements that no quoted evidence supports."""
        return tuple(fact.text for fact in self.statements if not fact.supported)


def read_reply(text: str) -> Reply:
    """Return the opinion in ``text``; thoughts before it and a fence around it are passed over.

    Raises:
        ReplyUnreadable: There is no JSON object, or it lacks a key or has a value of another type.
    """
    said = _THOUGHT.sub("", text)
    start, end = said.find("{"), said.rfind("}")
    if start < 0 or end < start:
        raise ReplyUnreadable("没有 JSON 对象")
    try:
        return Reply.model_validate(json.loads(said[start : end + 1]))
    except ValidationError as error:
        places = "、".join(".".join(map(str, fault["loc"])) or "整体" for fault in error.errors()[:5])
        raise ReplyUnreadable(f"不合格式：{places}") from error
    except (ValueError, RecursionError) as error:
        raise ReplyUnreadable("不是有效的 JSON") from error
