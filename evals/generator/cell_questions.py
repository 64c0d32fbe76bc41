"""A grid in, questions about single cells out: what a row's column says.

Example: “黄河流域淤地坝建设项目的2025年前计划投资是多少？” with the gold value 6.59 亿元 and the cell as evidence.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Any

from evals.cases import Category
from evals.generator.figures import plain, read_figure, read_years, year_writings
from evals.generator.grid import Grid, GridColumn, Holds, parts_of
from evals.generator.proposal import Phrasing, Proposal
from evals.generator.selection import place, say_unit, unit_of

_KINDS = {
    Holds.NUMBER: "attribute_number",
    Holds.AGENCY: "attribute_agency",
    Holds.PERIOD: "attribute_period",
    Holds.CATEGORY: "attribute_category",
    Holds.TEXT: "attribute_text",
}
_CLASS = re.compile(r"类|型|种|级|领域")
_BREAK = re.compile(r"[。；;！？!?\n]")
_LONGEST_PHRASE = 40


def cell_questions(grid: Grid, phrasing: Phrasing, chance: random.Random) -> Iterator[Proposal]:
    """Yield a question for each cell that says something."""
    for column in grid.columns:
        kind = _kind(grid, column)
        for row in grid.frame.index if kind else ():
            expected = _expected(grid, int(row), column)
            if expected:
                words = {"row": grid.row_name(row), "column": column.name, "unit": say_unit(column)}
                question = phrasing.say(kind, chance, table=grid.table.name, **words)
                category = Category.INDICATOR if column.is_year else Category.ATTRIBUTE
                yield Proposal(kind, category, question, expected, [place(grid, int(row), column)])


def _kind(grid: Grid, column: GridColumn) -> str:
    if column.group:
        return "attribute_group"
    if column.holds is Holds.NUMBER and column.is_year:
        return "attribute_year"
    if column.holds is Holds.CATEGORY and _CLASS.search(column.name):
        return "attribute_class"
    kind = _KINDS.get(column.holds, "")
    return "attribute_person" if kind == "attribute_text" and grid.noun == "人" else kind


def _expected(grid: Grid, row: int, column: GridColumn) -> dict[str, Any]:
    """Return what the cell makes an answer say; nothing where the cell is empty or too long to be one answer."""
    text = grid.cell(row, column)
    if not text or text in ("-", "—", "/", "无"):
        return {}
    figure, years = read_figure(text), read_years(text)
    if column.holds is Holds.PERIOD and years:
        writings = year_writings(*years)
        return {"phrases": [list(writings) if len(writings) > 1 else writings[0]]}
    if column.holds is Holds.NUMBER and figure:
        return {"values": [{"number": plain(figure.number), "unit": unit_of(grid, column, row)}]}
    if column.holds in (Holds.AGENCY, Holds.CATEGORY):
        return {"phrases": list(parts_of(text))}
    first = next((part for part in _BREAK.split(text) if part.strip()), "")
    return {"phrases": [first.strip()[:_LONGEST_PHRASE]]} if first else {}
