"""A question or caption in, the years and months that it names out, ranges filled in.

Example: 2020年12月至2021年2月 → 2020-12, 2021-01, 2021-02; 2019及2020年 → 2019 and 2020; 2021年08月 → 2021-08.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from corpus.folding import fold
from corpus.models import Span, Table
from corpus.numerals import parse_chinese_integer

_MONTH = r"(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?"
_TIME = re.compile(
    rf"(?<!\d)((?:19|20)\d\d)年(?:度|底|末|的)?(?:{_MONTH})?"
    # A year without 年 is one only before its like: 2019及2020年, 2020-2022年.
    r"|(?<!\d)((?:19|20)\d\d)(?=(?:[、，,和与及至到~-]|以及)(?:19|20)\d\d(?!\d))"
    rf"|(?<![\d十]){_MONTH}"
)
_CELL = re.compile(r"((?:19|20)\d\d)\s*[-年/.]\s*(\d{1,2})(?:\s*[-月/.]|$)")
_RANGE = re.compile(r"(?:[的份]|期间)?(?:至|到|[~～—–-]+)")
_MOST = 60
_REMEMBERED = 1024


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month, or a whole year where ``month`` is 0."""

    year: int
    month: int = 0

    def within(self, other: Month) -> bool:
        """Return whether this is ``other`` or lies in that year."""
        return self.year == other.year and other.month in (0, self.month)

    def next(self) -> Month:
        """Return the month, or year, that follows."""
        if not self.month:
            return Month(self.year + 1)
        return Month(self.year + self.month // 12, self.month % 12 + 1)


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A stretch of a text that names a time, with all the months or years that it stands for."""

    span: Span
    months: tuple[Month, ...]


@lru_cache(maxsize=_REMEMBERED)
def find_months(key: str) -> tuple[TimeMention, ...]:
    """Return the times named in a folded text, in order; what a range leaves unsaid belongs to its first end."""
    found: list[TimeMention] = []
    for match in _TIME.finditer(key):
        year = match[1] or match[3]
        if year is None and not found:
            continue  # 8月 of no year says nothing
        written = match[2] or match[4]
        month = parse_chinese_integer(written) or 0 if written else 0
        named = Month(int(year) if year else found[-1].months[-1].year, month)
        if found and _RANGE.fullmatch(key[found[-1].span.end : match.start()]):
            found[-1] = TimeMention(found[-1].span, _until(found[-1].months[-1], named))
        found.append(TimeMention(Span(*match.span()), (named,)))
    return tuple(found)


def month_of(cell: str) -> Month | None:
    """Return the month of a cell that states a date (2019-11-01 08:00:00, 2021年08月); None for any other cell."""
    match = _CELL.match(cell)
    return Month(int(match[1]), int(match[2])) if match and 1 <= int(match[2]) <= 12 else None


def blank(key: str, spans: Iterable[Span]) -> str:
    """Return ``key`` with the characters of ``spans`` made line breaks, so that nothing is found across them."""
    for span in spans:
        key = key[: span.start] + "\n" * (span.end - span.start) + key[span.end :]
    return key


def blank_months(text: str) -> str:
    """Return ``text`` with the times that it names blanked out."""
    return blank(text, (mention.span for mention in find_months(fold(text)))).replace("\n", "")


@lru_cache(maxsize=_REMEMBERED)
def caption_months(table: Table) -> tuple[Month, ...]:
    """Return the months or years that a table's caption says all its rows are of."""
    return tuple(month for mention in find_months(fold(table.caption)) for month in mention.months)


def other_months(key: str, table: Table) -> tuple[Span, ...]:
    """Return where a question names a time that is none of those that the table's caption states.

    A year that heads a column is the table's own: 2023年实际 of 2025年绩效指标表.
    """
    said, headers = caption_months(table), "\n".join(column.name for column in table.columns)
    near = [(mention, mention.months) for mention in find_months(key)] if said else []
    return tuple(
        mention.span
        for mention, named in near
        if not any(a.within(b) or b.within(a) for a in named for b in said)
        and not any(f"{month.year}年" in headers for month in named)
    )


def spoken(months: Iterable[Month]) -> str:
    """Return the ways to say these months, so that 2021年8月 and 8月 are found in what states 2021年08月."""
    return "\n".join(
        f"{m.year}年\n{m.year}年{m.month}月份\n{m.year}年{m.month:02}月份" if m.month else f"{m.year}年度"
        for m in months
    )


def _until(first: Month, last: Month) -> tuple[Month, ...]:
    """Return the months from ``first`` up to the one before ``last``; ``first`` alone where there is no such range."""
    months = [first]
    while months[-1].next() < last and len(months) < _MOST and bool(first.month) == bool(last.month):
        months.append(months[-1].next())
    return tuple(months)
