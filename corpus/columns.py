"""The header and the values of columns in, their names, units and kinds out.

Example: the header “建设时间（年）” with values such as “2022-2024” is a PERIOD column named 建设时间, unit 年.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.models import ColumnKind, QuantityForm
from corpus.numerals import is_unit, parse_quantity

_UNIT_NOTE = re.compile(r"\s*[（(]\s*(?:单位\s*[:：]\s*)?([^（）()]{1,16})\s*[）)]\s*$")
_BEHIND_STROKE = re.compile(r"(?<=[^\s])\s*[/／]\s*([^/／（）()\s]{1,8})\s*$")
_ORDINAL = re.compile(r"(序\s*号|编\s*号|项\s*次|行\s*次|No\.?|#)$", re.IGNORECASE)
_YEAR_HEAD = re.compile(r"(19|20)\d\d年?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_STANCE = re.compile(
    r"(?:年度?|[末底]|预计|计划|规划|力争|预期|实际|累计|完成|实现|达到|目标|现状|基期|基准|基数|指标|数据?|值|情况|[（）()\s])*"
)
"""What may stand beside the year of a header and say no more than how firm its figures are: 完成, 目标值."""
_NUMERIC = (QuantityForm.NUMBER, QuantityForm.RANGE, QuantityForm.RATIO)
_MOST = 0.6


def is_header(words: Sequence[str]) -> bool:
    """Return whether the first row of a grid names columns: no cell of it is a plain figure (a year may be)."""
    for word in words:
        quantity = parse_quantity(word) if word else None
        if quantity and quantity.form in _NUMERIC and not _YEAR_HEAD.fullmatch(word):
            return False
    return any(words)


def column_name(header: str) -> tuple[str, str]:
    """Return (name, unit) of a header: “2025年前计划投资（亿元）” → (2025年前计划投资, 亿元); 变化/% → (变化, %)."""
    note = _UNIT_NOTE.search(header) or _BEHIND_STROKE.search(header)
    if note and is_unit(note.group(1)) and not is_unit(header[: note.start()]):
        return header[: note.start()], note.group(1).strip().replace("％", "%")
    return header, ""


def year_of_header(header: str) -> str:
    """Return the year whose figures a header names: 2023年, 2023年完成, 2025年目标值; empty for 2025年前计划投资."""
    years = _YEAR.findall(header)
    return years[0] if len(years) == 1 and _STANCE.fullmatch(_YEAR.sub("", header)) else ""


def unit_at_end(name: str) -> str:
    """Return the unit that ends a row's name (“城镇登记失业率（%）” → %), or an empty string."""
    return column_name(name)[1]


def column_kinds(names: Sequence[str], values: Sequence[Sequence[str]], units: Sequence[str]) -> list[ColumnKind]:
    """Return what each column holds, by its header and by most of its values."""
    return [_kind(name, held, unit) for name, held, unit in zip(names, values, units, strict=True)]


def _kind(name: str, values: Sequence[str], unit: str) -> ColumnKind:
    forms = [quantity.form for word in values if (quantity := parse_quantity(word, unit))]
    if not forms:
        return ColumnKind.NUMBER if unit and not values else ColumnKind.TEXT
    numeric = sum(form in _NUMERIC for form in forms)
    if _ORDINAL.search(name.strip()) and numeric >= _MOST * len(forms):
        return ColumnKind.ORDINAL
    if forms.count(QuantityForm.PERIOD) >= _MOST * len(forms):
        return ColumnKind.PERIOD
    return ColumnKind.NUMBER if numeric >= _MOST * len(forms) else ColumnKind.TEXT
