"""Chunks with their vectors in, a Chroma collection out; a question's vector in, the nearest chunks' ids out.

Example: “防沙治沙由谁负责” finds “1.防沙治沙和盐碱化治理工程。…” though it shares few words with the question.

chromadb takes a second to import: it is imported by the functions here, never by the module.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np

from index.errors import BuildFailed, IndexBroken
from index.models import Chunk
from index.stamp import mending_command

if TYPE_CHECKING:
    from langchain_chroma import Chroma
    from langchain_core.embeddings import Embeddings

    from index.embeddings_cache import Matrix

BATCH = 500
_registry = threading.Lock()
"""Held while a client is made or closed: Chroma's table of open folders is not safe for several threads at once."""

_DIGITS = 5
"""Places of a cosine that are kept: a server and the embedded store differ in the seventh."""

_RECALL = {"space": "cosine", "ef_construction": 100, "ef_search": 200}


def connect(folder: Path, server: str = "") -> Any:
    """Return a Chroma client: embedded in ``folder``, or of the ``http(s)://`` server if one is set."""
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if not server:
        with _registry:
            return chromadb.PersistentClient(path=str(folder), settings=settings)
    address = urlsplit(server)
    is_secure = address.scheme == "https"
    port = address.port or (443 if is_secure else 8000)
    with _registry:
        return chromadb.HttpClient(host=address.hostname or "localhost", port=port, ssl=is_secure, settings=settings)


def disconnect(client: Any) -> None:
    """Close a client of ``connect``; the folder's files are released with its last client."""
    with _registry:
        client.close()


def collection_name(generation: str) -> str:
    """Return the name of a generation's own collection (Chroma wants 3 to 512 characters)."""
    return f"policy-{generation}"


def prepare_vectors(folder: Path, server: str = "") -> None:
    """Make the empty store, so that writing to it later costs nothing but the writing.

    Raises:
        BuildFailed: If Chroma cannot make it, or the server does not answer.
    """
    with _chroma_errors(BuildFailed, "无法写入向量库"):
        disconnect(connect(folder, server))


def write_vectors(folder: Path, generation: str, chunks: Sequence[Chunk], vectors: Matrix, server: str = "") -> None:
    """Write a fresh collection of all chunks; ``vectors`` has one row a chunk, in the same order.

    Raises:
        BuildFailed: If Chroma cannot write it, or the server does not answer.
    """
    with _chroma_errors(BuildFailed, "无法写入向量库"):
        client = connect(folder, server)
        try:
            collection = client.create_collection(
                collection_name(generation), configuration={"hnsw": _RECALL}, embedding_function=None
            )
            for start in range(0, len(chunks), BATCH):
                batch = chunks[start : start + BATCH]
                collection.add(
                    ids=[chunk.id for chunk in batch],
                    embeddings=vectors[start : start + BATCH],
                    documents=[chunk.text for chunk in batch],
                    metadatas=[chunk_metadata(chunk) for chunk in batch],
                )
        finally:
            disconnect(client)


def chunk_metadata(chunk: Chunk) -> dict[str, str | int]:
    """Return what a LangChain document of this chunk carries beside its text."""
    return {
        "document_id": chunk.document_id,
        "section": " > ".join(chunk.section),
        "start": chunk.span.start,
        "end": chunk.span.end,
        "kind": chunk.kind.value,
        "clause_id": chunk.clause_id,
        "table_id": chunk.table_id,
        "row": chunk.row,
    }


def drop_vectors(server: str, generation: str) -> None:
    """Remove a generation's collection from a server; nothing happens if it is not there.

    Raises:
        BuildFailed: If the server cannot be reached.
    """
    from chromadb.errors import NotFoundError

    with _chroma_errors(BuildFailed, "无法清理向量库"):
        client = connect(Path(), server)
        try:
            client.delete_collection(collection_name(generation))
        except NotFoundError:
            return
        finally:
            disconnect(client)


class Vectors:
    """The vectors of one generation, opened for reading; safe for many threads."""

    def __init__(self, folder: Path, generation: str, server: str = "") -> None:
        """Open the generation's collection.

        Raises:
            IndexBroken: If it is not there or cannot be read.
        """
        self._mend = mending_command(folder.parent)
        with _chroma_errors(IndexBroken, "向量库无法读取", self._mend):
            self._client = connect(folder, server)
            self._name = collection_name(generation)
            self._collection = self._client.get_collection(self._name, embedding_function=None)

    def search(
        self, vector: Sequence[float], limit: int, documents: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        """Return the ids of up to ``limit`` nearest chunks with their cosine, nearest first, equal distances by id.

        Raises:
            IndexBroken: If the collection cannot be read.
        """
        if documents is not None and not documents:
            return []
        where = None if documents is None else {"document_id": {"$in": list(documents)}}
        with _chroma_errors(IndexBroken, "向量库无法读取", self._mend):
            found = self._collection.query(
                query_embeddings=[list(vector)], n_results=limit, where=where, include=["distances"]
            )
        pairs = zip(found["distances"][0], found["ids"][0], strict=True)
        near = [(id_, round(1.0 - distance, _DIGITS)) for distance, id_ in pairs]
        return sorted(near, key=lambda pair: (-pair[1], pair[0]))

    def read(self, start: int, count: int) -> tuple[list[str], list[str], Matrix]:
        """Return the ids of up to ``count`` chunks from ``start`` on, the document of each, and their vectors as rows.

        Raises:
            IndexBroken: If the collection cannot be read.
        """
        with _chroma_errors(IndexBroken, "向量库无法读取", self._mend):
            found = self._collection.get(limit=count, offset=start, include=["embeddings", "metadatas"])
        own = [str(place["document_id"]) for place in found["metadatas"]]
        return found["ids"], own, np.asarray(found["embeddings"], np.float32)

    def count(self) -> int:
        """Return how many chunks the collection holds."""
        with _chroma_errors(IndexBroken, "向量库无法读取", self._mend):
            return int(self._collection.count())

    def as_langchain(self, embeddings: Embeddings) -> Chroma:
        """Return the same collection as a LangChain vector store, for any LangChain program."""
        from langchain_chroma import Chroma

        return Chroma(
            client=self._client,
            collection_name=self._name,
            embedding_function=embeddings,
            create_collection_if_not_exists=False,
        )

    def close(self) -> None:
        """Release the client."""
        disconnect(self._client)


@contextlib.contextmanager
def _chroma_errors(error_class: type[BuildFailed] | type[IndexBroken], what: str, mend: str = "") -> Iterator[None]:
    """Turn Chroma's own errors, and a server that does not answer, into one of ours that names what mends it."""
    import httpx
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, httpx.HTTPError, ValueError) as error:
        # Chroma reports an unreachable server and a missing tenant as ValueError.
        then = f"运行 {mend}" if mend else "重试"
        raise error_class(f"{what}：{error}。请检查磁盘空间或向量库地址后{then}。") from error
