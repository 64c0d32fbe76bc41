"""A question and the segments of a found chunk in, what speaks for each segment being the answer out, as numbers.

Example: for 延期到哪天 the segment “延长至2月24日” holds a date, stands behind the words that the question repeats, and
says what the question does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from assistant.respond.reading.page_text import Numbers, PageText
from assistant.respond.reading.question_form import QuestionForm, holds_unit
from assistant.respond.reading.segments import Segment
from corpus.models import Span
from index.joint_model import NO_TOKEN, ReadTogether

OWN, LENGTH, FRESH = 0, 28, 29
"""Columns of the features: what a segment holds of the question, its characters, its share of what is new."""

MATCHES = 15
"""Columns of ``Page.matched``: log odds that a segment, its sentence and the page answer, the first two beside the best
of the page as well, and the mean cosine of the question's tokens; then these beside the best of all pages, how many
sentences are better, and the sentences and segments before and behind beside it."""

_COUNTED = 2
"""Characters behind the question word that say what is counted: 多少家单位 → 家单."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the reader needs it.

    ``grams`` are its content bigrams with their weights, ``words`` its words likewise, ``kinds`` one 0 or 1 for each
    kind of question, ``focus`` the content characters next to the question word, ``substitutes`` what may stand for a
    pair or word, ``form`` what its form says of the answer.
    """

    key: str
    grams: dict[str, float]
    words: dict[str, float]
    kinds: tuple[float, ...]
    focus: str
    substitutes: dict[str, tuple[str, ...]]
    form: QuestionForm


@dataclass(frozen=True, slots=True)
class TogetherPage:
    """What reading a page together with the question says: ``read`` of the document's text from ``start`` on.

    ``rows`` are features of the segments of the page.
    """

    read: ReadTogether
    start: int
    rows: Numbers = field(default_factory=lambda: np.zeros((0, 0)), repr=False, compare=False)

    def odds(self, span: Span) -> Numbers:
        """Return the log odds of the tokens within a stretch of the document; of none at all those of no token."""
        found = self.read.within(Span(max(0, span.start - self.start), max(0, span.end - self.start)))
        return found.astype(float) if len(found) else np.array([NO_TOKEN])


@dataclass(frozen=True, slots=True)
class Page:
    """A found chunk: its text, and how well the search found it (rank from 1; ``score`` is what it ranks by).

    ``matched`` says how well each segment is matched by its meaning (``MATCHES``), where that is known, ``together``
    what reading it together with the question says, where it was.
    ``held`` and ``titled`` are the shares of the question that its document and that one's title hold, ``behind`` how
    far (0 or less) ``held`` is from the best document found.
    """

    text: PageText
    rank: int
    lexical: float
    cosine: float
    held: float = 0.0
    behind: float = 0.0
    titled: float = 0.0
    score: float = 0.0
    matched: Numbers | None = field(default=None, repr=False, compare=False)
    together: TogetherPage | None = field(default=None, repr=False, compare=False)

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Return the segments of the chunk."""
        return self.text.segments

    @property
    def above(self) -> str:
        """Return the folded headings above the chunk."""
        return self.text.above


def page_features(asked: Asked, page: Page) -> Numbers:
    """Return one row of features for each segment of ``page``."""
    text = page.text
    sentences, number = text.sentences, np.arange(len(text.keys))
    held = _held(asked, asked.grams, text.keys)
    weights = np.array(list(asked.grams.values())) if asked.grams else np.zeros(1)
    total = float(weights.sum()) or 1.0
    words = _held(asked, asked.words, text.keys)
    word_weights = np.array(list(asked.words.values())) if asked.words else np.zeros(1)
    above = _held(asked, asked.grams, [text.above])[0]
    by_sentence = np.maximum.reduceat(held, text.starts)
    left_sentence = _left_of_sentence(held, text)
    own = held @ weights / total
    whole, union = by_sentence @ weights / total, np.maximum(by_sentence, above) @ weights / total
    best, behind_word = int(own.argmax()), asked.form.behind[:_COUNTED]
    behind, ahead = np.concatenate(([0.0, 0.0], own)), np.concatenate((own, [0.0, 0.0]))
    around = np.concatenate(([0.0], whole, [0.0]))
    fresh = _fresh(asked, text)
    focus = [share_of(asked.focus, key) for key in text.keys]
    of_sentence = np.array([share_of(asked.focus, key) for key in text.sentence_keys])
    columns = (
        own, words @ word_weights / (float(word_weights.sum()) or 1.0),
        behind[:-2], behind[1:-1], ahead[1:-1], ahead[2:], whole[sentences], union[sentences],
        around[sentences], around[sentences + 2],
        left_sentence @ weights / total, np.maximum(left_sentence, above) @ weights / total,
        _left(held) @ weights / total, above @ weights / total, held.max(axis=0) @ weights / total,
        own - own[best], whole[sentences] - whole.max(), union[sentences] - union.max(),
        number - best, abs(number - best), sentences == sentences[best], sentences - sentences[best],
        *text.places.T, text.lengths, fresh, fresh * text.lengths,
        focus, [0.0, *focus[:-1]], of_sentence[sentences], [longest_run(asked.key, key) for key in text.keys],
        page.rank, page.lexical, page.cosine, *text.marks.T, *text.forms.T, *asked.kinds,
        *asked.form.flags, [holds_unit(asked.form.unit, key) for key in text.keys],
        [len(behind_word) == _COUNTED and behind_word in key for key in text.keys], *text.counts.T,
        page.held, page.behind, page.titled, *matches_of(page).T, *together_of(page).T,
    )  # fmt: skip
    rows = np.empty((len(number), len(columns)))
    for place, column in enumerate(columns):
        rows[:, place] = column
    return rows


def matches_of(page: Page) -> Numbers:
    """Return how well each segment (rows) is matched by its meaning; zeros where that is not known."""
    return np.zeros((len(page.segments), MATCHES)) if page.matched is None else page.matched


def together_of(page: Page) -> Numbers:
    """Return what reading the page together with the question says of each segment; no columns where it was not."""
    return np.zeros((len(page.segments), 0)) if page.together is None else page.together.rows


def _held(asked: Asked, terms: dict[str, float], keys: Sequence[str]) -> Numbers:
    """Return which of ``terms`` (columns) stand in which of ``keys`` (rows), themselves or by a substitute."""
    if not terms:
        return np.zeros((len(keys), 1))
    rows = [[float(term in key) for term in terms] for key in keys]
    for place, term in enumerate(terms):
        if ways := asked.substitutes.get(term):
            for row, key in zip(rows, keys, strict=True):
                row[place] = row[place] or float(any(way in key for way in ways))
    return np.array(rows)


def _left(held: Numbers) -> Numbers:
    """Return for each row which terms stand in a row before it."""
    return np.maximum.accumulate(np.concatenate((np.zeros((1, held.shape[1])), held[:-1])))


def _left_of_sentence(held: Numbers, text: PageText) -> Numbers:
    """Return for each segment which terms stand before it in its sentence."""
    ends = (*text.starts[1:], len(held))
    return np.concatenate([_left(held[start:end]) for start, end in zip(text.starts, ends, strict=True)])


def _fresh(asked: Asked, text: PageText) -> Numbers:
    """Return the share of each segment's pairs that the question does not hold."""
    known = {asked.key[i : i + 2] for i in range(len(asked.key) - 1)}
    left = [(sum(pair not in known for pair in pairs), len(pairs)) for pairs in text.pairs]
    return np.array([new / count if count else 1.0 for new, count in left])


def share_of(word: str, key: str) -> float:
    """Return how much of ``word`` (by pairs of characters) stands in ``key``."""
    pairs = [word[i : i + 2] for i in range(len(word) - 1)]
    return sum(pair in key for pair in pairs) / len(pairs) if pairs else 0.0


def longest_run(key: str, other: str) -> float:
    """Return the length of the longest run of characters that both hold."""
    longest = 0
    for i in range(len(key)):
        while i + longest < len(key) and key[i : i + longest + 1] in other:
            longest += 1
    return float(longest)
