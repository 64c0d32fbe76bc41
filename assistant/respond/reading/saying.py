"""A reading that answers in, the words of it that are said first out: what fits best of all that may be said.

Example: 对多少家单位进行了检查, “对200余家单位进行了联网视频检查，” → “200余家”.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.respond.reading.direct import holds_asked, say_directly
from assistant.respond.reading.features import Asked
from assistant.respond.reading.model import Reading
from assistant.respond.reading.phrase_features import phrase_features
from assistant.respond.reading.phrases import Cut, Phrase, Way, find_phrases, trimmed
from assistant.understand.cells.trees import Trees
from assistant.understand.question import Question
from corpus.models import Span

_PRICE = 0.06
"""How much better than what the rules say words inside a segment must be expected to be; measured."""


def said_by_rule(question: Question, reading: Reading) -> tuple[Span, ...]:
    """Return the date, the figure or the run of segments that is said where nothing is chosen."""
    segments = reading.found.page.segments
    before = [segment.span for segment in segments if segment.span.end <= reading.span.start]
    return say_directly(question, reading.found.document.text, reading.span, before)


def choose_words(
    question: Question, asked: Asked, reading: Reading, said: tuple[Span, ...], trees: Trees, cut: Cut
) -> tuple[Span, ...]:
    """Return the words that are said for ``reading``, in reading order, each a slice of its cited sentences.

    ``said`` is what the rules say, ``trees`` tell how well words answer (0 to 1). A date or figure that the rules cut
    out, what they fetch from two places, and the text of a cell stay; a date, figure or body that is asked for is never
    left out.
    """
    run = trimmed(reading.found.document.text, reading.span)
    if len(said) > 1 or reading.found.clause is None or not said[0].covers(run):
        return said
    phrases = _that_answer(question, reading, said[0], find_phrases(reading, said[0], asked.key, cut))
    price = np.array([_PRICE * (phrase.way is not Way.SAID) for phrase in phrases])
    worth = trees.score(phrase_features(asked, reading, phrases)) - price
    return (phrases[int(worth.argmax())].span,)


def _that_answer(question: Question, reading: Reading, said: Span, phrases: Sequence[Phrase]) -> list[Phrase]:
    text = reading.found.document.text
    if not holds_asked(question, said.of(text)):
        return list(phrases)
    return [phrase for phrase in phrases if holds_asked(question, phrase.span.of(text))]
