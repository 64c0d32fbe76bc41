"""A question and stretches of text in, how far each token of the question is matched by a token of the text out.

Example: 钱从哪出, against 资金来源为财政补助: 钱 is matched by 资金, 从哪出 by 来源; 电话 is matched by nothing there.

A token is matched as well as the nearest token of the text matches it (Khattab and Zaharia 2020, “ColBERT”); a question
is answered no better than its worst matched tokens allow, each as weighty as it was learned to be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.models import Span
from index.adapter import load_odds
from index.embedder import Embedder
from index.joint_model import ReadsTogether, ReadTogether
from index.token_file import TokenFile
from index.token_vectors import NUMBERS, unit_rows, unpack

_KEPT_ASKED, _KEPT_HEADINGS = 32, 2048
_NOTHING = -1.0

Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class AskedTokens:
    """The tokens of a question: their places in it, unit vectors and weights."""

    places: NDArray[np.int32]
    vectors: Numbers
    weights: Numbers


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the text that a chunk is found by, and the headings above it."""

    chunk: str
    start: int
    end: int
    above: str = ""


class _OfMany:
    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def read_together(self, question: str, above: str, text: str) -> ReadTogether | None:
        return self._embedder.read_together(question, above, text, of_many=True)


class Matcher:
    """Matches questions with the chunks of one index; without token vectors nothing is known."""

    def __init__(self, tokens: TokenFile, embedder: Embedder) -> None:
        self._tokens, self._embedder = tokens, embedder
        self._asked = lru_cache(maxsize=_KEPT_ASKED)(self._read_asked)
        self._above = lru_cache(maxsize=_KEPT_HEADINGS)(self._read_headings)

    def odds_of(self, question: str, nearest: Numbers) -> Numbers:
        """Return the log odds that each row of ``nearest`` is that of an answer."""
        asked = self._asked(question)
        assert asked is not None
        learned = load_odds()
        urgency = asked.weights - nearest / learned.sharpness
        shares = np.exp(urgency - urgency.max(axis=1, keepdims=True))
        worst = (shares * nearest).sum(axis=1) / shares.sum(axis=1)
        odds: Numbers = learned.steepness * (worst - learned.middle)
        return odds

    def nearest(self, question: str, stretches: Sequence[Stretch]) -> Numbers | None:
        """Return for each stretch (rows) and token of the question the cosine of the nearest token, headings left out.

        None where no token vectors are kept of any of them.
        """
        asked = self._asked(question)
        if asked is None or not len(asked.vectors):
            return None
        tokens = {one.chunk: self._tokens.of(one.chunk) for one in stretches}
        cosines = {chunk: asked.vectors @ found.vectors.T for chunk, found in tokens.items()}
        parts = [cosines[one.chunk][:, tokens[one.chunk].within(one.start, one.end)] for one in stretches]
        if not any(part.size for part in parts):
            return None
        return np.stack([part.max(axis=1) if part.size else self._nothing(asked) for part in parts])

    def together(self, question: str, stretches: Sequence[Stretch]) -> Numbers | None:
        """Return for each token of the question the cosine of the nearest token of all ``stretches`` and headings.

        None where no token vectors are kept of any of them.
        """
        found = self.nearest(question, stretches)
        if found is None:
            return None
        above = [self.by_headings(question, headings) for headings in {one.above for one in stretches}]
        best: Numbers = np.max([*found, *above], axis=0)
        return best

    def by_headings(self, question: str, headings: str) -> Numbers:
        """Return for each token of the question the cosine of the nearest token of ``headings``."""
        asked = self._asked(question)
        assert asked is not None
        above = self._above(headings)
        found: Numbers = (asked.vectors @ above.T).max(axis=1) if len(above) else self._nothing(asked)
        return found

    @staticmethod
    def _nothing(asked: AskedTokens) -> Numbers:
        return np.full(len(asked.vectors), _NOTHING, np.float32)

    def of_words(self, question: str, words: Sequence[Span], stretches: Sequence[Stretch]) -> list[float]:
        """Return for each of ``words``, places in the question, how well its worst token is matched."""
        asked, found = self._asked(question), self.together(question, stretches)
        if asked is None or found is None:
            return [_NOTHING] * len(words)
        return [
            float(min(found[(asked.places[:, 0] < word.end) & (asked.places[:, 1] > word.start)], default=_NOTHING))
            for word in words
        ]

    def read_together(self, question: str, above: str, text: str) -> ReadTogether | None:
        """Return what ``text``, below the headings ``above``, is to ``question``; None unless the model can tell."""
        return self._embedder.read_together(question, above, text)

    @property
    def of_many(self) -> ReadsTogether:
        """What reads texts that were found among many documents."""
        return _OfMany(self._embedder)

    def _read_asked(self, question: str) -> AskedTokens | None:
        embedded = self._embedder.embed_asked(question)
        if embedded is None:
            return None
        numbers = embedded.matched
        return AskedTokens(embedded.places, unit_rows(numbers[:, :NUMBERS]), numbers[:, NUMBERS])

    def _read_headings(self, headings: str) -> Numbers:
        if not headings:
            return np.zeros((0, NUMBERS), np.float32)
        kept = self._tokens.of(headings).vectors
        return kept if len(kept) else unpack(self._embedder.embed_with_tokens([headings])[0][1]).vectors
