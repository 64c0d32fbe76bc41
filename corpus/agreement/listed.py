"""A document in, the numbers that its sentences give of what they list, beside how many they list, out.

Example: “甲行动、乙行动、丙工程等4大工程” states 4大 and lists three.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.agreement.stretches import Stretch
from corpus.models import ParsedDocument, Span
from corpus.numerals import parse_chinese_integer

_NUMBER = r"(?:\d{1,3}|[二两三四五六七八九十]{1,3})"
_COUNT = re.compile(
    rf"(?<![\d.第])(?P<number>{_NUMBER})(?:大|项|个|条|类|方面|种|家|处|所|座|支|批|名|位|点|步)(?P<noun>[㐀-鿿]{{0,10}})"
    rf"|“(?P<named>{_NUMBER})个[㐀-鿿]{{1,2}}”(?P<called>[㐀-鿿]{{0,6}})"
)
_ITEM = re.compile(r"[、；;]")
_LAST = re.compile(r"以及|[和及与]")
_LISTS = re.compile(r"(?:[^，,。；;：:\n]{0,12}[：:]|[，,]?(?:即|包括|分别是|分别为)|[（(])")
_CLOSED = re.compile(r"等(?:共|这)?$")
_SENTENCE_END = re.compile(r"[。；;！？\n]")
_PART_END = re.compile(r"[，,）)]")
_NOUN, _LONGEST_NOUN = 2, 6
_LEAST = 2
_MOST = 15


@dataclass(frozen=True, slots=True)
class Listed:
    """A number as stated, what is counted, and the ``items`` that the same sentence lists, as written.

    ``either`` says that the last item may be one or two (甲和乙).
    """

    stretch: Stretch
    stated: Span
    number: int
    sentence: Span
    items: tuple[Span, ...]
    either: bool

    @property
    def agrees(self) -> bool:
        """Return whether as many are listed as stated."""
        return self.number in {len(self.items), len(self.items) - self.either}


def read_listed(document: ParsedDocument, stretches: tuple[Stretch, ...]) -> Iterator[Listed]:
    """Yield each number of things with those that stand before it (甲、乙等2项) or behind it (2项：甲、乙).

    A number far above what is listed counts more than the list: 甲、乙等31个省份.
    """
    for stretch in stretches:
        for match in _COUNT.finditer(document.text, stretch.span.start, stretch.span.end):
            written = match["number"] or match["named"]
            number = parse_chinese_integer(written)
            if number is None or not _LEAST <= number <= _MOST:
                continue
            bounds = _sentence(document.text, match.start())
            for where in (_behind(document.text, match, bounds), Span(stretch.span.start, match.start())):
                items, either = _items(document.text, where)
                if len(items) >= _LEAST and 2 * len(items) >= number and len(items) <= 2 * number:
                    yield Listed(stretch, _shown(match), number, bounds, items, either)
                    break


def _shown(match: re.Match[str]) -> Span:
    """Return the number with what is counted; of words that run on behind it only the first two."""
    noun = match["noun"] or ""
    return Span(match.start(), match.end() - (len(noun) - _NOUN if len(noun) > _LONGEST_NOUN else 0))


def _sentence(text: str, at: int) -> Span:
    start = max((match.end() for match in _SENTENCE_END.finditer(text, 0, at)), default=0)
    end = _SENTENCE_END.search(text, at)
    return Span(start, end.start() if end else len(text))


def _behind(text: str, match: re.Match[str], sentence: Span) -> Span:
    """Return the list that a colon, a bracket or 即 opens behind a number; nothing where none does."""
    opened = _LISTS.match(text, match.end(), sentence.end)
    if opened is None:
        return Span(match.end(), match.end())
    # A part of the sentence that lists nothing itself ends the list.
    end = _PART_END.search(text, opened.end(), sentence.end)
    return Span(opened.end(), end.start() if end else sentence.end)


def _items(text: str, where: Span) -> tuple[tuple[Span, ...], bool]:
    """Return the items between marks, the last taken apart at its 和, and whether that is a guess."""
    closed = _CLOSED.search(text[where.start : where.end])
    end = where.start + closed.start() if closed else where.end
    spans, start = [], where.start
    for mark in _ITEM.finditer(text, where.start, end):
        spans.append(Span(start, mark.start()))
        start = mark.end()
    if not spans:
        return (), False
    last = _LAST.search(text, start, end)
    if last is None:
        return (*spans, Span(start, end)), False
    return (*spans, Span(start, last.start()), Span(last.end(), end)), True
