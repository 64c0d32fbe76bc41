"""The words that a segmenter cut a question into in, the same cut where the documents' own words begin and end out.

Example: 修截|水沟 becomes 修|截水沟, for the documents have 截水沟; 时冲进 becomes 时|冲进.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from assistant.understand.words import WordReader
from corpus.models import Span

_MADE, _OF, _BY = "成", "的", "由"
_ASKED_BY = ("谁", "哪", "什")
_LEADING = "在于从把将向对给被由到"
_PLACING = "时后前里上中下"
_SHORTEST = 2


class WordMender:
    """Mends what a general dictionary cuts wrongly."""

    def __init__(
        self,
        words: WordReader,
        said: Callable[[str], bool],
        events: Collection[str],
        light_characters: Collection[str],
    ) -> None:
        """Take ``said``, which tells whether a document holds a word, event words, and characters of form."""
        self._words, self._said = words, said
        self._events, self._light_characters = events, light_characters

    def mended(self, key: str, words: Sequence[Span]) -> list[Span]:
        """Return the words with an unknown one split where the documents join a part of it to its neighbour.

        超采|区靠 becomes 超采区|靠: 超采区 is the documents' word, and 靠 one of form. So does 打|造成 become 打造|成.
        """
        mended: list[Span] = []
        for place, word in enumerate(words):
            if mended and mended[-1].end > word.start:
                word = Span(mended[-1].end, word.end)  # its beginning belongs to the word before
            behind = words[place + 1] if place + 1 < len(words) else None
            mended += self._split(key, word, behind, mended)
        return mended

    def _split(self, key: str, word: Span, behind: Span | None, mended: list[Span]) -> list[Span]:
        """Return the parts of one word; the last of ``mended`` takes in what belongs to it."""
        text = word.of(key)
        joined = Span(mended[-1].start, word.start + 1) if mended else word
        strange = len(text) == _SHORTEST and not self._is_known(text)
        formal = strange and text[1] in self._light_characters and not self._said(text)
        if mended and self._is_cut_behind(verb := Span(joined.start, word.end - 1), text, key):
            mended[-1] = verb
            return [Span(verb.end, word.end)]
        if text.endswith(_BY) and len(text) == _SHORTEST and key[word.end : word.end + 1] in _ASKED_BY:
            return [Span(word.start, word.end - 1), Span(word.end - 1, word.end)]
        if formal and mended and self._holds(joined.of(key)):
            mended[-1] = joined
            return [Span(joined.end, word.end)]
        if self._is_led(text):
            return [Span(word.start, word.start + 1), Span(word.start + 1, word.end)]
        if strange and behind is not None and self._begins(text, behind.of(key)):
            return [Span(word.start, word.end - 1), Span(word.end - 1, behind.end)]
        return [word]

    def _is_known(self, word: str) -> bool:
        return self._words.is_known(word) or self._words.is_naming(word)

    def _is_led(self, word: str) -> bool:
        """Return whether no document has a word that is a preposition and a word, or 时 and a verb: 在城镇, 时冲进."""
        rest = word[1:]
        if len(rest) < _SHORTEST or self._said(word):
            return False
        placed = word[0] in _PLACING and self._words.is_known(rest) and not self._is_known(word)
        return placed or (word[0] in _LEADING and self._said(rest) and self._is_known(rest))

    def _begins(self, pair: str, behind: str) -> bool:
        """Return whether the documents have the second character of an unknown pair with the word behind it.

        The first must be a verb: 零碳|园区 holds 碳园区 too, of 低碳园区.
        """
        apart = self._words.is_common_verb(pair[0]) and not self._said(pair) and not self._said(pair + behind)
        return apart and self._holds(pair[1] + behind)

    def _is_cut_behind(self, verb: Span, text: str, key: str) -> bool:
        """Return whether a pair's first character belongs to the word before it: 打|造成, 中|标的."""
        if len(text) != _SHORTEST or verb.end - verb.start != _SHORTEST:
            return False
        word = verb.of(key)
        if text.endswith(_OF):
            return word in self._events
        return text.endswith(_MADE) and self._words.is_known(word) and self._said(word)

    def _holds(self, word: str) -> bool:
        return len(word) > _SHORTEST and self._said(word)
