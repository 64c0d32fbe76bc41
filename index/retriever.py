"""The hybrid search as a LangChain retriever: a question in, LangChain documents out.

Example: ``index.retriever(5).invoke("十大孔兑项目由哪个局牵头")[0].metadata["section"]`` ends with 项目表.
"""

from __future__ import annotations

from collections.abc import Callable

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from index.models import Hit
from index.vectors import chunk_metadata


class HybridRetriever(BaseRetriever):
    """Returns verbatim passages; ``metadata`` holds their place and score, so that any program can cite them."""

    find: Callable[[str, int], tuple[Hit, ...]]
    k: int = 10

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        del run_manager
        return [to_document(hit) for hit in self.find(query, self.k)]


def to_document(hit: Hit) -> Document:
    """Return a hit as a LangChain document: the verbatim text and its place."""
    place = chunk_metadata(hit.chunk) | {"section": list(hit.chunk.section), "score": hit.score, "rank": hit.rank}
    return Document(id=hit.chunk.id, page_content=hit.chunk.text, metadata=place)
