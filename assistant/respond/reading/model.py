"""Pages and a question in, the stretches that answer it best out, each with how likely it is that it does.

Example: 延期到哪天 → the segment “延长至2月24日”, its sentence, the chance that the documents answer the question.

``weights.json``, for questions asked of few documents, ``many.json`` and ``together.json`` hold numbers alone;
``python -m evals.training.train_few`` writes the first, ``python -m evals.public.train_reader`` the others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from assistant.respond.reading.features import FRESH, LENGTH, OWN, Asked, page_features
from assistant.respond.reading.page_text import Numbers
from assistant.respond.reading.pages import FoundPage
from assistant.understand.cells.trees import Trees, logistic, read_trees
from corpus.models import Span
from index.search import FEW_DOCUMENTS

OF_FEW, OF_MANY, TOGETHER = "weights.json", "many.json", "together.json"
MOST_SEGMENTS = 12

_FRESH = 0.34
_OUT = -20.0
_MORE_ASKED, _SAYS_MORE = 0.15, 5
_OPENING, _CLOSING = "“‘「『《【", "”’」』》】"
_PAIR = re.compile(r"[\u3400-\u9fff]{2}")
DIRECT = -1.2
"""The least log odds of a segment that is worth saying directly."""

SUPPORTING_OF_FEW, SUPPORTING_OF_MANY = -2.3, -3.5
"""The least log odds of a segment that is worth citing beside it; measured on the learning halves."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The best stretch of one page: segments ``first`` to ``last`` say it, ``cited_first`` to ``cited_last`` are cited.

    ``score`` is the sum of the log odds above ``DIRECT``; readings of several pages are compared by it. ``odds`` are
    the log odds of all segments of the page.
    """

    found: FoundPage
    first: int
    last: int
    cited_first: int
    cited_last: int
    score: float
    peak: float
    odds: Numbers = field(repr=False, compare=False)

    @property
    def span(self) -> Span:
        """Return the words that answer."""
        segments = self.found.page.segments
        return Span(segments[self.first].span.start, segments[self.last].span.end)

    @property
    def cited(self) -> Span:
        """Return the whole sentences that are cited for them."""
        segments = self.found.page.segments
        return Span(segments[self.cited_first].span.start, segments[self.cited_last].span.end)

    @property
    def mass(self) -> float:
        """Return how many segments of the page are expected to answer."""
        return float(logistic(self.odds).sum())

    @property
    def key(self) -> str:
        """Return the folded words of the cited sentences."""
        return "".join(s.key for s in self.found.page.segments[self.cited_first : self.cited_last + 1])


@dataclass(frozen=True, slots=True)
class ReaderModel:
    """The learned weights: of a segment being in the answer, of the best stretch answering at all, of words fitting.

    Without ``phrases`` the rules alone say which words are said. ``supporting`` is the price of a segment to cite,
    ``bar`` the least chance to answer; without it the rules say that too.
    """

    segment: Trees
    answers: Trees
    supporting: float
    phrases: Trees | None = None
    bar: float | None = None

    def read(
        self, asked: Asked, pages: Sequence[FoundPage], fits: Callable[[str], bool] | None = None
    ) -> tuple[Reading, ...]:
        """Return the best reading of each page, best first; equal ones in the order of the pages.

        With ``fits`` only sentences that fit are read, and pages that have one.
        """
        rows = [page_features(asked, found.page) for found in pages]
        if not rows:
            return ()
        scores = np.split(self.segment.score(np.vstack(rows)), np.cumsum([len(part) for part in rows])[:-1])
        together = list(zip(pages, scores, rows, strict=True))
        if fits is not None:
            together = [
                (page, held, row) for page, score, row in together if (held := _within(page, score, fits)) is not None
            ]
        readings = [read_page(*one, asked.key, self.supporting) for one in together]
        return tuple(sorted(readings, key=lambda reading: -reading.score))

    def certainty(self, row: Numbers) -> float:
        """Return the chance (0 to 1) that the reading that ``row`` describes answers the question."""
        return float(logistic(self.answers.score(row[None]))[0])


@dataclass(frozen=True, slots=True)
class ReaderModels:
    """The weights for questions asked of few documents, and those for questions asked of many.

    ``together`` are those for pages of many documents that were read together with the question.
    """

    few: ReaderModel
    many: ReaderModel
    together: ReaderModel | None = None

    def among(self, documents: int) -> ReaderModel:
        """Return the weights for a question that is asked of so many documents."""
        return self.few if documents <= FEW_DOCUMENTS else self.many


def _within(found: FoundPage, scores: Numbers, fits: Callable[[str], bool]) -> Numbers | None:
    """Return ``scores`` with the segments of sentences that do not fit out of question; None where none fits."""
    sentences: dict[int, str] = {}
    for segment in found.page.segments:
        sentences[segment.sentence] = sentences.get(segment.sentence, "") + segment.key
    fitting = {number for number, said in sentences.items() if fits(said)}
    kept = np.array([segment.sentence in fitting for segment in found.page.segments])
    return np.where(kept, scores, _OUT) if fitting else None


def read_page(found: FoundPage, scores: Numbers, rows: Numbers, key: str, supporting: float) -> Reading:
    """Return the run of segments with the highest sum of scores above their price, widened to sentences to cite.

    ``rows`` are the features of the segments. A run that says nothing but what the folded question ``key`` says is a
    heading: the sentence behind it goes with it.
    """
    first, last, gain = best_run(scores - DIRECT)
    first, last = _with_asked(found, first, last, rows, scores > _OUT)
    last = _past_heading(found, first, last, key)
    first, last = _balanced([segment.key for segment in found.page.segments], first, last)
    wide_first, wide_last, _ = best_run(scores - supporting, (first, last))
    sentences = [segment.sentence for segment in found.page.segments]
    cited_first = sentences.index(sentences[wide_first])
    cited_last = len(sentences) - 1 - sentences[::-1].index(sentences[wide_last])
    return Reading(found, first, last, cited_first, cited_last, gain, float(scores.max()), scores)


def _with_asked(found: FoundPage, first: int, last: int, rows: Numbers, may_say: NDArray[np.bool_]) -> tuple[int, int]:
    """Return the run with the segment of its sentence, or of the one before, that holds far more of the question.

    It must say something new as well, and be one of those that ``may_say`` something.

    以“…”为主题，建设示范区: asked for the theme, the segment that names it answers, though answers mostly follow.
    """
    segments = found.page.segments
    sentence = segments[first].sentence
    own, fresh = rows[:, OWN], rows[:, FRESH] * rows[:, LENGTH]
    near = (sentence - 1, sentence)
    inside = [place for place, segment in enumerate(segments) if segment.sentence in near and may_say[place]]
    best = max(inside, key=lambda place: (own[place], -place))
    said = float(own[first : last + 1].max())
    if first <= best <= last or own[best] < said + _MORE_ASKED or fresh[best] < _SAYS_MORE:
        return first, last
    return (min(best, first), max(best, last)) if best in (first - 1, last + 1) else (best, best)


def _balanced(keys: Sequence[str], first: int, last: int) -> tuple[int, int]:
    """Return the run widened until the quotation marks that it closes and opens stand in it.

    A mark that the page never opens or closes widens nothing.
    """
    start, end = first, last
    while start > 0 and _open("".join(keys[start : end + 1]))[0]:
        start -= 1
    while end + 1 < len(keys) and _open("".join(keys[start : end + 1]))[1]:
        end += 1
    return (start, end) if _open("".join(keys[start : end + 1])) == (0, 0) else (first, last)


def _open(text: str) -> tuple[int, int]:
    """Return how many marks ``text`` closes without having opened them, and opens without closing them."""
    closed = opened = 0
    for character in text:
        if character in _OPENING:
            opened += 1
        elif character in _CLOSING:
            closed, opened = (closed, opened - 1) if opened else (closed + 1, 0)
    return closed, opened


def _past_heading(found: FoundPage, first: int, last: int, key: str) -> int:
    segments = found.page.segments
    said = "".join(segment.key for segment in segments[first : last + 1])
    clause = found.clause
    heads = clause is not None and clause.heading != "" and segments[last].span.end <= clause.heading_span.end + 1
    fresh = [said[i : i + 2] for i in range(len(said) - 1) if _PAIR.fullmatch(said[i : i + 2])]
    says_more = sum(pair not in key for pair in fresh) >= _FRESH * len(fresh)
    if last + 1 == len(segments) or not fresh or (says_more and not heads):
        return last
    behind = segments[last + 1].sentence
    return max(place for place, segment in enumerate(segments) if segment.sentence == behind)


def best_run(gains: Numbers, inside: tuple[int, int] | None = None) -> tuple[int, int, float]:
    """Return (first, last, sum) of the best run of at most ``MOST_SEGMENTS``; it takes in ``inside`` where given."""
    n = len(gains)
    sums = np.concatenate([[0.0], np.cumsum(gains)])
    low, high = inside or (n - 1, 0)
    ways = (
        (float(sums[j + 1] - sums[i]), -i, -j)
        for i in range(low + 1)
        for j in range(max(i, high), min(n, max(i + MOST_SEGMENTS, high + 1)))
    )
    gain, i, j = max(ways)
    return -i, -j, gain


@lru_cache(maxsize=1)
def load_models() -> ReaderModels:
    """Return the models that the package brings."""
    few, many = _load(OF_FEW, SUPPORTING_OF_FEW), _load(OF_MANY, SUPPORTING_OF_MANY)
    return ReaderModels(few, many, _load(TOGETHER, SUPPORTING_OF_MANY))


def _load(file: str, supporting: float) -> ReaderModel:
    data = json.loads((resources.files(__package__) / file).read_text(encoding="utf-8"))
    bar = data.pop("bar", None)
    trees = {name: read_trees(numbers) for name, numbers in data.items()}
    return ReaderModel(trees["segment"], trees["answers"], supporting, trees.get("phrases"), bar)
