"""The text of a cell in, the single values that it lists out; what values may begin with without being others.

Example: “达拉特旗、杭锦旗” lists two places; 市水利局 and 水利局 are one agency within one office's documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

RANKS = tuple("市区旗县省州盟")
"""The ranks of government that may stand before the name of an agency."""

_WIDE = ("国家", "全国", "中央", "自治区")
_RANKED = re.compile(rf"(?:[\u4e00-\u9fff]{{2,6}}?(?!市[场民政容]|区[域间划])[{''.join(RANKS)}])+")
_OF_OTHERS = re.compile(rf"(?:{'|'.join(_WIDE)}|[{''.join(RANKS)}])$")
_OF_NO_OFFICE = "关于"

AGENCY = re.compile(r"[局委办院厅部会]$")
"""How the name of an agency ends."""

_SEPARATOR = re.compile(r"[、，,；;/\s]+")


def own_places(title: str) -> tuple[str, ...]:
    """Return the places that a title begins with, the longest first: 甲市乙区2025年… → 甲市乙区, 甲市, 乙区."""
    match = _RANKED.match(title)
    if match is None:
        return ()
    edges = [0, *(n + 1 for n, character in enumerate(match.group()) if character in RANKS and n > 0)]
    names = {match.group()[start:end] for start in edges for end in edges if end - start > 1}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def own_ranks(title: str) -> tuple[str, ...]:
    """Return the ranks of the office that a title begins with (甲市乙区…: 市, 区); all of ``RANKS`` if it names none.

    国家 and 自治区 are ranks of the offices that are called so.
    """
    match = _RANKED.match(title) if not title.startswith(_OF_NO_OFFICE) else None
    office = match.group() if match else ""
    wide = tuple(word for word in _WIDE if title.startswith(word) or office.endswith(word))
    narrow = tuple(rank for rank in RANKS if rank in office.removesuffix("自治区"))
    return (*wide, *narrow) or RANKS


def is_of_others(before: str, ranks: Sequence[str]) -> bool:
    """Return whether what stands before an agency's name makes it none of an office of ``ranks``: 自治区能源局."""
    match = _OF_OTHERS.search(before)
    return match is not None and match.group() not in ranks


def split_values(cell: str) -> tuple[str, ...]:
    """Return the values of a cell that lists several, e.g. 达拉特旗、杭锦旗."""
    return tuple(part for part in _SEPARATOR.split(cell) if part)


def split_column(cells: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the values of every cell of a column, with agencies written without a mark between them taken apart.

    市能源局市发改委 is two agencies where another cell holds one of them.
    """
    pieces = {cell: split_values(cell) for cell in cells}
    known = {piece for parts in pieces.values() for piece in parts if AGENCY.search(piece)}
    return {
        cell: tuple(dict.fromkeys(name for part in parts for name in _agencies_of(part, known - {part}) or (part,)))
        for cell, parts in pieces.items()
    }


def _agencies_of(text: str, known: set[str]) -> tuple[str, ...]:
    """Return the agencies that a text is wholly made of, at least one of them ``known``; empty if it is not."""
    names = _joined_agencies(text, known) if AGENCY.search(text) else ()
    return names if known.intersection(names) else ()


def _joined_agencies(text: str, known: set[str]) -> tuple[str, ...]:
    for end in range(2, len(text) - 1):
        first, rest = text[:end], text[end:]
        if _is_agency(first, known):
            others = _joined_agencies(rest, known) or ((rest,) if _is_agency(rest, known) else ())
            if others:
                return (first, *others)
    return ()


def _is_agency(name: str, known: set[str]) -> bool:
    return name in known or (name[0] in RANKS and len(name) > 2 and AGENCY.search(name) is not None)
