"""A table in, the column that names its rows out.

Example: 项目表 → the column 项目名称, not 牵头责任单位.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.folding import fold
from corpus.models import ColumnKind, Row, Table

_OF_SOMEONE = re.compile(r"单位|部门|负责人|联系人|机构|科室|电话|备注|内容")
_REMEMBERED = 8192


def name_column(table: Table, name_words: Sequence[str]) -> int | None:
    """Return the number of the column that names the rows, or None for a table without text.

    A header that is one of ``name_words`` wins, then one that ends with one and names no agency or person
    (项目名称, not 责任单位名称), then the text column with the most different cells.
    """
    return _name_column(table, tuple(name_words))


@lru_cache(maxsize=_REMEMBERED)
def _name_column(table: Table, name_words: tuple[str, ...]) -> int | None:
    text_columns = [column for column in table.columns if column.kind is ColumnKind.TEXT]
    if not text_columns:
        return None
    headers = {column.number: fold(column.name) for column in text_columns}
    words = [fold(word) for word in name_words]
    for fits in (str.__eq__, str.endswith):
        for word in words:
            for number, header in headers.items():
                if fits(header, word) and not _OF_SOMEONE.search(header):
                    return number
    different = {
        column.number: len({cell.text for row in table.data_rows for cell in row.cells if cell.column == column.number})
        for column in text_columns
    }
    return max(different, key=lambda number: (_OF_SOMEONE.search(headers[number]) is None, different[number], -number))


def cell_text(row: Row, column: int) -> str:
    """Return the text of the row's cell in ``column``; empty where the row has none."""
    return next((cell.text for cell in row.cells if cell.column == column), "")
