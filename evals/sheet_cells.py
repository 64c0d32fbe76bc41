"""The text of one spreadsheet cell in, the part of a question that it states out.

Example: “8.9亿元；7.63%|7.6%” is two figures of which the second has two writings; “项目表 第3、4行 牵头单位” is two
cells of a table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from evals.case_names import ALL, ANY, CATEGORY_NAMES, KIND_NAMES, NO, YES

Part = Any
"""Plain JSON types, as one field of a question row takes them."""

_ITEMS = re.compile(r"[;；\n]")
_CHOICES = re.compile(r"[|｜]")
_FIGURE = re.compile(r"[约≥≤><＞＜]?\s*([-+−]?\d[\d,，]*(?:\.\d+)?)\s*([^\d\s]{0,16})")
_ROWS = re.compile(r"(?P<table>.+?)\s*第\s*(?P<rows>[\d、,，\s\-－~～至到]+)\s*行\s*[“\"]?(?P<column>[^”\"]*)[”\"]?")
_MOST_ROWS = 500


class CellInvalid(ValueError):
    """A cell does not say what its column asks for; ``str(error)`` is Chinese."""


def read_text(text: str) -> Part:
    """Return the words without blanks around them."""
    return text.strip()


def read_lines(text: str) -> Part:
    """Return the lines that hold something."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def read_items(text: str) -> Part:
    """Return what semicolons and line breaks part."""
    return [item.strip() for item in _ITEMS.split(text) if item.strip()]


def read_phrases(text: str) -> Part:
    """Return the items, each a phrase or the writings of which one suffices (水利局|市水利局)."""
    phrases = [[one.strip() for one in _CHOICES.split(item) if one.strip()] for item in read_items(text)]
    return [choices if len(choices) > 1 else choices[0] for choices in phrases if choices]


def read_values(text: str) -> Part:
    """Return the items as figures with their unit.

    Raises:
        CellInvalid: An item is no figure, or its writings differ in their unit.
    """
    return [_value(item) for item in read_items(text)]


def read_whole(text: str) -> Part:
    """Return a whole number.

    Raises:
        CellInvalid: It is none.
    """
    if not re.fullmatch(r"\d{1,6}", text.strip()):
        raise CellInvalid(f"“{text.strip()[:20]}”不是整数")
    return int(text)


def read_places(text: str) -> Part:
    """Return the items as rows or cells of tables.

    Raises:
        CellInvalid: An item does not read “表名 第N行 列名”.
    """
    return [place for item in read_items(text) for place in _places(item)]


def read_choice(names: Mapping[str, Part]) -> Callable[[str], Part]:
    """Return a reader of one of ``names``.

    Raises:
        CellInvalid: From the reader, where the words are none of them.
    """

    def read(text: str) -> Part:
        if text.strip() not in names:
            raise CellInvalid(f"“{text.strip()[:20]}”不在可选之列（{'、'.join(names)}）")
        return names[text.strip()]

    return read


read_category = read_choice({name: category.value for category, name in CATEGORY_NAMES.items()})
read_kinds = read_choice({name: [kind.value for kind in kinds] for name, kinds in KIND_NAMES.items()})
read_yes = read_choice({YES: True, NO: False})
read_mode = read_choice({ALL: "all", ANY: "any"})


def _value(item: str) -> Part:
    figures = []
    for choice in _CHOICES.split(item):
        match = _FIGURE.fullmatch(choice.strip())
        if match is None:
            raise CellInvalid(f"“{item[:20]}”不是带单位的数（比值、区间、年份段请写在“应含词语”）")
        figures.append((re.sub("[,，]", "", match.group(1)).replace("−", "-"), match.group(2)))
    numbers, units = dict.fromkeys(n for n, _ in figures), dict.fromkeys(u for _, u in figures)
    if len(numbers) > 1 and len(units) > 1:
        raise CellInvalid(f"“{item[:20]}”的几种写法单位不同；万、亿会自动换算，写一种即可")
    return {"number": list(numbers) if len(numbers) > 1 else next(iter(numbers)), "unit": list(units)}


def _places(item: str) -> Part:
    match = _ROWS.fullmatch(item)
    if match is None:
        raise CellInvalid(f"“{item[:30]}”应写成“表名 第3行 列名”，列名可以不写")
    table, column = match["table"].strip(), match["column"].strip()
    return [{"table": table, "row": row, "column": column} for row in _row_numbers(match["rows"])]


def _row_numbers(words: str) -> list[int]:
    """Return the numbers of “3、4” or “3-5”."""
    rows: list[int] = []
    for part in re.split(r"[、,，\s]+", words.strip("、,， \t")):
        ends = re.fullmatch(r"(\d{1,6})(?:[-－~～至到]+(\d{1,6}))?", part)
        if ends is None or len(rows) > _MOST_ROWS:
            raise CellInvalid(f"行号“{words.strip()[:20]}”看不懂，请写成“第3行”“第3、5行”或“第3-5行”")
        first, last = int(ends[1]), int(ends[2] or ends[1])
        if not 1 <= first <= last < first + _MOST_ROWS:
            raise CellInvalid(f"行号“{part}”的起止不对")
        rows += range(first, last + 1)
    return rows
