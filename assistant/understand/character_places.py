"""A text in, where one of several characters stands at each place of a stretch of it out.

Example: of 水 and one of 力利立 in “市水利局牵头” → 1, where 水利 stands.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int32]


class CharacterPlaces:
    """The places of every character of a ``text``: the rarest of a stretch is looked up, the others are compared."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._codes = _codes(text)
        self._order = np.argsort(self._codes, kind="stable").astype(np.int32)
        self._sorted = self._codes[self._order]

    def of(self, options: Sequence[Collection[str]]) -> list[int]:
        """Return where the text holds a character of each of ``options`` in a row, in order."""
        if not all(options):
            return []
        choices = [_codes("".join(sorted(set(choice)))) for choice in options]
        bounds = [(self._sorted.searchsorted(codes), self._sorted.searchsorted(codes, "right")) for codes in choices]
        rarest = min(range(len(choices)), key=lambda number: int((bounds[number][1] - bounds[number][0]).sum()))
        stretches = zip(*bounds[rarest], strict=True)
        starts = np.concatenate([self._order[low:high] for low, high in stretches]) - rarest
        starts = starts[(starts >= 0) & (starts <= len(self.text) - len(choices))]
        for number in sorted(range(len(choices)), key=lambda number: len(choices[number])):
            if number != rarest:
                starts = starts[_are_among(self._codes[starts + number], choices[number])]
        found: list[int] = np.sort(starts).tolist()
        return found


def _codes(text: str) -> Numbers:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.int32)


def _are_among(codes: Numbers, known: Numbers) -> NDArray[np.bool_]:
    """Return which of ``codes`` are ``known``, which are in order."""
    among: NDArray[np.bool_] = known[np.minimum(known.searchsorted(codes), len(known) - 1)] == codes
    return among
