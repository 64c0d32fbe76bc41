"""Question sets on few documents in, their questions with the pages read for them and the gold's places out.

Example: 隔油池一个月最少要清几次 → eleven pages; the segment “每月至少清理两次” is labelled 1.

Each folder of ``few`` holds ``questions.jsonl`` and its ``documents``; a folder without documents asks of the corpus.
Those of ``held`` are never learned from, and what is learned from is in neither ``held`` nor ``evals/questions``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import resources
from pathlib import Path

from tqdm import tqdm

from assistant.engine import Assistant
from assistant.models import AnswerKind
from assistant.settings import load_settings
from corpus.models import Span
from evals.case_files import load_cases
from evals.cases import Case, Category
from evals.places import Place, find_places
from evals.public.reading_examples import Example, Maker
from evals.public.text_index import home_of, open_folder
from index.embedder import Embedder

LEARNED, HELD = "few", "held"
QUESTIONS, DOCUMENTS = "questions.jsonl", "documents"
_READ = frozenset({Category.TEXT, Category.LIST, Category.REFUSAL})


@dataclass(frozen=True, slots=True)
class ReadCase:
    """A case that stands alone and asks of running text, with the places that answer it: none must be refused."""

    case: Case
    gold: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A set by its name: the assistant over its documents, all cases, and those that are learned from."""

    name: str
    assistant: Assistant
    cases: tuple[Case, ...]

    @property
    def asked(self) -> Iterator[ReadCase]:
        """Yield the cases that are learned from."""
        for case in self.cases:
            if is_learned(case):
                refused = AnswerKind.REFUSAL in case.expected.kinds
                yield ReadCase(case, () if refused else find_places(case, self.assistant.documents))


def is_learned(case: Case) -> bool:
    """Return whether a case stands alone and asks of running text, so that it is learned from."""
    refused = AnswerKind.REFUSAL in case.expected.kinds
    return case.category in _READ and not case.history and (refused or bool(case.evidence))


def open_sets(
    kind: str, place: Path | None, within: Callable[[str, Embedder], Embedder] | None = None
) -> Iterator[QuestionSet]:
    """Yield each set of ``LEARNED`` or ``HELD``, its index kept in ``place`` (a temporary folder for None).

    ``within`` gives what embeds the questions of a set, by its name and what does otherwise.

    Raises:
        QuestionsInvalid: A question breaks the schema.
        IndexRoomError: An index cannot be built or opened.
    """
    with resources.as_file(resources.files("evals") / "training" / kind) as sets:
        for folder in sorted(sets.iterdir()):
            documents = folder / DOCUMENTS
            corpus = documents if documents.is_dir() else load_settings().corpus
            found = open_folder(corpus, home_of(place, folder.name), within and partial(within, folder.name))
            yield QuestionSet(folder.name, found, load_cases(folder / QUESTIONS))


def examples_of(one: QuestionSet) -> Iterator[Example]:
    """Yield every example of a set; they are of one group."""
    maker = Maker(one.assistant, one.name)
    for asked in tqdm(list(one.asked), desc=one.name, disable=None):
        yield _example(maker, asked, one.name)


def _example(maker: Maker, asked: ReadCase, name: str) -> Example:
    spans: dict[str, list[Span]] = {}
    for place in asked.gold:
        spans.setdefault(place.document_id, []).extend(place.spans)
    return maker.example(
        asked.case.id,
        asked.case.question,
        lambda found: spans.get(found.document.info.id, ()),
        answerable=bool(asked.gold),
        answers=tuple(evidence.quote for evidence in asked.case.evidence if evidence.quote),
        of=frozenset({name}),
    )
