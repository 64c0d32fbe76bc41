"""A question and the pages found for it in, the same pages with how well each segment is matched by its meaning out.

Example: of 钱从哪出 every token is matched by “资金来源为财政补助”, though it shares no character with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.respond.reading.features import matches_of
from assistant.respond.reading.model import Reading
from assistant.respond.reading.page_text import Numbers
from assistant.respond.reading.pages import FoundPage
from index.matching import Matcher

_WORDS, _SENTENCE, _PAGE, _COSINE = 0, 1, 2, 5
"""Columns of ``Page.matched``."""


@dataclass(frozen=True, slots=True)
class Match:
    """How well a reading is matched: log odds of its words, of its sentences and of its page; its words' cosine."""

    said: float
    cited: float
    page: float
    cosine: float


def match_of(reading: Reading) -> Match:
    """Return how well ``reading`` is matched; zeros where that is not known."""
    matches = matches_of(reading.found.page)
    said = matches[reading.first : reading.last + 1].max(axis=0)
    cited = matches[reading.cited_first : reading.cited_last + 1].max(axis=0)
    return Match(float(said[_WORDS]), float(cited[_SENTENCE]), float(cited[_PAGE]), float(said[_COSINE]))


def best_match(readings: Sequence[Reading]) -> float:
    """Return the log odds of the best sentence of all pages of ``readings``; 0 where there is none."""
    return max((float(matches_of(one.found.page)[:, _SENTENCE].max()) for one in readings), default=0.0)


def with_matches(matcher: Matcher, question: str, pages: Sequence[FoundPage]) -> tuple[FoundPage, ...]:
    """Return ``pages`` with how well their segments are matched; without token vectors nothing is added."""
    return tuple(_with_match(matcher, question, found) for found in pages)


def _with_match(matcher: Matcher, question: str, found: FoundPage) -> FoundPage:
    text = found.page.text
    stretches = [found.stretch(segment.span) for segment in text.segments]
    alone = matcher.nearest(question, stretches)
    if alone is None:
        return found
    own = np.maximum(alone, matcher.by_headings(question, stretches[0].above))
    sentences = np.maximum.reduceat(own, text.starts)
    odds = matcher.odds_of(question, own)
    by_sentence = matcher.odds_of(question, sentences)[text.sentences]
    whole = matcher.odds_of(question, own.max(axis=0, keepdims=True))
    columns = (odds, by_sentence, np.repeat(whole, len(odds)), odds - odds.max(), by_sentence - by_sentence.max())
    matched: Numbers = np.stack((*columns, alone.mean(axis=1)), axis=1).astype(float)
    return replace(found, page=replace(found.page, matched=matched))
