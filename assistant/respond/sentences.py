"""A clause or chunk in, its sentences with spans out.

Example: “到2024年，……。砒砂岩……以上。” → two sentences, each a verbatim slice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.models import Span

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]?[”’）)*]*")


def split_sentences(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return the sentences inside ``spans`` of ``text``: trimmed of blanks, never empty, in reading order.

    A sentence ends at 。！？；or a line's end; closing quotation marks, brackets and marks of emphasis stay with it.
    """
    found: list[Span] = []
    for span in spans:
        for match in _SENTENCE.finditer(text, span.start, span.end):
            piece = _trim(text, Span(match.start(), match.end()))
            if piece.end - piece.start > 1:
                found.append(piece)
    return tuple(found)


def _trim(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
