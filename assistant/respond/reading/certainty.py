"""A question and what was read for it in, what speaks for the documents answering it out, as numbers.

Example: 施工单位 stands in no document: its weight is unsupported everywhere, and the chance is near none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass

import numpy as np

from assistant.respond.reading.features import Asked, matches_of
from assistant.respond.reading.matched import best_sentence, match_of
from assistant.respond.reading.model import Reading
from assistant.respond.reading.page_text import Numbers
from assistant.respond.reading.shares import share_held
from assistant.understand.attributes import Attributes
from assistant.understand.cells.trees import logistic
from assistant.understand.lexicon import Ask
from assistant.understand.question import MentionKind, Question
from assistant.understand.support import Support
from corpus.models import Span

_NO_SCORE = -9.0
_FIGURE = re.compile(r"\d|[一二两三四五六七八九十百]+[个项家张条级类种名]")
_DATE = re.compile(r"\d{4}|\d+[年月日天时]|每年|年[底内前后]|期间|阶段")
_BODY = re.compile(r"[局委办部厅院组会司队站党]|中心|政府|单位|企业|公司|书记|主任|组长")


@dataclass(frozen=True, slots=True)
class Unsupported:
    """The content words of a question that a text does not support, and how much they weigh."""

    words: tuple[Span, ...]
    share: float
    heaviest: float
    telling: int


class Certainty:
    """Describes how well what was read supports a question."""

    def __init__(self, support: Support, attributes: Attributes, is_proper: Callable[[str], bool]) -> None:
        """Take ``is_proper``, which tells whether a word names a place or an organisation."""
        self._support = support
        self._attributes = attributes
        self._is_proper = is_proper

    def unsupported(self, question: Question, asked: Asked, text: str) -> Unsupported:
        """Return the content words that ``text`` (folded) does not support."""
        weights = {word: asked.words.get(word.of(question.key), 0.5) for word in question.words}
        total = sum(weights.values()) or 1.0
        words = tuple(word for word in weights if not self._support.holds(question.key, word, text))
        left = [weights[word] for word in words]
        telling = sum(word in question.telling for word in words)
        return Unsupported(words, sum(left) / total, max(left, default=0.0), telling)

    def within(self, question: Question, asked: Asked, text: str) -> tuple[float, ...]:
        """Return how far ``text`` (folded) supports the question, as six numbers."""
        left = self.unsupported(question, asked, text)
        words = float(len(left.words))
        return (
            left.share,
            left.heaviest,
            float(left.telling),
            words,
            self._names(question, left),
            share_held(asked, text),
        )

    def features(
        self,
        question: Question,
        asked: Asked,
        readings: Sequence[Reading],
        document: str,
        everywhere: tuple[float, ...],
    ) -> Numbers:
        """Return one row for the best of ``readings``.

        ``document`` is the folded text of its document, ``everywhere`` what ``within`` says of all documents together.
        """
        best = readings[0]
        page = best.found.page
        near = best.key + "\n" + page.above
        pages = "\n".join(reading.found.around for reading in readings[:5])
        contexts = (best.key, near, best.found.around + "\n" + near, document, pages)
        row: list[float] = []
        for context in contexts:
            row += self.within(question, asked, context)
        row += everywhere
        over = best.found.over  # 到2024年 opens a chapter, and no sentence of it says so again
        for context in (near, contexts[2], contexts[3]):
            row.append(float(sum(year not in context and year not in over for year in question.years)))
            row.append(float(self._attributes_absent(question, context)))
        peaks = sorted((reading.peak for reading in readings), reverse=True)
        second = readings[1].score if len(readings) > 1 else _NO_SCORE
        row += [best.score, best.peak, best.score - second, peaks[0] - best.peak, float(sum(p > 0 for p in peaks))]
        row += [float(page.rank), page.lexical, page.cosine, max(r.found.page.cosine for r in readings)]
        row += [max(r.found.page.lexical for r in readings), float(len(best.key)), float(len(question.words))]
        row += [float(sum(asked.words.values())), float(len(question.key)), float(len(question.telling))]
        for ask, form in ((Ask.HOW_MANY, _FIGURE), (Ask.WHEN, _DATE), (Ask.WHO, _BODY)):
            row.append(float(ask in question.asks and form.search(best.key) is None))
        row += [*asked.kinds, *_beside_others(readings), *_matched(readings), *_together(readings)]
        return np.array(row, dtype=float)

    def _names(self, question: Question, left: Unsupported) -> float:
        return float(sum(self._is_proper(word.of(question.key)) for word in left.words))

    def _attributes_absent(self, question: Question, context: str) -> int:
        named = question.named(MentionKind.ATTRIBUTE)
        return sum(not any(word in context for word in self._attributes.all_words(name)) for name in named)


def _beside_others(readings: Sequence[Reading]) -> list[float]:
    """Return how the first of ``readings`` and its document stand beside what else was found."""
    page = readings[0].found.page
    third = readings[2].score if len(readings) > 2 else _NO_SCORE
    documents = {reading.found.document.info.id for reading in readings[:3]}
    masses = sorted((reading.mass for reading in readings), reverse=True)
    row = [page.held, page.behind, page.held - page.behind, page.titled, sum(masses), masses[0]]
    row += [readings[0].score - third, float(len(documents))]
    row.append(page.cosine - float(np.mean([reading.found.page.cosine for reading in readings])))
    return [*row, *_found_beside_others(readings)]


def _found_beside_others(readings: Sequence[Reading]) -> list[float]:
    """Return how well the search found the document of the first of ``readings``, and the others."""
    scores = [reading.found.page.score for reading in readings]
    of = [reading.found.document.info.id for reading in readings]
    own = max(score for score, id_ in zip(scores, of, strict=True) if id_ == of[0])
    others = max((score for score, id_ in zip(scores, of, strict=True) if id_ != of[0]), default=min(scores))
    return [scores[0], own, max(scores), own - others, own - min(scores), float(np.mean(scores))]


def _matched(readings: Sequence[Reading]) -> list[float]:
    """Return how well the first of ``readings`` is matched by its meaning, alone and beside the others."""
    pages = [matches_of(one.found.page) for one in readings]
    found = [match_of(*one) for one in zip(readings, pages, strict=True)]
    mean = float(np.mean([one.cited for one in found]))
    return [*astuple(found[0]), found[0].cited - best_sentence(pages), mean]


def _together(readings: Sequence[Reading]) -> list[float]:
    """Return what reading pages together with the question says of the first of ``readings`` and of all.

    Nothing where they were not read so.
    """
    pages = [one.found.page.together for one in readings]
    first, known = pages[0], [page.read for page in pages if page is not None]
    if first is None:
        return []
    answers, peaks = sorted((read.answers for read in known), reverse=True), [read.best() for read in known]
    said, cited = first.odds(readings[0].span), first.odds(readings[0].cited)
    row = [first.read.answers, answers[0], float(np.mean(answers)), answers[1] if len(answers) > 1 else _NO_SCORE]
    row += [float(said.max()), float(said.mean()), float(logistic(said).sum())]
    row += [float(cited.max()), float(logistic(cited).sum()), first.read.amount()]
    return [*row, max(peaks), float(np.mean(peaks))]
