"""A grid in, questions that it does not answer out: what no column says, who leads nothing, what a cell does not say.

Example: “甲河治理项目的监理单位是什么？” must be refused, naming 监理单位; “民航局牵头的项目有哪些？” has none.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from assistant.models import AnswerKind
from evals.cases import SUPPORTED, Category
from evals.generator.figures import plain, read_figure
from evals.generator.grid import Grid, GridColumn, Holds, parts_of
from evals.generator.proposal import Phrasing, Proposal
from evals.generator.selection import place, say_where, unit_of

_REFUSED = (AnswerKind.REFUSAL,)
_EITHER = (*SUPPORTED, AnswerKind.REFUSAL)
_NONE = ("没有", "0个", "0项", "未", "无")
_MOST_AGENCIES = 8
_COMPANY = re.compile(r"企业|公司|机构|单位")


def false_questions(grid: Grid, phrasing: Phrasing, chance: random.Random) -> Iterator[Proposal]:
    """Yield questions whose right answer is a refusal or a correction."""
    yield from _absent_attributes(grid, phrasing, chance)
    yield from _absent_years(grid, phrasing, chance)
    yield from _wrong_agencies(grid, phrasing, chance)
    yield from _wrong_values(grid, phrasing, chance)


def _absent_attributes(grid: Grid, phrasing: Phrasing, chance: random.Random) -> Iterator[Proposal]:
    """Ask each row for one thing that no word of the document speaks of."""
    text = grid.document.text
    absent = [one for one in phrasing.absent[_sort(grid)] if not any(w in text for w in (one["word"], *one["parts"]))]
    for row in grid.frame.index if absent else ():
        asked = chance.choice(absent)
        question = phrasing.say("absent_attribute", chance, row=grid.row_name(row), value=asked["word"])
        expected = {"kind": list(_REFUSED), "missing": [[asked["word"], *asked["parts"]]]}
        yield Proposal("absent_attribute", Category.REFUSAL, question, expected)


def _absent_years(grid: Grid, phrasing: Phrasing, chance: random.Random) -> Iterator[Proposal]:
    """Ask each row of a table of years for a year that the document does not hold."""
    absent = [year for year in phrasing.absent["years"] if year not in grid.document.text]
    dated = any(column.is_year for column in grid.columns)
    for row in grid.frame.index if absent and dated else ():
        year = chance.choice(absent)
        question = phrasing.say("absent_year", chance, row=grid.row_name(row), value=year)
        yield Proposal("absent_year", Category.REFUSAL, question, {"kind": list(_REFUSED), "missing": [year]})


def _wrong_agencies(grid: Grid, phrasing: Phrasing, chance: random.Random) -> Iterator[Proposal]:
    for column in grid.holding(Holds.AGENCY):
        absent = [agency for agency in phrasing.absent["agencies"] if agency not in grid.document.text]
        for agency in chance.sample(absent, min(_MOST_AGENCIES, len(absent))):
            where = say_where(grid, column, agency, phrasing, chance)
            question = phrasing.say("wrong_agency", chance, where=where)
            expected = {"kind": list(_EITHER), "phrases": [agency, list(_NONE)]}
            yield Proposal("wrong_agency", Category.PREMISE, question, expected)


def _wrong_values(grid: Grid, phrasing: Phrasing, chance: random.Random) -> Iterator[Proposal]:
    """Ask whether a cell says what the cell of another row says; the answer must state what it does say."""
    rows = [int(row) for row in grid.frame.index]
    for column in grid.holding(Holds.AGENCY, Holds.CATEGORY, Holds.NUMBER):
        for row in () if column.group else rows:
            other = chance.choice(rows)
            said, truth = _said(grid, column, other), _said(grid, column, row)
            if not said or not truth or _alike(grid, column, row, other):
                continue
            kind = "wrong_year" if column.is_year else "wrong_number" if column.holds is Holds.NUMBER else "wrong_value"
            question = phrasing.say(kind, chance, row=grid.row_name(row), column=column.name, value=said)
            expected = {"kind": list(_EITHER), **_truth(grid, column, row)}
            yield Proposal(kind, Category.PREMISE, question, expected, [place(grid, row, column)])


def _said(grid: Grid, column: GridColumn, row: int) -> str:
    """Return the cell as one would say it, a figure with its unit; empty where it is a bound or no figure."""
    text = grid.cell(row, column)
    if column.holds is not Holds.NUMBER:
        return text
    figure = read_figure(text)
    return "" if figure is None or figure.bound else plain(figure.number) + unit_of(grid, column, row)


def _alike(grid: Grid, column: GridColumn, row: int, other: int) -> bool:
    """Return whether one cell could pass for the other, or holds another kind of thing altogether."""
    one, two = grid.cell(row, column), grid.cell(other, column)
    if column.holds is Holds.NUMBER:
        return one == two or unit_of(grid, column, row) != unit_of(grid, column, other)
    return one in two or two in one


def _truth(grid: Grid, column: GridColumn, row: int) -> dict[str, object]:
    figure = read_figure(grid.cell(row, column))
    if column.holds is Holds.NUMBER and figure:
        return {"values": [{"number": plain(figure.number), "unit": unit_of(grid, column, row)}]}
    return {"phrases": list(parts_of(grid.cell(row, column)))}


def _sort(grid: Grid) -> str:
    """Return which list of absent words suits the rows."""
    if grid.noun == "人":
        return "people"
    if _COMPANY.search(grid.noun):
        return "companies"
    planned = grid.holding(Holds.AGENCY, Holds.PERIOD) and not any(column.is_year for column in grid.columns)
    return "things" if planned else "measures"
