"""A table in, what is known of it besides its rows out: the words around them, their number, their unit.

Example: 项目表 → 39 rows, 5 and 24 groups; headers, caption and title explain 2025年前 in a question.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from assistant.understand.known_by import known_by
from assistant.understand.months import blank_months, caption_months, spoken
from assistant.understand.query import Condition, Query
from corpus.folding import fold
from corpus.models import Cell, ClauseKind, ParsedDocument, Row, Table
from corpus.numerals import parse_chinese_integer
from corpus.units import UNIT

_SIZE = re.compile(r"(\d+|[一二两三四五六七八九十百]+)[个项大类位条家]?")
_TABLE_WORD = re.compile(r"(?:统计|一览|汇总|信息|情况|数据)*(?:表|名单|清单|目录)$")
_NUMBER = re.compile(r"[（(][一二三四五六七八九十\d]+[）)]$")
_ANNEX = re.compile(r"附[件表]\d+")
_ANNOUNCES = re.compile(r"如下|下表|列表|下列标准|见附?表\s*(?P<number>\d*)")
_LINES_ABOVE = 4
_FIGURES = re.compile(rf"\d[\d.,]*(?:万亿|亿|万)?(?:{UNIT})?(?:及?以[上下])?")
_PER = re.compile(r"/(?P<each>.+)$")
_REMEMBERED = 1024


def has_one_unit(query: Query) -> bool:
    """Return whether the measured cells of the rows meant share one unit, so that they can be added and ordered."""
    return len({cell.quantity.unit for cell in measured_cells(query) if cell.quantity is not None}) <= 1


def measured_cells(query: Query) -> list[Cell]:
    """Return the measured cells, with a figure, of the rows meant."""
    rows = (row for row in query.table.data_rows if _is_meant(row, query.conditions))
    cells = (cell for row in rows for cell in row.cells if cell.column == query.measure_column)
    return [cell for cell in cells if cell.quantity is not None and cell.quantity.low is not None]


def _is_meant(row: Row, conditions: Sequence[Condition]) -> bool:
    """Return whether a row holds the values of all conditions that name some; other conditions leave every row."""
    cells = {cell.column: cell.text for cell in row.cells}
    return all(
        any(value in cells.get(condition.column, "") for value in condition.values)
        for condition in conditions
        if condition.values and condition.column >= 0 and not condition.negated
    )


def annex_label(step: str) -> str:
    """Return the label of an annex in a path (附件4 …), folded; empty for any other clause."""
    match = _ANNEX.match(fold(step))
    return match.group() if match else ""


@lru_cache(maxsize=_REMEMBERED)
def stem_of(table: Table) -> str:
    """Return what the table's name says of its rows, folded: 专家名单 → 专家."""
    return _TABLE_WORD.sub("", _NUMBER.sub("", fold(blank_months(table.name))))


def without_brackets(header: str) -> str:
    """Return a folded header with what it puts in brackets said outright: 县(市、区) → 县市区."""
    return re.sub("[()、]", "", header)


@lru_cache(maxsize=_REMEMBERED)
def frame(document: ParsedDocument, table: Table) -> str:
    """Return the folded words around the rows: title, caption, name, headings, headers."""
    headers = [column.name + column.unit for column in table.columns]
    said = spoken(caption_months(table))
    plain = [without_brackets(fold(header)) for header in headers]
    listed, short = _listed_as(document, table), known_by(document)
    named = (document.info.title, table.caption, table.name, said, *listed, *short)
    named = (*named, *map(spoken_unit, {column.unit for column in table.columns}))
    return fold("\n".join((*named, *table.path, *headers, *plain)))


def announced(document: ParsedDocument, table: Table) -> str:
    """Return the sentence right above a table that says what it lists (高龄津贴标准如下：); empty where none does."""
    clause = next(clause for clause in document.clauses if clause.id == table.clause)
    own = "\n".join(piece.of(document.text) for piece in clause.own if piece.end <= table.span.start)
    lines = [line for line in own.splitlines() if line.strip()][-_LINES_ABOVE:]
    for sentence in re.split("[。；\n]", "\n".join(lines))[::-1]:
        match = _ANNOUNCES.search(fold(sentence))
        if match is not None and (not match["number"] or f"表{match['number']}" in fold(table.name)):
            return _FIGURES.sub("", sentence.strip())  # 年满80周岁 says nothing of a row of 100周岁以上
    return ""


def spoken_unit(unit: str) -> str:
    """Return how one says what a rate is per: 元/人·月 is 每人每月; empty for other units."""
    match = _PER.search(unit)
    parts = match["each"].split("·") if match is not None else []
    return " ".join(f"每{one} 每个{one} 一{one} 一个{one}" for one in parts)


def _listed_as(document: ParsedDocument, table: Table) -> list[str]:
    """Return what the document's list of annexes calls the annex that the table stands in: 4.…拟定人员名单."""
    number = annex_label(table.path[0]).removeprefix("附件") if table.path else ""
    lists = {clause.id for clause in document.clauses if clause.kind is ClauseKind.ANNEX_LIST}
    entries = [clause for clause in document.clauses if clause.parent in lists]
    return [entry.heading for entry in entries if number and entry.label.strip(".．、 ") == number]


@lru_cache(maxsize=_REMEMBERED)
def sizes(table: Table) -> frozenset[int]:
    """Return how many rows the table has and how many groups of each level: 39个项目, 五大行动 restate them."""
    groups = {group for row in table.data_rows for group in row.groups}
    return frozenset({len(table.data_rows), *Counter(group.level for group in groups).values()})


def stated_size(word: str) -> int | None:
    """Return the number that a word such as 五个 states; None where it is none."""
    match = _SIZE.fullmatch(word)
    return parse_chinese_integer(match.group(1)) if match else None
