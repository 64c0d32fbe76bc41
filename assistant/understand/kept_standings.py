"""Earlier questions that were completed before in, how they stand alone out: each is completed once a conversation.

Example: of four earlier questions the first three were completed when the fourth was asked; one is left to complete.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

from assistant.understand.recalled import Standing

MOST = 1000
"""Conversations, by their questions so far, that are remembered; the one not met for longest is forgotten first."""

_Key = tuple[bytes, int]


class KeptStandings:
    """Remembers by earlier questions, and what else they are completed from, how they stand alone.

    Completing is a function of these alone, so that what is remembered is what would be made again. Safe to use from
    several threads.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[_Key, tuple[Standing, ...]] = OrderedDict()
        self._lock = Lock()

    def longest(self, questions: Sequence[str], around: Sequence[str]) -> tuple[int, tuple[Standing, ...]]:
        """Return how many of the first questions are known, and how they stand alone; ``around`` as they were kept."""
        keys = _keys(questions, around)
        with self._lock:
            for key in reversed(keys):
                if key in self._kept:
                    self._kept.move_to_end(key)
                    return key[1], self._kept[key]
        return 0, ()

    def keep(self, questions: Sequence[str], around: Sequence[str], standing: Sequence[Standing]) -> None:
        """Remember how ``questions`` stand alone; ``around`` is what else they were completed from."""
        with self._lock:
            self._kept[_keys(questions, around)[-1]] = tuple(standing)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


def _keys(questions: Sequence[str], around: Sequence[str]) -> list[_Key]:
    """Return a key for each beginning of ``questions``: short, for a question may have thousands of characters."""
    digest = hashlib.sha256()
    for text in (str(len(around)), *around):
        _add(digest, text)
    keys = []
    for number, question in enumerate(questions, 1):
        _add(digest, question)
        keys.append((digest.digest(), number))
    return keys


def _add(digest: hashlib._Hash, text: str) -> None:
    written = text.encode("utf-8", "surrogatepass")
    digest.update(len(written).to_bytes(8, "big") + written)
