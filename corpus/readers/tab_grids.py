"""Lines of a text in, the grids written as tab-led or tab-separated cells out.

Example: “⇥序号⏎⇥项目名称⏎⏎⇥1⏎⇥防沙治沙项目” is a grid of two rows and two columns.

A converted Word table has a simple grammar: every cell begins with a tab on a line of its own, the paragraphs of one
cell are parted by blank lines, and a blank line before a tab ends the row. See docs/decisions/0001.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from corpus.models import Span
from corpus.raw import RawGrid, RawRow, make_row, trim

_STRUCTURE = re.compile(r"[\s　]*([一二三四五六七八九十]+、|第[一二三四五六七八九十百]+[编章节条]|附\s*[件表]|表\s*\d)")
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十]+[）)、]|第[一二三四五六七八九十百]+[编章节条]")
_LONGEST_HEADER = 60
_CAPTION_END = re.compile(r"(表|名单|清单|目录|体系|情况|如下[:：]?)[\s　]*$")
_FIGURE = re.compile(r"-?\d[\d,，.]*%?")
_LONGEST_HEAD = 30
_MAX_PARAGRAPHS = 40
_MAX_PARAGRAPH = 400
_MIN_SHARE = 0.4
_LOOKED_AT = 20
"""Rows after which it is plain that most are not as wide as the first."""


@dataclass
class _Draft:
    """A row being read: its cells' extents (character offsets) and the blank lines before it."""

    gap: int
    cells: list[list[int]] = field(default_factory=list)


def find_tab_grids(text: str, lines: tuple[Span, ...]) -> list[tuple[RawGrid, range]]:
    """Return each grid with the range of lines it takes."""
    found = []
    at = 0
    while at < len(lines):
        grid, stop = _separated_grid(text, lines, at)
        if grid is None:
            grid, stop = _led_grid(text, lines, at)
        if grid is not None:
            found.append((grid, range(at, stop)))
        at = stop
    return found


def _led(text: str, line: Span) -> bool:
    return text.startswith("\t", line.start) and line.end > line.start


def _blank(text: str, line: Span) -> bool:
    return not _led(text, line) and not text[line.start : line.end].strip()


# --- tab-separated lines: one row a line -----------------------------------------------------------------------------


def _separated_grid(text: str, lines: tuple[Span, ...], first: int) -> tuple[RawGrid | None, int]:
    """Return the grid that begins at a line and the line after it; None where there is none.

    A row may have fewer cells than the first: empty ones at its end are lost where a program cuts blanks off.
    """
    tabs = _inner_tabs(text, lines[first])
    if tabs == 0:
        return None, first + 1
    stop, wide = first + 1, 1
    while stop < len(lines) and (_heads_rows(text, lines, stop, tabs) or 0 < _inner_tabs(text, lines[stop]) <= tabs):
        wide += _inner_tabs(text, lines[stop]) == tabs
        stop += 1
        if stop - first > _LOOKED_AT and wide < _MIN_SHARE * (stop - first):
            break
    if wide < 2 or wide < _MIN_SHARE * (stop - first):
        return None, first + 1
    rows = [_split_line(text, line) for line in lines[first:stop]]
    full = [row for row in rows if len(row.cells) > tabs]
    filled = sum(1 for row in rows for cell in row.cells if cell.end > cell.start)
    kept = [n for n in range(tabs + 1) if any(row.cells[n].end > row.cells[n].start for row in full)]
    if len(kept) < 2 or filled < _MIN_SHARE * len(rows) * (tabs + 1):
        return None, stop
    rows = [make_row((row.cells[n] for n in kept if n < len(row.cells)), row.span) for row in rows]
    return (_grid(rows) if _is_headed(text, rows[0]) else None), stop


def _heads_rows(text: str, lines: tuple[Span, ...], at: int, tabs: int) -> bool:
    """Return whether a line without tabs heads the rows below it (一、防洪减灾工程), where merged cells lost theirs.

    A heading of the document stands apart from a table by a blank line, or another table's header follows it.
    """
    words = text[lines[at].start : lines[at].end].strip()
    if "\t" in words or len(words) > _LONGEST_HEAD or not _NUMBERED.match(words) or words.endswith(("。", "：", ":")):
        return False
    behind = at + 1
    if behind >= len(lines) or _inner_tabs(text, lines[behind]) != tabs:
        return False
    return any(_FIGURE.fullmatch(cell.of(text)) for cell in _split_line(text, lines[behind]).cells)


def _is_headed(text: str, row: RawRow) -> bool:
    """Return whether a first row could name columns; a list of contents set in tabs, or prose, could not."""
    words = [cell.of(text) for cell in row.cells]
    return all(
        len(word) <= _LONGEST_HEADER and _NUMBERED.match(word) is None and (not word or re.search(r"\w", word))
        for word in words
    )


def _inner_tabs(text: str, line: Span) -> int:
    """Return the tabs of a line that parts cells with them; 0 for a line that only begins with one."""
    words = text[line.start : line.end]
    return words.count("\t") if "\t" in words[1:] and words.strip() else 0


def _split_line(text: str, line: Span) -> RawRow:
    cells = []
    at = line.start
    for piece in text[line.start : line.end].split("\t"):
        cells.append(trim(text, at, at + len(piece)))
        at += len(piece) + 1
    return make_row(cells, trim(text, line.start, line.end))


# --- tab-led cells: one cell a line ----------------------------------------------------------------------------------


def _led_grid(text: str, lines: tuple[Span, ...], first: int) -> tuple[RawGrid | None, int]:
    """Return the grid that begins at a line and the line after it; None where there is none."""
    if not _led(text, lines[first]):
        return None, first + 1
    drafts, stop = _read_drafts(text, lines, first)
    rows = [_row(text, draft) for draft in _join_torn(drafts)]
    rows = [row for row in rows if row.span.end > row.span.start]
    if not _is_grid(rows):
        rows = _cut_by_length(text, rows)
    return (_grid(rows) if _is_grid(rows) else None), stop


def _read_drafts(text: str, lines: tuple[Span, ...], first: int) -> tuple[list[_Draft], int]:
    drafts: list[_Draft] = []
    blanks = 0
    stop = at = first
    while at < len(lines):
        line = lines[at]
        if _led(text, line):
            if blanks or not drafts:
                drafts.append(_Draft(blanks))
            drafts[-1].cells.append([line.start + 1, line.end])
        elif _blank(text, line):
            blanks += 1
            at += 1
            continue
        elif _continues(text, lines, at, blanks, drafts):
            drafts[-1].cells[-1][1] = line.end
        else:
            break
        blanks = 0
        at += 1
        stop = at
    return drafts, stop


def _continues(text: str, lines: tuple[Span, ...], at: int, blanks: int, drafts: list[_Draft]) -> bool:
    """Return whether the text line goes on with the last cell (another paragraph of it) or ends the grid."""
    if blanks > 1 or _inner_tabs(text, lines[at]):
        return False
    follow = _next_led(text, lines, at)
    if follow is None:
        return False
    led, gap = follow
    width = _width(drafts[:-1])
    filled = len(drafts[-1].cells)
    words = text[lines[at].start : lines[at].end]
    if width == 0 or filled < width:  # the row is not full: its next cell comes at once
        return gap == 0 or (width == 0 and filled > 1 and len(words.strip()) <= 30)
    if gap == 0 or _STRUCTURE.match(words) or _CAPTION_END.search(words):
        return False
    return _cells_from(text, lines, led) > 1


def _next_led(text: str, lines: tuple[Span, ...], at: int) -> tuple[int, int] | None:
    """Return the next tab-led line and the blank lines right before it; None if it is not near."""
    blanks = 0
    for number in range(at + 1, min(len(lines), at + 2 * _MAX_PARAGRAPHS)):
        if _led(text, lines[number]):
            return number, blanks
        if _blank(text, lines[number]):
            blanks += 1
            if blanks > 2:
                return None
        elif lines[number].end - lines[number].start > _MAX_PARAGRAPH:
            return None
        else:
            blanks = 0
    return None


def _cells_from(text: str, lines: tuple[Span, ...], at: int) -> int:
    count = 0
    while at < len(lines) and _led(text, lines[at]):
        count += 1
        at += 1
    return count


def _width(drafts: list[_Draft]) -> int:
    """Return the cells of the first row that is not a lone caption; 0 while there is none."""
    return next((len(draft.cells) for draft in drafts if len(draft.cells) > 1), 0)


def _join_torn(drafts: list[_Draft]) -> list[_Draft]:
    """Join two part rows that an empty last paragraph of a cell has torn: a wider gap, and together one full row."""
    width = _width(drafts)
    gaps = Counter(draft.gap for draft in drafts[1:])
    usual = gaps.most_common(1)[0][0] if gaps else 1
    joined: list[_Draft] = []
    for draft in drafts:
        torn = draft.gap > usual and joined and len(joined[-1].cells) > 1
        if torn and len(joined[-1].cells) + len(draft.cells) == width:
            joined[-1].cells.extend(draft.cells)
        else:
            joined.append(draft)
    return joined


def _row(text: str, draft: _Draft) -> RawRow:
    cells = tuple(trim(text, start, end) for start, end in draft.cells)
    return make_row(cells, trim(text, draft.cells[0][0], draft.cells[-1][1]))


def _is_grid(rows: list[RawRow]) -> bool:
    wide = [len(row.cells) for row in rows if len(row.cells) > 1]
    if len(wide) < 2:
        return False
    full = wide.count(wide[0])
    return full >= 2 and full >= _MIN_SHARE * len(rows)


def _cut_by_length(text: str, rows: list[RawRow]) -> list[RawRow]:
    """Cut cells that stand without a blank line between rows, by the period of their ordinal column 1, 2, 3, …."""
    cells = [cell for row in rows for cell in row.cells]
    words = [text[cell.start : cell.end] for cell in cells]
    if "1" not in words or "2" not in words[words.index("1") :]:
        return rows
    one = words.index("1")
    width = words.index("2", one) - one
    lead = one % width
    head = (one - lead) % width
    if width < 2 or (len(cells) - head) % width or one < width:
        return rows
    parts = [cells[:head]] if head else []
    parts += [cells[at : at + width] for at in range(head, len(cells), width)]
    return [RawRow(tuple(part), Span(part[0].start, max(cell.end for cell in part))) for part in parts]


def _grid(rows: list[RawRow]) -> RawGrid:
    return RawGrid(tuple(rows), Span(rows[0].span.start, rows[-1].span.end))
