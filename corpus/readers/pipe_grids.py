"""Lines of a text in, the grids written as Markdown pipe tables out.

Example: “| 序号 | 指标 |”, “|---|---|”, “| 1 | 森林覆盖率（%） |” is a grid of two rows and two columns.
"""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.models import Span
from corpus.raw import RawGrid, RawRow, trim

_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")
_BAR = re.compile(r"(?<!\\)\|")


def find_pipe_grids(text: str, lines: tuple[Span, ...]) -> list[tuple[RawGrid, range]]:
    """Return each grid with the range of lines it takes; the rule below the header is no row."""
    found = []
    at = 0
    while at + 1 < len(lines):
        if not (_has_bar(text, lines[at]) and _is_rule(text, lines[at + 1])):
            at += 1
            continue
        stop = at + 2
        while stop < len(lines) and _has_bar(text, lines[stop]):
            stop += 1
        rows = [_split(text, line) for line in (lines[at], *lines[at + 2 : stop])]
        grid = RawGrid(tuple(rows), Span(rows[0].span.start, trim(text, lines[at].start, lines[stop - 1].end).end))
        found.append((grid, range(at, stop)))
        at = stop
    return found


def _has_bar(text: str, line: Span) -> bool:
    return "|" in text[line.start : line.end]


def _is_rule(text: str, line: Span) -> bool:
    words = text[line.start : line.end]
    return "|" in words and _RULE.match(words) is not None


def _split(text: str, line: Span) -> RawRow:
    whole = trim(text, line.start, line.end)
    bars = [whole.start + bar.start() for bar in _BAR.finditer(text[whole.start : whole.end])]
    edges = [whole.start - 1, *bars, whole.end]
    if bars and bars[0] == whole.start:
        edges = edges[1:]
    if bars and bars[-1] == whole.end - 1:
        edges = edges[:-1]
    cells = [trim(text, left + 1, right) for left, right in pairwise(edges)]
    return RawRow(tuple(cells), whole)
