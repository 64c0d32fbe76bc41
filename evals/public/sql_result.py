"""An answer row and the columns that a gold result has in, the result that the answer states out.

Example: “阅泷花园”的容积率2.8[1]更低…, asked for 项目名称 → (阅泷花园); 1669 - 78.1 = 1590.9 → (1590.9).

The result is what a reader takes from the row: the rows of its ``table`` under the asked headers, the figure that its
``calculation`` ends in, the winner that its first sentence names, or the value of “X”的Y是Z.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from assistant.respond.by_table import TABLE_COLUMN
from assistant.understand.months import find_months

Value = Decimal | str
Rows = tuple[tuple[Value, ...], ...]

_FIGURE = re.compile(r"-?\d+(?:\.\d+)?")
_WINNER = re.compile(r"“([^”]+)”的[^；。]*?(?:更|最)[大高多长贵小低少短]")
_STATED = re.compile(r"的([^：；”“]+?)(?:都是|是)(.+?)(?:。|；)")
_LISTED = re.compile(r"[：；]([^：；“”]+)：([^：；]+?)(?=[；。])")
_MARK = re.compile(r"\[\d+\](?:–\[\d+\])?")
_NOTE = re.compile(r"\s*[（(][^（）()]*[）)]$")
_EMPTY = ("None", "（原表此处为空）", "-", "")
_PLACES = Decimal("0.000001")
_NAMES = ("名称", "姓名")
_PERIODS = ("年份", "年月")
_PLACE_COLUMNS = ("区域", "城市区域")


def to_value(cell: object) -> Value:
    """Return a cell as a figure to six places where it is one, else its text without quotes and unit."""
    text = str(cell).strip().strip("“”").removesuffix("%")
    if text in _EMPTY:
        return ""
    try:
        return Decimal(text).quantize(_PLACES).normalize() + 0
    except InvalidOperation:
        return text


def result_of(row: Mapping[str, Any], selected: Sequence[str]) -> Rows | None:
    """Return the rows of the result; None where the answer states none of these columns."""
    if not selected:
        return _computed(row)
    if len(selected) == 1 and selected[0].endswith(_NAMES):
        winners = tuple((to_value(name),) for name in _WINNER.findall(row["answer"]))
        if winners:
            return winners
    table = row.get("table")
    if table is not None:
        places = [_place(name, table["columns"]) for name in selected]
        if None not in places:
            return tuple(tuple(_cell(line, place) for place in places if place) for line in table["rows"])
    return _stated(row["answer"], selected)


def _computed(row: Mapping[str, Any]) -> Rows | None:
    """Return the figures that the calculation's expressions end in, one for each table."""
    expression = str((row.get("calculation") or {}).get("expression", ""))
    ends = [_FIGURE.findall(part.rpartition("=")[2]) for part in expression.split("；")]
    return tuple((to_value(figures[-1]),) for figures in ends if figures) or None


def _place(name: str, columns: Sequence[str]) -> tuple[int, str] | None:
    """Return the number of the answer's column for a gold column, and how it is read."""
    plain = [_NOTE.sub("", column) for column in columns]
    bare = _NOTE.sub("", name)
    if bare in plain:
        return plain.index(bare), ""
    if name in (*_PERIODS, *_PLACE_COLUMNS) and TABLE_COLUMN in plain:
        return plain.index(TABLE_COLUMN), name
    if name.endswith(_NAMES) and "名称" in plain:
        return plain.index("名称"), ""
    return (plain.index("数值"), "") if "数值" in plain else None


def _cell(line: Sequence[str], place: tuple[int, str]) -> Value:
    number, read_as = place
    if read_as in _PERIODS:
        month = next((mention.months[0] for mention in find_months(line[number])), None)
        if month is not None:
            return to_value(f"{month.year}年{month.month:02}月" if read_as == "年月" else month.year)
    return to_value(line[number])


def _stated(answer: str, selected: Sequence[str]) -> Rows | None:
    """Return what sentences state (“X”的Y是Z, “X”：Y：Z), with the year or month that the name of its table states."""
    asked = [name for name in selected if name not in _PERIODS]
    if len(asked) != 1:
        return None
    found: list[tuple[Value, ...]] = []
    for line in _MARK.sub("", answer).split("\n"):
        said = [*_STATED.findall(line), *_LISTED.findall(line)]
        values = [value for label, value in said if _NOTE.sub("", label) == _NOTE.sub("", asked[0])]
        table = line.removeprefix("- ").partition("：")[0]
        for value in values:
            cells = {asked[0]: to_value(value)} | {n: _cell([table], (0, n)) for n in selected if n in _PERIODS}
            found.append(tuple(cells[name] for name in selected))
    return tuple(found) or None
