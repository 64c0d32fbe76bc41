"""Tables in, the cell values that a question can use as a condition out.

Example: “市水利局牵头的” names the value 水利局 of 项目表 “牵头责任单位” and the value 市水利局 of 指标表 “责任单位”.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.understand.columns import GROUP_COLUMN
from assistant.understand.entities import name_column
from assistant.understand.lexicon import Word
from corpus.folding import fold
from corpus.models import ColumnKind, ParsedDocument, Span, Table

_SEPARATOR = re.compile(r"[、，,；;/\s]+")
_AGENCY = re.compile(r"[局委办院厅部会]$")
_RANK = "市区旗县省"
_LONGEST_VALUE = 20
_LONG_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class ValueRef:
    """A value of a column (or of a level of group rows, see ``GROUP_COLUMN``): ``text`` as the cells write it."""

    document_id: str
    table_id: str
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class ValueMention:
    """A stretch of the question that names a value, with every column that holds it."""

    span: Span
    refs: tuple[ValueRef, ...]


def split_values(cell: str) -> tuple[str, ...]:
    """Return the values of a cell that lists several, e.g. 达拉特旗、杭锦旗."""
    return tuple(part for part in _SEPARATOR.split(cell) if part)


class Values:
    """All values of the columns that hold values rather than names or prose."""

    def __init__(
        self,
        documents: Sequence[ParsedDocument],
        name_words: Sequence[str],
        same: Iterable[Sequence[str]],
        class_nouns: Sequence[Word],
    ) -> None:
        """Take groups of names of the ``same`` agency or place, and the nouns that a group's name may leave out."""
        self._refs: dict[str, set[ValueRef]] = defaultdict(set)
        self._nouns = tuple(noun.key for noun in class_nouns)
        for document in documents:
            for table in document.tables:
                self._add_table(document.info.id, table, name_words)
        for group in same:
            keys = [fold(name) for name in group]
            refs = {ref for key in keys for ref in self._refs.get(key, ())}
            for key in keys if refs else ():
                self._refs[key] |= refs
        self._longest = max(map(len, self._refs), default=0)

    def find(self, key: str) -> tuple[ValueMention, ...]:
        """Return the values named in a folded question, the longest at each place, without overlaps."""
        found: list[ValueMention] = []
        start = 0
        while start < len(key) - 1:
            for end in range(min(len(key), start + self._longest), start + 1, -1):
                if refs := self._refs.get(key[start:end]):
                    ordered = sorted(refs, key=lambda ref: (ref.document_id, ref.table_id, ref.column, ref.text))
                    found.append(ValueMention(Span(start, end), tuple(ordered)))
                    start = end
                    break
            else:
                start += 1
        return tuple(found)

    def _add_table(self, document_id: str, table: Table, name_words: Sequence[str]) -> None:
        names = name_column(table, name_words)
        for column in table.columns:
            cells = [cell.text for row in table.data_rows for cell in row.cells if cell.column == column.number]
            values = [value for cell in cells for value in split_values(cell)]
            long = sum(len(value) > _LONGEST_VALUE for value in values)
            if column.kind is ColumnKind.TEXT and column.number != names and long <= _LONG_SHARE * len(values):
                for value in values:
                    self._add(ValueRef(document_id, table.id, column.number, value))
        for row in table.data_rows:
            for group in row.groups:
                column_number = GROUP_COLUMN - group.level
                ref = ValueRef(document_id, table.id, column_number, group.name)
                for name in (group.name, group.label):
                    self._refs[fold(name)].add(ref)
                for noun in self._nouns:
                    if fold(group.name).endswith(noun):
                        self._refs[fold(group.name).removesuffix(noun)].add(ref)

    def _add(self, ref: ValueRef) -> None:
        key = fold(ref.text)
        if not 2 <= len(key) <= _LONGEST_VALUE:
            return
        self._refs[key].add(ref)
        if _AGENCY.search(key):
            # 市水利局 and 水利局 are one agency within one office's documents.
            for rank in _RANK:
                self._refs[rank + key].add(ref)
            if key[0] in _RANK and len(key) > 2:
                self._refs[key[1:]].add(ref)
