"""A question and the pages found for it in, the same pages with how well each segment is matched by its meaning out.

Example: of 钱从哪出 every token is matched by “资金来源为财政补助”, though it shares no character with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from assistant.respond.reading.model import Reading
from assistant.respond.reading.page_text import Numbers
from assistant.respond.reading.pages import FoundPage
from corpus.models import Span
from index.matching import Matcher, Stretch

_WORDS, _SENTENCE, _PAGE, _COSINE = 0, 1, 2, 5
"""Columns of ``Page.matched``."""


@dataclass(frozen=True, slots=True)
class Match:
    """How well a reading is matched: log odds of its words, of its sentences and of its page; its words' cosine."""

    said: float
    cited: float
    page: float
    cosine: float


def match_of(reading: Reading, matches: Numbers) -> Match:
    """Return how well ``reading`` is matched; ``matches`` is what its page is (``Page.matched``)."""
    said = matches[reading.first : reading.last + 1].max(axis=0)
    cited = matches[reading.cited_first : reading.cited_last + 1].max(axis=0)
    return Match(float(said[_WORDS]), float(cited[_SENTENCE]), float(cited[_PAGE]), float(said[_COSINE]))


def best_sentence(pages: Iterable[Numbers]) -> float:
    """Return the log odds of the best sentence of ``pages``; 0 where there is none."""
    return max((float(matches[:, _SENTENCE].max()) for matches in pages), default=0.0)


class Matched:
    """How well the pages of ``readings`` are matched, computed when it is first asked for."""

    def __init__(self, matcher: Callable[[], Matcher], question: str, readings: Sequence[Reading]) -> None:
        self._matcher, self._question, self._readings = matcher, question, readings

    @cached_property
    def _pages(self) -> dict[int, Numbers]:
        """The matches by page; nothing of pages that have no token vectors."""
        found = [(one.found, matches(self._matcher(), self._question, one.found)) for one in self._readings]
        return {id(page.page.text): rows for page, rows in found if rows is not None}

    def of(self, reading: Reading) -> Match | None:
        """Return how well ``reading`` is matched; None where that is not known."""
        rows = self._pages.get(id(reading.found.page.text))
        return None if rows is None else match_of(reading, rows)

    @cached_property
    def best(self) -> float:
        """The log odds of the best sentence of all pages."""
        return best_sentence(self._pages.values())

    def words(self, words: Sequence[Span], stretches: Sequence[Stretch]) -> list[float]:
        """Return for each of ``words``, places in the question, how well its worst token is matched."""
        return self._matcher().of_words(self._question, words, stretches)


def with_matches(matcher: Matcher, question: str, pages: Sequence[FoundPage]) -> tuple[FoundPage, ...]:
    """Return ``pages`` with how well their segments are matched; without token vectors nothing is added."""
    return tuple(replace(one, page=replace(one.page, matched=matches(matcher, question, one))) for one in pages)


def matches(matcher: Matcher, question: str, found: FoundPage) -> Numbers | None:
    """Return how well each segment of a page (rows) is matched; None where no token vectors are kept of it."""
    text = found.page.text
    stretches = [found.stretch(segment.span) for segment in text.segments]
    alone = matcher.nearest(question, stretches)
    if alone is None:
        return None
    own = np.maximum(alone, matcher.by_headings(question, stretches[0].above))
    odds = matcher.odds_of(question, own)
    by_sentence = matcher.odds_of(question, np.maximum.reduceat(own, text.starts))[text.sentences]
    whole = np.repeat(matcher.odds_of(question, own.max(axis=0, keepdims=True)), len(odds))
    columns = (odds, by_sentence, whole, odds - odds.max(), by_sentence - by_sentence.max(), alone.mean(axis=1))
    rows: Numbers = np.stack(columns, axis=1).astype(float)
    return rows
