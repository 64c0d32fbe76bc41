"""The typed rows of a table in, the groups that its subtotals make and what its totals sum out.

Example: below “续建项目小计 9140” stand three rows of the group 续建项目, whose figures come to 9140.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.columns import OF_NO_UNIT
from corpus.models import Column, ColumnKind, Group, QuantityForm, Row, RowKind, TotalCheck

UNNUMBERED = "分组"
"""What a group is called whose name stands alone."""
_BEHIND = r"(?:[（(](?:共|计)?\d+\w?[）)])?\s*[:：]?"
TOTAL = re.compile(rf"(合\s*计|总\s*计|共\s*计|小\s*计)\s*{_BEHIND}$")
_NAMED_TOTAL = re.compile(rf".{{0,20}}?(?:合\s*计|总\s*计)\s*{_BEHIND}")
ORDINAL = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.．]?")
"""Numbers the rows that head others: 一, （二）."""
SUBTOTAL = re.compile(rf"(?P<of>.{{0,20}}?)小\s*计\s*{_BEHIND}$")


def is_total(words: Sequence[str]) -> bool:
    """Return whether the words of a row's cells call it a total or a subtotal.

    So do the first two (合计, 续建项目小计) and a later one that is nothing else: 一 | 续建项目 | 小计 | 9140.
    """
    filled = [word for word in words if word]
    named = bool(filled) and ORDINAL.fullmatch(filled[0]) is not None and any(map(_is_bare, filled[2:]))
    return named or any(TOTAL.match(word) or SUBTOTAL.fullmatch(word) for word in filled[:2])


def _is_bare(words: str) -> bool:
    """Return whether a cell says 小计 and nothing else."""
    match = SUBTOTAL.fullmatch(words)
    return match is not None and not match["of"]


def is_named_total(words: Sequence[str]) -> bool:
    """Return whether one of the first words of a row's cells ends with 合计 or 总计: 支出合计, 合计（17个）."""
    return any(_NAMED_TOTAL.fullmatch(word) for word in words[:2])


def under_subtotals(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows with those of each named subtotal in a group of its name; as they are where they have groups.

    Subtotals stand all above their rows, or all below them: the first row tells which.
    """
    made = {n: group for n, row in enumerate(rows) if (group := _group_of(row)) is not None}
    if not made or any(row.groups for row in rows if row.kind is RowKind.DATA):
        return tuple(rows)
    first = next((n for n, row in enumerate(rows) if row.kind is RowKind.DATA), len(rows))
    is_above = min(made) < first
    order = range(len(rows)) if is_above else reversed(range(len(rows)))
    grouped, group = list(rows), None
    for n in order:
        if rows[n].kind is RowKind.TOTAL:
            group = made.get(n)
        if group is not None:
            grouped[n] = replace(rows[n], groups=(group,))
    bare = [n for n in made if any(_is_bare(cell.text) for cell in rows[n].cells)]
    return tuple(grouped) if all(_adds_up(grouped, n) for n in bare) else tuple(rows)


def _adds_up(rows: Sequence[Row], at: int) -> bool:
    """Return whether the rows of a subtotal's group come to each figure that it states."""
    data = [row for row in rows if row.kind is RowKind.DATA and row.groups == rows[at].groups]
    said = next(n for n, cell in enumerate(rows[at].cells) if _is_bare(cell.text))
    for cell in rows[at].cells[said + 1 :]:
        values = [_value(row, cell.column) for row in data]
        stated = _value(rows[at], cell.column)
        if stated is not None and sum((one for one in values if one is not None), Decimal(0)) != stated:
            return False
    return True


def _group_of(row: Row) -> Group | None:
    if row.kind is not RowKind.TOTAL:
        return None
    for cell in row.cells[:2]:
        match = SUBTOTAL.fullmatch(cell.text)
        if match is not None and len(match["of"]) > 1:  # 镇 of 镇小计 is a word of every question
            return Group(UNNUMBERED, match["of"], 0, cell.span)
    said = next((n for n, cell in enumerate(row.cells) if _is_bare(cell.text)), 0)
    named = [cell for cell in row.cells[:said] if len(cell.text) > 1]
    return Group(UNNUMBERED, named[-1].text, 0, named[-1].span) if named else None


def check_totals(columns: Sequence[Column], rows: Sequence[Row]) -> tuple[TotalCheck, ...]:
    """Return what each total row states beside what its rows come to."""
    checks = []
    for at, row in enumerate(rows):
        if row.kind is not RowKind.TOTAL:
            continue
        summed = _summed(rows, at)
        for cell in row.cells:
            stated = cell.quantity
            if stated is None or stated.form is not QuantityForm.NUMBER or stated.low is None:
                continue
            values = [_value(one, cell.column) for one in summed]
            known = [value for value in values if value is not None]
            if known and columns[cell.column].kind is ColumnKind.NUMBER and not _is_share(columns[cell.column]):
                checks.append(TotalCheck(cell.column, stated.low, sum(known[1:], known[0]), len(known)))
    return tuple(checks)


def _is_share(column: Column) -> bool:
    """Return whether a column holds shares or rates, whose total is no sum: 同比增减%."""
    return column.unit == "%" or OF_NO_UNIT.search(column.name) is not None


def _summed(rows: Sequence[Row], at: int) -> list[Row]:
    """Return the data rows that a total sums: of its group, or since the last total, for 小计, else all above."""
    above = rows[:at]
    if _group_of(rows[at]) is not None and rows[at].groups:
        return [row for row in rows if row.kind is RowKind.DATA and row.groups == rows[at].groups]
    data = [row for row in above if row.kind is RowKind.DATA]
    if not any(SUBTOTAL.fullmatch(cell.text) for cell in rows[at].cells):
        return data
    last = max((n for n, row in enumerate(above) if row.kind is RowKind.TOTAL), default=-1)
    return [row for row in above[last + 1 :] if row.kind is RowKind.DATA and row.groups == above[-1].groups]


def _value(row: Row, column: int) -> Decimal | None:
    quantity = next((cell.quantity for cell in row.cells if cell.column == column), None)
    return quantity.low if quantity is not None and quantity.form is QuantityForm.NUMBER else None
