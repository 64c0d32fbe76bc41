"""A question and a table in, the condition that a row's figures are in a unit out.

Example: 单位是%的指标有几项 → the rows whose figures are in %, as their names or cells say.
"""

from __future__ import annotations

import re

from assistant.understand.attributes import Attributes
from assistant.understand.query import Condition, Found
from assistant.understand.question import Question
from corpus.folding import fold
from corpus.models import ColumnKind, Row, Span, Table
from corpus.numerals import is_unit
from corpus.row_names import cell_text, name_column

_IN_UNIT = re.compile(
    r"(?:计量)?单位(?:都|写的?)?(?P<not>不)?(?:是|为|用)[“\"「]?(?P<unit>[^，,。；;？?的“”\"「」]{1,10})[”\"」]?的(?!单位|部门)"
)
_MEASURED_IN = re.compile(
    r"(?P<not>不)?(?:以|用|按)(?P<unit>[^，,。；;？?的]{1,12})(?:计量?|(?:为|作|做|当)(?:计量)?单位)的"
)
_PERCENT = re.compile(r"百分比|百分数|百分率|百分之")
_BRACKET = re.compile(r"[(（]([^()（）]{1,12})[)）]$")
_NO_ROW = (-1,)


def find_row_units(question: Question, table: Table, attributes: Attributes) -> Found:
    """Return the condition on the unit of rows that a question sets; empty where it sets none."""
    match = _IN_UNIT.search(question.key) or _MEASURED_IN.search(question.key)
    names = name_column(table, attributes.header_words("name"))
    unit = _PERCENT.sub("%", match["unit"]) if match is not None else ""
    unit = unit.replace("(%)", "").replace("（%）", "")  # 百分比（%）
    if match is None or names is None or not is_unit(unit):
        return Found((), ())
    rows = tuple(row.number for row in table.data_rows if unit in _units(row, table, names))
    negated = match["not"] is not None
    said = f"计量单位{'不' if negated else ''}为{unit}"
    condition = Condition(names, rows=rows or _NO_ROW, negated=negated, listed=said)
    return Found((condition,), (Span(*match.span()),))


def _units(row: Row, table: Table, names: int) -> frozenset[str]:
    """Return the units of a row, folded: of its name's bracket, of its figures, of the columns that have one."""
    bracket = _BRACKET.search(fold(cell_text(row, names)))
    said = {bracket[1]} if bracket is not None else set()
    for cell in row.cells:
        column = table.columns[cell.column]
        if column.kind is ColumnKind.NUMBER and cell.quantity is not None:
            said.add(fold(cell.quantity.scale + cell.quantity.unit if cell.quantity.unit else column.unit))
    return frozenset(said - {""})
