"""The header and the values of columns in, their names, units and kinds out.

Example: the header “建设时间（年）” with values such as “2022-2024” is a PERIOD column named 建设时间, unit 年.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.models import Column, ColumnKind, QuantityForm
from corpus.numerals import is_unit, parse_quantity

_UNIT_NOTE = re.compile(r"\s*[（(]\s*(?:单位\s*[:：]\s*)?([^（）()]{1,16})\s*[）)]\s*$")
_BEHIND_STROKE = re.compile(r"(?<=[^\s])\s*[/／]\s*([^/／（）()\s]{1,8})\s*$")
_ORDINAL = re.compile(r"(序\s*号|编\s*号|项\s*次|行\s*次|No\.?|#)$", re.IGNORECASE)
_YEAR_HEAD = re.compile(r"(19|20)\d\d年?")
_NUMERIC = (QuantityForm.NUMBER, QuantityForm.RANGE, QuantityForm.RATIO)
_MOST = 0.6
_SOME = 0.3


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


def unit_at_end(name: str) -> str:
    """Return the unit that ends a row's name (“城镇登记失业率（%）” → %), or an empty string."""
    return column_name(name)[1]


def row_unit_column(columns: Sequence[Column], values: Sequence[Sequence[str]]) -> int | None:
    """Return the number of the text column whose cells name a unit, as indicator names do; None if there is none."""
    for column in columns:
        if column.kind is not ColumnKind.TEXT:
            continue
        filled = [word for word in values[column.number] if word]
        named = sum(1 for word in filled if unit_at_end(word))
        if filled and named >= max(1, _SOME * len(filled)):
            return column.number
    return None


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
