"""Documents and spans in, addressed evidence out: what a statement rests on and where it stands.

Example: the cell 水利局 of row 3 → locator “附件5 项目表 第3行 “牵头责任单位””, quote from the name to the cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.models import Citation
from corpus.models import Cell, Clause, ClauseKind, Group, ParsedDocument, Row, Span, Table

_CHAINED = (ClauseKind.LEVEL1, ClauseKind.LEVEL2, ClauseKind.LEVEL3, ClauseKind.LEVEL4)
_NAMES = {
    ClauseKind.PREAMBLE: "正文开头",
    ClauseKind.TITLE: "标题",
    ClauseKind.ANNEX_LIST: "附件目录",
    ClauseKind.SIGNATURE: "落款",
}
BESIDE_TEXT = frozenset({_NAMES[ClauseKind.TITLE], _NAMES[ClauseKind.SIGNATURE]})
"""Addresses of what says nothing beside the text itself."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verbatim stretch of one document and its address."""

    document: ParsedDocument
    span: Span
    section: tuple[str, ...]
    locator: str

    @property
    def quote(self) -> str:
        """Return the verbatim slice."""
        return self.span.of(self.document.text)


def cite(evidence: Sequence[Evidence], first: int = 1) -> tuple[Citation, ...]:
    """Return one citation per piece of evidence, numbered from ``first`` in the order given."""
    return tuple(
        Citation(
            index=number,
            document=item.document.info.title,
            document_id=item.document.info.id,
            status=item.document.info.status,
            section=item.section,
            locator=item.locator,
            quote=item.quote,
            start=item.span.start,
            end=item.span.end,
        )
        for number, item in enumerate(evidence, first)
    )


def ancestry(document: ParsedDocument, clause_id: str) -> tuple[Clause, ...]:
    """Return the clauses from the root down to ``clause_id``, itself last."""
    by_id = {clause.id: clause for clause in document.clauses}
    chain: list[Clause] = []
    current: str | None = clause_id
    while current is not None:
        chain.append(by_id[current])
        current = by_id[current].parent
    return tuple(reversed(chain))


_DECIMAL = re.compile(r"\d+(?:[.．]\d+)*[.．、]?$")


def clause_address(document: ParsedDocument, clause_id: str) -> str:
    """Return the short address of a clause: its numbers in a chain (“三、（一）2.”), words where it has no number."""
    address = ""
    for clause in ancestry(document, clause_id):
        if clause.kind is ClauseKind.TITLE and clause.id != clause_id:
            continue
        if clause.kind in _CHAINED:
            # 5.3 says its 5 itself.
            above = _DECIMAL.search(address)
            held = above is not None and re.match(rf"{re.escape(above.group().rstrip('.．、'))}[.．]\d", clause.label)
            apart = " " if address[-1:].isdigit() and clause.label[:1].isdigit() else ""  # 附件1 4., and no 附件14.
            address = address[: above.start()] + clause.label if above and held else address + apart + clause.label
        else:
            named = _named(document, clause) or clause.label + (
                clause.heading if clause.kind is ClauseKind.BULLET else ""
            )
            address += (" " if address else "") + (named or clause.heading)
    return address


def _named(document: ParsedDocument, clause: Clause) -> str:
    """Return what a clause without a number is called; a notice without clauses is all text."""
    if clause.kind is ClauseKind.PREAMBLE and all(one.kind in _NAMES for one in document.clauses):
        return "正文"
    return _NAMES.get(clause.kind, "")


def table_address(document: ParsedDocument, table: Table, row: Row | None, column: str = "") -> str:
    """Return the address of a row or cell: “附件5 项目表 第3行 “牵头责任单位””."""
    place = next((c.label for c in reversed(ancestry(document, table.clause)) if c.kind is ClauseKind.ANNEX), "")
    place = place or clause_address(document, table.clause)
    cell = f" “{column}”" if column else ""
    line = f"第{row.number}行" if row is not None else "首行"
    return f"{place} {table.name} {line}{cell}".strip()


def clause_evidence(document: ParsedDocument, clause: Clause, span: Span) -> Evidence:
    """Return evidence that lies in ``clause``."""
    return Evidence(document, span, clause.path, clause_address(document, clause.id))


def group_evidence(document: ParsedDocument, table: Table, row: Row, group: Group) -> Evidence:
    """Return the group row that a data row stands under."""
    address = f"{table_address(document, table, row)} 所属{group.label}"
    return Evidence(document, group.span, table.path, address)


def cell_evidence(document: ParsedDocument, table: Table, row: Row, cell: Cell) -> Evidence:
    """Return one cell alone as evidence."""
    return Evidence(
        document, cell.span, table.path, table_address(document, table, row, table.columns[cell.column].name)
    )


def row_evidence(document: ParsedDocument, table: Table, row: Row, columns: Sequence[int]) -> Evidence:
    """Return the stretch of a row that reaches from its first cell over the cells of ``columns``.

    It begins at the row's own first cell, so that the quote names what the figure belongs to.
    """
    own = [cell for cell in row.cells if not cell.carried and cell.span.start < cell.span.end]
    asked = [cell.span for cell in own if cell.column in columns] or [cell.span for cell in own]
    span = Span(min(cell.span.start for cell in own), max(s.end for s in asked))
    only = [table.columns[number].name for number in columns if number >= 0]
    column = only[0] if len(only) == 1 else ""
    return Evidence(document, span, table.path, table_address(document, table, row, column))
