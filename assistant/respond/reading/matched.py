"""A question and the pages found for it in, the same pages with how well each segment is matched by its meaning out.

Example: of 钱从哪出 every token is matched by “资金来源为财政补助”, though it shares no character with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.respond.reading.model import Reading
from assistant.respond.reading.page_text import Numbers, PageText
from assistant.respond.reading.pages import FoundPage
from corpus.models import Span
from index.joint_model import ReadTogether
from index.matching import Matcher, Stretch

_WORDS, _SENTENCE, _PAGE, _COSINE = 0, 1, 2, 5
"""Columns of ``Page.matched``."""

_YEAR = re.compile(r"(?:(?:截至|截止到?|到了?|至|在)\s*)?(?P<year>(?:19|20)\d\d)\s*年(?:底|末|前)?[，,]?")

_OUTSIDE = -9.0
"""The log odds of what would stand before the first and behind the last sentence of a page."""


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
    """How well what was read is matched."""

    def __init__(self, matcher: Matcher, question: str, readings: Sequence[Reading]) -> None:
        self._matcher, self._question = matcher, question
        pages = [one.found.page.matched for one in readings]
        self.best = best_sentence(rows for rows in pages if rows is not None)
        """The log odds of the best sentence of all pages."""

    def of(self, reading: Reading) -> Match | None:
        """Return how well ``reading`` is matched; None where that is not known."""
        rows = reading.found.page.matched
        return None if rows is None else match_of(reading, rows)

    def words(self, words: Sequence[Span], stretches: Sequence[Stretch]) -> list[float]:
        """Return for each of ``words``, places in the question, how well its worst token is matched."""
        return self._matcher.of_words(self._question, words, stretches)

    def read_together(self, above: str, text: str) -> ReadTogether | None:
        """Return what ``text``, below the headings ``above``, is to the question; None where that is not known."""
        return self._matcher.read_together(self._question, above, text)


def with_matches(matcher: Matcher, question: str, pages: Sequence[FoundPage]) -> tuple[FoundPage, ...]:
    """Return ``pages`` with how well their segments are matched; without token vectors nothing is added."""
    alone = [_matches(matcher, question, one) for one in pages]
    known = [rows for rows in alone if rows is not None]
    if not known:
        return tuple(pages)
    best = np.max([rows.max(axis=0) for rows in known], axis=0)
    sentences = np.sort(np.concatenate([np.unique(rows[:, _SENTENCE]) for rows in known]))
    found = []
    for one, rows in zip(pages, alone, strict=True):
        if rows is not None:
            whole = np.hstack((rows, _beside(rows, one.page.text, best, sentences)))
            one = replace(one, page=replace(one.page, matched=whole))
        found.append(one)
    return tuple(found)


def _matches(matcher: Matcher, question: str, found: FoundPage) -> Numbers | None:
    """Return how well each segment of a page (rows) is matched by itself; None where no token vectors are kept."""
    question = _without_years(question, found)
    text = found.page.text
    stretches = [found.stretch(segment.span) for segment in text.segments]
    alone = matcher.nearest(question, stretches)
    if alone is None:
        return None
    own = np.maximum(alone, matcher.by_headings(question, stretches[0].above))
    sentences, count = np.maximum.reduceat(own, text.starts), len(own)
    every = matcher.odds_of(question, np.vstack((own, sentences, own.max(axis=0, keepdims=True))))
    odds, by_sentence, whole = every[:count], every[count:-1][text.sentences], np.repeat(every[-1:], count)
    columns = (odds, by_sentence, whole, odds - odds.max(), by_sentence - by_sentence.max(), alone.mean(axis=1))
    rows: Numbers = np.stack(columns, axis=1).astype(float)
    return rows


def _without_years(question: str, found: FoundPage) -> str:
    """Return the question without the years that are said on a page of text or above it.

    到2024年 opens a chapter once for all that it lists, and no sentence of it says so again.
    """
    if found.clause is None:
        return question  # the years of a row are those of its cells
    said = "\n".join((found.page.above, found.over, *found.page.text.keys))
    return _YEAR.sub(lambda match: "" if match["year"] in said else match.group(), question) or question


def _beside(rows: Numbers, text: PageText, best: Numbers, sentences: Numbers) -> Numbers:
    """Return how each segment stands beside the best of all pages, and beside its neighbours.

    ``best`` is the best of each column, ``sentences`` the log odds of all sentences, rising.
    """
    odds, by_sentence = rows[:, _WORDS], rows[:, _SENTENCE]
    each = by_sentence[text.starts]
    before = np.concatenate(([_OUTSIDE], each))[text.sentences]
    behind = np.concatenate((each[1:], [_OUTSIDE]))[text.sentences]
    columns = (
        *(rows[:, column] - best[column] for column in (_WORDS, _SENTENCE, _PAGE, _COSINE)),
        len(sentences) - np.searchsorted(sentences, by_sentence, side="right"),
        before - by_sentence,
        behind - by_sentence,
        np.concatenate(([_OUTSIDE], odds[:-1])) - odds,
        np.concatenate((odds[1:], [_OUTSIDE])) - odds,
    )
    return np.stack(columns, axis=1).astype(float)
