"""Parsed documents in, chunks out: pieces of one clause or one table row, each a verbatim slice of the document.

Example: the row “3 黄河内蒙古段十大孔兑综合治理项目 …” is searched as “重点工程2：水土流失综合治理工程；序号：3；
项目名称：黄河内蒙古段十大孔兑综合治理项目；牵头责任单位：水利局；…” and cited as it stands in the source.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator

from corpus.models import Cell, Clause, Column, Group, ParsedDocument, Row, RowKind, Span, Table
from index.models import Chunk, ChunkKind

_MOST_ABOVE = 140
PIECE_LENGTH = 300
"""The aim for the length of a piece in characters; measured, see docs/decisions/0004-lexical-engine.md."""

_SENTENCE_END = re.compile(r"[。；！？;!?][”’」』）)]*|\n")
_LABEL_NUMBER = re.compile(r"[\s\d０-９一二三四五六七八九十百零〇()（）.．、]+$")


def make_chunks(documents: Iterable[ParsedDocument]) -> tuple[Chunk, ...]:
    """Return the chunks of all documents in reading order; every character of a clause's own text is in one."""
    return tuple(chunk for document in documents for chunk in _document_chunks(document))


def headings_above(title: str, section: tuple[str, ...]) -> str:
    """Return what a chunk stands under as one line, as a question is matched with it."""
    return f"{title} {' > '.join(section)}"[:_MOST_ABOVE]


def _document_chunks(document: ParsedDocument) -> Iterator[Chunk]:
    parents = {clause.parent for clause in document.clauses} | {table.clause for table in document.tables}
    for clause in document.clauses:
        yield from _clause_chunks(document, clause, is_parent=clause.id in parents)
    for table in document.tables:
        yield from _row_chunks(document, table)


def _clause_chunks(document: ParsedDocument, clause: Clause, *, is_parent: bool) -> Iterator[Chunk]:
    """Yield the pieces of a clause; a bare heading over other clauses is their section, not a chunk of its own."""
    pieces = [piece for own in clause.own for piece in split_span(document.text, own)]
    if is_parent and all(clause.heading_span.covers(piece) or _is_label(document, clause, piece) for piece in pieces):
        return
    for number, piece in enumerate(pieces):
        text = piece.of(document.text)
        identity = (document.info.id, clause.id, str(number), text)
        yield Chunk(_identify(identity), document.info.id, ChunkKind.CLAUSE, text, text, piece, clause.path, clause.id)


def _is_label(document: ParsedDocument, clause: Clause, piece: Span) -> bool:
    """Return whether a piece is nothing but the clause's numbering and heading."""
    written = re.sub(r"\s", "", piece.of(document.text))
    return written == re.sub(r"\s", "", clause.label + clause.heading)


def _row_chunks(document: ParsedDocument, table: Table) -> Iterator[Chunk]:
    for row in table.rows:
        if row.kind is not RowKind.DATA:
            continue
        text = row.span.of(document.text)
        identity = (document.info.id, table.id, str(row.number), text)
        yield Chunk(
            _identify(identity),
            document.info.id,
            ChunkKind.ROW,
            text,
            verbalize_row(table.columns, row),
            row.span,
            (*table.path, table.name),
            table.clause,
            table.id,
            row.number,
        )


def _identify(parts: tuple[str, ...]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]


def split_span(text: str, span: Span, limit: int = PIECE_LENGTH) -> list[Span]:
    """Return contiguous pieces of ``span`` of roughly ``limit`` characters, cut at sentence ends, without outer blanks.

    A sentence is never cut, however long; a short tail goes with the piece before it.
    """
    sentences = list(_sentences(text, span))
    pieces: list[Span] = []
    for sentence in sentences:
        last = pieces[-1] if pieces else None
        if last is not None and (sentence.end - last.start <= limit or sentence.end - sentence.start < limit // 8):
            pieces[-1] = Span(last.start, sentence.end)
        else:
            pieces.append(sentence)
    return pieces


def _sentences(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    ends = [match.end() for match in _SENTENCE_END.finditer(text, span.start, span.end)]
    for end in [*ends, span.end]:
        trimmed = trim_span(text, Span(start, end))
        if trimmed.start < trimmed.end:
            yield trimmed
        start = end


def trim_span(text: str, span: Span) -> Span:
    """Return ``span`` without white space at either end (empty where it holds nothing else)."""
    slice_ = span.of(text)
    start = span.start + len(slice_) - len(slice_.lstrip())
    return Span(start, max(start, span.start + len(slice_.rstrip())))


def group_word(group: Group) -> str:
    """Return what kind of group a label names: “重点工程2” → “重点工程”; “分组” where the label is a bare number."""
    return _LABEL_NUMBER.sub("", group.label) or "分组"


def verbalize_row(columns: tuple[Column, ...], row: Row) -> str:
    """Return a row as one line of “列名：值” pairs, outer groups first, units beside figures."""
    names = {column.number: column for column in columns}
    groups = [f"{group.label}：{group.name}" for group in row.groups]
    cells = [_verbalize_cell(names[cell.column], cell) for cell in row.cells if cell.text and cell.column in names]
    return "；".join([*groups, *cells])


def _verbalize_cell(column: Column, cell: Cell) -> str:
    is_bare_figure = column.unit and cell.quantity is not None and cell.quantity.low is not None
    unit = column.unit if is_bare_figure and not cell.text.endswith(column.unit) else ""
    value = cell.text.rstrip("。；")
    return f"{column.name}：{value}{unit}" if column.name else f"{value}{unit}"
