"""A question and a table with a column of dates in, the rows that it bounds or orders by them out.

Example: 5月底前完成的任务 → the cells of 完成时限 up to 2026年5月底; 完成时限最早的项目 → those of the first of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.understand.query import Condition
from corpus.folding import fold
from corpus.models import ColumnKind, Row, Span, Table
from corpus.numerals import NO_VALUE, parse_chinese_integer
from corpus.row_names import cell_text

_MONTH = r"1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
_DATE = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:年|[-/.])(?:(?P<month>\d{1,2})(?:月|[-/.]|$)(?:(?P<day>\d{1,2})[日号]?)?)?"
    r"(?:[上中下]旬|[底末初])?(?:以?前|之前)?"
)
_DONE = (
    r"(?:必须|须|应当?|需要?|要求?|要|能够?|可以?|才能?|才|就|全部|全都|都|得|计划)*"
    r"(?:完成|完工|建成|建完|竣工|办结|落实|做完|干完|结束|投用|到期|交付)?"
)
_BOUND = re.compile(
    rf"(?P<than>不?[早晚迟]于)?(?:(?:要到|到|至|在|于|截至|截止到?)?)(?:(?P<year>(?:19|20)\d\d)年(?:的)?)?(?:(?P<month>{_MONTH})月份?(?P<day>\d{{1,2}}[日号])?"
    rf"(?P<end>[底末])?|(?P<close>[底末]))(?P<where>(?:及?以|之)?前|(?:以|之)?后)?{_DONE}"
)
_FIRST = re.compile(r"最[早先]|最靠前")
_BEGUN = re.compile(r"开工|开始|启动|动工|开建")
_OVER = re.compile(r"完工|完成|建成|竣工|结束|办结|投用|交付")
_LAST = re.compile(rf"最[晚迟]|最靠后|最后(?={_OVER.pattern}|{_BEGUN.pattern})")
_LATER, _NO_LATER = ("晚于", "迟于"), ("不晚于", "不迟于")
_MOST = 0.6
_REMEMBERED = 4096
_LAST_DAY = 31

_Date = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class OfDates:
    """Conditions on the cells of a column of dates, with the stretches that say them."""

    conditions: tuple[Condition, ...] = ()
    spans: tuple[Span, ...] = ()


def date_column(table: Table, key: str = "") -> int | None:
    """Return the number of the text column whose cells are dates (2025年10月, 2026年5月底); None if there is none.

    Of several (开工时间, 完工时间) it is the one headed by what the question ``key`` says happens, else the first. None
    where another column is headed by the very word: 建成年份, of 最早建成的, beside 竣工时间.
    """
    found = [
        column for column in table.columns if column.kind is ColumnKind.TEXT and _holds_dates(table, column.number)
    ]
    said = next((event for event in (_BEGUN, _OVER) if event.search(key)), None)
    word = match.group() if said is not None and (match := said.search(key)) is not None else None
    if word and not any(word in column.name for column in found) and any(word in one.name for one in table.columns):
        return None
    meant = [column for column in found if said is not None and said.search(column.name)]
    return (meant or found)[0].number if found else None


def is_dated_by(table: Table, key: str) -> bool:
    """Return whether a column of dates is headed by what the question ``key`` says happens: 竣工时间, of 竣工的."""
    column = date_column(table, key)
    events = (_BEGUN, _OVER)
    return column is not None and any(
        one.search(key) is not None and one.search(table.columns[column].name) is not None for one in events
    )


@lru_cache(maxsize=_REMEMBERED)
def _holds_dates(table: Table, column: int) -> bool:
    filled = [text for row in table.data_rows if (text := cell_text(row, column)) not in NO_VALUE]
    return bool(filled) and sum(_date_of(text) is not None for text in filled) >= _MOST * len(filled)


def find_dates(key: str, table: Table) -> OfDates:
    """Return what a folded question asks of the dates of rows: 5月底前, 2024年底以前建完的, 12月底才完成的.

    A month without a year is of the only year that the column has; a date that it bounds by is not the day of a cell.
    """
    column = date_column(table, key) if _BOUND.search(key) is not None else None
    if column is None:
        return OfDates()
    dates = {text: date for row in table.data_rows if (date := _date_of(text := cell_text(row, column))) is not None}
    years = {year for year, _, _ in dates.values()}
    found, spans = [], []
    for match in _BOUND.finditer(key):
        where, month = match["where"] or match["than"] or "", parse_chinese_integer(match["month"] or "") or 0
        if not (where or (month and not match["year"])) or (not match["year"] and (len(years) != 1 or not month)):
            continue
        year = int(match["year"]) if match["year"] else next(iter(years))
        held = [text for text, date in dates.items() if _holds(date, year, month, match, where)]
        if held:
            found.append(Condition(column, tuple(sorted(held, key=dates.__getitem__)), whole=True))
            spans.append(Span(*match.span()))
    return OfDates(tuple(found), tuple(spans))


def extreme_date(key: str, table: Table, conditions: Sequence[Condition]) -> OfDates:
    """Return the rows of the first or the last date among those that meet ``conditions``: 完成时限最早的."""
    first = _FIRST.search(key)
    match = first or _LAST.search(key)
    column = date_column(table, key) if match is not None else None
    if column is None or match is None or any(not condition.values for condition in conditions):
        return OfDates()
    rows = [row for row in table.data_rows if all(_meets(row, condition) for condition in conditions)]
    dated = [(date, text) for row in rows if (date := _date_of(text := cell_text(row, column))) is not None]
    if not dated:
        return OfDates()
    best = (min if first else max)(date for date, _ in dated)
    values = tuple(dict.fromkeys(text for date, text in dated if date == best))
    return OfDates((Condition(column, values, whole=True),), (Span(*match.span()),))


@lru_cache(maxsize=_REMEMBERED)
def _date_of(text: str) -> _Date | None:
    """Return (year, month, day) by which what a cell dates is done: 2025年10月 and 2025年10月底 are alike."""
    match = _DATE.fullmatch(fold(text).strip())
    if match is None or (match["month"] and not 1 <= int(match["month"]) <= 12):
        return None
    return int(match["year"]), int(match["month"] or 12), int(match["day"] or _LAST_DAY)


def _holds(date: _Date, year: int, month: int, match: re.Match[str], where: str) -> bool:
    """Return whether a date is before (前: 5月底前 holds its last day, 5月前 none of it), after or within a month."""
    if not where:
        return date[:2] == (year, month)
    closes = match["end"] or match["close"] or match["day"] or where in _NO_LATER
    day = int(match["day"][:-1]) if match["day"] else _LAST_DAY
    if where == "不早于":
        return date >= (year, month or 1, int(match["day"][:-1]) if match["day"] else 0)
    if "后" in where or where in _LATER:
        return date > (year, month or 12, day)
    return date <= (year, month or 12, day) if closes else date < (year, month or 1, 0)


def _meets(row: Row, condition: Condition) -> bool:
    held: Iterable[str] = (g.name for g in row.groups) if condition.column < 0 else (cell_text(row, condition.column),)
    return any(value in text for text in held for value in condition.values) is not condition.negated
