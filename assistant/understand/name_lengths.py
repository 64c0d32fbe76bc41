"""Names in, how long those are that may begin at a place of a text out.

Example: of 水利局 and 水利局办公室 those that may begin with “水利” have six characters and three.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

_BEGINNING = 2


class NameLengths:
    """The lengths of all names of two characters and more by their first two."""

    def __init__(self, names: Iterable[str]) -> None:
        found: dict[str, set[int]] = defaultdict(set)
        for name in names:
            if len(name) >= _BEGINNING:
                found[name[:_BEGINNING]].add(len(name))
        self._by_beginning = {beginning: sorted(lengths, reverse=True) for beginning, lengths in found.items()}

    def at(self, key: str, start: int) -> list[int]:
        """Return the lengths of the names that may stand at ``start`` of a folded text, the longest first."""
        lengths = self._by_beginning.get(key[start : start + _BEGINNING], [])
        return [length for length in lengths if start + length <= len(key)]
