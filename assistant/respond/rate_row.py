"""A row with a rate and the quantity asked with in, what its other cells say of the sum out.

Example: beside 260元/亩 a cell 每户最高10万元 bounds the sum, and 超过100亩的部分减半 leaves none to be told.
"""

from __future__ import annotations

import re
from fractions import Fraction

from assistant.respond.rates import MONEY, SHARE, Rate, is_money, is_plain
from assistant.understand.range_rows import Range, falls_in, range_of
from corpus.conversion import Units
from corpus.models import Cell, Column, ColumnKind, Quantity, Row, Table
from corpus.numerals import parse_quantity, split_unit

_CAP = re.compile("上限|限额|封顶|最高|最多")
_CAPPED_AT = re.compile(
    r"(?:每[\u3400-\u9fff]|单个[\u3400-\u9fff]{2})?(?:补[助贴]?|奖[励补]?)?(?:最高|最多|上限|不超过)*(?P<most>\d.*)"
)
"""A whole cell that says how much is given at most: 10万元, 每户最高3万元, 单个企业不超过200万元."""
_SAYS_MORE = re.compile(
    r"[\d%％半倍折]|百分|[二三四五六七八九十百千两]+[年月日天个户人亩头次成期档]|[每按][年月季日天]|逐年|季度"
    r"|[只仅](?=[补给对限支用按])|(?<![有不无])限|除外|不含|起付|不予|不享受"
)
"""What a cell says that may make the sum another one: 超过100亩的部分减半, 每月发放, 只补助国有草场."""
_CODES = re.compile("编码|编号|代码|序号|电话")
_TIER = re.compile(r"阶梯|第?[一二三四五六七八九十\d]+档|超(?:出|过)[^，,]{0,12}部分")
"""A row that counts only for a part of what is used."""
_INCLUDING = re.compile(r"[（(]含[^）)]*[）)]")


class RateRow:
    """Reads the cells beside a rate."""

    def __init__(self, units: Units) -> None:
        self._units = units

    def most(self, cell: Cell, column: Column, money: str) -> Fraction | None:
        """Return how much money is given at most, where a whole cell says it: 每户最高3万元."""
        capped = _CAPPED_AT.fullmatch(cell.text)
        if capped is None or not _CAP.search(column.name + cell.text):
            return None
        read = parse_quantity(capped["most"], column.unit)
        if read is None or read.high is None or not is_plain(read) or not MONEY.fullmatch(read.scale + read.unit):
            return None
        return self._units.convert(read.high, read.scale + read.unit, money)

    def are_all_counted(self, quantity: Quantity, rate: Rate, table: Table, row: Row, text: str) -> bool:
        """Return whether no cell of the row says what the sum leaves out: another figure, a bound, a part, a time."""
        is_tier = any(_TIER.search(one) for one in (*(c.text for c in row.cells), *(c.name for c in table.columns)))
        return not is_tier and all(
            self._is_counted(cell, table.columns[cell.column], quantity, rate, text) for cell in row.cells
        )

    def _is_counted(self, cell: Cell, column: Column, quantity: Quantity, rate: Rate, text: str) -> bool:
        is_rate = column.name == rate.claim.label or cell.text in rate.claim.subject
        if is_rate or column.kind is ColumnKind.ORDINAL or _CODES.search(column.name):
            return True
        if "起付" in column.name:
            return False
        read = parse_quantity(cell.text, column.unit)
        if read is None or self.most(cell, column, rate.money) is not None:
            return True
        if (bound := range_of(_INCLUDING.sub("", cell.text), column.unit)) is not None:
            return split_unit(bound.unit)[1] == quantity.unit and falls_in(quantity, bound, self._units)
        if _CAP.search(column.name):
            least = Range(cell.text, None, Fraction(read.high or 0), (True, True), read.scale + read.unit)
            return is_plain(read) and read.unit == quantity.unit and falls_in(quantity, least, self._units)
        if "/" in read.unit and is_plain(read):
            return read.unit.partition("/")[2] != quantity.unit or rate.claim.label in text
        is_other_share = SHARE.fullmatch(cell.text) is not None and not is_money(quantity)
        return is_other_share or _SAYS_MORE.search(f"{cell.text}{column.unit if read.low is not None else ''}") is None

    def not_met(self, quantity: Quantity, table: Table, row: Row) -> Cell | None:
        """Return the cell that says from how much on something is given, where a figure is less: 10亩（含）以上."""
        for cell in row.cells:
            bound = range_of(_INCLUDING.sub("", cell.text), table.columns[cell.column].unit)
            if bound is None or bound.high is not None or split_unit(bound.unit)[1] != quantity.unit:
                continue
            if not falls_in(quantity, bound, self._units):
                return cell
        return None
