"""A document in, what its text and its tables say of who leads or answers for a work out.

Example: 碳汇能力巩固提升工程: 正文 市林草局, 项目表第11行 生态环境局: they differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.agreement.models import Finding, StatedAt, Statement, Topic, Verdict
from corpus.agreement.subjects import Subjects
from corpus.cell_values import RANKS, split_values
from corpus.folding import fold
from corpus.knowledge import AGENCY_ATTRIBUTES, Knowledge
from corpus.models import Clause, Field, ParsedDocument, Row, Table
from corpus.row_names import cell_text, name_column


class Agencies:
    """Compares the agencies of works, by the names that one office has for each."""

    def __init__(self, knowledge: Knowledge, subjects: Subjects) -> None:
        self._knowledge, self._subjects = knowledge, subjects
        self._names = {fold(name): fold(agency.name) for agency in knowledge.agencies for name in agency.names}
        attribute = knowledge.lexicon.get("name")
        self._name_words = attribute.header_words if attribute else ()

    def compare(self, document: ParsedDocument) -> Iterator[Finding]:
        """Yield a finding for each work whose agency the text and rows of a table under its name both state."""
        for clause in document.clauses:
            for field in clause.fields:
                role = self._role(field.name)
                for table in document.tables if role and clause.heading else ():
                    columns = [column.number for column in table.columns if self._role(column.name) == role]
                    if columns and (finding := self._compare_with(document, clause, field, table, columns[0])):
                        yield finding

    def _compare_with(
        self, document: ParsedDocument, clause: Clause, field: Field, table: Table, column: int
    ) -> Finding | None:
        key = self._subjects.key(clause.heading)
        names = name_column(table, self._name_words)
        alike = [row for row in table.data_rows if names is not None and self._key(row, names) == key]
        grouped = [row for row in table.data_rows if any(self._subjects.key(g.name) == key for g in row.groups)]
        rows = [row for row in (grouped or alike) if cell_text(row, column)]
        if not rows:
            return None
        text = "、".join(value.text for value in field.values)
        stated = self._agencies([value.text for value in field.values])
        held = [self._agencies([cell_text(row, column)]) for row in rows]
        kinds = tuple(
            self._judge(stated, own, set().union(*held), row in alike) for row, own in zip(rows, held, strict=True)
        )
        verdict = next((v for v in (Verdict.DIFFERS, Verdict.LOOSE) if v in kinds), Verdict.AGREES)
        differs = verdict is Verdict.DIFFERS
        said = Statement(field.span, StatedAt(clause=clause.id), clause.heading, text, differs=differs)
        rows_said = tuple(
            replace(_row_statement(table, row, column, names), differs=kind is Verdict.DIFFERS)
            for row, kind in zip(rows, kinds, strict=True)
        )
        return Finding(
            document.info.id, Topic.AGENCY, clause.heading, (key,), "", field.name, verdict, (said, *rows_said)
        )

    def _judge(self, stated: set[str], own: set[str], held: set[str], is_same: bool) -> Verdict:
        """Return what a row says beside the text: one of several leaders of a work may lead a project of it alone.

        A row under the very name of the work (``is_same``) has to name all of them.
        """
        if own == stated or (own < stated and held == stated):
            return Verdict.AGREES
        return Verdict.LOOSE if own < stated and not is_same else Verdict.DIFFERS

    def _key(self, row: Row, names: int) -> str:
        return self._subjects.key(cell_text(row, names))

    def _role(self, header: str) -> str:
        attribute = self._knowledge.attribute_of_header(header)
        return attribute.name if attribute is not None and attribute.name in AGENCY_ATTRIBUTES else ""

    def _agencies(self, written: Sequence[str]) -> set[str]:
        return {self._canonical(name) for words in written for name in split_values(words)}

    def _canonical(self, name: str) -> str:
        key = fold(name)
        known = self._names.get(key, key)
        return known[1:] if known[:1] in RANKS else known


def _row_statement(table: Table, row: Row, column: int, names: int | None) -> Statement:
    cell = next(cell for cell in row.cells if cell.column == column)
    place = StatedAt(table=table.id, row=row.number, column=column)
    return Statement(cell.span, place, cell_text(row, names) if names is not None else "", cell.text)
