"""Rows of cells in, lines of text with aligned columns for a terminal out; a Chinese character takes two columns.

Example: ``align([("类别", "题数"), ("指标", "101")])`` puts both numbers under each other.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def align(rows: Sequence[Sequence[str]]) -> str:
    """Return ``rows``, all of one length, as lines whose columns begin at the same place."""
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ("  ".join(pad(cell, wide) for cell, wide in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n".join(lines)


def pad(cell: str, wide: int) -> str:
    """Return ``cell`` followed by as many blanks as fill ``wide`` columns."""
    return cell + " " * (wide - width(cell))


def width(text: str) -> int:
    """Return the terminal columns of ``text``."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def wrap(text: str, wide: int) -> list[str]:
    """Return the lines of ``text`` broken to ``wide`` columns; at least one line, for an empty text an empty one."""
    lines: list[str] = []
    for line in text.splitlines() or [""]:
        start = used = 0
        for at, char in enumerate(line):
            if used + width(char) > wide:
                lines.append(line[start:at])
                start, used = at, 0
            used += width(char)
        lines.append(line[start:])
    return lines


def beside(left: str, right: str, wide: int = 52) -> str:
    """Return two texts side by side, each broken to ``wide`` columns."""
    columns = [wrap(left, wide), wrap(right, wide)]
    for column in columns:
        column.extend([""] * (max(map(len, columns)) - len(column)))
    return "\n".join(f"{pad(one, wide)} │ {other}".rstrip() for one, other in zip(*columns, strict=True))
