"""The header and the values of columns in, their names, units and kinds out.

Example: the header “建设时间（年）” with values such as “2022-2024” is a PERIOD column named 建设时间, unit 年.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.models import ColumnKind, QuantityForm
from corpus.numerals import is_range, is_unit, parse_quantity

_UNIT_NOTE = re.compile(r"\s*[（(]\s*(?:单位\s*[:：]\s*)?([^（）()]{1,16})\s*[）)]\s*$")
_BEHIND_STROKE = re.compile(r"(?<=[^\s])\s*[/／]\s*([^/／（）()\s]{1,8})\s*$")
_ORDINAL = re.compile(r"(序\s*号|编\s*号|项\s*次|行\s*次|步\s*骤|No\.?|#)$", re.IGNORECASE)
_YEAR_HEAD = re.compile(r"(19|20)\d\d年?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_STANCE = re.compile(
    r"(?:历年|各年|当年|年度?|[末底]|预计|计划|规划|力争|预期|实际|实绩|累计|完成|实现|达到|目标|任务|现状|基期|基准|基数|指标"
    r"|初步|快报|统计|核定|执行|预算|决算|数据?|值|情况|[（）()\s])*"
)
"""What may stand beside the year of a header and say no more than how firm its figures are: 完成, 目标值."""
_OF_YEARS = ("年份", "年度", "年")
_BARE_YEAR = re.compile(r"(?:19|20)\d\d年?")
LEVELS = "·"
"""Joins the levels of a header of several rows."""
OF_NO_UNIT = re.compile(
    r"权重|分值|得分|评分|比例|比重|占比|[增降]幅|增[长速]|排[名位]|位次|名次|单价|率$|百分[比点]|系数|指数"
    r"|年[限份龄]|[工成]年$|期限|时间|同比|环比|进度|次数|±|%"
)
"""Heads figures that are in no unit noted for others: shares, ranks, prices, years."""
_DIGIT = re.compile(r"\d")
_MEASURED = re.compile(r"\d\s*[㐀-鿿]")
_NUMERIC = (QuantityForm.NUMBER, QuantityForm.RANGE, QuantityForm.RATIO)
_CALLED = re.compile(r"(?:电话|手机)(?:号码?)?[）)]?$|(?:邮编|邮政编码|账号|证号|代码)$")
"""Heads numbers that are no figures."""
_MOST = 0.6


def is_header(words: Sequence[str]) -> bool:
    """Return whether the first row of a grid names columns: no cell of it is a plain figure (a year may be).

    三级 and 一等奖 name columns; figures are written in digits.
    """
    for word in words:
        quantity = parse_quantity(word) if _DIGIT.search(word) else None
        if quantity and quantity.form in _NUMERIC and not _YEAR_HEAD.fullmatch(word):
            return False
    return any(words)


def header_depth(rows: Sequence[Sequence[str]]) -> int:
    """Return how many first rows name columns: a second one where merged cells were written out, or left empty.

    目标值 stands twice above 2023年 and 2025年, or once with nothing behind it; 序号 beside it stands in both rows, or
    has nothing below it.
    """
    depth = int(is_header(rows[0]))
    while 0 < depth < len(rows) - 1 and _goes_on(rows[0], rows[depth]):
        depth += 1
    return depth


def _goes_on(first: Sequence[str], row: Sequence[str]) -> bool:
    if len(first) != len(row) or not is_header(row):
        return False
    across = [n for n in range(len(first)) if _is_merged_across(first, n)]
    down = [n for n in range(len(first)) if n not in across]
    below = [row[n] for n in across]
    # The same names below several (账面余额 below 期末数 and 期初数) make no list; the same years do.
    dated = all(map(year_of_header, below)) or all(year_of_header(first[n]) for n in across if first[n])
    apart = len(set(below)) == len(below) or dated
    is_split = len(set(below)) > 1 and all(below) and apart
    # A name that comes again in the second row shows that it is no row of data: of others a part may stand below.
    again = any(row[n] == first[n] for n in down if first[n])
    return is_split and (again or (bool(down) and not any(row[n] for n in down)))


def _is_merged_across(first: Sequence[str], n: int) -> bool:
    """Return whether a cell of a header row stands over several columns, or is one that such a cell leaves empty."""
    beside = [first[place] for place in (n - 1, n + 1) if 0 <= place < len(first)]
    return not first[n] or first[n] in beside or (n + 1 < len(first) and not first[n + 1])


def header_names(rows: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """Return (name, unit) of each column below one header row or more: 投资（万元） above 中央 → (投资·中央, 万元).

    A year says all that a column is where what stands above it says no more than how firm it is: 目标值 above 2025年.
    """
    names, units = [""] * len(rows[0]), [""] * len(rows[0])
    for row in rows:
        over = ""
        for n, word in enumerate(row[: len(names)]):
            over = word or (over if row is rows[0] and len(rows) > 1 else "")
            name, unit = column_name(over)
            units[n] = unit or ("" if OF_NO_UNIT.search(name) else units[n])
            if year_of_header(name) and _STANCE.fullmatch(names[n]):
                names[n] = name
            elif name != names[n]:
                names[n] = LEVELS.join(filter(None, (names[n], name)))
    return list(zip(names, units, strict=True))


def column_name(header: str) -> tuple[str, str]:
    """Return (name, unit) of a header: “2025年前计划投资（亿元）” → (2025年前计划投资, 亿元); 变化/% → (变化, %)."""
    note = _UNIT_NOTE.search(header) or _BEHIND_STROKE.search(header)
    if note and is_unit(note.group(1)) and not is_unit(header[: note.start()]):
        return header[: note.start()], note.group(1).strip().replace("％", "%")
    return header, "%" if header.endswith(("%", "％")) and len(header) > 1 else ""


def year_of_header(header: str) -> str:
    """Return the year whose figures a header names: 2023年, 2023年完成, 2025年目标值; empty for 2025年前计划投资."""
    years = _YEAR.findall(header)
    return years[0] if len(years) == 1 and _STANCE.fullmatch(_YEAR.sub("", header)) else ""


def unit_of_years(header: str, values: Sequence[str]) -> str:
    """Return 年 for a column of bare years that its header calls so (建成年份: 1988, 1992); else an empty string."""
    said = [word.strip() for word in values if word.strip()]
    return "年" if said and header.endswith(_OF_YEARS) and all(map(_BARE_YEAR.fullmatch, said)) else ""


def unit_at_end(name: str) -> str:
    """Return the unit that ends a row's name (“城镇登记失业率（%）” → %), or an empty string."""
    return column_name(name)[1]


def column_kinds(names: Sequence[str], values: Sequence[Sequence[str]], units: Sequence[str]) -> list[ColumnKind]:
    """Return what each column holds, by its header and by most of its values.

    A first column of ranges (80至89周岁, 100周岁以上) says what its rows are about, and is no figure of them; so does
    one of different sizes (4层, 5层, 8层及以上) where no column is of text.
    """
    kinds = [_kind(name, held, unit) for name, held, unit in zip(names, values, units, strict=True)]
    first = next((n for n, kind in enumerate(kinds) if kind is not ColumnKind.ORDINAL), None)
    if first is None or kinds[first] is not ColumnKind.NUMBER:
        return kinds
    held = [word for word in values[first] if word]
    of_all = ColumnKind.TEXT not in kinds and len(kinds) > 1 and len(set(held)) == len(held)
    if all(map(is_range, held)) or (of_all and all(map(_MEASURED.search, held))):
        kinds[first] = ColumnKind.TEXT
    return kinds


def _kind(name: str, values: Sequence[str], unit: str) -> ColumnKind:
    forms = [quantity.form for word in values if (quantity := parse_quantity(word, unit))]
    if not forms:
        return ColumnKind.NUMBER if unit and not values else ColumnKind.TEXT
    numeric = sum(form in _NUMERIC for form in forms)
    if _CALLED.search(name):
        return ColumnKind.TEXT
    if _ORDINAL.search(name.strip()) and numeric >= _MOST * len(forms):
        return ColumnKind.ORDINAL
    if forms.count(QuantityForm.PERIOD) >= _MOST * len(forms):
        return ColumnKind.PERIOD
    return ColumnKind.NUMBER if numeric >= _MOST * len(forms) else ColumnKind.TEXT
