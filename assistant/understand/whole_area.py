"""A table with one row for each place and one for the whole area in, what that row is to a question out.

Example: below 东区, 西县 and 北县 stands 全市 → it is none of the places that are counted, put in order or added up,
and 高于全市平均水平 bounds their figures by its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from assistant.understand.attributes import Attributes
from assistant.understand.query import Condition, Found
from assistant.understand.question import Question
from assistant.understand.sides import ABOVE, HOLDS, MORE, NO_ROW, SAID, SIDE, sign_of
from corpus.folding import fold
from corpus.models import ColumnKind, Row, Span, Table
from corpus.row_names import cell_text, name_column

_AREA = re.compile(r"全[国省市县区旗州盟镇乡](?:合计|总计|平均|总体)?")
_WITHOUT = "不含"
_LEAST_PLACES = 2
_LEVEL = r"的?(?:总体|整体)?(?:平均)?(?:增速|增幅|水平|数|值)?"
_OF_PLACES = re.compile(r"[哪各每最谁]|分别|几个|多少个")
_REMEMBERED = 1024


@lru_cache(maxsize=_REMEMBERED)
def area_rows(table: Table, attributes: Attributes) -> tuple[Row, ...]:
    """Return the rows of whole areas (全市, 全国) beside those of places; none where there are no two of these."""
    names = name_column(table, attributes.header_words("name"))
    if names is None:
        return ()
    rows = tuple(row for row in table.data_rows if _AREA.fullmatch(fold(cell_text(row, names))))
    return rows if len(table.data_rows) - len(rows) >= _LEAST_PLACES else ()


def apart_from_area(table: Table, attributes: Attributes) -> tuple[Condition, ...]:
    """Return the condition that leaves the rows of whole areas out; none where there is no such row."""
    rows, names = area_rows(table, attributes), name_column(table, attributes.header_words("name"))
    if not rows or names is None:
        return ()
    others = tuple(one.number for one in table.data_rows if one not in rows)
    called = "".join(f"“{cell_text(row, names)}”" for row in rows)
    return (Condition(names, rows=others, listed=f"{_WITHOUT}{called}{'这一行' if len(rows) == 1 else '这几行'}"),)


def is_apart_from_area(condition: Condition) -> bool:
    """Return whether a condition only leaves the rows of whole areas out, which no question asks for."""
    return condition.listed.startswith(_WITHOUT)


def asks_of_area(key: str, table: Table, attributes: Attributes, spent: Sequence[Span]) -> Span | None:
    """Return where a folded question asks for the whole area's own figure (全市增速多少), and for no row beside it."""
    names = name_column(table, attributes.header_words("name"))
    if names is None or _OF_PLACES.search(key) is not None:
        return None
    called = (fold(cell_text(row, names)) for row in area_rows(table, attributes))
    said = (Span(at, at + len(name)) for name in called if (at := key.find(name)) >= 0)
    return next((one for one in said if not any(other.overlaps(one) for other in spent)), None)


def find_area_bound(question: Question, table: Table, attributes: Attributes, measured: int | None) -> Found:
    """Return the condition that a place's figure lies above or below the whole area's: 增速高于全市平均水平的县."""
    rows, names = area_rows(table, attributes), name_column(table, attributes.header_words("name"))
    if names is None:
        return Found((), ())
    stated = ((row, _said(question.key, fold(cell_text(row, names)))) for row in rows)
    row, said = next(((row, said) for row, said in stated if said is not None), (None, None))
    if row is None or said is None:
        return Found((), ())
    sign, span = said
    named = [c.number for c in table.columns if c.kind is ColumnKind.NUMBER and fold(c.name) in question.key]
    columns = named if measured is None or named else [measured]
    bound = _figure(row, columns[0]) if len(columns) == 1 else None
    if bound is None:
        return Found((), (), (span,))
    column = table.columns[columns[0]]
    read = ((one.number, _figure(one, column.number)) for one in table.data_rows if one not in rows)
    figures = {number: figure for number, figure in read if figure is not None}
    # 全市200件 of 80, 60, 40 and 20 is their sum, and bounds none of them; a second bound is not read.
    if sum(figures.values(), Decimal(0)) == bound or question.key.count(fold(cell_text(row, names))) > 1:
        return Found((), (), (span,))
    meeting = tuple(number for number, figure in figures.items() if HOLDS[sign](figure, bound))
    words = f"“{column.name}”{SAID[sign]}{cell_text(row, names)}（{cell_text(row, column.number)}{column.unit}）"
    return Found((Condition(column.number, rows=meeting or NO_ROW, listed=words),), (span,))


def _said(key: str, area: str) -> tuple[str, Span] | None:
    """Return the sign to the whole area's figure, and where the question says it: 高于全市, 比全市平均水平高."""
    name = re.escape(area) + _LEVEL
    if match := re.search(SIDE + name, key):
        return sign_of(match), Span(*match.span())
    for before, behind in (("比", MORE), ("在", ABOVE)):
        match = re.search(before + name, key)
        if match is not None and (where := behind.match(key, match.end())) is not None:
            return sign_of(where), Span(match.start(), where.end())
    return None


def _figure(row: Row, column: int) -> Decimal | None:
    """Return the exact figure of a row's cell; None where it has none."""
    quantity = next((cell.quantity for cell in row.cells if cell.column == column), None)
    exact = quantity is not None and quantity.low is not None and quantity.low == quantity.high
    return quantity.low if exact and quantity is not None and quantity.sign == "=" else None
