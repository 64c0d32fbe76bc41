"""A sentence and the question that it answers in, the things that it lists out.

Example: 重点实施农业节水增效、工业节水增效等2项工程, asked 实施哪些工程 → “农业节水增效”, “工业节水增效”.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.folding import fold
from corpus.models import Span
from corpus.numerals import parse_chinese_integer

_CLAUSES = re.compile(r"[，,；;。：:！!？?\n]")
_QUOTED = re.compile(r"(?:“[^”]+”[、和与及]?){2,}")
_NUMBERED = re.compile(r"[一二三四五六七八九十]是")
_COUNT = re.compile(r"(?P<number>\d+|[两二三四五六七八九十]+)(?:大|项|个|类|种|条|方面|家|位|名|处)(?=.{0,8}$)")
_AND_SO_ON = ("等", "等等")
_OF_MANY = re.compile(r"(?<=.)等等?(?=一批|一系列)")
_LAST_JOINT = re.compile(r"以及|和|及|与")
_LONGEST_ITEM = 40
_LONGEST_TAIL = 12

Cut = Callable[[str], Sequence[str]]
"""A text → its words, in order and without gaps."""


@dataclass(frozen=True, slots=True)
class _Listing:
    """Things and what is said of them behind the list: …等5项工程."""

    items: tuple[str, ...]
    around: str


class Lists:
    """Finds the things that a sentence lists."""

    def __init__(self, names: Callable[[], Collection[str]], cut: Cut, is_leading: Callable[[str], bool]) -> None:
        """Take the folded ``names`` of the documents, and which words only lead up to a list (重点实施)."""
        self._names, self._cut, self._is_leading = names, cut, is_leading

    def find(self, sentence: str, question: str) -> tuple[str, ...]:
        """Return the things of the list that ``question`` asks for, as the sentence calls them; empty if it has none.

        Of several lists it is the one about which the sentence uses the question's words, then the longer one.
        """
        found = [*self._quoted(sentence), *self._numbered(sentence), *self._listed(sentence, question)]
        best = max(found, key=lambda one: (_shared(one.around, question), len(one.items)), default=None)
        return best.items if best is not None else ()

    def _quoted(self, sentence: str) -> list[_Listing]:
        """Return the things in quotation marks that stand side by side."""
        return [
            _Listing(tuple(re.findall(r"“([^”]+)”", match.group())), sentence[match.end() :][:_LONGEST_TAIL])
            for match in _QUOTED.finditer(sentence)
        ]

    def _numbered(self, sentence: str) -> list[_Listing]:
        """Return what stands behind 一是, 二是 and so on."""
        edges = [*(match.end() for match in _NUMBERED.finditer(sentence)), len(sentence) + 2]
        items = tuple(sentence[start : end - 2].strip("，；。;, ") for start, end in pairwise(edges))
        return [_Listing(items, sentence)] if len(items) > 1 else []

    def _listed(self, sentence: str, question: str) -> list[_Listing]:
        """Return what 、 sets apart within one clause."""
        found = []
        for clause in _CLAUSES.split(sentence):
            pieces = clause.split("、")
            if len(pieces) > 1 and (split := self._last(pieces)) is not None:
                items, tail = split
                head = self._without_lead(items[0], question)
                whole = (head, *items[1:])
                if all(0 < len(item) <= _LONGEST_ITEM for item in whole):
                    found.append(_Listing(whole, clause[: clause.find(head)] + tail))
        return found

    def _without_lead(self, piece: str, question: str) -> str:
        """Return the first thing of a list without the words that lead up to it."""
        words = list(self._cut(fold(piece)))
        starts = [len("".join(words[:number])) for number in range(len(words))]
        names = self._names()
        for start in starts:
            rest = fold(piece)[start:]
            if any(name == rest or (len(rest) >= 4 and name.startswith(rest)) for name in names):
                return piece[start:]
        for start, word in zip(starts, words, strict=True):
            if not (self._is_leading(word) or word in fold(question)):
                return piece[start:]
        return piece

    def _last(self, pieces: Sequence[str]) -> tuple[tuple[str, ...], str] | None:
        """Return the things with the last cut off from what is said of them all, and that; None where it has no end."""
        for place, piece in enumerate(pieces[1:], 1):
            if (end := self._and_so_on(piece)) is not None:
                return (*pieces[:place], piece[: end.start]), piece[end.end :]
        last, others = pieces[-1], tuple(pieces[:-1])
        if number := _COUNT.search(last):
            stated, item = parse_chinese_integer(number["number"]) or 0, last[: number.start()].rstrip("的“（")
            joint = _LAST_JOINT.search(item)
            if stated == len(pieces) + 1 and joint is not None:
                return (*others, item[: joint.start()], item[joint.end() :]), last[number.start() :]
            return (*others, item), last[number.start() :]
        joint = _LAST_JOINT.search(last)
        if joint is not None and joint.start():
            return (*others, last[: joint.start()], last[joint.end() :]), ""
        return (tuple(pieces), "") if len(last) <= max(map(len, others)) else None

    def _and_so_on(self, piece: str) -> Span | None:
        """Return where 等 stands as a word of its own or before 一批: not in 高等教育."""
        if match := _OF_MANY.search(piece):
            return Span(*match.span())
        start = 0
        for word in self._cut(fold(piece)):
            if word in _AND_SO_ON and start:
                return Span(start, start + len(word))
            start += len(word)
        return None


def _shared(around: str, question: str) -> int:
    """Return how many pairs of characters of the question stand around a list."""
    key = fold(around)
    return len({pair for pair in map("".join, pairwise(fold(question))) if pair in key})
