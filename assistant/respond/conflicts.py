"""A numbered work of the text in, what the table under the same name says of its lead agency out where the two differ.

Example: 碳汇能力巩固提升工程: 正文 市林草局, 项目表第11行 生态环境局.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.models import Conflict, Statement
from assistant.respond.evidence import Evidence, row_evidence
from assistant.understand.columns import Attributes
from assistant.understand.plan import WHOLE_CLAUSE, Target
from assistant.understand.values import split_values
from corpus.folding import fold
from corpus.models import Field, Row, Table

_RANKS = "市区旗县省"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The rows whose agencies differ from the field's: their evidence and what each states."""

    quantity: str
    stated: str
    evidence: tuple[Evidence, ...]
    values: tuple[str, ...]

    def as_conflict(self, field_citation: int, first_row_citation: int) -> Conflict:
        """Return the conflict with the numbers of its citations."""
        rows = tuple(Statement(value, "", first_row_citation + i) for i, value in enumerate(self.values))
        return Conflict(self.quantity, (Statement(self.stated, "", field_citation), *rows))

    def as_text(self, first_row_citation: int) -> str:
        """Return the sentence that shows both sides."""
        rows = "；".join(
            f"{evidence.locator.split(' “')[0]}为{value}[{first_row_citation + i}]"
            for i, (evidence, value) in enumerate(zip(self.evidence, self.values, strict=True))
        )
        return f"注意：两处说法不一致。正文为{self.stated}；{rows}。"


class AgencyConflicts:
    """Compares the lead agencies that the text gives a work with those of the table rows grouped under its name."""

    def __init__(self, attributes: Attributes, same: Iterable[Sequence[str]]) -> None:
        """Take groups of names of the ``same`` agency."""
        self._attributes = attributes
        self._names = {fold(name): fold(group[0]) for group in same for name in group}

    def find(self, target: Target) -> Disagreement | None:
        """Return the disagreement about a clause's lead agency; None where it was not asked or there is none."""
        clause, document = target.entity.clause, target.entity.document
        if clause is None or WHOLE_CLAUSE in target.columns:
            return None
        fields = [
            clause.fields[n] for n in target.columns if self._attributes.fits("lead_agency", clause.fields[n].name)
        ]
        if not fields:
            return None
        for table in document.tables:
            columns = [c.number for c in table.columns if self._attributes.fits("lead_agency", c.name)]
            rows = [row for row in table.data_rows if any(group.name == clause.heading for group in row.groups)]
            if columns and rows:
                return self._compare(target, fields[0], table, rows, columns[0])
        return None

    def _compare(
        self, target: Target, field: Field, table: Table, rows: Sequence[Row], column: int
    ) -> Disagreement | None:
        values = [next((cell.text for cell in row.cells if cell.column == column), "") for row in rows]
        in_table = {self._canonical(name) for value in values for name in split_values(value)}
        if in_table == {self._canonical(value.text) for value in field.values}:
            return None
        evidence = tuple(row_evidence(target.entity.document, table, row, [column]) for row in rows)
        stated = "、".join(value.text for value in field.values)
        return Disagreement(f"{target.entity.name}的{field.name}", stated, evidence, tuple(values))

    def _canonical(self, name: str) -> str:
        key = fold(name)
        return self._names.get(key, key[1:] if key[:1] in _RANKS else key)
