"""Typed tables of documents in, the plan of their SQL tables out: readable names, exact integer columns.

Example: 项目表 → table "项目表" with columns "行号", "重点工程", "项目名称", "2025年前计划投资",
"2025年前计划投资_数" (35.79 kept as 35790 with three digits after the point, since 2048.463 needs three).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.models import Cell, Column, ColumnKind, Group, ParsedDocument, Quantity, QuantityForm, Table
from index.chunks import group_word

ROW_NUMBER = "行号"
DOCUMENTS, TABLES, COLUMNS, GROUPS, CELLS = "文件目录", "表格目录", "列目录", "分组目录", "单元格目录"
CATALOGUE = (DOCUMENTS, TABLES, COLUMNS, GROUPS, CELLS)

MULTIPLIERS = {"": 0, "十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "万亿": 12}
"""Written multipliers as powers of ten."""

_IDENTIFIER_BYTES = 63
_SUFFIX_BYTES = 12
_LARGEST = 2**63 - 1
NOT_NUMERIC = -1


@dataclass(frozen=True, slots=True)
class ColumnRef:
    """A column of a document's table and its SQL columns.

    ``digits`` is how many digits after the point the integers in ``low`` and ``high`` hold (35.79 with three digits:
    35790), ``NOT_NUMERIC`` where the column holds no figures. Figures are in the written multiplier ``scale``
    (“亿”), or multiplied out (``scale`` empty) where a column mixes several. ``units`` names the SQL column with each
    row's own unit, empty where all rows share ``unit``.
    """

    number: int
    name: str
    unit: str
    kind: ColumnKind
    sql_name: str
    digits: int = NOT_NUMERIC
    scale: str = ""
    low: str = ""
    high: str = ""
    sign: str = ""
    units: str = ""

    @property
    def is_numeric(self) -> bool:
        """Return whether the column has exact figures in SQL."""
        return self.digits != NOT_NUMERIC

    def to_decimal(self, scaled: int) -> Decimal:
        """Return the figure that an integer of ``low`` or ``high`` stands for."""
        return Decimal(scaled).scaleb(-self.digits)


@dataclass(frozen=True, slots=True)
class GroupRef:
    """A level of group rows: ``word`` 重点工程, the SQL columns of its names and of its labels (重点工程2)."""

    level: int
    word: str
    sql_name: str
    label_sql_name: str


@dataclass(frozen=True, slots=True)
class TableRef:
    """A document's table and the SQL table that holds its data rows; ``rows`` is how many there are."""

    document_id: str
    table_id: str
    name: str
    sql_name: str
    columns: tuple[ColumnRef, ...]
    groups: tuple[GroupRef, ...]
    rows: int

    def column(self, number: int) -> ColumnRef:
        """Return the column with this number.

        Raises:
            KeyError: If the table has no such column.
        """
        for column in self.columns:
            if column.number == number:
                return column
        raise KeyError(number)


class Names:
    """Gives out SQL names that differ, case aside, and are short enough for PostgreSQL (63 bytes)."""

    def __init__(self, taken: Iterable[str] = (), prefix: str = "") -> None:
        """Start with names that are ``taken``; every name given out begins with ``prefix``."""
        self._taken = {name.casefold() for name in taken}
        self._prefix = prefix

    def give(self, wanted: str) -> str:
        """Return ``wanted`` or a numbered variant of it; NUL and line breaks, which SQL names cannot hold, go."""
        plain = "".join(character for character in wanted if character.isprintable()).strip() or "未命名"
        room = _IDENTIFIER_BYTES - _SUFFIX_BYTES
        stem = self._prefix + plain.encode()[: room - len(self._prefix.encode())].decode(errors="ignore")
        name, number = stem, 2
        while name.casefold() in self._taken:
            name, number = f"{stem}_{number}", number + 1
        self._taken.add(name.casefold())
        return name


def plan_tables(documents: Iterable[ParsedDocument], prefix: str = "") -> tuple[TableRef, ...]:
    """Return the SQL tables of all documents, names unique; ``prefix`` sets generations apart in one database."""
    names = Names((prefix + name for name in CATALOGUE), prefix)
    return tuple(
        plan_table(document.info.id, table, names.give(table.name))
        for document in documents
        for table in document.tables
    )


def plan_table(document_id: str, table: Table, sql_name: str) -> TableRef:
    """Return the SQL columns of one table: row number, groups, and per column its text and its exact figures."""
    names = Names([ROW_NUMBER])
    groups = tuple(
        GroupRef(level, word, names.give(word), names.give(f"{word}_编号")) for level, word in _group_levels(table)
    )
    columns = tuple(_plan_column(column, at, table, names) for at, column in enumerate(table.columns, start=1))
    return TableRef(document_id, table.id, table.name, sql_name, columns, groups, len(table.data_rows))


def _group_levels(table: Table) -> list[tuple[int, str]]:
    words: dict[int, str] = {}
    for row in table.data_rows:
        for group in row.groups:
            words.setdefault(group.level, group_word(group))
    return sorted(words.items())


def _plan_column(column: Column, at: int, table: Table, names: Names) -> ColumnRef:
    written = column.name or f"第{at}列"
    sql_name = names.give(written)
    cells = [cell for row in table.data_rows for cell in row.cells if cell.column == column.number]
    figures = [cell.quantity for cell in cells if cell.quantity is not None and cell.quantity.low is not None]
    plain = ColumnRef(column.number, column.name, column.unit, column.kind, sql_name)
    if not figures or column.kind is ColumnKind.TEXT:
        return plain
    scales = {figure.scale for figure in figures}
    scale = next(iter(scales)) if len(scales) == 1 else ""
    values = [value for figure in figures for value in figure_values(figure, scale) if value is not None]
    digits = max(-_exponent(value) for value in values)
    if any(scale_up(value, digits) > _LARGEST for value in map(abs, values)):
        return plain
    has_units = len({figure.unit for figure in figures}) > 1
    return ColumnRef(
        column.number,
        column.name,
        column.unit,
        column.kind,
        sql_name,
        digits,
        scale,
        names.give(f"{written}_数"),
        names.give(f"{written}_上限"),
        names.give(f"{written}_符号"),
        names.give(f"{written}_单位") if has_units else "",
    )


def figure_values(figure: Quantity, scale: str) -> tuple[Decimal | None, Decimal | None]:
    """Return both ends of a figure in the multiplier ``scale``, multiplied out where they are written in another."""
    shift = MULTIPLIERS.get(figure.scale, 0) - MULTIPLIERS.get(scale, 0)
    low, high = (None if value is None else value.scaleb(shift) for value in (figure.low, figure.high))
    return low, high


def _exponent(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return min(exponent, 0) if isinstance(exponent, int) else 0


def scale_up(value: Decimal, digits: int) -> int:
    """Return ``value`` × 10^digits, which is whole by the choice of ``digits``."""
    return int(value.scaleb(digits))


def row_values(ref: TableRef, number: int, cells: Sequence[Cell], groups: Sequence[Group]) -> dict[str, str | int]:
    """Return one row by SQL column name; what a row does not state is absent."""
    values: dict[str, str | int] = {ROW_NUMBER: number}
    by_level = {group.level: group for group in groups}
    for group_ref in ref.groups:
        if group_ref.level in by_level:
            values[group_ref.sql_name] = by_level[group_ref.level].name
            values[group_ref.label_sql_name] = by_level[group_ref.level].label
    by_number = {cell.column: cell for cell in cells}
    for column in ref.columns:
        if column.number in by_number:
            values |= _cell_values(column, by_number[column.number])
    return values


def _cell_values(column: ColumnRef, cell: Cell) -> dict[str, str | int]:
    values: dict[str, str | int] = {column.sql_name: cell.text}
    if not column.is_numeric or cell.quantity is None or cell.quantity.low is None:
        return values
    for name, value in zip((column.low, column.high), figure_values(cell.quantity, column.scale), strict=True):
        if value is not None:
            values[name] = scale_up(value, column.digits)
    # The two sides of a ratio are no lower and upper end.
    values[column.sign] = ":" if cell.quantity.form is QuantityForm.RATIO else cell.quantity.sign
    if column.units:
        values[column.units] = cell.quantity.unit
    return values
