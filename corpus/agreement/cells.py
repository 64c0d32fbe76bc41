"""A typed table in, the figures that its cells and totals state out.

Example: row 17 of 指标表 states 1.82吨标煤/万元 of 单位国内生产总值能耗 for 2024 and 2.08 for 2020.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from corpus.agreement.models import StatedAt, Statement
from corpus.agreement.prose import Prose, read_prose
from corpus.columns import column_name, year_of_header
from corpus.knowledge import Knowledge
from corpus.models import Cell, Column, ColumnKind, QuantityForm, Row, RowKind, Table
from corpus.row_names import name_column

_YEAR = re.compile(r"(?:19|20)\d\d")
_LONG = 12
_OF_PERIOD = ("target", "base_value")
_TOTALS = ("合计", "总计", "小计", "累计")
_PLACE = re.compile(
    r"(?!.*(?:小区|园区|社区|景区|棚户区|城镇|农村|乡村|城市|城区|库区)$)[\u3400-\u9fff]{1,7}(?:[市区县旗镇乡村州盟]|街道)(?:本级)?"
    r"|全[市县区省国旗]"
)
"""The name of a row that is a place and says nothing of what is counted there."""
_NUMERIC = (QuantityForm.NUMBER, QuantityForm.RANGE, QuantityForm.RATIO)


def read_table(text: str, table: Table, knowledge: Knowledge) -> Iterator[Statement]:
    """Yield what the cells of figures state, what long cells state in sentences, and the totals."""
    attribute = knowledge.lexicon.get("name")
    names = name_column(table, attribute.header_words if attribute else ())
    for row in table.rows:
        if row.kind is RowKind.DATA:
            name = next((cell.text for cell in row.cells if cell.column == names), "")
            scope = row.groups[-1].name if row.groups else name
            yield from chain.from_iterable(
                _read_cell(text, table, row, cell, name, scope, knowledge)
                for cell in row.cells
                if cell.column != names and not cell.carried and cell.column < len(table.columns)
            )
        elif row.kind is RowKind.TOTAL:
            yield from _read_total(table, row)


def _read_cell(
    text: str, table: Table, row: Row, cell: Cell, name: str, scope: str, knowledge: Knowledge
) -> Iterator[Statement]:
    column, place = table.columns[cell.column], StatedAt(table=table.id, row=row.number, column=cell.column)
    if cell.quantity is not None and cell.quantity.form in _NUMERIC and name and column.kind is ColumnKind.NUMBER:
        subject, year = _subject(name, column, knowledge)
        if not year and column.name in _TOTALS and _has_years(table):
            return  # what a row comes to over the years is no figure of one of them
        # A figure of a column of its own belongs to its row alone, and one of a place to what its table is of.
        of_table = _PLACE.fullmatch(name) is not None
        own_scope = table.caption or table.name if of_table else "" if year or subject == name else name
        unit = cell.quantity.unit or column.unit
        yield Statement(
            cell.span, place, subject, _value(cell), _shown_unit(cell, unit), year, own_scope, cell.quantity
        )
    elif column.kind is ColumnKind.TEXT and len(cell.text) >= _LONG:
        yield from read_prose(Prose(text, cell.span, place, scope))[0]


def _has_years(table: Table) -> bool:
    """Return whether several columns are headed by years."""
    return len({year for one in table.columns if (year := year_of_header(one.name))}) > 1


def _subject(name: str, column: Column, knowledge: Knowledge) -> tuple[str, str]:
    """Return (what is measured, year): a year's column measures the row itself, another column a side of the row."""
    head = column_name(name)[0]
    year = match.group() if (match := _YEAR.search(column.name)) else ""
    attribute = knowledge.attribute_of_header(column.name)
    if attribute is not None and attribute.name in _OF_PERIOD:
        return head, year or attribute.name
    if year_of_header(column.name):
        return head, year
    return f"{head}{_YEAR.sub('', column.name).removeprefix('年').removeprefix('前')}", ""


def _read_total(table: Table, row: Row) -> Iterator[Statement]:
    for cell in row.cells:
        if cell.quantity is not None and cell.quantity.form is QuantityForm.NUMBER and cell.column < len(table.columns):
            column = table.columns[cell.column]
            subject = _YEAR.sub("", column.name).removeprefix("年").removeprefix("前")
            place = StatedAt(table=table.id, row=0, column=cell.column)
            unit = cell.quantity.unit or column.unit
            yield Statement(cell.span, place, subject, _value(cell), _shown_unit(cell, unit), quantity=cell.quantity)


def _value(cell: Cell) -> str:
    """Return the figure as the cell writes it, without the unit where it writes one."""
    return cell.text.removesuffix(cell.quantity.unit) if cell.quantity and cell.quantity.unit else cell.text


def _shown_unit(cell: Cell, unit: str) -> str:
    scale = cell.quantity.scale if cell.quantity else ""
    return unit if unit.startswith(scale) or cell.text.endswith(scale) else scale + unit
