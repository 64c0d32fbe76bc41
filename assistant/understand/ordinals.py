"""A question in, the table row that it names by number out.

Example: 指标体系里第25项指标 → 指标表 row 25; 项目表第40个项目 → no such row of 39.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.understand.question import Question
from assistant.understand.table_choice import Shortlist
from corpus.models import ColumnKind, ParsedDocument, Row, Span, Table
from corpus.numerals import parse_chinese_integer

_NUMBER = r"(\d{1,4}|[一二三四五六七八九十百]{1,4})"
_ORDINAL = re.compile(rf"序号(?:为|是)?{_NUMBER}|第{_NUMBER}(?:个|项|行|号|位)|{_NUMBER}号(?=项目|指标)")


@dataclass(frozen=True, slots=True)
class RowReference:
    """A row named by its number; ``row`` is None where the table has no such row."""

    document: ParsedDocument
    table: Table
    number: int
    row: Row | None
    span: Span


def find_row_reference(
    question: Question,
    shortlist: Shortlist,
    speaks_of: Callable[[Question, Table], bool],
) -> RowReference | None:
    """Return the row that the question names by number in a table it speaks of; None where it names none.

    The number is compared with the table's own 序号 column, or counts its rows where it has none.
    """
    match = _ORDINAL.search(question.key)
    if match is None:
        return None
    number = parse_chinese_integer(next(group for group in match.groups() if group))
    for document, table in shortlist.tables:
        if number and speaks_of(question, table):
            return RowReference(document, table, number, _find_row(table, number), Span(*match.span()))
    return None


def _find_row(table: Table, number: int) -> Row | None:
    ordinals = [column.number for column in table.columns if column.kind is ColumnKind.ORDINAL]
    for row in table.data_rows:
        written = [cell.text for cell in row.cells if cell.column in ordinals]
        if str(number) in written or (not ordinals and row.number == number):
            return row
    return None
