"""A stretch of a question and a text that should support it in, the pieces that the text does not support out.

Example: “施工单位” against the row of a project that has no such column → ["施工"].
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.understand.entities import common_blocks
from corpus.models import Span

_FIGURE = re.compile(r"[0-9]")


def unsupported(key: str, spans: Iterable[Span], context: str, synonyms: Sequence[Sequence[str]]) -> tuple[Span, ...]:
    """Return the pieces of ``spans`` (stretches of the folded question ``key``) that ``context`` does not support.

    A piece is supported where two or more of its characters in a row stand in ``context``, or where a synonym of a
    word in it does. Single characters left over carry too little to be judged and are let go, figures are not.
    """
    left: list[Span] = []
    for span in spans:
        covered = {
            position
            for block in (*common_blocks(span.of(key), context), *_synonym_blocks(span.of(key), context, synonyms))
            for position in range(span.start + block.start, span.start + block.end)
        }
        left += _pieces(key, span, covered)
    return tuple(left)


def _synonym_blocks(piece: str, context: str, synonyms: Sequence[Sequence[str]]) -> list[Span]:
    blocks: list[Span] = []
    for group in synonyms:
        if not any(word in context for word in group):
            continue
        for word in group:
            start = piece.find(word)
            if start >= 0:
                blocks.append(Span(start, start + len(word)))
    return blocks


def _pieces(key: str, span: Span, covered: set[int]) -> list[Span]:
    pieces: list[Span] = []
    start: int | None = None
    for position in range(span.start, span.end + 1):
        inside = position < span.end and position not in covered
        if inside and start is None:
            start = position
        elif not inside and start is not None:
            piece = Span(start, position)
            if position - start > 1 or _FIGURE.search(piece.of(key)):
                pieces.append(piece)
            start = None
    return pieces
