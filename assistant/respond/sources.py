"""Where a citation stands: a citation and the parsed documents in, the passage or table rows around it out.

Example: the citation “牵头部门：市林草局” becomes the clause 1.防沙治沙… cut into before, quote and after.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.errors import CitationStale
from assistant.models import Citation
from corpus.models import Cell, Clause, ClauseKind, DocumentInfo, ParsedDocument, Row, RowKind, Span, Table

LONGEST_CLAUSE = 2500
"""Characters up to which a clause is shown with its descendants; above it, only its own text."""

NEIGHBOURS = 150
"""Rows shown above and below the cited ones: all of an ordinary table."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Three neighbouring verbatim slices; joined they are the whole passage, ``quote`` may be empty."""

    before: str
    quote: str
    after: str

    @property
    def text(self) -> str:
        """Return the whole passage, as it stands in the document."""
        return self.before + self.quote + self.after


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell as written; ``carried`` marks a value that comes down from a merged cell above."""

    content: Excerpt
    carried: bool = False


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row; a data row has a cell for each column, group and total rows only the cells they hold.

    ``number`` counts data rows from 1 and is 0 for the others.
    """

    kind: RowKind
    cells: tuple[GridCell, ...]
    cited: bool
    number: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """The cited rows with their neighbours and the group rows over them; hidden counts are data rows left out."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]
    hidden_before: int
    hidden_after: int


@dataclass(frozen=True, slots=True)
class Source:
    """One citation shown in its place: exactly one of ``passage`` and ``grid`` is set."""

    citation: Citation
    info: DocumentInfo
    section: tuple[str, ...]
    passage: Excerpt | None
    grid: Grid | None


def find_source(citation: Citation, documents: Sequence[ParsedDocument], neighbours: int = NEIGHBOURS) -> Source:
    """Return the place of ``citation``; a table shows ``neighbours`` rows above and below the cited ones.

    Raises:
        CitationStale: the document is not loaded, or its text at these offsets is not the quote.
    """
    document = next((one for one in documents if one.info.id == citation.document_id), None)
    if document is None:
        raise CitationStale("这条引用所在的文件已不在文件库中，请重新提问。")
    span = Span(citation.start, citation.end)
    if not 0 <= span.start < span.end or span.of(document.text) != citation.quote:
        raise CitationStale("文件内容已更新，这条引用与现在的原文不一致，请重新提问。")
    table = next((one for one in document.tables if _cites_rows(one, span)), None)
    if table is not None:
        grid = _cut_grid(document.text, table, span, neighbours)
        return Source(citation, document.info, table.path, None, grid)
    clause = _deepest_clause(document, span)
    region = _trim(document.text, _region(document, clause, span), span)
    section = clause.path if clause else citation.section
    return Source(citation, document.info, section, cut_excerpt(document.text, region, span), None)


def cut_excerpt(text: str, region: Span, span: Span) -> Excerpt:
    """Return the slices of ``region`` before, inside and after ``span``; outside of it the quote is empty."""
    start = min(max(span.start, region.start), region.end)
    end = max(min(span.end, region.end), start)
    return Excerpt(text[region.start : start], text[start:end], text[end : region.end])


def whole_grid(text: str, table: Table, marked: Span) -> Grid:
    """Return all rows of ``table``; what overlaps ``marked`` is the quote."""
    columns = tuple(_column_title(column.name, column.unit) for column in table.columns)
    return Grid(table.name, columns, tuple(_cut_row(text, table, row, marked) for row in table.rows), 0, 0)


def _cites_rows(table: Table, span: Span) -> bool:
    return table.span.covers(span) and any(row.span.overlaps(span) for row in table.rows)


def _deepest_clause(document: ParsedDocument, span: Span) -> Clause | None:
    """The smallest clause around the span; “一是…” is shown inside its paragraph, not alone."""
    around = sorted(
        (clause for clause in document.clauses if clause.span.covers(span)),
        key=lambda clause: clause.span.end - clause.span.start,
    )
    return next((clause for clause in around if clause.kind is not ClauseKind.RUN), None)


def _region(document: ParsedDocument, clause: Clause | None, span: Span) -> Span:
    if clause is None:
        return _lines_around(document.text, span)
    if clause.span.end - clause.span.start <= LONGEST_CLAUSE:
        return clause.span
    pieces = [piece for piece in clause.own if piece.overlaps(span)]
    start = min([span.start, *(piece.start for piece in pieces)])
    end = max([span.end, *(piece.end for piece in pieces)])
    return Span(start, end)


def _lines_around(text: str, span: Span, lines: int = 3) -> Span:
    start, end = span.start, span.end
    for _ in range(lines):
        start = text.rfind("\n", 0, max(start - 1, 0)) + 1
        following = text.find("\n", min(end + 1, len(text)))
        end = len(text) if following < 0 else following
    return Span(start, end)


def _trim(text: str, region: Span, span: Span) -> Span:
    """Leave out blank characters at both ends of the region, never any of the quote."""
    start, end = region.start, region.end
    while start < span.start and text[start].isspace():
        start += 1
    while end > span.end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _cut_grid(text: str, table: Table, span: Span, neighbours: int) -> Grid:
    cited = [number for number, row in enumerate(table.rows) if row.span.overlaps(span)]
    first, last = max(cited[0] - neighbours, 0), min(cited[-1] + neighbours, len(table.rows) - 1)
    heads = {group.span for row in table.rows[first : last + 1] for group in row.groups}
    shown = [
        row
        for number, row in enumerate(table.rows)
        if first <= number <= last or (number < first and _heads_group(row, heads))
    ]
    return Grid(
        name=table.name,
        columns=tuple(_column_title(column.name, column.unit) for column in table.columns),
        rows=tuple(_cut_row(text, table, row, span) for row in shown),
        hidden_before=sum(row.kind is RowKind.DATA for row in table.rows[:first]),
        hidden_after=sum(row.kind is RowKind.DATA for row in table.rows[last + 1 :]),
    )


def _heads_group(row: Row, heads: set[Span]) -> bool:
    return row.kind is RowKind.GROUP and any(row.span.overlaps(head) for head in heads)


def _column_title(name: str, unit: str) -> str:
    return f"{name}（{unit}）" if unit else name


def _cut_row(text: str, table: Table, row: Row, span: Span) -> GridRow:
    cited = row.span.overlaps(span)
    if row.kind is RowKind.GROUP:
        cells = tuple(_cut_cell(text, cell, span) for cell in row.cells if cell.text)
    else:
        held = {cell.column: cell for cell in row.cells}
        cells = tuple(
            _cut_cell(text, held[column.number], span) if column.number in held else GridCell(Excerpt("", "", ""))
            for column in table.columns
        )
    return GridRow(row.kind, cells, cited, row.number)


def _cut_cell(text: str, cell: Cell, span: Span) -> GridCell:
    # A carried value stands in a row above: the quote is highlighted there, once.
    if cell.carried:
        return GridCell(Excerpt(cell.text, "", ""), carried=True)
    return GridCell(cut_excerpt(text, cell.span, span))
