"""A question that shortens the name of an agency in, the question with the name as the documents have it out.

Example: 住建局牵头哪些任务 → “县住房城乡建设局牵头哪些任务”: the one agency with these characters in this order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property

from assistant.understand.namings import Named
from corpus.cell_values import RANKS
from corpus.folding import fold

_ENDS = "局|委|办|厅|队"
_OFFICE = re.compile(rf"[\u3400-\u9fff]{{3,20}}(?:{_ENDS}|委员会|办公室)")
_END = re.compile(rf"(?<=[\u3400-\u9fff])(?:{_ENDS})(?![\u3400-\u9fff]{{0,2}}(?:{_ENDS}))")
_DONE = re.compile(r"[代经承主协督包举兴开]办$")
"""What is done to things ends as an office does: 代办, 承办."""
_OF_OTHERS = re.compile(rf"[\u3400-\u9fff][{''.join(RANKS)}]$|[邻外别他]$")
"""Another place before a name: 邻县住建局, 乙县住建局."""
_LONGEST, _SHORTEST = 5, 2
_JOINTS = re.compile("[^和及与]+")
"""The stretches of a name, whose words are of two characters: 住房, 城乡 and 建设 of 住房和城乡建设局."""
_WORD = 2
_TAILS = {"委": ("委", "委员会"), "办": ("办", "办公室")}


class ShortAgencies:
    """Finds the agencies whose names a question shortens as everybody does: by first characters of their words."""

    def __init__(self, names: Callable[[], Iterable[str]], texts: Callable[[], Iterable[str]]) -> None:
        """Take what gives the names in tables and fields, and the whole texts."""
        self._listed, self._texts = names, texts

    def in_full(self, text: str) -> Named:
        """Return ``text`` with each shortened name of one agency in full; unchanged where none is unmistakable.

        What the documents have as it stands is no short name of anything.
        """
        meant: list[str] = []
        for match in reversed(list(_END.finditer(fold(text)))):
            start, name = self._called(fold(text), match)
            if name:
                text = text[:start] + name + text[match.end() :]
                meant.append(name)
        return Named(text, tuple(meant))

    def _called(self, key: str, end: re.Match[str]) -> tuple[int, str]:
        """Return where the short name that ends at ``end`` begins, and the one agency that has its characters."""
        for length in range(_LONGEST, _SHORTEST - 1, -1):
            start = end.start() - length
            short = key[max(start, 0) : end.end()]
            if start < 0 or not re.fullmatch(r"[\u3400-\u9fff]+", short) or _DONE.search(short):
                continue
            if short in self._said:
                return start, ""
            if len(found := [name for name in self._names if self._shortens(short, end.group(), name)]) == 1:
                if found[0][0] in RANKS and key[start - 1 : start] == found[0][0]:
                    return start - 1, found[0]  # 市城管局 is 市城市管理局
                rank = short[0] in RANKS and short[0] not in (found[0][0], _unranked(found[0])[0])
                return start, "" if rank or _OF_OTHERS.search(key[:start]) else found[0]
        return end.start(), ""

    def _shortens(self, short: str, tail: str, name: str) -> bool:
        """Return whether each character of ``short`` begins a word of the name, or follows the one before it there."""
        for bare in dict.fromkeys((name, _unranked(name))):
            for ending in _TAILS.get(tail, (tail,)):
                if bare.endswith(ending) and _picks(short.removesuffix(tail), bare.removesuffix(ending)):
                    return True
        return False

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for name in map(fold, self._listed()) if _OFFICE.fullmatch(name)))

    @cached_property
    def _said(self) -> str:
        return "\n".join(map(fold, self._texts()))


def _picks(letters: str, name: str) -> bool:
    """Return whether each letter begins a word of two characters of the name, or follows the letter before it there."""
    parts, starts = _JOINTS.finditer(name), {0}
    for part in parts:
        starts |= set(range(part.start(), part.end(), _WORD))
    place = -1
    for letter in letters:
        if name[place + 1 : place + 2] != letter:
            place = next((n for n in sorted(starts) if n > place and name[n : n + 1] == letter), len(name)) - 1
        place += 1
        if place >= len(name):
            return False
    return name[:1] == letters[:1]


def _unranked(name: str) -> str:
    return name[1:] if name[0] in RANKS else name
