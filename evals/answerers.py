"""Who answers the questions of a run: a question and its history in, an answer row and what led to it out.

Example: for 十大孔兑项目由哪个局牵头 the answer row, the tables that were planned (项目表) and the chunks that a search
finds, best first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Protocol, runtime_checkable

from assistant.engine import Assistant
from assistant.errors import QuestionInvalid
from assistant.trace import Stage
from assistant.understand.understood import Understood
from index.models import Chunk

DEPTH = 10
"""How many hits of a search are looked at: the k of recall@k, MRR@k and nDCG@k."""


@dataclass(frozen=True, slots=True)
class Observed:
    """One answer with what led to it.

    ``tables`` are the names of the tables that were planned, ``ranked`` the ids of the chunks that the search for the
    question as understood finds, best first. ``milliseconds`` is the answer's time alone.
    """

    row: Mapping[str, Any]
    milliseconds: float
    tables: frozenset[str] | None = None
    ranked: tuple[str, ...] | None = None


class Answerer(Protocol):
    """Whatever answers questions: ours, the plain baseline, or a fake."""

    def ask(self, question: str, history: Sequence[str] = ()) -> Mapping[str, Any]:
        """Return an answer row of the answer contract."""


@runtime_checkable
class Observer(Protocol):
    """An answerer that shows what led to an answer; its search can be scored by the chunks that it ranks."""

    @property
    def chunks(self) -> Sequence[Chunk]:
        """Return all chunks that the search can find."""

    def observe(self, question: str, history: Sequence[str] = ()) -> Observed:
        """Return the answer with what led to it."""


class AssistantAnswerer:
    """Our assistant as an ``Answerer`` and an ``Observer``."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    @property
    def chunks(self) -> Sequence[Chunk]:
        """Return the chunks of the index."""
        return self._assistant.index.chunks

    def warm_up(self) -> None:
        """Load what the first question would wait for, so that its time is that of an answer."""
        self._assistant.search("文件", 1)

    def ask(self, question: str, history: Sequence[str] = ()) -> Mapping[str, Any]:
        """Return the assistant's answer as a row."""
        return self._assistant.ask(question, history).to_dict()

    def observe(self, question: str, history: Sequence[str] = ()) -> Observed:
        """Return the answer, the tables planned and the search for the question as understood."""
        started = perf_counter()
        answer, understood = self._assistant.answer(question, history)
        milliseconds = (perf_counter() - started) * 1000
        try:
            hits = self._assistant.search(understood.standalone, DEPTH)
        except QuestionInvalid:  # too long once the history is filled in: nothing can be searched
            hits = ()
        ranked = tuple(hit.chunk.id for hit in hits)
        return Observed(answer.to_dict(), milliseconds, frozenset(_tables(understood)), ranked)

    def explain(self, question: str, history: Sequence[str] = ()) -> tuple[Stage, ...]:
        """Return what each stage made of the question, for a person."""
        return self._assistant.explain(question, history)[1]


def _tables(understood: Understood) -> Iterator[str]:
    """Yield the name of each table that a plan or query looks into."""
    if understood.plan is not None:
        for target in understood.plan.targets:
            if target.entity.table is not None:
                yield target.entity.table.name
    queries = [side.query for combined in understood.combinations for side in combined.sides]
    for query in (*understood.queries, *queries):
        if query is not None:
            yield query.table.name
    for part in understood.by_table:
        yield from _tables(part)
