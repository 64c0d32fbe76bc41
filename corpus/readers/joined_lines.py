"""A text whose line breaks were lost on its way in, the places where its lines ended out.

Example: “…的通知 各有关单位： 为贯彻… 一、加强领导 各区要…” (one line of a thousand characters) → five lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.models import Span
from corpus.numbering import match_label

LONGEST_LINE = 400
"""A line of more characters than this has lost the breaks of its own lines."""

_BLANK = re.compile(r"[ \u3000\u00a0]+")
_SENTENCE_MARK = re.compile(r"[。！？；：:!?;]")
_FRONT_END = re.compile(r"[。；]|[：:]$")
_ENDS = re.compile(r"[。！？；：:!?;][”’」』）)]*$")
_HAN = re.compile(r"[\u3400-\u9fff，。；：、“”《》（）]")
_LONGEST_HEADING = 60
_SHORTEST_HEADING = 4
_TAIL = 120


def find_lines(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return ``spans`` (the lines of ``text``), each overlong one cut at the blanks where its own lines ended.

    A blank ended a line where a sentence ends before it, where a numbering begins behind it, behind a numbered
    heading, and anywhere before the first sentence (title, number, addressee).
    """
    found: list[Span] = []
    for number, span in enumerate(spans):
        found.extend(_cut(text, span, in_front=number == 0) if _is_joined(span) else (span,))
    return tuple(found)


def _is_joined(span: Span) -> bool:
    return span.end - span.start > LONGEST_LINE


def _cut(text: str, span: Span, *, in_front: bool) -> Iterator[Span]:
    start = searched = span.start
    for blank in _BLANK.finditer(text, span.start, span.end):
        before = text[max(start, blank.start() - _TAIL) : blank.start()]
        behind = text[blank.end() : min(blank.end() + 12, span.end)]
        if in_front and _FRONT_END.search(text[searched : blank.start()]):
            in_front = False
        searched = blank.start()
        if before and behind and (in_front or _is_end(before, behind)) and _is_chinese(before, behind):
            yield Span(start, blank.start())
            start = blank.end()
    yield Span(start, span.end)


def _is_end(before: str, behind: str) -> bool:
    if _ENDS.search(before):
        return True
    label = match_label(before)
    if match_label(behind) is not None:
        return label is None or len(before) > label.length
    if label is None or _SENTENCE_MARK.search(before[label.length :]):
        return False
    return _SHORTEST_HEADING <= len(before) - label.length <= _LONGEST_HEADING


def _is_chinese(before: str, behind: str) -> bool:
    """Return whether the blank stands beside Chinese: between Latin words it is part of the sentence."""
    return _HAN.match(behind) is not None or _HAN.search(before[-1]) is not None
