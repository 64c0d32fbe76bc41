"""Chroma: one collection a generation, scope bound in the query, LangChain at the seam."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.models import ParsedDocument
from index.chunks import make_chunks
from index.errors import BuildFailed, IndexBroken
from index.vectors import Vectors, collection_name, write_vectors


@pytest.fixture
def vectors(plan: ParsedDocument, notice: ParsedDocument, embedder: Any, tmp_path: Path) -> Iterator[Vectors]:
    chunks = make_chunks([plan, notice])
    found = np.asarray(embedder.embed_documents([chunk.search_text for chunk in chunks]), np.float32)
    write_vectors(tmp_path / "向量 库", "g1", chunks, found)
    opened = Vectors(tmp_path / "向量 库", "g1")
    yield opened
    opened.close()


def test_a_chunk_is_nearest_to_its_own_text(vectors: Vectors, plan: ParsedDocument, embedder: Any) -> None:
    for chunk in make_chunks([plan]):
        assert vectors.search(embedder.embed_query(chunk.search_text), 3)[0][0] == chunk.id


def test_the_document_filter_binds(vectors: Vectors, notice: ParsedDocument, embedder: Any) -> None:
    vector = embedder.embed_query("十大孔兑综合治理项目")
    (chunk,) = make_chunks([notice])
    ((found, similarity),) = vectors.search(vector, 10, ["notice"])
    assert found == chunk.id
    own = embedder.embed_documents([chunk.search_text])[0]
    assert similarity == pytest.approx(float(np.dot(vector, own)), abs=1e-3)
    assert vectors.search(vector, 10, []) == []
    assert vectors.search(vector, 10, ["unknown"]) == []
    assert len(vectors.search(vector, 10, ["plan", "notice"])) == vectors.count()


def test_vectors_are_read_page_by_page_with_their_documents(vectors: Vectors, notice: ParsedDocument) -> None:
    pages = [vectors.read(start, 2) for start in range(0, vectors.count(), 2)]
    ids = [id_ for part, _, _ in pages for id_ in part]
    own = {id_: document for part, documents, _ in pages for id_, document in zip(part, documents, strict=True)}
    (chunk,) = make_chunks([notice])
    assert len(set(ids)) == len(ids) == vectors.count()
    assert own[chunk.id] == "notice"
    assert all(len(part) == len(rows) for part, _, rows in pages)


def test_a_langchain_program_can_use_the_same_collection(vectors: Vectors, plan: ParsedDocument, embedder: Any) -> None:
    (found,) = vectors.as_langchain(embedder).similarity_search("沙棘生态减沙工程", 1)
    assert "沙棘生态减沙工程" in found.page_content
    assert found.page_content == plan.text[found.metadata["start"] : found.metadata["end"]]


def test_a_missing_collection_is_named_with_the_mending_command(vectors: Vectors, tmp_path: Path) -> None:
    with pytest.raises(IndexBroken, match="policy-assistant index"):
        Vectors(tmp_path / "向量 库", "g2")


def test_collection_names_are_long_enough_for_chroma() -> None:
    assert len(collection_name("g")) >= 3


def test_what_chroma_refuses_is_a_failed_build(plan: ParsedDocument, tmp_path: Path) -> None:
    chunks = make_chunks([plan])
    with pytest.raises(BuildFailed, match="无法写入向量库"):
        write_vectors(tmp_path, "g1", [*chunks, *chunks], np.ones((2 * len(chunks), 4), np.float32))
