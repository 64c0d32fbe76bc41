"""A question in, what its words ask of the structure of a document out, before any document is looked at.

Example: 第四章一共有多少条 → counts 条 of the address 第四章; 总体思路在哪一部分 → the place of what 总体思路 is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from assistant.understand.clause_steps import Address, find_addresses, is_joint, is_outer
from assistant.understand.lexicon import Ask, Lexicon
from corpus.folding import fold
from corpus.models import Span

_UNIT = r"个?大?(?P<unit>部分|编|篇|章|节|条|款|项|目|方面|点)(?:款|文|内容)?"
_PLACE = re.compile(rf"(?:第几|哪一?){_UNIT}")
_COUNT = re.compile(rf"(?:多少|(?<!第)几|哪几|哪些){_UNIT}")
_BESIDE = re.compile(rf"(?P<way>[上下前后])(?:面|边)?的?一{_UNIT}")
_BELONGING = re.compile(r"属于|归于?|位于|[在是]")
_THIS = re.compile(rf"一?{_UNIT}")
_ASKS_NO_MORE = frozenset({Ask.LIST, Ask.WHAT, Ask.HOW, Ask.YES_NO})
_LONGEST = 120
_QUOTES = "“”\"《》‘’'「」"


class ClauseAsk(StrEnum):
    """What is asked of a clause."""

    TEXT = "text"
    COUNT = "count"
    PLACE = "place"
    NEXT = "next"
    PREVIOUS = "previous"


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """What is asked; ``unit`` is what is counted, or the kind of the place asked for.

    ``stretches`` are the pieces of the folded question between the addresses and what asks.
    """

    ask: ClauseAsk
    unit: str
    addresses: tuple[Address, ...]
    stretches: tuple[str, ...]


class ClauseWording:
    """Reads what questions ask of the structure of documents."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Take from ``lexicon`` the words that ask nothing more of a clause than what it says."""
        words = lexicon.clause_questions
        asks = (word for word in lexicon.asks if word.name in _ASKS_NO_MORE)
        empty = (word for word in words if word.name == "words")
        said = (*empty, *asks, *lexicon.function_words, *lexicon.openers, *lexicon.whole)
        self._empty = frozenset(word.key for word in said)
        self._pointing = frozenset(word.key for word in words if word.name == "pointing")
        nouns = (*lexicon.document_nouns, *(word for word in words if word.name == "nouns"))
        self._nouns = frozenset(noun.key for noun in nouns)
        self._longest = max(map(len, (*self._empty, *self._nouns, *self._pointing)), default=0)

    def read(self, text: str) -> ClauseWords | None:
        """Return what ``text`` asks; None where it names no clause by number and asks for no place or count."""
        key = fold(text)
        if len(key) > _LONGEST:
            return None
        addresses = find_addresses(text)
        blank = list(key)
        numbers = [span for one in addresses for span in one.spans]
        for span in numbers:
            blank[span.start : span.end] = "\n" * (span.end - span.start)
        asking, ask = _asking("".join(blank))
        if not asking and not addresses:
            return None
        spans = sorted(numbers + [Span(*match.span()) for match in asking])
        edges = [0, *(edge for span in spans for edge in (span.start, span.end)), len(key)]
        pieces = [key[start:end] for start, end in list(pairwise(edges))[::2]]
        stretches = tuple(piece for piece in pieces if piece.strip() and not (len(addresses) > 1 and is_joint(piece)))
        unit = asking[-1]["unit"] if asking else ""
        if not asking and len(addresses) > 1 and is_outer(addresses[1].steps[-1], addresses[0].steps[-1]):
            between = key[addresses[0].spans[-1].end : addresses[1].spans[0].start] if addresses[1].spans else ""
            if _BELONGING.search(between):
                ask, unit = ClauseAsk.PLACE, addresses[1].steps[-1].unit
        return ClauseWords(ask, unit, addresses, stretches)

    def fits(self, stretch: str, is_name: Callable[[str], bool]) -> bool:
        """Return whether a stretch is made of words that ask nothing more, with at most one name among them."""
        ends = self._reached(stretch)
        return len(stretch) in ends or any(map(is_name, self.subjects(stretch)))

    def is_empty(self, stretch: str) -> bool:
        """Return whether a stretch names nothing."""
        return len(stretch) in self._reached(stretch)

    def subjects(self, stretch: str) -> Iterator[str]:
        """Yield what a stretch may name, the longest first: all but the words at its ends that ask nothing more."""
        starts = sorted(self._reached(stretch))
        mirrored = self._reached(stretch[::-1], backwards=True)
        ends = sorted((len(stretch) - end for end in mirrored), reverse=True)
        spans = [(start, end) for start in starts for end in ends if start < end]
        for start, end in sorted(spans, key=lambda span: span[0] - span[1]):
            if subject := stretch[start:end].strip(_QUOTES):
                yield subject

    def _reached(self, text: str, *, backwards: bool = False) -> set[int]:
        """Return how far ``text`` is made of empty words from its beginning, every place where one of them ends."""
        reached = {0}
        for start in range(len(text)):
            if start not in reached:
                continue
            for end in range(start + 1, min(len(text), start + self._longest + 2) + 1):
                word = text[start:end]
                if self._is_empty_word(word[::-1] if backwards else word):
                    reached.add(end)
        return reached

    def _is_empty_word(self, word: str) -> bool:
        """Return whether a word asks nothing more: 规定了, 本办法, a mark."""
        if word in self._empty or (len(word) == 1 and not word.isalnum()):
            return True
        if word in self._nouns and len(word) > 1:
            return True
        pointing = next((word[:n] for n in (1, 2) if word[:n] in self._pointing), "")
        rest = word[len(pointing) :]
        return bool(pointing) and (rest.lstrip("部份个篇项") in self._nouns or _THIS.fullmatch(rest) is not None)


def _asking(key: str) -> tuple[list[re.Match[str]], ClauseAsk]:
    """Return where the question asks for a place, a neighbour or counts; without any, it asks for the text."""
    if match := _PLACE.search(key):
        return [match], ClauseAsk.PLACE
    if match := _BESIDE.search(key):
        return [match], ClauseAsk.NEXT if match["way"] in "下后" else ClauseAsk.PREVIOUS
    if matches := list(_COUNT.finditer(key)):
        return matches, ClauseAsk.COUNT
    return [], ClauseAsk.TEXT
