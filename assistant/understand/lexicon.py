"""``lexicon.toml`` in, the words that questions are made of out, folded and longest first.

Example: 由哪个局牵头 → “哪个局” asks who.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from importlib import resources

from corpus.folding import fold
from corpus.models import Span


class Ask(StrEnum):
    """What a question asks for."""

    WHO = "who"
    WHEN = "when"
    WHERE = "where"
    HOW_MANY = "how_many"
    LIST = "list"
    WHAT = "what"
    HOW = "how"
    WHY = "why"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Word:
    """One lexicon word: its folded ``key`` and the ``name`` of the entry it belongs to (“who”, “sum”)."""

    key: str
    name: str


class Listed:
    """Words that are looked for in every question, by their first two characters: of hundreds few are there."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_beginning: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for number, word in enumerate(words):
            self._by_beginning[word[:2]].append((number, word))

    def places(self, key: str) -> list[tuple[int, Span]]:
        """Return the number of every word that a folded text holds with its place, by number and place."""
        known = self._by_beginning
        begun = [*enumerate(key), *((start, key[start : start + 2]) for start in range(len(key) - 1))]
        return sorted(
            (number, Span(start, start + len(word)))
            for start, beginning in begun
            if beginning in known
            for number, word in known[beginning]
            if key.startswith(word, start)
        )

    def mark(self, key: str, whole: Sequence[Span], taken: set[int]) -> Iterator[tuple[int, Span]]:
        """Yield the words, the first of the list first, that stand where nothing is ``taken`` yet, and take the place.

        None that cuts one of the spans ``whole`` in two is marked.
        """
        for number, span in self.places(key):
            place = range(span.start, span.end)
            if taken.isdisjoint(place) and not any(span.overlaps(word) and not span.covers(word) for word in whole):
                taken.update(place)
                yield number, span


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of questions by what they do; every tuple is sorted longest word first."""

    asks: tuple[Word, ...]
    operations: tuple[Word, ...]
    chat: tuple[Word, ...]
    follow_up: tuple[Word, ...]
    conversation: tuple[Word, ...]
    aspects: tuple[Word, ...]
    whole: tuple[Word, ...]
    openers: tuple[Word, ...]
    class_nouns: tuple[Word, ...]
    function_words: tuple[Word, ...]
    document_facts: tuple[Word, ...]
    document_status: tuple[Word, ...]
    document_nouns: tuple[Word, ...]
    document_comparison: tuple[Word, ...]
    clause_questions: tuple[Word, ...]
    light_words: tuple[Word, ...]
    event_words: tuple[Word, ...]
    agreement: tuple[Word, ...]
    places: tuple[Word, ...]
    cities: tuple[Word, ...]


def fitting(lexicon: Lexicon, called: Callable[[str], bool]) -> Lexicon:
    """Return ``lexicon`` without the nouns for rows (小区) by which no table's rows are ``called``."""
    nouns = tuple(noun for noun in lexicon.class_nouns if noun.name != "rows" or called(noun.key))
    return replace(lexicon, class_nouns=nouns)


def with_row_nouns(lexicon: Lexicon, nouns: Iterable[str]) -> Lexicon:
    """Return ``lexicon`` with more ``nouns`` for rows, folded."""
    known = {word.key for word in (*lexicon.class_nouns, *lexicon.asks)}
    more = [Word(noun, "rows") for noun in dict.fromkeys(nouns) if noun not in known]
    return replace(lexicon, class_nouns=tuple(sorted((*lexicon.class_nouns, *more), key=lambda word: -len(word.key))))


def longest_first(words: dict[str, list[str]]) -> tuple[Word, ...]:
    """Return ``{name: words}`` as folded words, longest first, equal lengths in the order given."""
    found = [Word(fold(word), name) for name, listed in words.items() for word in listed]
    return tuple(sorted(found, key=lambda word: -len(word.key)))


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """Return the lexicon that lies beside this module; it is read once a process."""
    raw = tomllib.loads(resources.files(__package__).joinpath("lexicon.toml").read_text(encoding="utf-8"))
    return Lexicon(**{section: longest_first(words) for section, words in raw.items()})
