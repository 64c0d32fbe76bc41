"""The plain LangChain RAG to compare with: the same documents and embeddings in, unprocessed passages as answers out.

Example: ``python -m evals.langchain_baseline`` 把“最相近的一段”“最相近的四段”与本系统并排打分。
"""

from __future__ import annotations

import argparse
import json
import sys
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from assistant.engine import Assistant
from assistant.errors import AssistantError
from assistant.models import AnswerKind
from assistant.offline import go_offline
from assistant.settings import load_settings
from corpus.errors import CorpusError
from corpus.models import ParsedDocument
from evals.answerers import Answerer, AssistantAnswerer
from evals.case_files import load_sets, select_cases
from evals.errors import EvalsError
from evals.report import render_beside, render_run
from evals.run import ask_with_bar, run_eval
from evals.summary import Run, RunStamp
from index.embedder import open_embedder
from index.errors import IndexRoomError

CHUNK_SIZE, CHUNK_OVERLAP = 300, 50
MODES = (("LangChain 最相近一段", 1), ("LangChain 最相近四段", 4))


class PlainRag:
    """Recursive splitter, Chroma and the given embeddings; ``k`` nearest passages pasted are the answer."""

    def __init__(self, store: Chroma, k: int) -> None:
        self._store = store
        self._k = k

    def ask(self, question: str, history: Sequence[str] = ()) -> Mapping[str, Any]:
        """Return the passages nearest to the question, each cited as it stands; it never refuses.

        The history is prepended, the simplest thing that a plain chain does with it.
        """
        found = self._store.similarity_search("\n".join((*history, question)), k=self._k)
        return {
            "question": question,
            "kind": AnswerKind.PASSAGE.value,
            "answer": "\n\n".join(document.page_content for document in found),
            "citations": [_cite(number, document) for number, document in enumerate(found, start=1)],
        }


def build_store(documents: Sequence[ParsedDocument], embeddings: Embeddings) -> Chroma:
    """Return an in-memory Chroma over the documents' 300-character passages."""
    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK_SIZE, chunk_overlap=CHUNK_OVERLAP, add_start_index=True)
    whole = [Document(page_content=item.text, metadata={"document_id": item.info.id}) for item in documents]
    # Ephemeral collections share one process-wide store: the name keeps two of them apart.
    store = Chroma(collection_name=f"plain-{uuid.uuid4().hex}", embedding_function=embeddings)
    store.add_documents(splitter.split_documents(whole))
    return store


def main(argv: Sequence[str] | None = None) -> int:
    """Score both modes and our assistant on the same questions; print the tables side by side."""
    go_offline()
    parser = argparse.ArgumentParser(
        prog="python -m evals.langchain_baseline", description="与普通 LangChain RAG 对照。"
    )
    parser.add_argument("--set", default="", metavar="名称", help="只用这一个题库")
    parser.add_argument("--only", action="append", default=[], metavar="题号或类别", help="只跑这些题，可多次给出")
    parser.add_argument("--json", type=Path, metavar="文件", help="把全部结果写成 JSON")
    arguments = parser.parse_args(argv)
    try:
        runs = _run_all(arguments)
    except (AssistantError, CorpusError, IndexRoomError, EvalsError) as error:
        print(str(error), file=sys.stderr)
        return 1
    print("\n\n".join([*(render_run(run) for run in runs), render_beside(runs)]))
    if arguments.json:
        rows = [run.to_dict() for run in runs]
        arguments.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    return 1 if any(run.errors for run in runs) else 0


def _run_all(arguments: argparse.Namespace) -> list[Run]:
    cases = select_cases(load_sets(name=arguments.set), arguments.only)
    settings = load_settings()
    assistant = Assistant.open(settings=settings)
    documents, built = assistant.documents, assistant.index.stamp
    store = build_store(documents, open_embedder(settings.model, settings.models))
    answerers: list[tuple[str, Answerer]] = [
        ("policy-assistant", AssistantAnswerer(assistant)),
        *((name, PlainRag(store, k)) for name, k in MODES),
    ]
    runs = [
        run_eval(answerer, cases, documents, RunStamp(name, built.corpus_hash, built.model), ask_with_bar)
        for name, answerer in answerers
    ]
    assistant.close()
    return runs


def _cite(number: int, document: Document) -> dict[str, Any]:
    start = document.metadata["start_index"]
    return {
        "index": number,
        "document_id": document.metadata["document_id"],
        "quote": document.page_content,
        "start": start,
        "end": start + len(document.page_content),
    }


if __name__ == "__main__":
    sys.exit(main())
