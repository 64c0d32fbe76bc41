"""Questions on few documents in, the same with the passages that may be told of them out, best first.

Example: 隔油池一个月最少要清几次 → the stretch around “每月至少清理两次”, with the place of the gold, and four others.

What the model that reads together learns from them it must not be judged by: the sets of one side are left out of the
one learning, those of the other side of the other. The made-up corpora of ``adapted`` judge nothing and are of both.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from assistant.engine import Assistant
from assistant.respond.likelihood import Judged, likelihood
from assistant.respond.passages import PassageAnswers
from assistant.respond.read_together import shown_around
from assistant.respond.reading.model import load_models
from assistant.respond.reading.reader import PassageReader
from corpus.models import ParsedDocument, Span
from evals.places import Place
from evals.public.adapter_examples import corpora
from evals.public.found_texts import FoundText, FoundTexts
from evals.public.text_index import home_of, open_folder
from evals.training.few_examples import LEARNED, open_sets

BOTH = -1
"""The side of what is learned from in both learnings."""
_FIRST_SIDE = frozenset(f"town-{number:02}" for number in range(1, 8))
_MOST, _GOLD = 5, 2


@dataclass(frozen=True, slots=True)
class _Asked:
    question: str
    gold: tuple[Place, ...]


def side_of_set(name: str) -> int:
    """Return the side (0 or 1) that a set of ``few`` is of."""
    return 0 if name in _FIRST_SIDE else 1


def gather(place: Path | None) -> list[FoundTexts]:
    """Return the questions on running text of all sets and corpora, their indexes kept in ``place``."""
    found: list[FoundTexts] = []
    for one in open_sets(LEARNED, place):
        asked = [_Asked(row.case.question, row.gold) for row in one.asked]
        found += _of_set(one.name, one.assistant, asked, side_of_set(one.name))
    for corpus in sorted(corpora().iterdir()):
        opened = open_folder(corpus / "documents", home_of(place, corpus.name))
        found += _of_set(corpus.name, opened, list(_of_corpus(corpus, opened.documents)), BOTH)
    return found


def _of_corpus(corpus: Path, documents: Sequence[ParsedDocument]) -> Iterator[_Asked]:
    for row in map(json.loads, (corpus / "questions.jsonl").read_text(encoding="utf-8").splitlines()):
        quote = row["quote"]
        places = [
            Place(one.info.id, (Span(start, start + len(quote)),))
            for one in documents
            if row["answers"] and (start := one.text.find(quote)) >= 0
        ]
        yield _Asked(row["question"], tuple(places[:1]))


def _of_set(name: str, opened: Assistant, every: Sequence[_Asked], side: int) -> Iterator[FoundTexts]:
    understanding = opened.understanding
    answers = PassageAnswers(PassageReader(opened.index, understanding, load_models()), understanding)
    for asked in tqdm(every, desc=name, disable=None):
        understood = understanding.understand(asked.question, (), None)
        if understood.chat or understood.structure or understood.is_explained:
            continue
        judged = [one for one in answers.judge(understood) if len(one.passages) == 1]
        judged.sort(key=lambda one: -(likelihood(one) or 0.0))
        texts = [_text_of(one, asked.gold) for one in judged[:_MOST]]
        gold = [one for one in texts if one.places][:_GOLD] or _texts_of_gold(asked.gold, opened.documents)
        yield FoundTexts(asked.question, side, tuple(gold), tuple(one for one in texts if not one.places))


def _text_of(judged: Judged, gold: Sequence[Place]) -> FoundText:
    """Return the stretch of a passage that is read; the places of gold in it where what is cited touches gold."""
    (passage,) = judged.passages
    evidence = passage.evidence
    document = evidence.document
    shown = shown_around(evidence.span, passage.reading.span, len(document.text))
    touched = [one for one in gold if one.touched_by(document.info.id, evidence.span)]
    places = [_within(span, shown) for one in touched for span in one.spans if span.overlaps(shown)]
    above = passage.reading.found.stretch(evidence.span).above
    return FoundText(above, shown.of(document.text).replace("\n", " "), tuple(places))


def _texts_of_gold(gold: Sequence[Place], documents: Sequence[ParsedDocument]) -> list[FoundText]:
    """Return the stretches around gold that nothing found touches."""
    texts = {one.info.id: one.text for one in documents}
    found = []
    for one in gold[:_GOLD]:
        span, text = one.spans[0], texts[one.document_id]
        shown = shown_around(span, span, len(text))
        found.append(FoundText("", shown.of(text).replace("\n", " "), (_within(span, shown),)))
    return found


def _within(span: Span, shown: Span) -> Span:
    return Span(max(span.start, shown.start) - shown.start, min(span.end, shown.end) - shown.start)
