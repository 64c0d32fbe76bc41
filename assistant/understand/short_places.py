"""A question that calls a banner or league by the first character of its name in, the question with it in full out.

Example: 达旗有哪些项目, of documents that speak of 达拉特旗 → 达拉特旗有哪些项目.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property

from corpus.folding import fold

_SHORT = re.compile(r"(?P<first>[\u3400-\u9fff])(?P<rank>[旗盟])(?![帜舰下友员约军])")
_NO_NAME = frozenset("各全本我咱该两几哪外这那红国升同结联加个等在到去的和与某每是")
"""Stands before 旗 and begins no name: 各旗, 红旗."""


class ShortPlaces:
    """Writes the short names of banners and leagues in full."""

    def __init__(self, texts: Callable[[], Sequence[str]], known: frozenset[str]) -> None:
        """Take the ``texts`` of the documents, which are read when first such a name is asked for.

        Names that are ``known`` as they are need no other.
        """
        self._texts, self._known = texts, known

    def in_full(self, text: str) -> str:
        """Return ``text`` with each short name that no document holds as the one name that begins and ends so."""
        return _SHORT.sub(lambda match: self._full(match["first"], match["rank"]), text)

    def _full(self, first: str, rank: str) -> str:
        short = first + rank
        if first in _NO_NAME or short in self._known or short in self._all:
            return short
        named = set(re.findall(rf"{first}[\u3400-\u9fff]{{1,4}}?{rank}", self._all))
        return named.pop() if len(named) == 1 else short

    @cached_property
    def _all(self) -> str:
        return fold("\n".join(self._texts()))
