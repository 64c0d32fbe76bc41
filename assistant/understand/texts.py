"""The documents in, whether they say something out: a phrase, a phrase with a figure in a unit, a work's own text.

Example: 退化林修复 stands before 33.4万亩, so how many 亩 it takes is said; of 秸秆综合利用率 it is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from assistant.understand.contexts import context_of
from assistant.understand.entities import Entity
from corpus.folding import fold_once
from corpus.models import ParsedDocument

_REACH = 40
_MOST_PLACES = 200


class Texts:
    """The folded texts of all documents, made at the first question that needs them."""

    def __init__(self, documents: Sequence[ParsedDocument], entities: Sequence[Entity]) -> None:
        self._documents, self._entities = tuple(documents), tuple(entities)

    @cached_property
    def _keys(self) -> tuple[str, ...]:
        return tuple(fold_once(document.text) for document in self._documents)

    @cached_property
    def names(self) -> frozenset[str]:
        """The folded names of rows and clauses."""
        headings = (fold_once(clause.heading) for document in self._documents for clause in document.clauses)
        return frozenset((*headings, *(entity.key for entity in self._entities))) - {""}

    def say(self, key: str) -> bool:
        """Return whether a document holds a folded text."""
        return any(key in text for text in self._keys)

    def begin_with(self, key: str) -> bool:
        """Return whether a sentence or a part of one begins with a folded text: 县道, not 生院 of 卫生院."""
        begins = re.compile(rf"(?:^|[、，,；;。：:（(\s]){re.escape(key)}")
        return any(begins.search(text) is not None for text in self._keys)

    def around(self, key: str) -> tuple[tuple[str, str], ...]:
        """Return what stands before and behind a folded text at its first places, up to 40 characters each."""
        found: list[tuple[str, str]] = []
        for text in self._keys:
            start = text.find(key)
            while start >= 0 and len(found) < _MOST_PLACES:
                end = start + len(key)
                found.append((text[max(start - _REACH, 0) : start], text[end : end + _REACH]))
                start = text.find(key, end)
        return tuple(found)

    def measure(self, key: str, unit: str) -> bool:
        """Return whether a figure in ``unit`` follows a folded text in one of its sentences."""
        figure = re.compile(rf"{re.escape(key)}[^。；\n\d]{{0,{_REACH}}}[\d.]+[万亿余]*{re.escape(unit)}")
        return any(figure.search(text) is not None for text in self._keys)

    def of(self, name: str) -> str:
        """Return the folded text of the rows and clauses of that folded name, with the headings above."""
        return "\n".join(context_of(entity) for entity in self._entities if entity.key == name)
