"""The learning halves of the text sets in, their questions with the chunks that the search finds for them out.

Example: 展会补贴多少 → the chunk of its notice that holds 50万元, with its place, and chunks of other notices.

What the model that reads together learns from them it must not be judged by: the questions of one side are left out of
the one learning, those of the other side of the other (``side_of``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tqdm import tqdm

from corpus.models import Span
from evals.public.asking import TextQuestion, UnitsAt
from evals.public.learning_sets import LAWS, LearningSet, open_sets
from index.chunks import headings_above
from index.models import Hit

SIDES = 2
_FOUND, _OTHERS = 40, 20
"""Among how many hits gold is looked for, and among how many what is not."""


@dataclass(frozen=True, slots=True)
class FoundText:
    """A chunk below its headings, with the places of the answer in it: none where all of it is gold, or nothing."""

    above: str
    text: str
    places: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundTexts:
    """A question with chunks that answer it (none: nothing does) and others that do not, best first."""

    question: str
    side: int
    gold: tuple[FoundText, ...]
    others: tuple[FoundText, ...]


def side_of(source: str, question: str, gold: frozenset[str]) -> int:
    """Return the side (0 or 1) that a question is of: those on one document are of one, on laws each alone."""
    key = question if source == LAWS or not gold else min(gold)
    return sha256(f"f{key}".encode()).digest()[0] % SIDES


def gather(folder: Path, place: Path | None) -> list[FoundTexts]:
    """Return the questions of all sets; those whose gold the search does not find are left out."""
    return [found for one in open_sets(folder, place) for found in _of_set(one)]


def _of_set(own: LearningSet) -> Iterator[FoundTexts]:
    documents = {document.info.id: document.info.title for document in own.assistant.documents}
    for asked in tqdm(own.questions, desc=own.name, disable=None):
        gold, others = [], []
        for rank, hit in enumerate(own.assistant.search(asked.text, _FOUND)):
            text = _text_of(hit, documents[hit.chunk.document_id], asked.answers)
            if _is_gold(hit, asked, own.units_at):
                gold += [text] if text.places or own.name == LAWS else []
            elif rank < _OTHERS:
                others.append(FoundText(text.above, text.text))
        if others and bool(gold) == bool(asked.gold):
            yield FoundTexts(asked.text, side_of(own.name, asked.id, asked.gold), tuple(gold), tuple(others))


def _is_gold(hit: Hit, asked: TextQuestion, units_at: UnitsAt) -> bool:
    return not asked.gold.isdisjoint(units_at(hit.chunk.document_id, hit.chunk.span))


def _text_of(hit: Hit, title: str, answers: Sequence[str]) -> FoundText:
    """Return the text of a hit with the places of ``answers`` in it."""
    places = (m.span() for one in answers if one for m in re.finditer(re.escape(one), hit.chunk.search_text))
    return FoundText(
        headings_above(title, hit.chunk.section), hit.chunk.search_text, tuple(Span(*own) for own in places)
    )
