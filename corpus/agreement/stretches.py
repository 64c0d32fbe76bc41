"""A document in, the stretches out in which a name can stand: phrases of clauses, headings, group rows and cells.

Example: “…实施国土绿化与森林资源管护项目，统筹推进…” gives the phrase “实施国土绿化与森林资源管护项目” of its clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.agreement.models import StatedAt
from corpus.models import ParsedDocument, Span

_PHRASE = re.compile(r"[^，,。；;：:！？\n\t]+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words between two marks, with where they stand: an item list (甲、乙和丙) is one stretch.

    ``is_name`` says that the whole is the name of something: a heading or a group row.
    """

    span: Span
    place: StatedAt
    is_name: bool = False


def read_stretches(document: ParsedDocument) -> tuple[Stretch, ...]:
    """Return the stretches of the clauses in their order, then those of the tables."""
    return (*_of_clauses(document), *_of_tables(document))


def _of_clauses(document: ParsedDocument) -> Iterator[Stretch]:
    for clause in document.clauses:
        place = StatedAt(clause=clause.id)
        for own in clause.own:
            # The clause's number is no part of what it says.
            numbered = bool(clause.label) and document.text.startswith(clause.label, own.start)
            for match in _PHRASE.finditer(document.text, own.start + len(clause.label) * numbered, own.end):
                if (span := _trimmed(document.text, Span(*match.span()))).start < span.end:
                    yield Stretch(span, place, bool(clause.heading) and span == clause.heading_span)


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def _of_tables(document: ParsedDocument) -> Iterator[Stretch]:
    for table in document.tables:
        told = set()
        for row in table.data_rows:
            for group in row.groups:
                if group.span not in told:
                    told.add(group.span)
                    yield Stretch(group.span, StatedAt(table=table.id, row=row.number), is_name=True)
            for cell in row.cells:
                if not cell.carried and cell.column < len(table.columns):
                    place = StatedAt(table=table.id, row=row.number, column=cell.column)
                    for match in _PHRASE.finditer(document.text, cell.span.start, cell.span.end):
                        yield Stretch(_trimmed(document.text, Span(*match.span())), place)
