"""A question in, an ``Answer`` out: the one entrance that every door uses.

Example: ``Assistant.open(Path("index/store")).ask("十大孔兑项目由哪个局牵头")`` → …牵头责任单位都是水利局。
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from assistant.errors import QuestionInvalid
from assistant.models import Answer
from assistant.respond.compute import answer_query
from assistant.respond.lookup import answer_lookup
from assistant.respond.passages import PassageFinder, outline
from assistant.respond.refusal import (
    absent_annex,
    correct_premise,
    deny_row,
    deny_value,
    refuse,
    refuse_absent_annex,
)
from assistant.respond.wording import chat_greeting, chat_help, word_outline, word_passages
from assistant.settings import Settings, load_settings
from assistant.understand.columns import Attributes
from assistant.understand.entities import Catalogue, find_entities
from assistant.understand.followup import stand_alone
from assistant.understand.lexicon import load_lexicon
from assistant.understand.ordinals import find_row_reference
from assistant.understand.plan import LookupPlan, Planner, total_length
from assistant.understand.query import Operation, Query
from assistant.understand.query_planner import QueryPlanner
from assistant.understand.question import Question, QuestionReader
from assistant.understand.support import Support
from assistant.understand.values import Values
from assistant.understand.words import WordReader
from corpus.folding import fold
from corpus.knowledge import Knowledge, load_knowledge
from corpus.models import ParsedDocument, Span
from index.models import Hit
from index.reader import Index, open_index

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\ufeff]")
_PASSAGE_HITS = 20
_LEAST_SUPPORT = 0.3


@dataclass(frozen=True, slots=True)
class Request:
    """One question as the pipeline takes it."""

    question: str
    history: tuple[str, ...] = ()
    documents: tuple[str, ...] | None = None


class Assistant:
    """Answers questions over one opened index; safe to use from several threads."""

    def __init__(self, index: Index, knowledge: Knowledge, cache: Path, max_question: int = 2000) -> None:
        self.index = index
        self._max_question = max_question
        self._lexicon = load_lexicon()
        tables = [table for document in index.documents for table in document.tables]
        self._attributes = Attributes(
            {name: attribute.words for name, attribute in knowledge.lexicon.items()},
            {name: attribute.header_words for name, attribute in knowledge.lexicon.items()},
        ).with_columns(tables)
        self._support = Support([[fold(word) for word in group] for group in interchangeable(knowledge)])
        entities = find_entities(index.documents, self._attributes.header_words("name"))
        catalogue = Catalogue(entities, self._lexicon.class_nouns)
        words = WordReader(index.segmenter.cut, cache)
        reader = QuestionReader(self._lexicon, self._attributes.words, words)
        self._planner = Planner(catalogue, self._attributes, reader, self._support)
        same = [*(agency.names for agency in knowledge.agencies), *(place.names for place in knowledge.places)]
        self._values = Values(index.documents, self._attributes.header_words("name"), same, self._lexicon.class_nouns)
        self._queries = QueryPlanner(
            index.documents, self._values, self._attributes, reader, self._support, self._lexicon
        )

    @classmethod
    def open(cls, store: Path | None = None, settings: Settings | None = None) -> Assistant:
        """Return an assistant over the index at ``store`` (default: the settings' index).

        Raises:
            IndexRoomError: The index is missing, broken, or was built by something else; the message says the remedy.
        """
        settings = settings or load_settings()
        index = open_index(
            store or settings.index,
            settings.model,
            settings.model_cache,
            settings.corpus,
            database=settings.database.get_secret_value(),
            chroma=settings.chroma,
        )
        return cls(index, load_knowledge(settings.corpus), settings.model_cache, settings.max_question)

    @property
    def documents(self) -> tuple[ParsedDocument, ...]:
        """Return the indexed documents."""
        return self.index.documents

    def search(self, query: str, k: int = 10, documents: Sequence[str] | None = None) -> tuple[Hit, ...]:
        """Return the best chunks for ``query``: retrieval alone."""
        return self.index.search(self._checked(query), k, documents)

    def ask(self, question: str, history: Sequence[str] = (), documents: Sequence[str] | None = None) -> Answer:
        """Return the answer to ``question``; ``history`` holds earlier questions, ``documents`` ids to stay within.

        Raises:
            QuestionInvalid: The question is empty, too long or unreadable.
        """
        started = perf_counter()
        text = self._checked(question)
        earlier = [clean for item in history if (clean := _CONTROL.sub("", item).strip())]
        answer = self._answer(text, earlier, documents)
        return replace(answer, timings_ms={"total": round((perf_counter() - started) * 1000, 2)})

    def as_runnable(self) -> Runnable[Request, Answer]:
        """Return the pipeline as a LangChain ``Runnable`` with invoke, batch and stream."""
        from langchain_core.runnables import RunnableLambda

        return RunnableLambda(lambda request: self.ask(request.question, request.history, request.documents))

    def close(self) -> None:
        """Release the index."""
        self.index.close()

    def _checked(self, question: str) -> str:
        text = _CONTROL.sub("", question).strip()
        if not text:
            raise QuestionInvalid("请输入问题。")
        if len(text) > self._max_question:
            raise QuestionInvalid(f"问题太长（{len(text)}字），请控制在{self._max_question}字以内。")
        return text

    def _answer(self, text: str, history: Sequence[str], documents: Sequence[str] | None) -> Answer:
        chosen = [d for d in self.documents if documents is None or d.info.id in documents]
        if chat := self._chat(text):
            return chat
        standalone = stand_alone(text, history, self._planner, self._values, self._lexicon)
        if annex := absent_annex(standalone, chosen):
            return refuse_absent_annex(text, standalone, annex, chosen)
        question = self._planner.read(standalone)
        answer = self._from_tables(text, question, documents, chosen)
        return answer or self._from_passages(text, question, self._planner.plan_lookup(standalone, documents), chosen)

    def _from_tables(
        self, text: str, question: Question, documents: Sequence[str] | None, chosen: Sequence[ParsedDocument]
    ) -> Answer | None:
        """Return the answer of a row, a query or a clause's outline, whichever explains the whole question first."""
        standalone, facts = question.text, self.index.facts
        if reference := find_row_reference(question, chosen, self._queries.speaks_of):
            if reference.row is None:
                return deny_row(text, standalone, reference)
            plan: LookupPlan | None = self._planner.plan_row(standalone, reference)
        else:
            plan = self._planner.plan_lookup(standalone, documents)
        query = self._queries.plan(standalone, documents)
        complete = query if query is not None and not query.unexplained else None
        if complete and complete.conditions and not _is_one_thing(complete, plan):
            return answer_query(complete, facts, text, standalone)
        if found := outline(question, chosen, self._support):
            return word_outline(text, standalone, *found)
        if plan is not None and plan.is_complete:
            return answer_lookup(plan, facts, text, standalone)
        if complete and not complete.conditions:
            return answer_query(complete, facts, text, standalone)
        if plan is not None and plan.targets and self._queries.contradicts(plan):
            return correct_premise(answer_lookup(plan, facts, text, standalone), plan)
        if query is not None and self._queries.denies(query, question):
            return deny_value(text, standalone, query)
        return None

    def _chat(self, text: str) -> Answer | None:
        reading = self._planner.read(text)
        said = {
            Span(start, start + len(word.key)): word.name
            for word in self._lexicon.chat
            if (start := reading.key.find(word.key)) >= 0
        }
        if "creation" in said.values():
            return refuse(text, text, (text,), (), self.documents)
        if not said or any(not any(span.overlaps(word) for span in said) for word in reading.telling):
            return None
        return chat_help(text, self.documents) if "help" in said.values() else chat_greeting(text)

    @cached_property
    def _finder(self) -> PassageFinder:
        return PassageFinder(self.documents, self._support, self._attributes)

    def _from_passages(
        self, text: str, question: Question, plan: LookupPlan | None, documents: Sequence[ParsedDocument]
    ) -> Answer:
        hits = self.index.search(question.text, _PASSAGE_HITS, [document.info.id for document in documents])
        ranked = self._finder.rank(question, hits)
        chosen = self._finder.choose(question, ranked)
        unmet = plan.unexplained if plan is not None and plan.is_close else ()
        left = self._finder.missing(question, chosen, unmet)
        if chosen and not left and chosen[0].support >= _LEAST_SUPPORT:
            return word_passages(text, question.text, chosen)
        named = min((unmet, left), key=total_length) if unmet else left
        missing = tuple(question.text[span.start : span.end] for span in named)
        return refuse(text, question.text, missing, ranked, documents)


def _is_one_thing(query: Query, plan: LookupPlan | None) -> bool:
    """Return whether a query only picks what a complete lookup names: one row, or rows with nothing computed."""
    if plan is None or not plan.is_complete or not query.names_rows:
        return False
    return len(plan.targets) == 1 or query.operations == (Operation.LIST,)


def interchangeable(knowledge: Knowledge) -> list[tuple[str, ...]]:
    """Return the groups of words that may stand for each other: synonyms, names of agencies, of places, of units."""
    agencies = [agency.names for agency in knowledge.agencies]
    places = [place.names for place in knowledge.places]
    units = [(unit.name, *unit.aliases) for unit in knowledge.units]
    return [*knowledge.synonyms, *agencies, *places, *units]
