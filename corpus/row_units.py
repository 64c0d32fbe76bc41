"""The columns and cells of a table in, the unit of the figures of each row out.

Example: “城镇登记失业率（%）” names its row's unit %, and so does “亿元” in the column 计量单位.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.columns import unit_at_end
from corpus.models import Column, ColumnKind
from corpus.numerals import NO_VALUE, is_unit

_MEASURED_IN = re.compile(r"(?:计\s*量|度\s*量)?\s*单\s*位")
_IN_NO_UNIT = re.compile(r"权重|分值|得分|比例|比重|占比|增[长幅速]|排[名位]|单价")
_MOST = 0.6
_SOME = 0.3


@dataclass(frozen=True, slots=True)
class RowUnits:
    """Where the rows of a table name their units: in the names of one column, or as the cells of another."""

    named: int | None
    told: int | None

    @classmethod
    def of_table(cls, columns: Sequence[Column], values: Sequence[Sequence[str]]) -> RowUnits:
        """Return where the rows name their units; ``values`` are the cells by column."""
        return cls(_naming_column(columns, values), _column_of_units(columns, values))

    def of_row(self, words: Sequence[str], column: Column) -> str:
        """Return the unit of a row's figures in ``column``, or an empty string; ``words`` are the cells of the row."""
        named = unit_at_end(words[self.named]) if self.named is not None else ""
        told = words[self.told].strip() if self.told is not None else ""
        if named or not is_unit(told) or _IN_NO_UNIT.search(column.name):
            return named
        return told.replace("％", "%")


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
