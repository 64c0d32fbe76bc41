"""A question in, an ``Answer`` out: the one entrance that every door uses.

Example: ``Assistant.open(Path("index/store")).ask("十大孔兑项目由哪个局牵头")`` → …牵头责任单位都是水利局。
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from assistant.errors import QuestionInvalid
from assistant.models import Answer
from assistant.respond.answering import Answering
from assistant.settings import Settings, load_settings
from assistant.understand.understanding import Understanding
from corpus.knowledge import Knowledge, load_knowledge
from corpus.models import ParsedDocument
from index.models import Hit
from index.reader import Index, built_from, open_index

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\ufeff]")


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
        self._understanding = Understanding(index.documents, knowledge, index.segmenter.cut, cache)
        self._answering = Answering(index, self._understanding)

    @classmethod
    def open(cls, store: Path | None = None, settings: Settings | None = None) -> Assistant:
        """Return an assistant over the index at ``store`` (default: the settings' index).

        The documents are those that the index was built from, unless the settings name a folder themselves.

        Raises:
            IndexRoomError: The index is missing, broken, or was built by something else; the message says the remedy.
        """
        settings = settings or load_settings()
        store = store or settings.index
        named = "corpus" in settings.model_fields_set
        corpus = settings.corpus if named else built_from(store) or settings.corpus
        index = open_index(
            store,
            settings.model,
            settings.models,
            corpus,
            database=settings.database.get_secret_value(),
            chroma=settings.chroma,
        )
        return cls(index, load_knowledge(corpus), settings.models, settings.max_question)

    @property
    def documents(self) -> tuple[ParsedDocument, ...]:
        """Return the indexed documents."""
        return self.index.documents

    def search(self, query: str, k: int = 10, documents: Sequence[str] | None = None) -> tuple[Hit, ...]:
        """Return the best chunks for ``query``: retrieval alone."""
        return self.index.search(self._checked(query), k, self._known(documents))

    def ask(self, question: str, history: Sequence[str] = (), documents: Sequence[str] | None = None) -> Answer:
        """Return the answer to ``question``; ``history`` holds earlier questions, ``documents`` ids to stay within.

        Raises:
            QuestionInvalid: The question is empty, too long or unreadable, or an id in ``documents`` is not known.
        """
        started = perf_counter()
        text = self._checked(question)
        earlier = [clean for item in history if (clean := _CONTROL.sub("", item).strip())]
        understood = self._understanding.understand(text, earlier, self._known(documents))
        answer = self._answering.answer(understood)
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

    def _known(self, documents: Sequence[str] | None) -> Sequence[str] | None:
        known = [document.info.id for document in self.documents]
        strangers = [name for name in documents or () if name not in known]
        if strangers:
            raise QuestionInvalid(f"没有编号为{'、'.join(strangers)}的文件。可选的文件：{'、'.join(known)}。")
        return documents
