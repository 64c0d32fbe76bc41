"""A stretch of a question with the characters that each of its own may stand for in, the names it may be out.

Example: 水力局, where 力 may stand for 利 → 水利局 at the price of one character that sounds alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.understand.character_places import CharacterPlaces
from corpus.models import Span

_FURTHEST = 8

Options = Mapping[str, int]
"""The characters that a typed one may stand for, with the price of each; itself costs nothing."""


@dataclass(frozen=True, slots=True)
class Respelling:
    """A stretch of the question and the name that it may be, ``price`` the sum over its characters.

    ``reach`` is the stretch with what the question and the documents have in common around it.
    """

    span: Span
    text: str
    price: int
    reach: Span

    @property
    def length(self) -> int:
        """Return how many characters agree or are made to."""
        return self.reach.end - self.reach.start


def matches(key: str, span: Span, options: Sequence[Options], source: CharacterPlaces) -> Iterator[Respelling]:
    """Yield where ``source`` holds a character of each of ``options`` in a row."""
    for start in source.of(options):
        end = start + len(options)
        text = source.text[start:end]
        price = sum(choice[character] for choice, character in zip(options, text, strict=True))
        if price:
            before = _common_end(key[: span.start], source.text[max(start - _FURTHEST, 0) : start])
            after = _common_end(key[span.end :][::-1], source.text[end : end + _FURTHEST][::-1])
            yield Respelling(span, text, price, Span(span.start - before, span.end + after))


def best_of(found: Iterable[Respelling]) -> tuple[Respelling, ...]:
    """Return the respellings with most in common for each character changed, each text once."""
    by_text: dict[str, Respelling] = {}
    for one in found:
        known = by_text.get(one.text)
        if known is None or _rank(one) < _rank(known):
            by_text[one.text] = one
    top = min(map(_rank, by_text.values()), default=None)
    return tuple(one for one in by_text.values() if _rank(one) == top)


def _rank(one: Respelling) -> tuple[int, int]:
    return one.price - one.length, one.price


def _common_end(one: str, other: str) -> int:
    count = 0
    while count < min(len(one), len(other)) and one[-1 - count] == other[-1 - count] != "\n":
        count += 1
    return count
