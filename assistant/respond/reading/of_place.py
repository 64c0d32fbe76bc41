"""A sentence with a figure for each of several places in, the part of it that is about the place asked for out.

Example: asked of 乙县, “甲县新建水库3座，在乙县新建2座。” → “在乙县新建2座”.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.folding import fold
from corpus.models import Span

_PARTS = re.compile(r"[^，,；;。\n]+")
_FIGURE = re.compile(r"\d[\d,.]*\s*[余多]?[百千万亿]*([^\d,.\s])")

PlacesIn = Callable[[str], frozenset[str]]
"""Tells which places a folded text names."""


def part_of_place(key: str, text: str, sentence: Span, places_in: PlacesIn) -> Span | None:
    """Return the one part of ``sentence`` with figures of the one place that the folded question names.

    None where the question names several places, and where the sentence gives figures of no other place. A part that
    names no place is about that of the part before it. Of no place asked the whole sentence is told where its figures
    are all of one unit: 3座 alone would be half of it.
    """
    asked, about = places_in(key), frozenset[str]()
    parts: list[tuple[Span, frozenset[str]]] = []
    for match in _PARTS.finditer(text, sentence.start, sentence.end):
        about = places_in(fold(match.group())) or about
        if about and _FIGURE.search(match.group()):
            parts.append((Span(*match.span()), about))
    if len({places for _, places in parts}) <= 1 or len(asked) > 1:
        return None
    own = [span for span, places in parts if places == asked]
    if asked:
        return own[0] if len(own) == 1 else None
    units = {unit for span, _ in parts for unit in _FIGURE.findall(span.of(text))}
    return Span(parts[0][0].start, parts[-1][0].end) if len(units) == 1 else None
