"""A question in, an ``Answer`` out: the one entrance that every door uses.

Example: ``Assistant.open(Path("index/store")).ask("十大孔兑项目由哪个局牵头")`` → …牵头责任单位都是水利局。
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from assistant.errors import QuestionInvalid
from assistant.models import Answer
from assistant.readable import readable, untagged
from assistant.respond.answering import Answering
from assistant.respond.recalling import Recalling
from assistant.settings import Settings, load_settings
from assistant.trace import Stage, trace
from assistant.turns import Turns
from assistant.understand.understanding import Understanding
from assistant.understand.understood import Understood
from corpus.knowledge import Knowledge, load_knowledge
from corpus.models import ParsedDocument
from index.collecting import uncollected
from index.fitting import built_from
from index.models import Hit
from index.reader import Index, open_index

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable
    from langchain_core.tools import BaseTool

MOST_HISTORY = 20
"""Earlier questions that are read; those before them cannot change what a question means."""


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
        self._turns = Turns()
        self._labels = {name: attribute.label for name, attribute in knowledge.lexicon.items()}
        with uncollected():
            self.understanding = Understanding(index.documents, knowledge, index.segmenter.cut, cache)
            self._answering = Answering(index, self.understanding)

    @classmethod
    def open(cls, store: Path | None = None, settings: Settings | None = None) -> Assistant:
        """Return an assistant over the index at ``store`` (default: the settings' index).

        The documents are those that the index was built from, unless the settings name a folder themselves.

        Raises:
            IndexRoomError: The index is missing, broken, or was built by something else; the message says the remedy.
        """
        settings = settings or load_settings()
        if store is not None:
            settings = settings.model_copy(update={"index": store})
        index = open_for(settings)
        return cls(index, load_knowledge(documents_of(settings)), settings.models, settings.max_question)

    @property
    def documents(self) -> tuple[ParsedDocument, ...]:
        """Return the indexed documents."""
        return self.index.documents

    def warm_up(self) -> None:
        """Load what the first questions would wait for: the search and its model, and the pages of few documents."""
        self._answering.warm_up()

    def search(self, query: str, k: int = 10, documents: Sequence[str] | None = None) -> tuple[Hit, ...]:
        """Return the best ``k`` chunks for ``query``: retrieval alone.

        Raises:
            QuestionInvalid: As ``ask``, or ``k`` is below 1.
        """
        if k < 1:
            raise QuestionInvalid(f"返回条数应不小于1，现为{k}。")
        text = self._checked(query)
        return self.index.search(text, k, self.check_documents(documents), self.understanding.searched(text))

    def ask(self, question: str, history: Sequence[str] = (), documents: Sequence[str] | None = None) -> Answer:
        """Return the answer to ``question``.

        Args:
            question: What is asked, at most as long as the settings allow.
            history: Earlier questions, oldest first. The last 20 are read, each up to the longest question's length.
            documents: Ids of the documents to stay within; None for all.

        Raises:
            QuestionInvalid: The question is empty, too long or unreadable, or ``documents`` is empty or holds an
                unknown id.
        """
        started = perf_counter()
        answer, _ = self.answer(question, history, documents)
        return replace(answer, timings_ms={"total": round((perf_counter() - started) * 1000, 2)})

    def explain(
        self, question: str, history: Sequence[str] = (), documents: Sequence[str] | None = None
    ) -> tuple[Answer, tuple[Stage, ...]]:
        """Return the answer as ``ask`` gives it, with what each stage made of the question.

        Raises:
            QuestionInvalid: As ``ask``.
        """
        answer, understood = self.answer(question, history, documents)
        return answer, trace(understood, answer, self._labels)

    def answer(
        self, question: str, history: Sequence[str] = (), documents: Sequence[str] | None = None
    ) -> tuple[Answer, Understood]:
        """Return the answer as ``ask`` gives it, with the question as understood.

        Raises:
            QuestionInvalid: As ``ask``.
        """
        with self._turns:
            understood = self._understand(question, history, documents)
            return self._answering.answer(understood), understood

    def _understand(self, question: str, history: Sequence[str], documents: Sequence[str] | None) -> Understood:
        text = untagged(self._checked(question))
        recent = [readable(item[: self._max_question]) for item in history[-MOST_HISTORY:]]
        earlier = [item for item in recent if item]
        chosen = self.check_documents(documents)
        recalling = Recalling(self._answer_alone, self.understanding)
        return self.understanding.understand(text, earlier, chosen, recalling.recall)

    def _answer_alone(self, question: str, documents: Sequence[str] | None) -> Answer:
        return self._answering.answer(self.understanding.understand(question, (), documents))

    def check_documents(self, documents: Sequence[str] | None) -> Sequence[str] | None:
        """Return ``documents`` as given.

        Raises:
            QuestionInvalid: It is empty or holds an id that is not known.
        """
        if documents is None:
            return None
        known = [document.info.id for document in self.documents]
        if not documents:
            raise QuestionInvalid(
                f"检索范围是空的。请至少给出一个文件编号，或不限定文件。可选的文件：{'、'.join(known)}。"
            )
        strangers = [name for name in documents if name not in known]
        if strangers:
            raise QuestionInvalid(f"没有编号为{'、'.join(strangers)}的文件。可选的文件：{'、'.join(known)}。")
        return documents

    def as_runnable(self) -> Runnable[Request, Answer]:
        """Return the pipeline as a LangChain ``Runnable`` with invoke, batch and stream."""
        from langchain_core.runnables import RunnableLambda

        return RunnableLambda(lambda request: self.ask(request.question, request.history, request.documents))

    def as_tools(self) -> list[BaseTool]:
        """Return the pipeline as LangChain tools: exact answers with citations, and search alone."""
        from langchain_core.tools import StructuredTool

        def ask_policy(question: str) -> dict[str, object]:
            """回答政策文件中的问题，返回答案、引用、计算式；文件没有写的会拒答。"""  # noqa: D415
            return self.ask(question).to_dict()

        def search_policy(query: str) -> list[dict[str, object]]:
            """只检索，返回最相关的条款和表格行。"""  # noqa: D415
            return [hit.to_dict() for hit in self.search(query)]

        return [StructuredTool.from_function(function) for function in (ask_policy, search_policy)]

    def close(self) -> None:
        """Release the index."""
        self.index.close()

    def _checked(self, question: str) -> str:
        text = readable(question)
        if not text:
            raise QuestionInvalid("请输入问题。")
        if len(text) > self._max_question:
            raise QuestionInvalid(f"问题太长（{len(text)}字），请控制在{self._max_question}字以内。")
        return text


def documents_of(settings: Settings) -> Path:
    """Return the folder of the documents: that of the settings if they name one, else what the index was built from.

    Raises:
        IndexRoomError: The index is needed to know and is missing or broken.
    """
    if "corpus" in settings.model_fields_set:
        return settings.corpus
    return built_from(settings.index) or settings.corpus


def open_for(settings: Settings) -> Index:
    """Return the index that the settings name, checked against everything else that they name.

    Raises:
        IndexRoomError: The index is missing, broken, or was built by something else; the message says the remedy.
    """
    return open_index(
        settings.index,
        settings.model,
        settings.models,
        documents_of(settings),
        database=settings.database.get_secret_value(),
        chroma=settings.chroma,
    )
