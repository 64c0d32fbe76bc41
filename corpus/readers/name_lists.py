"""Lines of a text in, lists of people (name, two or more blanks, post) as two-column grids out.

Example: “王光谦  中国科学院院士、清华大学副校长” under a caption that ends with 名单.
"""

from __future__ import annotations

import re

from corpus.models import Span
from corpus.raw import RawGrid, RawRow, trim

# A two-character name is often spread with blanks to the width of three: “王  浩”.
_ENTRY = re.compile(r"[ \t　]*((?:[㐀-鿿](?:[ 　]{0,4}[㐀-鿿·]){1,3}?))[ \t　]{2,}(\S.*)$")
_CAPTION = re.compile(r"名\s*单[\s　]*[:：]?[\s　]*$")
_MIN_PEOPLE = 2
IMPLIED = ("姓名", "职务")


def find_name_lists(text: str, lines: tuple[Span, ...]) -> list[tuple[RawGrid, range]]:
    """Return each list with the range of lines it takes."""
    found = []
    at = 0
    while at < len(lines):
        if not _CAPTION.search(text, lines[at].start, lines[at].end):
            at += 1
            continue
        rows, first, stop = _read_people(text, lines, at + 1)
        if len(rows) >= _MIN_PEOPLE:
            grid = RawGrid(tuple(rows), Span(rows[0].span.start, rows[-1].span.end), IMPLIED)
            found.append((grid, range(first, stop)))
            at = stop
        else:
            at += 1
    return found


def _read_people(text: str, lines: tuple[Span, ...], at: int) -> tuple[list[RawRow], int, int]:
    rows: list[RawRow] = []
    first = stop = at
    for number in range(at, len(lines)):
        line = lines[number]
        words = text[line.start : line.end]
        if not words.strip():
            continue
        entry = _ENTRY.match(words)
        if entry is None:
            break
        name = Span(line.start + entry.start(1), line.start + entry.end(1))
        post = trim(text, line.start + entry.start(2), line.end)
        rows.append(RawRow((name, post), Span(name.start, post.end)))
        first = first if len(rows) > 1 else number
        stop = number + 1
    return rows, first, stop
