"""Chunks that a search found in, pages to read out: their sentences cut into segments, with what stands above them.

Example: the chunk of 三、（一）1. → its segments; above them 三、主要任务, （一）…, the clause's heading and the title.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.respond.evidence import Evidence, cell_evidence, clause_evidence
from assistant.respond.reading.features import Page
from assistant.respond.reading.page_text import PageText
from assistant.respond.reading.segments import cut_segments
from assistant.understand.attributes import Attributes
from assistant.understand.known_by import known_by
from corpus.folding import fold
from corpus.knowledge import AGENCY_ATTRIBUTES
from corpus.models import Cell, Clause, ClauseKind, ParsedDocument, Row, Span, Table
from corpus.row_names import name_column
from index.chunks import headings_above
from index.matching import Stretch
from index.models import Chunk, ChunkKind, Hit

MOST_TEXTS, MOST_CELLS = 8, 3
_LONG_CELL = 12
_KEPT_CHUNKS = 1024
_LISTS = (*AGENCY_ATTRIBUTES, "place")
_HEADING_ENDS = tuple("。：:；;")
_EMPHASIS = "**"
_OPENING_BRACKETS, _CLOSING_BRACKETS = ("（", "("), ("）", ")", "。")


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page with its place: in ``clause``, or in the ``cell`` of ``row`` of ``table``; ``subject`` names the row.

    ``around`` is the folded text of the whole clause or row, ``over`` what the clauses above it say themselves.
    ``chunk`` is what was found.
    """

    page: Page
    document: ParsedDocument
    clause: Clause | None
    around: str
    subject: str = ""
    table: Table | None = None
    row: Row | None = None
    cell: Cell | None = None
    over: str = ""
    chunk: Chunk | None = None

    def stretch(self, span: Span) -> Stretch:
        """Return a stretch of the page as its question is matched with it: of a cell, its whole row."""
        assert self.chunk is not None
        above = headings_above(self.document.info.title, self.chunk.section)
        if self.clause is None:
            return Stretch(self.chunk.id, 0, len(self.chunk.search_text), above)
        start = self.chunk.span.start
        return Stretch(self.chunk.id, span.start - start, span.end - start, above)

    def evidence(self, span: Span) -> Evidence:
        """Return a stretch of the page as evidence."""
        if self.clause is not None:
            return clause_evidence(self.document, self.clause, span)
        assert self.table is not None and self.row is not None and self.cell is not None
        return cell_evidence(self.document, self.table, self.row, self.cell)


class Pages:
    """Makes pages of hits."""

    def __init__(self, documents: Sequence[ParsedDocument], attributes: Attributes) -> None:
        self._documents = {document.info.id: document for document in documents}
        self._clauses = {(d.info.id, clause.id): clause for d in documents for clause in d.clauses}
        self._annex_lists = {(d.info.id, c.id) for d in documents for c in d.clauses if c.kind is ClauseKind.ANNEX_LIST}
        self._tables = {(d.info.id, table.id): table for d in documents for table in d.tables}
        self._attributes = attributes
        self._of_clause = lru_cache(maxsize=_KEPT_CHUNKS)(self._read_clause)
        self._of_row = lru_cache(maxsize=_KEPT_CHUNKS)(self._read_row)

    def of(
        self, hits: Sequence[Hit], *, with_annex_list: bool, fits: Callable[[str], bool] | None = None
    ) -> tuple[FoundPage, ...]:
        """Return the first pages of text and the first few of cells, each kind ranked from 1; cells of a row share one.

        Of a row only the long cells are pages; its name and figures are for the lookup. The list of annexes states
        nothing unless annexes are asked for. With ``fits`` pages count that have a sentence that fits.
        """
        texts: list[FoundPage] = []
        cells: list[FoundPage] = []
        for hit in hits:
            if hit.chunk.kind is ChunkKind.CLAUSE and len(texts) < MOST_TEXTS:
                if with_annex_list or not self._is_annex_list(hit.chunk):
                    texts.extend(_found(hit, len(texts) + 1, _fitting(self._of_clause(hit.chunk), fits)))
            elif hit.chunk.kind is ChunkKind.ROW and len(cells) < MOST_CELLS:
                cells.extend(_found(hit, len(cells) + 1, _fitting(self._of_row(hit.chunk), fits)))
        return (*texts, *cells[:MOST_CELLS])

    def every(self, chunks: Sequence[Chunk]) -> tuple[FoundPage, ...]:
        """Return the pages of all ``chunks``; of more than are kept none, for they would push each other out."""
        if len(chunks) > _KEPT_CHUNKS:
            return ()
        read = {ChunkKind.CLAUSE: self._of_clause, ChunkKind.ROW: self._of_row}
        return tuple(replace(found, chunk=chunk) for chunk in chunks for found in read[chunk.kind](chunk))

    def _is_annex_list(self, chunk: Chunk) -> bool:
        clause = self._clauses[chunk.document_id, chunk.clause_id]
        return clause.kind is ClauseKind.ANNEX_LIST or (chunk.document_id, clause.parent) in self._annex_lists

    def _read_clause(self, chunk: Chunk) -> tuple[FoundPage, ...]:
        """Return the page of a piece of a clause as if it was found first; none where it says nothing."""
        document, clause = self._documents[chunk.document_id], self._clauses[chunk.document_id, chunk.clause_id]
        segments = cut_segments(document.text, _pieces(document, clause, chunk))
        if not segments:
            return ()
        titles = self._annex_titles(document, clause)
        above = fold("\n".join((*clause.path, *titles, document.info.title, *known_by(document))))
        around = fold("\n".join(span.of(document.text) for span in clause.own))
        page = Page(PageText(segments, above), 1, 0.0, 0.0)
        return (FoundPage(page, document, clause, around, over=self._over(document, clause)),)

    def _annex_titles(self, document: ParsedDocument, clause: Clause) -> list[str]:
        """Return the titles of the annexes above, which their addresses leave out: 学区划分表 of 附件1."""
        parent, titles = clause.parent, []
        while parent is not None:
            above = self._clauses[document.info.id, parent]
            titles += [above.heading] if above.kind is ClauseKind.ANNEX and above.heading else []
            parent = above.parent
        return titles

    def _over(self, document: ParsedDocument, clause: Clause) -> str:
        """Return what the clauses above say themselves: 到2024年 is said once for all that stand below."""
        said: list[str] = []
        parent = clause.parent
        while parent is not None:
            above = self._clauses[document.info.id, parent]
            said += [fold(span.of(document.text)) for span in above.own]
            parent = above.parent
        return "\n".join(said)

    def _read_row(self, chunk: Chunk) -> tuple[FoundPage, ...]:
        """Return the pages of a row's cells as if they were found first."""
        document, table = self._documents[chunk.document_id], self._tables[chunk.document_id, chunk.table_id]
        row = next(row for row in table.data_rows if row.number == chunk.row)
        names = name_column(table, self._attributes.header_words("name"))
        name = next((cell.text for cell in row.cells if cell.column == names), "")
        groups = [group.label + group.name for group in row.groups]
        above = fold("\n".join([*table.path, table.caption, table.name, *groups, *(c.text for c in row.cells)]))
        pages = []
        for cell in row.cells:
            listed = any(self._attributes.fits(one, table.columns[cell.column].name) for one in _LISTS)
            if len(cell.text) < _LONG_CELL or cell.carried or cell.column == names or listed:
                continue
            segments = cut_segments(document.text, [cell.span])
            page = Page(PageText(segments, above), 1, 0.0, 0.0)
            pages.append(FoundPage(page, document, None, fold(row.span.of(document.text)), name, table, row, cell))
        return tuple(pages)


def _fitting(pages: Sequence[FoundPage], fits: Callable[[str], bool] | None) -> Sequence[FoundPage]:
    return pages if fits is None else [one for one in pages if any(map(fits, one.page.text.sentence_keys))]


def _found(hit: Hit, rank: int, pages: Sequence[FoundPage]) -> Iterator[FoundPage]:
    """Yield the pages of a chunk with how well it was found."""
    for found in pages:
        page = Page(found.page.text, rank, hit.lexical, hit.similarity, score=hit.score)
        yield replace(found, page=page, chunk=hit.chunk)


def _pieces(document: ParsedDocument, clause: Clause, chunk: Chunk) -> list[Span]:
    """Return a chunk as its heading and what follows, without its fields, which are looked up."""
    text = document.text
    pieces: list[Span] = []
    start = chunk.span.start
    for field in sorted((f.span for f in clause.fields if f.span.overlaps(chunk.span)), key=lambda span: span.start):
        pieces.append(Span(start, field.start - (text[field.start - 1 : field.start] in _OPENING_BRACKETS)))
        start = max(start, field.end + (text[field.end : field.end + 1] in _CLOSING_BRACKETS))
    pieces.append(Span(start, chunk.span.end))
    cut = clause.heading_span.end if clause.heading else chunk.span.start
    cut += clause.heading != "" and text[cut : cut + 1] in _HEADING_ENDS
    cut += len(_EMPHASIS) if text.startswith(_EMPHASIS, cut) else 0
    found = [
        part
        for piece in pieces
        for part in ((Span(piece.start, cut), Span(cut, piece.end)) if piece.start < cut < piece.end else (piece,))
    ]
    # A comma between two fields says nothing, and would take the first of them into the quote.
    return [piece for piece in found if any(map(str.isalnum, piece.of(text)))]
