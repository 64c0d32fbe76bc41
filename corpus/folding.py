"""Any text in, a search key of the same length out: half-width, lower-case, simplified characters.

Example: “十大孔兌ＣＣＵＳ” → “十大孔兑ccus”; position i of the key is position i of the text.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Protocol

_LONGEST_NAME = 64


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@lru_cache(maxsize=1)
def _traditional_to_simplified() -> _Converter:
    import opencc

    converter: _Converter = opencc.OpenCC("t2s")
    return converter


class _Folded(dict[int, str]):
    """What each character met so far is folded to, by its code; another is folded when it is met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_character(chr(code))
        return folded


_FOLDED = _Folded()


def _fold_character(character: str) -> str:
    wide = unicodedata.normalize("NFKC", character)
    lowered = (wide if len(wide) == 1 else character).lower()
    single = lowered if len(lowered) == 1 else character
    if not "\u3400" <= single <= "\u9fff":
        return single
    simplified = _traditional_to_simplified().convert(single)
    return simplified if len(simplified) == 1 else single


@lru_cache(maxsize=8192)
def fold_once(text: str) -> str:
    """Return the search key of a text that is asked again and again, such as a whole document."""
    return fold(text)


def fold(text: str) -> str:
    """Return the search key of ``text``: one character for each, so that spans stay valid.

    Characters are folded one by one (NFKC, lower case, traditional to simplified): a phrase-wise conversion could
    change the length and break offsets.
    """
    return _fold_name(text) if len(text) <= _LONGEST_NAME else text.translate(_FOLDED)


@lru_cache(maxsize=16384)
def _fold_name(text: str) -> str:
    """Return the search key of a short text: names, headers and cells are folded for every question."""
    return text.translate(_FOLDED)
