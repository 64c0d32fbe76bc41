"""A grid and the lines above it in, what the table is called and the units noted for its figures out.

Example: “投资安排表” and, right above the grid, “单位：万元” → the caption 投资安排表, its figures in 万元.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.addresses import join_lines
from corpus.columns import column_name
from corpus.models import Clause, Span
from corpus.numerals import is_unit
from corpus.raw import RawGrid, RawRow, trim

_CAPTION = re.compile(
    r"(表|名单|清单|目录|体系|情况|计划|台账|一览)\s*([（(][^（）()]*[）)])?\s*\d*$|^附?[表图]\s*[\d一二三四五六七八九十]"
)
_LONGEST_CAPTION = 80
_MOST_ABOVE = 2
_NOTE = re.compile(
    r"[（(]?\s*(?:金额|数额|计量|货币|数据|计价)?单\s*位\s*[:：]\s*(?P<units>[^（）()：:]{1,20}?)\s*"
    r"(?:[（(][^（）()]{1,12}除外[）)])?\s*[）)]?\s*$"
)
_BETWEEN = re.compile(r"[、，,；;\s]+")
_MARKUP = "*# \t　"


@dataclass(frozen=True, slots=True)
class TablePlace:
    """Where a table stands and what it is called; ``units`` are those that a note gives all its figures."""

    caption: str
    caption_span: Span | None
    clause: Clause
    units: tuple[str, ...] = ()


def place_table(text: str, grid: RawGrid, clause: Clause) -> tuple[TablePlace, list[RawRow]]:
    """Return the place of a grid that stands in ``clause``, and its rows without those that only call it or note units.

    A caption or a note may be a row of one cell at the top of the grid, or a line above it; a note, the line below.
    """
    rows, units, caption = list(grid.rows), tuple[str, ...](), None
    for row in grid.rows[: min(_MOST_ABOVE, len(grid.rows) - 1)]:
        alone = _alone(row)
        noted, rest = _noted(text, alone) if alone is not None else ((), None)
        below = next((len(other.cells) for other in rows[1:] if len(other.cells) > 1), 0)
        if not noted and (rest is None or caption is not None or len(row.cells) > 1 or not below):
            break
        units, caption = units or noted, caption or rest
        del rows[0]
    if caption is not None:
        return _called(text, caption, units, clause), rows
    return _placed(text, grid, clause, units), rows


def _alone(row: RawRow) -> Span | None:
    """Return the one cell of a row that holds anything."""
    filled = [cell for cell in row.cells if cell.end > cell.start]
    return filled[0] if len(filled) == 1 else None


def _placed(text: str, grid: RawGrid, clause: Clause, units: tuple[str, ...]) -> TablePlace:
    for line in _lines_above(text, grid, clause):
        noted, rest = _noted(text, line)
        units = units or noted
        if rest is None:
            continue
        if len(rest.of(text)) <= _LONGEST_CAPTION:
            if clause.heading and rest.covers(clause.heading_span) and rest.end <= clause.heading_span.end:
                units = units or _noted_below(text, grid, clause)
                return TablePlace(clause.heading, clause.heading_span, clause, units)
            if _CAPTION.search(rest.of(text)):
                return _called(text, rest, units or _noted_below(text, grid, clause), clause)
        break
    return TablePlace("", None, clause, units or _noted_below(text, grid, clause))


def _noted_below(text: str, grid: RawGrid, clause: Clause) -> tuple[str, ...]:
    """Return the units that the first line below a grid notes and nothing besides: （单位：元/人·月）."""
    below = next((piece for piece in clause.own if piece.start >= grid.span.end), None)
    if below is None:
        return ()
    end = text.find("\n", below.start, below.end)
    line = trim(text, below.start, end if end > 0 else below.end)
    noted, rest = _noted(text, line)
    # A line right above another grid is that one's note.
    follows = text[line.end :].lstrip()
    return noted if rest is None and not follows.startswith("|") else ()


def _called(text: str, caption: Span, units: tuple[str, ...], clause: Clause) -> TablePlace:
    words = join_lines(caption.of(text))
    unit = column_name(words)[1]
    return TablePlace(words, caption, clause, units or ((unit,) if unit else ()))


def _noted(text: str, line: Span) -> tuple[tuple[str, ...], Span | None]:
    """Return the units that a line notes, and the line without the note; None where nothing is left of it."""
    note = _NOTE.search(line.of(text))
    units = tuple(one for one in _BETWEEN.split(note["units"]) if is_unit(one)) if note is not None else ()
    if note is None or not units:
        return (), line
    rest = trim(text, line.start, line.start + note.start())
    return units, rest if rest.end > rest.start else None


def _lines_above(text: str, grid: RawGrid, clause: Clause) -> Iterator[Span]:
    """Yield the lines of the clause's own text above the grid without markup, the nearest first."""
    pieces: Sequence[Span] = [piece for piece in clause.own if piece.end <= grid.span.start]
    for piece in reversed(pieces):
        end = piece.end
        while end > piece.start:
            start = max(text.rfind("\n", piece.start, end) + 1, piece.start)
            words = text[start:end].strip(_MARKUP)
            if words:
                first = start + text[start:end].find(words)
                yield Span(first, first + len(words))
            end = start - 1
