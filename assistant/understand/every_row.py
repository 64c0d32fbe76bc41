"""A question that asks whether all rows of a kind are so in, what the rows are called and what is asked of them out.

Example: 甲局牵头的项目投资都没超过1亿吗 → “甲局牵头的项目”, “投资不超过1亿”.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.understand.lexicon import Ask
from assistant.understand.question import MentionKind, Question

ALL = re.compile(r"(?:是不是|是否)?(?:全部都?|全都|都|均|全)(?:是|为)?")
_EVERY = re.compile(r"^(?:请问|是不是|是否|所有|全部|全体|每一?[个项位]|各个?)+的?")
_END = re.compile(r"(?:[吗么嘛吧]|[，,]?(?:对吗|对吧|对不对|是吗|是吧|是不是))*[？?。！!\s]*$")
_NOT = re.compile(r"(?:没有?|未)(?=[超高低多少])")


@dataclass(frozen=True, slots=True)
class EveryRow:
    """What rows are called (``rows``), and what is asked to be so of all of them (``said``)."""

    rows: str
    said: str


def find_every_row(question: Question) -> EveryRow | None:
    """Return what is asked of every row of a kind, and of which; None where no such thing is asked.

    Whether it is asked at all (吗, 吧) is not looked at.
    """
    match = ALL.search(question.text)
    said = _END.sub("", question.text[match.end() :]) if match is not None else ""
    if match is None or not said or question.asks - {Ask.YES_NO}:
        return None
    nouns = [m.span.end for m in question.mentions if m.kind is MentionKind.CLASS_NOUN and m.span.end <= match.start()]
    end = nouns[-1] if nouns else match.start()
    rows = _EVERY.sub("", question.text[:end])
    measured = question.text[end : match.start()].strip("的，,")
    return EveryRow(rows, measured + _NOT.sub("不", said)) if rows else None
