"""A found chunk in, its sentences and the segments between their marks out, each with its span.

Example: “2月申报纳税期限延长至24日，减免…。” → one sentence of two segments, cut behind “，” and “。”.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.folding import fold
from corpus.models import Span

_MARKS = "，,；;：:。！？!?\n"
MARKS = _MARKS + "、 \u3000"
"""What stands around words and is no part of them."""
_SEGMENT = re.compile(rf"[^{_MARKS}]*(?:[{_MARKS}]+[”’」』）)\]】*]*)?")
_SENTENCE_END = re.compile(r"[。！？!?；;\n][”’」』）)\]】*]*$")
_INSIDE_NUMBER = re.compile(r"\d[,:，：]$")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a sentence up to its next mark; ``key`` is folded, the marks at its end included.

    ``sentence`` counts the sentences of the page from 0, ``mark`` is the first of the marks that end it.
    """

    span: Span
    key: str
    sentence: int
    mark: str


def cut_segments(text: str, spans: Sequence[Span]) -> tuple[Segment, ...]:
    """Return the segments of ``spans`` of ``text`` in reading order, without blanks at their ends, never empty.

    The end of a span ends a sentence; a comma between digits ends nothing.
    """
    found: list[Segment] = []
    sentence = 0
    for span in spans:
        start = span.start
        for match in _SEGMENT.finditer(text, span.start, span.end):
            piece = text[start : match.end()]
            following = text[match.end() : match.end() + 1]
            if _INSIDE_NUMBER.search(piece) and following.isdigit():
                continue
            if piece.strip():
                found.append(_segment(text, Span(start, match.end()), sentence))
                sentence += _SENTENCE_END.search(piece.rstrip(" \u3000")) is not None
            start = match.end()
        if found and found[-1].sentence == sentence:
            sentence += 1
    return tuple(found)


def _segment(text: str, span: Span, sentence: int) -> Segment:
    piece = span.of(text)
    start = span.start + len(piece) - len(piece.lstrip())
    end = span.start + len(piece.rstrip())
    words = text[start:end].rstrip(_MARKS + "”’」』）)]】")
    return Segment(Span(start, end), fold(text[start:end]), sentence, text[start + len(words) : end][:1])
