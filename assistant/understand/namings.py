"""A question that calls things otherwise than the documents do in, the question with the documents' own names out.

Example: 现代能源那个行动 → “现代能源经济高质量发展提速行动”; 用水量 → “水耗” where a table says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.understand.lexicon import Word
from assistant.understand.words import WordReader
from corpus.folding import fold
from corpus.models import Group, ParsedDocument, Span
from index.chunks import group_word

_POINTING = re.compile(r"(?:这一?个|那一?个|这一?项|那一?项|的|这|那)$")
_LONGEST_SHORT_NAME = 16
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Named:
    """The question in the documents' names, and the full names that stand for shortened ones."""

    text: str
    meant: tuple[str, ...]


class Namings:
    """Knows what the documents call the groups of their tables, and which of several words for one thing they use."""

    def __init__(
        self,
        documents: Sequence[ParsedDocument],
        names: Callable[[], Iterable[str]],
        synonyms: Sequence[Sequence[str]],
        nouns: Sequence[Word],
        words: WordReader,
    ) -> None:
        """Take what the rows and columns are called, groups of words for one thing, and the nouns that end names."""
        self._documents, self._names, self._synonyms, self._words = documents, names, synonyms, words
        self._nouns = tuple(noun.key for noun in nouns)

    def in_full(self, text: str) -> Named:
        """Return ``text`` with each shortened name of a group written in full; unchanged where none is unmistakable."""
        meant: list[str] = []
        for noun, names in self._groups.items():
            for match in reversed(list(re.finditer(re.escape(noun), fold(text)))):
                found = self._shortened(fold(text), match.end(), noun, names)
                if found is not None:
                    span, name = found
                    text = text[: span.start] + name + text[span.end :]
                    meant.append(name)
        return Named(text, tuple(meant))

    def in_their_words(self, text: str) -> str:
        """Return ``text`` with words that no name in the tables holds put into a synonym that one does."""
        for word, other in self._stand_ins.items():
            while (start := fold(text).find(word)) >= 0:
                text = text[:start] + other + text[start + len(word) :]
        return text

    @cached_property
    def _all_groups(self) -> tuple[Group, ...]:
        rows = (row for document in self._documents for table in document.tables for row in table.data_rows)
        return tuple(dict.fromkeys(group for row in rows for group in row.groups))

    @cached_property
    def _labels(self) -> tuple[str, ...]:
        """What groups are called as such (重点工程): no name of one of them."""
        return tuple(dict.fromkeys(fold(group_word(group)) for group in self._all_groups))

    @cached_property
    def _groups(self) -> dict[str, tuple[str, ...]]:
        """The names of all groups by the class noun that ends them."""
        names = dict.fromkeys(fold(group.name) for group in self._all_groups)
        return {noun: held for noun in self._nouns if (held := tuple(name for name in names if name.endswith(noun)))}

    def _shortened(self, key: str, end: int, noun: str, names: Sequence[str]) -> tuple[Span, str] | None:
        """Return the one name that the words before ``noun``, which ends at ``end``, are parts of, in its order."""
        if any(key.endswith(label, 0, end) for label in self._labels):
            return None
        head = key[max(end - len(noun) - _LONGEST_SHORT_NAME, 0) : end - len(noun)]
        low = end - len(noun) - len(head)
        head = _POINTING.sub("", head)
        parts = [word.of(head) for word in self._words.words(head)]
        held = {name: taken for name in names if (taken := _in_order(parts, name.removesuffix(noun)))}
        longest = max(held.values(), default=0)
        fitting = [name for name, taken in held.items() if taken == longest]
        if longest < _LEAST or len(fitting) != 1 or key.endswith(fitting[0], 0, end):
            return None
        return Span(low + len(head) - longest, end), fitting[0]

    @cached_property
    def _stand_ins(self) -> dict[str, str]:
        """Words that no name in the tables holds with the first of their synonyms that one does, longest first."""
        names = "\n".join(map(fold, self._names()))
        found: dict[str, str] = {}
        for group in self._synonyms:
            used = next((word for word in group if fold(word) in names), "")
            # A word that is part of its stand-in would be found in it again.
            held = names + fold(used)
            found |= {fold(word): used for word in group if used and len(word) > 1 and fold(word) not in held}
        return dict(sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def _in_order(parts: Sequence[str], name: str) -> int:
    """Return how many characters the last ``parts`` that ``name`` holds in their order have together."""
    taken, end = 0, len(name)
    for part in reversed(parts):
        place = name.rfind(part, 0, end)
        if place < 0:
            break
        taken, end = taken + len(part), place
    return taken
