"""Cuts text into the embedding model's tokens: a string in, token numbers and places out.

Example: “推进高质量发展” → the numbers of “▁”, “推进”, “高质量发展”.

The library ``tokenizers`` gives the same numbers from the same vocabulary (a test holds the two together) but needs
1.4 s to load its 250,002 pieces, more than the import of everything else that a cold question needs; this loads in a
tenth of a second and cuts half a million characters in one.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.wheel_weights import Vocabulary

_METASPACE = "\u2581"
_UNKNOWN_PENALTY = 10.0


class Unigram:
    """The most probable cut of a text into pieces (Viterbi over a unigram language model, as SentencePiece does).

    Source: Kudo (2018), “Subword Regularization”; normalization and ties follow the wheel's ``e5.c``.
    """

    def __init__(self, vocabulary: Vocabulary, longest: dict[str, int]) -> None:
        """``longest`` gives for each first character the length of the longest piece that begins with it."""
        self.begin = vocabulary.begin
        self.end = vocabulary.end
        self.unknown = vocabulary.unknown
        self._scores: list[float] = vocabulary.scores.tolist()
        self._pieces = dict(zip(vocabulary.pieces, range(len(vocabulary.pieces)), strict=True))
        # Marks such as <s> carry score 0: written in a document they are ordinary characters, not commands.
        for number in np.flatnonzero(vocabulary.scores == 0).tolist():
            del self._pieces[vocabulary.pieces[number]]
        self._longest = longest
        self._unknown_score = float(vocabulary.scores.min()) - _UNKNOWN_PENALTY
        self._normalization = str.maketrans(vocabulary.normalization)

    def cut(self, text: str) -> list[int]:
        """Return the token numbers of ``text``, without the marks of beginning and end."""
        return [number for number, _, _ in self.cut_with_places(text)]

    def cut_with_places(self, text: str) -> list[tuple[int, int, int]]:
        """Return the tokens of ``text`` with the places in it where each begins and ends."""
        symbols, places = self._normalize(text)
        numbers, starts = self._best_paths(symbols)
        found: list[tuple[int, int, int]] = []
        at = len(symbols)
        while at:
            found.append((numbers[at], places[starts[at]], places[at - 1] + 1))
            at = starts[at]
        return found[::-1]

    def _normalize(self, text: str) -> tuple[str, list[int]]:
        """Return what the pieces are looked for in, and for each of its characters the place in ``text``."""
        symbols: list[str] = []
        places: list[int] = []
        for place, character in enumerate(text):
            for symbol in character.translate(self._normalization):
                if symbol == " " and symbols and symbols[-1] == " ":
                    continue
                symbols.append(symbol)
                places.append(place)
        if not symbols or symbols[0] != " ":
            symbols.insert(0, " ")
            places.insert(0, 0)
        return "".join(symbols).replace(" ", _METASPACE), places

    def _best_paths(self, symbols: str) -> tuple[list[int], list[int]]:
        """Return for each end position the last piece of the best cut up to it, with the place where it starts."""
        size = len(symbols)
        best = [0.0] + [float("-inf")] * size
        numbers = [self.unknown] * (size + 1)
        starts = [0] * (size + 1)
        find, scores, longest = self._pieces.get, self._scores, self._longest
        for start in range(size):
            here = best[start]
            for end in range(start + 1, min(start + longest.get(symbols[start], 0), size) + 1):
                number = find(symbols[start:end])
                if number is not None and here + scores[number] > best[end]:
                    best[end], numbers[end], starts[end] = here + scores[number], number, start
            if here + self._unknown_score > best[start + 1]:
                best[start + 1], numbers[start + 1], starts[start + 1] = here + self._unknown_score, self.unknown, start
        return numbers, starts


def longest_by_initial(pieces: Iterable[str]) -> dict[str, int]:
    """Return for each first character the length in characters of the longest of ``pieces`` that begins with it."""
    longest: dict[str, int] = {}
    for piece in pieces:
        longest[piece[0]] = max(longest.get(piece[0], 0), len(piece))
    return longest


def save_vocabulary(vocabulary: Vocabulary, path: Path) -> None:
    """Write ``vocabulary`` to ``path`` in the form that :func:`load_unigram` reads fast."""
    longest = longest_by_initial(vocabulary.pieces)
    marks = [vocabulary.begin, vocabulary.end, vocabulary.padding, vocabulary.unknown]
    np.savez(
        path,
        pieces=_pack(vocabulary.pieces),
        scores=vocabulary.scores,
        normalized_from=_pack(vocabulary.normalization.keys()),
        normalized_to=_pack(vocabulary.normalization.values()),
        marks=np.array(marks),
        initials=_pack(longest.keys()),
        longest=np.array(list(longest.values())),
    )


def load_unigram(path: Path) -> Unigram:
    """Return the tokenizer whose vocabulary :func:`save_vocabulary` wrote to ``path``.

    Raises:
        OSError, ValueError, KeyError: the file is missing, damaged or another one.
    """
    with np.load(path, allow_pickle=False) as kept:
        normalization = dict(zip(_unpack(kept["normalized_from"]), _unpack(kept["normalized_to"]), strict=True))
        begin, end, padding, unknown = kept["marks"].tolist()
        pieces = tuple(_unpack(kept["pieces"]))
        vocabulary = Vocabulary(pieces, kept["scores"], normalization, begin, end, padding, unknown)
        return Unigram(vocabulary, dict(zip(_unpack(kept["initials"]), kept["longest"].tolist(), strict=True)))


def _pack(texts: Iterable[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\0".join(texts).encode(), np.uint8)


def _unpack(packed: NDArray[np.uint8]) -> list[str]:
    return packed.tobytes().decode().split("\0")
