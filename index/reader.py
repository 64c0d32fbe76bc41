"""A store folder in, one generation opened for reading out; what a question does not need is never loaded.

Example: ``open_index(Path("index/store")).search("十大孔兑项目由哪个局牵头", k=3)``.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from corpus.models import ParsedDocument
from index.collecting import uncollected
from index.dictionary import hash_sources, known_names
from index.documents import read_documents
from index.errors import IndexBroken
from index.fitting import expected_name, find_whole, hash_documents, refuse_strangers
from index.generations import (
    DICTIONARY_FILE,
    DOCUMENTS_FILE,
    FINDINGS_FILE,
    MODELS_FOLDER,
    TOKENS_FILE,
    VECTORS_FOLDER,
    WORDS_FILE,
    current_generation,
)
from index.models import Chunk, Hit, Stamp
from index.remedy import rebuild_command
from index.stamp import Built, Recipe, code_version, fingerprint, mending_command

if TYPE_CHECKING:
    from langchain_chroma import Chroma
    from langchain_core.retrievers import BaseRetriever

    from corpus.agreement.models import Finding
    from index.embedder import Embedder
    from index.facts import Facts
    from index.lexical import Lexical
    from index.matching import Matcher
    from index.search import Engines
    from index.tokens import Segmenter
    from index.vectors import Vectors

T = TypeVar("T")
_KEPT_QUERIES = 16


class Index:
    """A frozen view of one generation: a rebuild never changes what an open index answers; safe for many threads."""

    def __init__(
        self, store: Path, folder: Path, built: Built, open_model: Callable[[], Embedder], database: str, chroma: str
    ) -> None:
        """Use ``open_index``, which checks that the generation fits."""
        self._store, self._folder, self._built = store, folder, built
        self._open_model, self._database, self._chroma = open_model, database, chroma
        self._lock = threading.RLock()
        self._parts: dict[str, object] = {}

    @property
    def stamp(self) -> Stamp:
        """What built this index."""
        return self._built.stamp

    @property
    def is_current(self) -> bool:
        """Whether no newer generation has been built since this one was opened."""
        return current_generation(self._store).name == self._folder.name

    @property
    def documents(self) -> tuple[ParsedDocument, ...]:
        """The documents as parsed at the time of the build.

        Raises:
            IndexBroken: If the index is damaged.
        """
        return self._part("documents", lambda: read_documents(self._folder / DOCUMENTS_FILE))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What each document states in more than one place, and whether the places agree.

        Raises:
            IndexBroken: If the index is damaged.
        """
        from index.findings import read_findings

        return self._part("findings", lambda: read_findings(self._folder / FINDINGS_FILE))

    @property
    def facts(self) -> Facts:
        """The tables, in SQL."""
        from index.facts import Facts

        return self._part("facts", lambda: Facts.open(self._folder, self._database, self.stamp.generation))

    @property
    def chunks(self) -> tuple[Chunk, ...]:
        """All chunks in reading order."""
        return self._part("chunks", lambda: self._lexical.all_chunks())

    @property
    def segmenter(self) -> Segmenter:
        """The word cutter that knows this index's own words."""
        from index.dictionary import read_words
        from index.tokens import Segmenter

        def load() -> Segmenter:
            try:
                learned = read_words(self._folder / DICTIONARY_FILE)
            except (OSError, ValueError) as error:
                mend = mending_command(self._folder)
                raise IndexBroken(f"索引已损坏：{self._folder / DICTIONARY_FILE}。请运行 {mend} 重建。") from error
            return Segmenter(self._store / MODELS_FOLDER, learned)

        return self._part("segmenter", load)

    @property
    def embedder(self) -> Embedder:
        """The model that built this index.

        Raises:
            ModelUnavailable: If it cannot be loaded.
            IndexStale: If it is not the one that built the index.
        """
        return self._part("embedder", self._checked_model)

    def search(
        self, query: str, k: int = 10, documents: Sequence[str] | None = None, words: str = ""
    ) -> tuple[Hit, ...]:
        """Return up to ``k`` chunks of ``documents`` (ids; None for all), best first, by words and vectors together.

        ``words`` is what the word index looks for where not all of ``query`` tells chunks apart.

        Raises:
            IndexBroken: If the index is damaged.
            ModelUnavailable: If the embedding model cannot be loaded.
        """
        from index.search import search

        engines = self.engines
        if documents is not None and engines.documents.keys() <= set(documents):
            documents = None  # all of them: nothing needs to be left out
        return search(query, words or query, engines, k, documents)

    @property
    def engines(self) -> Engines:
        """What a search asks: words, vectors and the documents."""
        from index.exact import ExactVectors
        from index.search import Engines

        def put_together() -> Engines:
            by_id = {document.info.id: document for document in self.documents}
            # A question is searched again with more hits: its vector is the longest part of a search.
            embed = lru_cache(maxsize=_KEPT_QUERIES)(self.embedder.embed_query)
            return Engines(self.words, ExactVectors(self.vectors), lambda: self.matcher, embed, by_id)

        return self._part("engines", put_together)

    @property
    def matcher(self) -> Matcher:
        """What tells how well a question is matched by a chunk, token by token."""
        from index.matching import Matcher
        from index.token_file import TokenFile

        def load() -> Matcher:
            tokens = self._part("tokens", lambda: TokenFile(self._folder / TOKENS_FILE))
            return Matcher(tokens, self.embedder)

        return self._part("matcher", load)

    def rarity(self, terms: Sequence[str]) -> Mapping[str, float]:
        """Return the weight of each pair or word by how few chunks hold it.

        Raises:
            IndexBroken: If the index is damaged.
        """
        return self._lexical.rarity(terms)

    def retriever(self, k: int = 10, documents: Sequence[str] | None = None) -> BaseRetriever:
        """Return the same search for LangChain programs."""
        from index.retriever import HybridRetriever

        return HybridRetriever(find=partial(self.search, documents=documents), k=k)

    def vector_store(self) -> Chroma:
        """Return the vectors alone as a LangChain vector store."""
        return self.vectors.as_langchain(self.embedder)

    def close(self) -> None:
        """Close all files; the index must not be used afterwards."""
        with self._lock:
            for name in ("lexical", "facts", "tokens", "vectors"):
                part = self._parts.pop(name, None)
                if part is not None:
                    part.close()  # type: ignore[attr-defined]
            for holder in ("engines", "matcher"):
                self._parts.pop(holder, None)

    @property
    def _lexical(self) -> Lexical:
        from index.lexical import Lexical

        return self._part("lexical", lambda: Lexical(self._folder / WORDS_FILE))

    @property
    def words(self) -> Lexical:
        """The word index."""
        lexical = self._lexical
        if lexical.segmenter is None:
            lexical.segmenter = self.segmenter
        return lexical

    @property
    def vectors(self) -> Vectors:
        """The vectors."""
        from index.vectors import Vectors

        folder = self._folder / VECTORS_FOLDER
        return self._part("vectors", lambda: Vectors(folder, self.stamp.generation, self._chroma))

    def _checked_model(self) -> Embedder:
        model = self._open_model()
        places = (self._built.database, self._built.chroma)
        recipe = Recipe(None, model.name, model.dimensions, None, self.stamp.code_version, *places)
        refuse_strangers(self._built, recipe, rebuild_command(self._store, self.stamp.corpus))
        return model

    def _part(self, name: str, load: Callable[[], T]) -> T:
        """Return a part of the index, loaded when it is first asked for, by one thread."""
        with self._lock:
            if name not in self._parts:
                # Libraries and records that stay: searched for garbage again and again they cost a question 60 ms.
                with uncollected():
                    self._parts[name] = load()
            part: T = self._parts[name]  # type: ignore[assignment]
            return part


def open_index(
    store: Path,
    model: str = "default",
    cache: Path | None = None,
    corpus_dir: Path | None = None,
    *,
    embedder: Embedder | None = None,
    database: str = "",
    chroma: str = "",
) -> Index:
    """Open the index that answers now, after checking that it is whole and fits the settings.

    Args:
        store: Folder of the index.
        model: "default" or a sentence-transformers name or folder; loaded when a search first needs it.
        cache: Folder of made models; by default ``models`` in ``store``.
        corpus_dir: The documents, if the index is to be refused when they have changed since.
        embedder: A model already open, instead of ``model``.
        database: PostgreSQL URL the tables were written to; empty for those in ``store``.
        chroma: Address of the Chroma server the vectors were written to; empty for those in ``store``.

    Raises:
        IndexMissing: If nothing has been built in ``store``.
        IndexStale: If it was built by another model, dictionary or code version, or from other documents.
        IndexBroken: If it is half-written or damaged.
    """
    models = cache or store / MODELS_FOLDER
    folder, built = find_whole(store)
    recipe = Recipe(
        hash_documents(corpus_dir),
        embedder.name if embedder is not None else expected_name(model, models, built.stamp.model),
        embedder.dimensions if embedder is not None else None,
        hash_sources(known_names()),
        code_version(),
        fingerprint(database),
        fingerprint(chroma),
    )
    refuse_strangers(built, recipe, rebuild_command(store, corpus_dir or built.stamp.corpus))
    return Index(store, folder, built, partial(_open_model, embedder, model, models), database, chroma)


def _open_model(embedder: Embedder | None, model: str, models: Path) -> Embedder:
    if embedder is not None:
        return embedder
    from index.embedder import open_embedder

    return open_embedder(model, models)
