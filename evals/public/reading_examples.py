"""The learning halves of the reading sets in, their questions with the pages read for them and the gold's places out.

Example: 延期到哪天 → eleven pages; of the first, the segment “延长至2月24日，” is labelled 1.

A question whose own document is left out of the search stands for one that the documents do not answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from tqdm import tqdm

from assistant.engine import Assistant
from assistant.respond.reading.features import Asked
from assistant.respond.reading.model import SUPPORTING_OF_MANY, ReaderModel, ReaderModels, Reading
from assistant.respond.reading.page_text import Numbers
from assistant.respond.reading.pages import FoundPage
from assistant.respond.reading.reader import PassageReader
from assistant.understand.cells.trees import read_trees
from assistant.understand.question import Question
from corpus.models import ParsedDocument, Span
from evals.public import law_articles, policy_notices, reading_traditional
from evals.public.asking import TextQuestion
from evals.public.found_texts import side_of
from evals.public.held_out import HeldOut, HeldOutEmbedder
from evals.public.law_texts import Law, make_laws
from evals.public.learning_sets import LAWS
from evals.public.report import Half, half_of
from evals.public.rows import rows_of
from evals.public.text_index import open_texts

GoldAt = Callable[[FoundPage], Sequence[Span]]
_NOTHING = read_trees({"base": 0.0, "depth": 0, "trees": []})
_EMPTY = ReaderModel(_NOTHING, _NOTHING, SUPPORTING_OF_MANY)
_LEAST_ALONE = 8
"""A gold answer of fewer characters that stands in another document may stand there for something else."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question with the pages read for it and where its gold stands, segment by segment.

    ``answers`` are the gold words, none where the gold is a whole article; examples of one ``group`` are left out of
    the learning together, and those of one ``side`` of that of what reads them together with pages.
    """

    id: str
    source: str
    reader: PassageReader
    question: Question
    asked: Asked
    pages: tuple[FoundPage, ...]
    labels: tuple[Numbers, ...]
    documents: tuple[ParsedDocument, ...]
    answerable: bool
    answers: tuple[str, ...]
    group: str
    side: int

    def labels_of(self, found: FoundPage) -> Numbers:
        """Return the labels of one of ``pages``."""
        return next(part for page, part in zip(self.pages, self.labels, strict=True) if page is found)

    def describe(self, readings: Sequence[Reading]) -> Numbers:
        """Return what speaks for the first of ``readings`` answering, as one row of numbers."""
        again = self.reader.read_again(self.question, self.asked, readings, self.documents)
        return self.reader.describe(self.question, again, readings)


def gather(folder: Path, place: Path, held_out: HeldOut) -> Iterator[Example]:
    """Yield every example of the learning halves, found by weights that have not seen it."""
    notices = folder / "policy_notices"
    texts = {row["id"]: row["text"] for row in rows_of(notices, policy_notices.NOTICES)}
    maker = Maker(open_texts(texts, place, held_out.within), "notices")
    yield from _public(maker, policy_notices.load_questions(notices))
    passages = folder / "reading_traditional"
    texts = {row["id"]: f"{row['title']}\n{row['text']}" for row in rows_of(passages, reading_traditional.PASSAGES)}
    asked = [q for q in reading_traditional.load_questions(passages) if q.variant == reading_traditional.AS_GIVEN]
    yield from _public(Maker(open_texts(texts, place, held_out.within), "traditional"), asked)
    yield from _laws(folder / LAWS, place, held_out)


def _public(make: Maker, questions: Iterable[TextQuestion]) -> Iterator[Example]:
    for asked in tqdm([q for q in questions if half_of(q.id) is Half.LEARN], desc=make.source, disable=None):
        if asked.gold:
            at = partial(_spans_of, asked)
            yield make.example(asked.id, asked.text, at, answerable=True, answers=asked.answers, of=asked.gold)
        yield make.example(asked.id, asked.text, lambda _: (), answerable=False, without=asked.gold, of=asked.gold)


def _laws(folder: Path, place: Path, held_out: HeldOut) -> Iterator[Example]:
    """Yield the questions on laws, whose gold is a whole article: they have no gold words."""
    laws = make_laws(rows_of(folder, law_articles.ARTICLES))
    opened = open_texts({id_: law.text for id_, law in laws.items()}, place, held_out.within)
    maker = Maker(opened, LAWS)
    of = {article: id_ for id_, law in laws.items() for article, _ in law.articles}
    questions = law_articles.load_questions(folder)
    for asked in tqdm([q for q in questions if half_of(q.id) is Half.LEARN], desc=LAWS, disable=None):
        at = partial(_articles_of, asked, laws)
        yield maker.example(asked.id, asked.text, at, answerable=True, of=asked.gold)
        absent = frozenset(of[article] for article in asked.gold)
        yield maker.example(asked.id, asked.text, lambda _: (), answerable=False, without=absent, of=asked.gold)


def _articles_of(asked: TextQuestion, laws: Mapping[str, Law], found: FoundPage) -> tuple[Span, ...]:
    articles = laws[found.document.info.id].articles
    return tuple(span for article, span in articles if article in asked.gold)


class Maker:
    """Makes examples over one assistant's documents."""

    def __init__(self, assistant_: Assistant, source: str) -> None:
        self.source = source
        self.reader = PassageReader(assistant_.index, assistant_.understanding, ReaderModels(_EMPTY, _EMPTY))
        self._assistant = assistant_

    def example(
        self,
        id_: str,
        text: str,
        gold: GoldAt,
        *,
        answerable: bool,
        answers: tuple[str, ...] = (),
        without: frozenset[str] = frozenset(),
        of: frozenset[str] = frozenset(),
    ) -> Example:
        """Return the question with its pages, each segment labelled by whether it is gold.

        The search goes without the documents ``without``; questions ``of`` one document are of one group.
        """
        documents = tuple(d for d in self._assistant.documents if d.info.id not in without)
        question = self._assistant.understanding.read(text)
        side = side_of(self.source, id_, of)
        if isinstance(self._assistant.index.embedder, HeldOutEmbedder):
            self._assistant.index.embedder.side = side
        asked, pages = self.reader.find(question, documents)
        labels = tuple(_labels(found, gold(found)) for found in pages)
        group = min(of, default=id_)
        return Example(
            id_, self.source, self.reader, question, asked, pages, labels, documents, answerable, answers, group, side
        )


def _spans_of(asked: TextQuestion, found: FoundPage) -> tuple[Span, ...]:
    """Return where a gold answer stands in the page's document; a short one counts in the gold document alone."""
    own = found.document.info.id in asked.gold
    texts = [text for text in asked.answers if text and (own or len(text) >= _LEAST_ALONE)]
    return tuple(Span(*match.span()) for text in texts for match in re.finditer(re.escape(text), found.document.text))


def _labels(found: FoundPage, gold: Sequence[Span]) -> Numbers:
    """Return 1 for each segment that is half gold, or that holds most of a gold stretch."""
    labels = np.zeros(len(found.page.segments))
    for place, segment in enumerate(found.page.segments):
        own = segment.span
        for span in gold:
            shared = min(span.end, own.end) - max(span.start, own.start)
            if shared > 0 and (2 * shared >= own.end - own.start or 5 * shared >= 3 * (span.end - span.start)):
                labels[place] = 1.0
    return labels
