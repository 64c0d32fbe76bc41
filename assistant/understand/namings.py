"""A question that shortens the name of a group of rows in, the question with the name in full out.

Example: 现代能源那个行动有哪些项目 → “现代能源经济高质量发展提速行动有哪些项目”.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.understand.group_words import AREA, outer_group
from assistant.understand.lexicon import Word
from assistant.understand.words import WordReader
from corpus.folding import fold
from corpus.models import Group, ParsedDocument, Span
from index.chunks import group_word

_POINTING = re.compile(r"(?:(?:这一?个|那一?个|这一?项|那一?项|这|那)(?:重点|大)?|的)$")
_AREA = re.compile(rf"(?:^|[，,。；;在对])(?P<called>[\u4e00-\u9fff]{{2,8}}?){AREA}")
_LONGEST_SHORT_NAME = 16
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Named:
    """The question in the documents' names, and the full names that stand for shortened ones."""

    text: str
    meant: tuple[str, ...]


class Namings:
    """Knows what the documents call the groups of their tables."""

    def __init__(
        self,
        documents: Sequence[ParsedDocument],
        nouns: Sequence[Word],
        words: WordReader,
    ) -> None:
        """Take the nouns (行动, 工程) that end the names of groups."""
        self._documents, self._words = documents, words
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
        for match in reversed(list(_AREA.finditer(text))):
            if name := outer_group(fold(match["called"]), self._all_groups):
                text = text[: match.start("called")] + name + text[match.end() :]
                meant.append(name)
        return Named(text, tuple(meant))

    @cached_property
    def _all_groups(self) -> tuple[Group, ...]:
        rows = (row for document in self._documents for table in document.tables for row in table.data_rows)
        return tuple(dict.fromkeys(group for row in rows for group in row.groups))

    @cached_property
    def _titles(self) -> dict[str, str]:
        """The folded title of the document, and of the table, that a group of a name is in."""
        return {
            fold(group.name): fold(document.info.title + table.name)
            for document in self._documents
            for table in document.tables
            for row in table.data_rows
            for group in row.groups
        }

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
        pointed = _POINTING.search(key, 0, end - len(noun)) is not None
        if not pointed and any(key.endswith(label, 0, end) for label in self._labels):
            return None
        head = key[max(end - len(noun) - _LONGEST_SHORT_NAME, 0) : end - len(noun)]
        low = end - len(noun) - len(head)
        while (shorter := _POINTING.sub("", head)) != head:
            head = shorter
        parts = [word.of(head) for word in self._words.words(head)]
        held = {name: taken for name in names if (taken := _in_order(parts, name.removesuffix(noun)))}
        longest = max(held.values(), default=0)
        fitting = [name for name, taken in held.items() if taken == longest]
        if longest < _LEAST or len(fitting) != 1 or key.endswith(fitting[0], 0, end):
            return None
        if not pointed and head[len(head) - longest :] in self._titles[fitting[0]]:
            return None  # 冷链项目 of a plan on 冷链物流 are all of them, not those of 冷链枢纽项目 alone
        return Span(low + len(head) - longest, end), fitting[0]


def _in_order(parts: Sequence[str], name: str) -> int:
    """Return how many characters the last ``parts`` that ``name`` holds in their order have together."""
    taken, end = 0, len(name)
    for part in reversed(parts):
        place = name.rfind(part, 0, end)
        if place < 0:
            break
        taken, end = taken + len(part), place
    return taken
