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
_OF_NO_ROW = re.compile(r"时间|日期|时限|期限|地址|邮箱|电话|备注|内容|职责|要求")
_CONTENT = "内容"
_LONGEST_NAME = 30
_REMEMBERED = 8192


def name_column(table: Table, name_words: Sequence[str]) -> int | None:
    """Return the number of the column that names the rows, or None for a table without text.

    A header that is one of ``name_words`` wins, then one that ends with one and names no agency or person
    (项目名称, not 责任单位名称), then 项目内容 where each cell is another short one, then the first text column if no
    cell of it comes again (机构名称, 成员单位), then that with the most different cells that are no times.
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
    for number, header in headers.items():
        is_content = header.endswith(_CONTENT) and header.removesuffix(_CONTENT) in words
        short = all(len(cell_text(row, number)) <= _LONGEST_NAME for row in table.data_rows)
        if is_content and short and different[number] == len(table.data_rows):
            return number
    first = text_columns[0].number
    if different[first] == len(table.data_rows) > 1 and not _OF_NO_ROW.search(headers[first]):
        return first
    others = re.compile(f"{_OF_SOMEONE.pattern}|{_OF_NO_ROW.pattern}")
    return max(different, key=lambda number: (others.search(headers[number]) is None, different[number], -number))


def cell_text(row: Row, column: int) -> str:
    """Return the text of the row's cell in ``column``; empty where the row has none."""
    return next((cell.text for cell in row.cells if cell.column == column), "")
