"""A parsed document and a stretch to mark in, its text as nested parts of paragraphs and tables out.

Example: the part （一）总体思路 holds one paragraph; its slices joined are the line as it stands in the document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from assistant.respond.sources import Grid, whole_grid
from assistant.viewing.anchors import clause_anchor, table_anchor
from corpus.models import Clause, ClauseKind, ParsedDocument, Span, Table

NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Slice:
    """A verbatim piece of one line; ``start`` is its offset in the document's text."""

    text: str
    start: int
    marked: bool
    heading: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the text that is not blank."""

    slices: tuple[Slice, ...]


@dataclass(frozen=True, slots=True)
class TablePart:
    """One table, whole; the caption is empty where it stands in the text over it."""

    anchor: str
    caption: str
    grid: Grid


@dataclass(frozen=True, slots=True)
class Part:
    """One clause: its own paragraphs and tables with the clauses under it, in reading order; level 1 is outermost."""

    anchor: str
    level: int
    title: str
    inside: tuple[Paragraph | TablePart | Part, ...]


def read_parts(document: ParsedDocument, marked: Span = NOWHERE) -> tuple[Part, ...]:
    """Return the whole document; what overlaps ``marked`` is marked."""
    reading = _Reading(document, marked)
    return tuple(reading.part(one, 1) for one in reading.under[None])


def read_part(document: ParsedDocument, clause: Clause, marked: Span = NOWHERE) -> Part:
    """Return one clause with everything under it."""
    return _Reading(document, marked).part(clause, 1)


def title_of(clause: Clause, longest: int = 40) -> str:
    """Return what a list calls the clause: its number and heading, shortened."""
    between = " " if clause.label[-1:].isalnum() else ""
    words = f"{clause.label}{between}{clause.heading.split('。')[0]}".strip() or "".join(clause.path[-1:])
    return words if len(words) <= longest else words[:longest] + "…"


def families(document: ParsedDocument) -> Mapping[str | None, list[Clause]]:
    """Return the clauses right under each clause (None: the outermost); “一是…” stays inside its paragraph."""
    under: defaultdict[str | None, list[Clause]] = defaultdict(list)
    for clause in document.clauses:
        if clause.kind is not ClauseKind.RUN:
            under[clause.parent].append(clause)
    return under


class _Reading:
    """One reading of a document, in which what belongs to a clause is looked up by it."""

    def __init__(self, document: ParsedDocument, marked: Span) -> None:
        self._document, self._marked = document, marked
        self.under = families(document)
        self._runs: defaultdict[str | None, list[Clause]] = defaultdict(list)
        self._tables: defaultdict[str, list[Table]] = defaultdict(list)
        for clause in document.clauses:
            if clause.kind is ClauseKind.RUN:
                self._runs[clause.parent].append(clause)
        for table in document.tables:
            self._tables[table.clause].append(table)

    def part(self, clause: Clause, level: int) -> Part:
        text, head = self._document.text, Span(clause.span.start, max(clause.heading_span.end, clause.span.start))
        found: list[tuple[int, Paragraph | TablePart | Part]] = []
        for piece in self._own_text(clause):
            found += [(line.start, _paragraph(text, line, head, self._marked)) for line in _lines(text, piece)]
        found += [(one.span.start, _table(self._document, one, self._marked)) for one in self._tables[clause.id]]
        found += [(one.span.start, self.part(one, level + 1)) for one in self.under.get(clause.id, ())]
        inside = tuple(part for _, part in sorted(found, key=lambda pair: pair[0]))
        return Part(clause_anchor(self._document, clause), level, title_of(clause), inside)

    def _own_text(self, clause: Clause) -> list[Span]:
        """Return the clause's own pieces and those of the runs inside it, which are no parts of their own."""
        pieces = list(clause.own)
        for run in self._runs[clause.id]:
            pieces += self._own_text(run)
        joined: list[Span] = []
        for piece in sorted(pieces):
            # A run goes on in the line of the piece before it.
            if joined and "\n" not in self._document.text[joined[-1].end : piece.start]:
                joined[-1] = Span(joined[-1].start, max(joined[-1].end, piece.end))
            else:
                joined.append(piece)
        return joined


def _lines(text: str, piece: Span) -> Iterator[Span]:
    start = piece.start
    for line in piece.of(text).split("\n"):
        if line.strip():
            yield Span(start, start + len(line))
        start += len(line) + 1


def _paragraph(text: str, line: Span, head: Span, marked: Span) -> Paragraph:
    bounds = {line.start, line.end}
    bounds |= {at for at in (head.end, marked.start, marked.end) if line.start < at < line.end}
    edges = sorted(bounds)
    return Paragraph(
        tuple(
            Slice(text[start:end], start, marked.start <= start < marked.end, head.start <= start < head.end)
            for start, end in pairwise(edges)
        )
    )


def _table(document: ParsedDocument, table: Table, marked: Span) -> TablePart:
    inside = table.caption_span is not None and table.span.covers(table.caption_span)
    caption = table.caption if inside else ""
    return TablePart(table_anchor(document, table), caption, whole_grid(document.text, table, marked))
