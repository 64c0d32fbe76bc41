"""Two texts in, the pieces that stayed, went and came out, so that a person sees what changed.

Example: “投资8.9亿元” and “投资8.9万元” differ in one piece: 亿 went and 万 came.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_TOKEN = re.compile(r"[0-9.]+|[A-Za-z]+|.", re.DOTALL)


class Fate(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text with one fate."""

    fate: Fate
    text: str


def differences(before: str, now: str) -> tuple[Piece, ...]:
    """Return the pieces of both texts in order; a number or a Latin word is never cut in two.

    The kept and gone pieces make up ``before``, the kept and new ones ``now``.
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(now)
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Fate.KEPT, "".join(old[a:b])))
            continue
        pieces += [Piece(Fate.GONE, "".join(old[a:b]))] if b > a else []
        pieces += [Piece(Fate.NEW, "".join(new[c:d]))] if d > c else []
    return tuple(pieces)
