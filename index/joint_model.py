"""Reads a question and a passage together: both in, how likely the passage answers, and which of its tokens do.

Example: 公示期多久, “公示期不少于5个工作日” → log odds of an answer above 0, the highest at 5个工作日.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.models import Span
from index.model_card import PASSAGE_PREFIX, QUERY_PREFIX
from index.onnx_session import open_session, processors
from index.unigram import Unigram

_MOST_ASKED, _MOST = 128, 320
"""The most tokens of a question, and of both together: a longer question or passage is cut off."""
_THREADS = 2
"""One answer waits for one run: two threads take two thirds of the time of one."""
NO_TOKEN = -9.0
HEADINGS = 48
"""How many of the characters above a passage are read with it: the last."""


@dataclass(frozen=True, slots=True)
class ReadTogether:
    """The log odds that a passage ``answers``; where its tokens stand in it (tokens, 2), and the log odds of each."""

    answers: float
    places: NDArray[np.int32]
    odds: NDArray[np.float32]

    def best(self, span: Span | None = None) -> float:
        """Return the log odds of the best token that shares a character with ``span``, or of all."""
        own = self.within(span)
        return float(own.max()) if len(own) else NO_TOKEN

    def amount(self, span: Span | None = None) -> float:
        """Return how many tokens within ``span``, or of all, are expected to be of the answer."""
        return float((1 / (1 + np.exp(-self.within(span)))).sum())

    def within(self, span: Span | None) -> NDArray[np.float32]:
        """Return the log odds of the tokens that share a character with ``span``, or of all."""
        if span is None:
            return self.odds
        return self.odds[(self.places[:, 0] < span.end) & (self.places[:, 1] > span.start)]


class ReadsTogether(Protocol):
    """What reads a question and a passage together, if it can."""

    def read_together(self, question: str, above: str, text: str) -> ReadTogether | None:
        """Return what ``text``, below the headings ``above``, is to ``question``; None where nothing can tell."""
        ...


class JointModel:
    """The model of one graph, loaded; safe to use from several threads at once."""

    def __init__(self, graph: Path, tokenizer: Unigram, bias: NDArray[np.float32]) -> None:
        """Load the graph; ``bias`` (2) is added to its log odds.

        Raises:
            OSError, ValueError, KeyError, BadZipFile: it, or what was learned, is missing or damaged.
        """
        self._session = open_session(graph, min(_THREADS, processors()))
        self._tokenizer = tokenizer
        self._bias = bias

    def read(self, question: str, above: str, text: str) -> ReadTogether:
        """Return what ``text``, below the headings ``above``, is to ``question``."""
        before = f"{PASSAGE_PREFIX}{above}\n"
        asked = [number for number, _, _ in self._tokenizer.cut_with_places(QUERY_PREFIX + question)][:_MOST_ASKED]
        begin, end = self._tokenizer.begin, self._tokenizer.end
        head = [begin, *asked, end, end]
        pieces = self._tokenizer.cut_with_places(before + text)[: _MOST - len(head) - 1]
        numbers = np.array([[*head, *(number for number, _, _ in pieces), end]], np.int64)
        marks = np.zeros((1, numbers.shape[1], 1), np.float32)
        marks[0, 1 : 1 + len(asked)] = 1
        (heads,) = self._session.run(["matched"], {"input_ids": numbers, "asked": marks})
        first, told = heads[0, 0], heads[0, len(head) : -1]
        places = np.array([piece[1:] for piece in pieces], np.int32).reshape(-1, 2) - len(before)
        own = places[:, 1] > 0
        return ReadTogether(
            float(first[0] + told[:, 1].mean() + self._bias[0]), places[own], told[own, 2] + self._bias[1]
        )
