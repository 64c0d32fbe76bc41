"""What the tokens of texts are matched by, as bytes that are kept: each token's place and a vector of small numbers.

Example: 资金来源 → two tokens, (0, 2) and (2, 4), each with 64 numbers of -127 to 127.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from index.onnx_model import Embedded

NUMBERS = 64
_ONE = 127
_TOKEN = np.dtype([("start", "<i4"), ("end", "<i4"), ("vector", "i1", (NUMBERS,))])


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """Tokens of a text in their order: where each begins and ends (tokens, 2), and its unit vector (tokens, 64)."""

    places: NDArray[np.int32]
    vectors: NDArray[np.float32]

    def within(self, start: int, end: int) -> slice:
        """Return which tokens share a character with the stretch of text."""
        first = self.places[:, 1].searchsorted(start, side="right")
        return slice(int(first), int(self.places[:, 0].searchsorted(end)))


def is_whole(data: object) -> bool:
    """Return whether ``data`` may be what ``pack`` wrote."""
    return isinstance(data, bytes) and len(data) % _TOKEN.itemsize == 0


def unit_rows(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return each row scaled to length 1."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    units: NDArray[np.float32] = vectors / np.maximum(lengths, np.finfo(np.float32).tiny)
    return units


def without_prefix(embedded: Embedded, prefix: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Return places and numbers of the tokens behind ``prefix``, the places counted from its end."""
    behind = embedded.places[:, 1] > len(prefix)
    return np.maximum(embedded.places[behind] - len(prefix), 0), embedded.matched[behind]


def pack(embedded: Embedded, prefix: str) -> bytes:
    """Return the tokens of a text, without its ``prefix``, as bytes."""
    places, numbers = without_prefix(embedded, prefix)
    kept = np.zeros(len(places), _TOKEN)
    kept["start"], kept["end"] = places[:, 0], places[:, 1]
    kept["vector"] = np.rint(unit_rows(numbers[:, :NUMBERS]) * _ONE)
    return kept.tobytes()


def unpack(data: bytes) -> TokenVectors:
    """Return what ``pack`` wrote.

    Raises:
        ValueError: If it is cut short.
    """
    kept = np.frombuffer(data, _TOKEN)
    places = np.stack([kept["start"], kept["end"]], axis=1)
    return TokenVectors(places, unit_rows(kept["vector"].astype(np.float32)))
