"""The columns and cells of a table in, the unit of the figures of each row out.

Example: “城镇登记失业率（%）” names its row's unit %, and so does “亿元” in the column 计量单位.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.columns import OF_NO_UNIT, unit_at_end
from corpus.models import Column, ColumnKind
from corpus.numerals import NO_VALUE, is_unit

_MEASURED_IN = re.compile(r"(?:计\s*量|度\s*量)?\s*单\s*位")
_SHARE = re.compile(r"率$|比例|比重|占比|增[长幅速]|同比|环比|百分比")
_COUNT = re.compile(r"数$|数量|[户人家座处项个]数|床位|面积|里程|长度|产量|人口|规模|容量")
_MONEY = re.compile(
    r"投资|[资基现贷]金|金额|经费|补[助贴偿]|配套(?!设施|率)|预算|决算|支出|收入|费|款|产值|成本|[奖债税利价]|额|拨付|工资|执行数"
)
_HINTS = {
    "人": r"人数|人口|人员|老年人|学生|教师|劳动力",
    "户": "户",
    "张": "床位|病床",
    "亩": "面积|农田|林地|草地",
    "公里": "里程|道路|公路|长度|管网",
    "吨": "产量|储量",
    "个": r"个数|[院所站点校]$|中心$|园区?$",
}
"""What headers say of the unit of their figures, where a note names several."""
_MOST = 0.6
_SOME = 0.3


@dataclass(frozen=True, slots=True)
class RowUnits:
    """Where the rows of a table name their units: in the names of one column, or as the cells of another."""

    named: int | None
    told: int | None

    @property
    def are_named(self) -> bool:
        """Return whether the rows name their units at all."""
        return self.named is not None or self.told is not None

    @classmethod
    def of_table(cls, columns: Sequence[Column], values: Sequence[Sequence[str]]) -> RowUnits:
        """Return where the rows name their units; ``values`` are the cells by column."""
        return cls(_naming_column(columns, values), _column_of_units(columns, values))

    def of_row(self, words: Sequence[str], column: Column) -> str:
        """Return the unit of a row's figures in ``column``, or an empty string; ``words`` are the cells of the row."""
        named = unit_at_end(words[self.named]) if self.named is not None else ""
        told = words[self.told].strip() if self.told is not None else ""
        if named or not is_unit(told) or OF_NO_UNIT.search(column.name):
            return named
        return told.replace("％", "%")


def noted_unit(column: Column, units: Sequence[str]) -> str:
    """Return which of the units noted for a whole table (单位：个、万元) its column is in, or an empty string.

    A sum of money is not the unit of a count, and of several units a column has one only where its header tells which.
    """
    name, shares = column.name, [unit for unit in units if unit in ("%", "％")]
    if column.kind is not ColumnKind.NUMBER or OF_NO_UNIT.search(name):
        is_share = column.kind is ColumnKind.NUMBER and shares and len(units) > 1 and _SHARE.search(name)
        return "%" if is_share else ""
    money = [unit for unit in units if "元" in unit]
    others = [unit for unit in units if unit not in money and unit not in shares]
    hinted = [unit for unit in others if unit in _HINTS and re.search(_HINTS[unit], name)]
    if _MONEY.search(name) or not (others or _COUNT.search(name)):
        return money[0] if len(money) == 1 else ""
    if len(units) == 1 or (len(others) == 1 and _COUNT.search(name)):
        return others[0] if others else ""
    return hinted[0] if len(hinted) == 1 else ""


def _naming_column(columns: Sequence[Column], values: Sequence[Sequence[str]]) -> int | None:
    """Return the number of the text column whose cells end with a unit, as indicator names do."""
    for column in columns:
        if column.kind is not ColumnKind.TEXT:
            continue
        filled = [word for word in values[column.number] if word]
        named = sum(1 for word in filled if unit_at_end(word))
        if filled and named >= max(1, _SOME * len(filled)):
            return column.number
    return None


def _column_of_units(columns: Sequence[Column], values: Sequence[Sequence[str]]) -> int | None:
    """Return the number of the column 单位 or 计量单位 whose cells are units of measure; 责任单位 holds none."""
    for column in columns:
        filled = [word for word in values[column.number] if word not in NO_VALUE]
        fits = column.kind is ColumnKind.TEXT and _MEASURED_IN.fullmatch(column.name.strip())
        if fits and filled and sum(map(is_unit, filled)) >= _MOST * len(filled):
            return column.number
    return None
