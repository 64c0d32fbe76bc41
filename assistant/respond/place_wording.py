"""The rows of a query by what they have to do with its place in, the sentences that tell them apart out.

Example: “建设地点”含达拉特旗的项目共8个：…。“建设地点”所写范围包含达拉特旗的另有21个（“全市9个旗区”20个、…）：…。
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.respond.query_words import counter, described, name_of, noun
from assistant.understand.places import Scope
from assistant.understand.query import Condition, Query
from corpus.models import Row
from corpus.row_names import cell_text

Marks = Mapping[int, int]
"""The number of a row → the number of the mark that cites it."""

_SIZE = re.compile(r"(?:\d+|[一二三四五六七八九十]+)个")


@dataclass(frozen=True, slots=True)
class PlaceRows:
    """The rows of a query by what they have to do with its place; a row stands in the first group that it fits."""

    query: Query
    scopes: Mapping[Condition, Scope]
    named: tuple[Row, ...]
    covering: tuple[Row, ...]
    mentioning: tuple[Row, ...]
    unsaid: tuple[Row, ...]

    @property
    def place(self) -> str:
        """Return the place as the cells write it."""
        return "、".join(dict.fromkeys(value for condition in self.scopes for value in condition.values))

    @property
    def header(self) -> str:
        """Return the header of the place column."""
        return self.query.table.columns[next(iter(self.scopes)).column].name


@dataclass(frozen=True, slots=True)
class Told:
    """Sentences with the rows that their marks [1], [2], … cite, in that order.

    ``answering`` are the rows that answer the question, ``count`` how many of them the first sentence counts.
    """

    text: str
    cited: tuple[Row, ...]
    answering: tuple[Row, ...]
    count: int


def number(rows: Sequence[Row], before: int = 0) -> Marks:
    """Return the number of each row's mark, counted on from ``before``."""
    return {row.number: place for place, row in enumerate(rows, before + 1)}


def mark_range(rows: Sequence[Row], marks: Marks) -> str:
    """Return the marks of neighbouring rows as one: [9]–[29]."""
    numbers = sorted(marks[row.number] for row in rows)
    return f"[{numbers[0]}]–[{numbers[-1]}]" if len(numbers) > 1 else f"[{numbers[0]}]"


def tell_apart(rows: PlaceRows) -> Told:
    """Return every group with its count and its rows, those that name the place first."""
    cited = (*rows.named, *rows.covering, *rows.mentioning, *rows.unsaid)
    marks = number(cited)
    head = f"{_counted(rows.query, rows.named)}：{_listed(rows.query, rows.named, marks)}。"
    if not rows.named:
        head = f"{rows.query.table.name}中没有{described(rows.query)}。"
    if not rows.named and rows.covering:
        head = _covering(rows, f"{head.rstrip('。')}，", marks)
        return Told(_paragraphs(head, _mentioning(rows, marks), _unsaid(rows, marks)), cited, cited, len(rows.covering))
    parts = (head, _covering(rows, "", marks), _mentioning(rows, marks), _unsaid(rows, marks))
    return Told(_paragraphs(*parts), cited, cited, len(rows.named))


def tell_covering(rows: PlaceRows) -> Told:
    """Return the rows that name the place and those that take it in as one count, then each."""
    cited = (*rows.named, *rows.covering, *rows.unsaid)
    marks = number(cited)
    both = (*rows.named, *rows.covering)
    own = tuple(c for c in rows.query.conditions if c not in rows.scopes)
    what = described(replace(rows.query, conditions=own)) if own else noun(rows.query)
    written = f"“{rows.header}”含{rows.place}的{len(rows.named)}{counter(rows.query)}"
    head = f"覆盖{rows.place}的{what}共{len(both)}{counter(rows.query)}，其中{written}、"
    ranges = f"（{_ranges(rows)}）" if rows.covering else ""
    head += f"所写范围包含它的{len(rows.covering)}{counter(rows.query)}{ranges}。"
    names = f"{_listed(rows.query, both, marks)}。"
    return Told(_paragraphs(head, names, _unsaid(rows, marks)), cited, both, len(both))


def tell_written(rows: PlaceRows) -> Told:
    """Return the rows that name the place, and how many more take it in."""
    cited = (*rows.named, *rows.covering, *rows.unsaid)
    marks = number(cited)
    more = note_covering(rows, marks)
    if not rows.named:
        head = f"{rows.query.table.name}中没有{described(rows.query)}。"
    else:
        head = f"{_counted(rows.query, rows.named)}：{_listed(rows.query, rows.named, marks)}。"
    parts = (head, more, _unsaid(rows, marks))
    return Told(_paragraphs(*parts), cited, rows.named, len(rows.named))


def tell_outside(rows: PlaceRows) -> Told:
    """Return the rows that do not name the place, those of them that take it in all the same told apart."""
    inside = {row.number for row in (*rows.covering, *rows.unsaid)}
    outside = tuple(row for row in rows.named if row.number not in inside)
    cited = (*outside, *rows.covering, *rows.unsaid)
    marks = number(cited)
    head = f"{_counted(rows.query, rows.named)}，其中{len(outside)}{counter(rows.query)}所写范围也不包含它："
    head += f"{_listed(rows.query, outside, marks)}。"
    return Told(_paragraphs(head, _covering(rows, "", marks), _unsaid(rows, marks)), cited, cited, len(rows.named))


def note_covering(rows: PlaceRows, marks: Marks) -> str:
    """Return how many rows take the place in without naming it."""
    if not rows.covering:
        return ""
    count = f"{len(rows.covering)}{counter(rows.query)}"
    ranges = f"所写范围包含它（{_ranges(rows)}）。{mark_range(rows.covering, marks)}"
    return f"另有{count}的“{rows.header}”没有写{rows.place}，{ranges}"


def note_around(rows: PlaceRows, marks: Marks) -> str:
    """Return the rows that a computation leaves out: those that only mention the place, and those that may be in it."""
    if not rows.mentioning:
        return _unsaid(rows, marks)
    columns = "、".join(f"“{name}”" for name in _mentioned_in(rows))
    count = f"{len(rows.mentioning)}{counter(rows.query)}{mark_range(rows.mentioning, marks)}"
    return f"仅在{columns}中提到{rows.place}的{count}未计入。{_unsaid(rows, marks)}"


def _counted(query: Query, rows: Sequence[Row]) -> str:
    return f"{described(query)}共{len(rows)}{counter(query)}"


def _covering(rows: PlaceRows, opening: str, marks: Marks) -> str:
    if not rows.covering:
        return ""
    count = f"{len(rows.covering)}{counter(rows.query)}（{_ranges(rows)}）"
    lead = f"{opening}所写范围包含它的有" if opening else f"“{rows.header}”所写范围包含{rows.place}的另有"
    return f"{lead}{count}：{_listed(rows.query, rows.covering, marks)}。"


def _mentioning(rows: PlaceRows, marks: Marks) -> str:
    if not rows.mentioning:
        return ""
    columns = "、".join(f"“{name}”" for name in _mentioned_in(rows))
    count = f"{len(rows.mentioning)}{counter(rows.query)}"
    return f"仅在{columns}中提到{rows.place}的有{count}：{_listed(rows.query, rows.mentioning, marks)}。"


def _unsaid(rows: PlaceRows, marks: Marks) -> str:
    """Return the rows whose place leaves open which it takes in, said so."""
    if not rows.unsaid:
        return ""
    written = [n for scope in rows.scopes.values() for n in scope.unsaid if _holding(rows, n, rows.unsaid)]
    names = "、".join(f"“{name}”" for name in dict.fromkeys(written))
    size = _SIZE.search(written[0]) if len(written) == 1 else None
    open_part = f"是哪{size.group()}" if size else "包括哪些地方"
    count = f"{len(rows.unsaid)}{counter(rows.query)}{noun(rows.query)}"
    return f"另有{count}写{names}，原文未说明{open_part}：{_listed(rows.query, rows.unsaid, marks)}。"


def _ranges(rows: PlaceRows) -> str:
    """Return what the covering rows write, with their numbers: “全市9个旗区”20个."""
    names = dict.fromkeys(name for scope in rows.scopes.values() for name in scope.covering)
    counts = {name: len(_holding(rows, name, rows.covering)) for name in names}
    return "、".join(f"“{name}”{count}{counter(rows.query)}" for name, count in counts.items() if count)


def _holding(rows: PlaceRows, name: str, among: Sequence[Row]) -> list[Row]:
    columns = {condition.column for condition in rows.scopes}
    return [row for row in among if any(name in cell_text(row, column) for column in columns)]


def _mentioned_in(rows: PlaceRows) -> list[str]:
    table = rows.query.table
    conditions = [one for scope in rows.scopes.values() for one in scope.mentioning]
    return list(
        dict.fromkeys(
            table.columns[one.column].name
            for one in conditions
            if any(value in cell_text(row, one.column) for value in one.values for row in rows.mentioning)
        )
    )


def _listed(query: Query, rows: Sequence[Row], marks: Marks) -> str:
    return "、".join(f"{name_of(query, row)}[{marks[row.number]}]" for row in rows)


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
