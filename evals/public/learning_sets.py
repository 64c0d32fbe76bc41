"""The folder of the public text sets in, each set's learning half with an assistant over its documents out.

Example: policy_notices → 218 notices, the questions of its learning half, and which notice a place lies in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.engine import Assistant
from evals.public import law_articles, policy_notices, reading_traditional
from evals.public.asking import TextQuestion, UnitsAt, whole_documents
from evals.public.law_texts import make_laws
from evals.public.report import Half, half_of
from evals.public.rows import rows_of
from evals.public.text_index import open_texts

LAWS = "law_articles"


@dataclass(frozen=True, slots=True)
class LearningSet:
    """A set by the name of its folder; a unit is what its gold names (``evals.public.asking``)."""

    name: str
    assistant: Assistant
    questions: tuple[TextQuestion, ...]
    units_at: UnitsAt


def open_sets(folder: Path, place: Path | None) -> Iterator[LearningSet]:
    """Yield the sets one after another, each closed before the next is opened; indexes are kept in ``place``."""
    notices = folder / "policy_notices"
    texts = {row["id"]: row["text"] for row in rows_of(notices, policy_notices.NOTICES)}
    assistant = open_texts(texts, place)
    asked = policy_notices.load_questions(notices)
    yield LearningSet(notices.name, assistant, _learned(asked), whole_documents(assistant.documents))
    assistant.close()
    passages = folder / "reading_traditional"
    texts = {row["id"]: f"{row['title']}\n{row['text']}" for row in rows_of(passages, reading_traditional.PASSAGES)}
    assistant = open_texts(texts, place)
    both = reading_traditional.load_questions(passages)
    yield LearningSet(passages.name, assistant, _learned(both), whole_documents(assistant.documents))
    assistant.close()
    articles = folder / LAWS
    laws = make_laws(rows_of(articles, law_articles.ARTICLES))
    assistant = open_texts({id_: law.text for id_, law in laws.items()}, place)
    of_laws = law_articles.load_questions(articles)
    yield LearningSet(articles.name, assistant, _learned(of_laws), law_articles.articles_in(laws))
    assistant.close()


def _learned(questions: Iterable[TextQuestion]) -> tuple[TextQuestion, ...]:
    return tuple(one for one in questions if half_of(one.id) is Half.LEARN)
