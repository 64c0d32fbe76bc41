"""A question with an acronym that no document has in, the question with what the documents write for it out.

Example: 全县GDP多少, of a bulletin that says 地区生产总值 → 全县地区生产总值多少; 单位GDP能耗 stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property

from corpus.folding import fold

_ACRONYM = re.compile(r"[A-Za-z][A-Za-z&]+")
_WITHIN = re.compile(r"(?:单位|人均|每?[万亿]元)$")
"""Stands before an acronym that is part of another quantity: 单位GDP能耗."""


class Acronyms:
    """Writes the acronyms of questions out as the documents do."""

    def __init__(self, texts: Callable[[], Sequence[str]], synonyms: Sequence[Sequence[str]]) -> None:
        """Take the ``texts`` of the documents, read when first an acronym is asked for, and groups of folded words."""
        self._texts = texts
        self._others = {word: tuple(one for one in group if one != word) for group in synonyms for word in group}

    def written_out(self, text: str) -> str:
        """Return ``text`` with each acronym that no document has by itself in the first longer form that one has."""
        return _ACRONYM.sub(lambda match: self._form(match, text), text)

    def _form(self, match: re.Match[str], text: str) -> str:
        others = self._others.get(fold(match.group()), ())
        if not others or _WITHIN.search(text[: match.start()]) is not None:
            return match.group()
        said = list(re.finditer(re.escape(fold(match.group())), self._all))
        alone = any(_WITHIN.search(self._all[max(one.start() - 3, 0) : one.start()]) is None for one in said)
        found = [one for one in others if one in self._all]
        return found[0] if found and not alone else match.group()

    @cached_property
    def _all(self) -> str:
        return fold("\n".join(self._texts()))
