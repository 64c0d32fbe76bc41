"""A question that shortens a stretch of a name in, the question with the stretch in full out.

Example: 文旅带项目由谁牵头 → “文化旅游带项目由谁牵头”: each character begins a word of 黄河几字弯文化旅游带建设项目.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from assistant.understand.namings import Named
from assistant.understand.question import Question
from assistant.understand.words import WordReader
from corpus.folding import fold

_SHORT = re.compile(r"[\u3400-\u9fff]{3,}")
_LEFT_OUT = r"[\u3400-\u9fff]?"


class ShortNames:
    """Finds what stretches of the documents' names are shortened to."""

    def __init__(self, names: Callable[[], Iterable[str]], words: WordReader, said: Callable[[str], bool]) -> None:
        """Take the ``names``, and what tells whether a document holds a folded word: that is no short form."""
        self._names, self._words, self._said = names, words, said

    def in_full(self, question: Question) -> Named:
        """Return the question's text with one shortened stretch in full; unchanged where none is unmistakable."""
        key, text = question.key, question.text
        for word in question.words:
            short = word.of(key)
            found = set(self._written_out(short)) if _SHORT.fullmatch(short) and not self._said(short) else set()
            if len(found) == 1:
                full = found.pop()
                return Named(text[: word.start] + full + text[word.end :], (full,))
        return Named(text, ())

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
