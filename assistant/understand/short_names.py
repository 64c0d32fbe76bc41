"""A question that shortens a stretch of a name, or says it otherwise, in, the question in the name's words out.

Example: 文旅带项目由谁牵头 → “文化旅游带项目由谁牵头”: each character begins a word of 黄河几字弯文化旅游带建设项目.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from assistant.understand.namings import Named
from assistant.understand.question import Question
from assistant.understand.words import WordReader
from corpus.folding import fold
from corpus.models import Span

_SHORT = re.compile(r"[\u3400-\u9fff]{3,}")
_BESIDE, _FARTHEST = 2, 10
_LEFT_OUT = r"[\u3400-\u9fff]?"


class ShortNames:
    """Finds what stretches of the documents' names are shortened to or called otherwise."""

    def __init__(
        self,
        names: Callable[[], Iterable[str]],
        words: WordReader,
        said: Callable[[str], bool],
        rows: Sequence[str],
        synonyms: Callable[[str], Iterable[tuple[Span, tuple[str, ...]]]],
    ) -> None:
        """Take the ``names``, and what tells whether a document holds a folded word: that is no short form.

        ``rows`` are the names of rows and works alone, ``synonyms`` gives where in a folded question words stand that
        others may stand for.
        """
        self._names, self._rows, self._words, self._said, self._synonyms = names, rows, words, said, synonyms

    def in_full(self, question: Question) -> Named:
        """Return the question's text with one stretch as a name has it; unchanged where none is unmistakable."""
        key, text = question.key, question.text
        # Where a table is named, the words of the text are set against it: 正文的甲指标与指标表的差多少.
        places = () if question.titles else self._synonyms(key)
        said = {one for place, others in places for one in self._named(key, place, others)}
        longest = [one for one in said if not any(o[0] != one[0] and o[0].covers(one[0]) for o in said)]
        if len(longest) == 1:
            place, name = longest[0]
            return Named(text[: place.start] + name + text[place.end :], (name,))
        for word in question.words:
            short = word.of(key)
            found = set(self._written_out(short)) if _SHORT.fullmatch(short) and not self._said(short) else set()
            if len(found) == 1:
                full = found.pop()
                return Named(text[: word.start] + full + text[word.end :], (full,))
        return Named(text, ())

    def _named(self, key: str, place: Span, others: Iterable[str]) -> Iterator[tuple[Span, str]]:
        """Yield the place with what follows it, in words that names hold: 单位GDP电耗 → 单位生产总值电耗."""
        if len(key) < place.end + _BESIDE or key[place.start : place.end + _BESIDE] in self._row_names:
            return
        for other in others:
            for end in range(min(place.end + _FARTHEST, len(key)), place.end + _BESIDE - 1, -1):
                if other not in place.of(key) and (name := other + key[place.end : end]) in self._row_names:
                    yield Span(place.start, end), name
                    break

    @cached_property
    def _row_names(self) -> str:
        return "\n".join(dict.fromkeys(fold(name) for name in self._rows))

    @cached_property
    def _vocabulary(self) -> str:
        return "\n".join(dict.fromkeys(fold(name) for name in self._names()))

    def _written_out(self, short: str) -> Iterator[str]:
        """Yield the stretches of names, whole words all, that leave out only the second character of a word."""
        pattern = "".join(f"({character}{_LEFT_OUT})" for character in short[:-1]) + short[-1]
        for match in re.finditer(pattern, self._vocabulary):
            start = self._vocabulary.rfind("\n", 0, match.start()) + 1
            name = self._vocabulary[start:].split("\n", 1)[0]
            edges = {start + edge for word in self._words.words(name) for edge in (word.start, word.end)}
            cut = [part for part in match.groups() if len(part) > 1]
            if set(match.span()) <= edges and all(self._words.is_naming(part) for part in cut):
                yield match.group()
