"""A question in, what the indexed documents say to it out: the stretches read, and the chance that they answer.

Example: “安徽省申报纳税期限有何变化” → “延长至2月24日” in its sentence, with a chance of 0.9.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from assistant.respond.reading.asked import read_asked
from assistant.respond.reading.certainty import Certainty
from assistant.respond.reading.features import Asked
from assistant.respond.reading.matched import Matched, with_matches
from assistant.respond.reading.model import ReaderModel, ReaderModels, Reading
from assistant.respond.reading.page_text import Numbers
from assistant.respond.reading.pages import FoundPage, Pages
from assistant.respond.reading.phrases import Cut
from assistant.respond.reading.saying import choose_words, said_by_rule
from assistant.respond.reading.shares import with_shares
from assistant.respond.reading.together import read_pages
from assistant.understand.question import Question, searched_words
from assistant.understand.understanding import Understanding
from corpus.folding import fold_once
from corpus.models import ParsedDocument, Span
from index.matching import Matcher
from index.models import Hit
from index.reader import Index

_HITS, _FAR = 40, 400
_KEPT_SEARCHES = 8


@dataclass(frozen=True, slots=True)
class ReadOut:
    """What ``model`` read for a question, best first.

    ``everywhere`` is how far all documents together support it.
    """

    asked: Asked
    readings: tuple[Reading, ...]
    everywhere: tuple[float, ...]
    model: ReaderModel


class PassageReader:
    """Reads the chunks that an index finds."""

    def __init__(self, index: Index, understanding: Understanding, models: ReaderModels) -> None:
        self._index, self._support, self._models = index, understanding.support, models
        self._search = lru_cache(maxsize=_KEPT_SEARCHES)(partial(_search, index))
        self._pages = Pages(index.documents, understanding.attributes)
        self._certainty = Certainty(understanding.support, understanding.attributes, understanding.words.is_proper)
        self._library = understanding.library
        self._together = lru_cache(maxsize=8)(self._join)

    def search(self, question: Question, documents: Sequence[ParsedDocument]) -> tuple[Hit, ...]:
        """Return the chunks of ``documents`` that are found for the question, best first; kept for the next call."""
        return self._search(question.text, self._library.scope(documents), searched_words(question), _HITS)

    def find(
        self, question: Question, documents: Sequence[ParsedDocument], fits: Callable[[str], bool] | None = None
    ) -> tuple[Asked, tuple[FoundPage, ...]]:
        """Return the question as the reader needs it, and the pages to read for it; with ``fits`` from farther away."""
        scope = self._library.scope(documents)
        hits = self._search(question.text, scope, searched_words(question), _HITS if fits is None else _FAR)
        asked = read_asked(question, self._support, self._index.rarity)
        pages = self._pages.of(hits, with_annex_list="附件" in question.key, fits=fits)
        pages = with_shares(asked, pages)
        return asked, with_matches(self.matcher, question.text, pages) if pages else pages

    def read(
        self, question: Question, documents: Sequence[ParsedDocument], fits: Callable[[str], bool] | None = None
    ) -> ReadOut:
        """Return what ``documents`` say to ``question``; no reading where nothing was found.

        ``fits`` tells of the folded text of a sentence whether it may answer.
        """
        asked, pages = self.find(question, documents, fits)
        everywhere = self._certainty.within(question, asked, self.text_of(documents))
        model = self._models.among(len(documents))
        readings = model.read(asked, pages, fits)
        of_many, again = model is self._models.many, self._models.together
        if of_many and again and readings and (together := read_pages(self.matcher.of_many, question.text, readings)):
            model, readings = again, again.read(asked, together, fits)
        return ReadOut(asked, readings, everywhere, model)

    def warm_up(self, question: Question, documents: Sequence[ParsedDocument]) -> None:
        """Load what a search needs, and read for any ``question`` every page that is kept: the next need not wait."""
        self.search(question, documents)
        pages = self._pages.every(self._index.chunks)
        asked = read_asked(question, self._support, self._index.rarity)
        model = self._models.among(len(documents))
        model.read(asked, with_matches(self.matcher, question.text, pages))
        reads = self.matcher.of_many if model is self._models.many else self.matcher
        reads.read_together(question.text, "", "")

    def certainty(self, question: Question, read: ReadOut, readings: Sequence[Reading]) -> float:
        """Return the chance (0 to 1) that the first of ``readings``, those of ``read`` in any order, answers."""
        return read.model.certainty(self.describe(question, read, readings))

    def describe(self, question: Question, read: ReadOut, readings: Sequence[Reading]) -> Numbers:
        """Return what speaks for the first of ``readings`` answering, as one row of numbers."""
        document = fold_once(readings[0].found.document.text)
        return self._certainty.features(question, read.asked, readings, document, read.everywhere)

    def matched(self, question: Question, read: ReadOut) -> Matched:
        """Return how well what was read is matched by the question."""
        return Matched(self.matcher, question.text, read.readings)

    @property
    def matcher(self) -> Matcher:
        """What tells how well a question is matched by a stretch of a page."""
        return self._index.matcher

    @property
    def cut(self) -> Cut:
        """What cuts folded text into words."""
        return self._index.segmenter.cut

    def say(
        self, question: Question, read: ReadOut, reading: Reading, told: tuple[Span, ...], cited: Span
    ) -> tuple[Span, ...]:
        """Return the words of ``reading``, one of ``read``, that are said first: as ``told``, or better ones.

        Asked of many documents they are what was read, not what is widened; they stay inside what is ``cited``.
        """
        if read.model.phrases is None:
            return told
        said = said_by_rule(question, reading)
        if not all(cited.covers(span) for span in said):
            return told
        return choose_words(question, read.asked, reading, said, read.model.phrases, self.cut)

    def read_again(
        self, question: Question, asked: Asked, readings: Sequence[Reading], documents: Sequence[ParsedDocument]
    ) -> ReadOut:
        """Return ``readings`` made elsewhere (in training) as what was read for the question."""
        everywhere = self._certainty.within(question, asked, self.text_of(documents))
        return ReadOut(asked, tuple(readings), everywhere, self._models.among(len(documents)))

    def text_of(self, documents: Sequence[ParsedDocument]) -> str:
        """Return the folded texts of ``documents``, joined."""
        return self._together(self._library.scope(documents))

    def _join(self, ids: Sequence[str] | None) -> str:
        return "\n".join(fold_once(document.text) for document in self._library.among(ids))


def _search(index: Index, text: str, documents: tuple[str, ...] | None, words: str, hits: int) -> tuple[Hit, ...]:
    return index.search(text, hits, documents, words)
