"""A question in, where it calls a table by its whole name out.

Example: 收入明细表所有项目的上年数合计 → “收入明细表”: the 收入 within it is no column that is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from assistant.understand.name_lengths import NameLengths
from corpus.folding import fold
from corpus.models import Span, Table

_LIKE_A_TABLE = re.compile(r"(?:表|名单|清单|目录)(?:[（(][^（()）]*[）)])?$")
_CALLED_SO = re.compile(r"表|[》”]")
_NUMBER = re.compile(r"[（(][一二三四五六七八九十\d]+[）)]")
_SHORTEST = 3
_REMEMBERED = 256


class TableNames:
    """The names of tables: 收入明细表 and 收入明细表（二） as they stand, 收入情况 only where a table is called so."""

    def __init__(self, tables: Iterable[Table]) -> None:
        names = {fold(name) for table in tables for name in called(table)}
        self._names = frozenset(name for name in names if len(name) >= _SHORTEST)
        self._lengths = NameLengths(self._names)
        self._known = lru_cache(maxsize=_REMEMBERED)(self._find)

    def find(self, key: str) -> tuple[Span, ...]:
        """Return where names of tables stand in a folded question, the longest at each place; recent ones are known."""
        return self._known(key)

    def _find(self, key: str) -> tuple[Span, ...]:
        found: list[Span] = []
        for start in range(len(key)):
            if not found or start >= found[-1].end:
                found += islice(self._at(key, start), 1)
        return tuple(found)

    def _at(self, key: str, start: int) -> Iterator[Span]:
        for end in (start + length for length in self._lengths.at(key, start)):
            name = key[start:end]
            if name in self._names and (_LIKE_A_TABLE.search(name) or _CALLED_SO.match(key, end)):
                # 收入明细表（九） is another table than 收入明细表, whether there is one or not.
                number = _NUMBER.match(key, end)
                yield Span(start, number.end() if number else end)


def called(table: Table) -> tuple[str, str]:
    """Return what a table may be called."""
    return table.name, table.caption


def named_in(table: Table, key: str, names: Iterable[Span]) -> bool:
    """Return whether a folded question calls ``table`` by one of the ``names`` that stand in it."""
    return any(span.of(key) in map(fold, called(table)) for span in names)
