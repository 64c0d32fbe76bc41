"""A question's vector in, the nearest of all chunks out, each of them compared with it.

Example: “防沙治沙由谁负责” among 2,129 chunks → the 400 nearest with their cosines, in 0.2 ms.

The approximate search of a collection of thousands differs a little each time that the collection is loaded, and any
query of the collection takes 1.5 ms and more.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.vectors import Vectors

MOST_COMPARED = 100_000
"""Chunks up to which every one is compared: 1.5 kB and a ten-thousandth of a millisecond each."""

_READ_AT_ONCE = 5000
_DIGITS = 5
"""Places of a cosine that are kept, as ``Vectors`` does."""


class ExactVectors:
    """The vectors of one generation in memory, read when first asked; safe for many threads."""

    def __init__(self, vectors: Vectors) -> None:
        """Take the vectors: to be read, or to be searched where they are too many."""
        self._vectors = vectors

    def search(
        self, vector: Sequence[float], limit: int, documents: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        """Return the ids of up to ``limit`` nearest chunks with their cosine, nearest first, equal cosines by id.

        Raises:
            IndexBroken: If the collection cannot be read.
        """
        if self._count > MOST_COMPARED:
            return self._vectors.search(vector, limit, documents)
        if not self._count:
            return []
        ids, own, rows = self._all
        wanted = None if documents is None else frozenset(documents)
        cosines = np.round((rows @ np.asarray(vector, np.float32)).astype(float), _DIGITS)
        order = np.argsort(-cosines, kind="stable")
        near = (place for place in order if wanted is None or own[place] in wanted)
        return [(ids[place], float(cosines[place])) for place, _ in zip(near, range(limit), strict=False)]

    @cached_property
    def _count(self) -> int:
        return self._vectors.count()

    @cached_property
    def _all(self) -> tuple[list[str], list[str], NDArray[np.float32]]:
        """Return the ids of all chunks in their order, the document of each, and their vectors, one row each."""
        ids: list[str] = []
        own: list[str] = []
        rows: list[NDArray[np.float32]] = []
        for start in range(0, self._count, _READ_AT_ONCE):
            part_ids, part_own, part_rows = self._vectors.read(start, _READ_AT_ONCE)
            ids += part_ids
            own += part_own
            rows.append(part_rows)
        order = sorted(range(len(ids)), key=ids.__getitem__)
        return [ids[place] for place in order], [own[place] for place in order], np.concatenate(rows)[order]
