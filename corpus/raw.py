"""What a reader hands to the parser: one file's bytes in, decoded text with lines and raw grids out.

Example: the tab-led cells “⇥序号 ⇥项目名称 …” become one ``RawGrid`` whose cells are spans of the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.models import Span


@dataclass(frozen=True, slots=True)
class Line:
    """One line that holds text: ``content`` is without outer blanks and markup, ``span`` without outer blanks only.

    ``depth`` is the level of a Markdown heading (1 for ``#``), 0 for any other line.
    """

    span: Span
    content: Span
    depth: int = 0


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row of a grid; each cell is the span of its words, empty where the cell is empty."""

    cells: tuple[Span, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class RawGrid:
    """A grid as it stands in the text; ``implied`` names the columns where the source has no header row."""

    rows: tuple[RawRow, ...]
    span: Span
    implied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RawText:
    """Decoded text, the non-blank lines outside every grid, and the grids, both in reading order.

    ``marks`` says that ``-``, ``*`` and ``+`` open list entries (Markdown).
    """

    text: str
    lines: tuple[Line, ...]
    grids: tuple[RawGrid, ...]
    marks: bool = False


def make_row(cells: Iterable[Span], span: Span) -> RawRow:
    """Return a row whose empty cells at its ends lie inside ``span``, which has no outer blanks."""
    inside = (Span(min(max(c.start, span.start), span.end), min(max(c.end, span.start), span.end)) for c in cells)
    return RawRow(tuple(inside), span)


def trim(text: str, start: int, end: int) -> Span:
    """Return the span ``start``–``end`` without the blanks at its ends; empty at ``start`` if nothing remains."""
    piece = text[start:end]
    kept = piece.strip()
    if not kept:
        return Span(start, start)
    lead = len(piece) - len(piece.lstrip())
    return Span(start + lead, start + lead + len(kept))


def line_spans(text: str) -> tuple[Span, ...]:
    """Return the span of every line, blank ones included, without its line break."""
    spans = []
    start = 0
    for line in text.split("\n"):
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return tuple(spans)
