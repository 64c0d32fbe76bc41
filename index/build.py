"""A folder of documents in, a new index generation out; until its last step the previous one answers.

Example: ``build_index(Path("corpus/documents"), Path("index/store"), embedder)`` parses, embeds what is new, writes
words, tables and vectors to generations/20240501T093000-3fa2c1 and then lets CURRENT name it.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import filelock
import sqlalchemy as sa

from corpus.agreement.find import find_agreement
from corpus.errors import describe_os_error
from corpus.knowledge import load_knowledge
from corpus.models import ParsedDocument
from corpus.parse import corpus_hash, parse_corpus
from index.chunks import headings_above, make_chunks
from index.dictionary import hash_sources, known_names, learn_words, write_words
from index.documents import write_documents
from index.embeddings_cache import EmbeddingCache, Progress
from index.errors import BuildBusy, BuildFailed, DatabaseUnavailable, IndexBroken, IndexMissing
from index.fact_store import drop_facts, table_prefix, write_facts, writing_engine
from index.findings import write_findings
from index.generations import (
    DICTIONARY_FILE,
    DOCUMENTS_FILE,
    EMBEDDINGS_FILE,
    FINDINGS_FILE,
    LOCK_FILE,
    MODELS_FOLDER,
    STAMP_FILE,
    TOKENS_FILE,
    VECTORS_FOLDER,
    WORDS_FILE,
    current_generation,
    empty_generation,
    new_generation,
    others,
    remove_generation,
    switch_to,
)
from index.models import Chunk, Stamp
from index.remedy import rebuild_command
from index.stamp import Built, Recipe, code_version, fingerprint, read_stamp, write_stamp
from index.token_file import write_tokens
from index.tokens import Segmenter
from index.vectors import drop_vectors, prepare_vectors, write_vectors
from index.word_file import check_sqlite, write_words_of

if TYPE_CHECKING:
    from index.embedder import Embedder

Checkpoint = Callable[[str], None]
"""Called with the name of each stage as it is reached: started, parsed, embedded, written, switched."""


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the parts of an index go: ``database`` and ``chroma`` are addresses, empty for the folder itself."""

    store: Path
    folder: Path
    database: str
    chroma: str


def build_index(
    corpus_dir: Path,
    store: Path,
    embedder: Embedder,
    database: str = "",
    progress: Progress | None = None,
    *,
    chroma: str = "",
    checkpoint: Checkpoint | None = None,
) -> Stamp:
    """Build the index of ``corpus_dir`` in ``store``, or return at once if it is already what would be built.

    Args:
        corpus_dir: Folder of policy files, with or without a manifest.
        store: Folder of the index; made if it is missing.
        embedder: The model; texts it has embedded before come from the cache in ``store``.
        database: PostgreSQL URL for the tables; empty for SQLite in ``store``.
        progress: Called with (chunks embedded, chunks in all).
        chroma: Address of a Chroma server; empty for the embedded one in ``store``.
        checkpoint: Called at each stage.

    Raises:
        CorpusError: If the documents cannot be read.
        BuildBusy: If another build is under way in ``store``.
        BuildFailed: If the index cannot be written; the previous one still answers.
    """
    check_sqlite()
    with _build_errors(store, corpus_dir), _lock(store):
        recipe = make_recipe(corpus_dir, embedder, database, chroma)
        previous = _current(store)
        if previous is not None and not _differences(previous, recipe):
            return read_stamp(previous).stamp
        _remove_dead(store, previous, database, chroma)
        folder = new_generation(store, datetime.now(UTC))
        try:
            places = _Places(store, folder, database, chroma)
            stamp = _build(corpus_dir, places, recipe, embedder, progress, checkpoint or _ignore)
        except BaseException:
            _remove(folder, database, chroma)
            raise
        for old in others(store, [folder, *([previous] if previous else [])]):
            _remove(old, database, chroma)
        return stamp


def make_recipe(corpus_dir: Path, embedder: Embedder, database: str = "", chroma: str = "") -> Recipe:
    """Return what an index of ``corpus_dir`` would be built from now, without parsing anything.

    Raises:
        CorpusError: If the folder or its manifest cannot be read.
    """
    places = (fingerprint(database), fingerprint(chroma))
    words = hash_sources(known_names())
    return Recipe(corpus_hash(corpus_dir), embedder.name, embedder.dimensions, words, code_version(), *places)


def _build(
    corpus_dir: Path,
    places: _Places,
    recipe: Recipe,
    embedder: Embedder,
    progress: Progress | None,
    checkpoint: Checkpoint,
) -> Stamp:
    checkpoint("started")
    documents = parse_corpus(corpus_dir)
    chunks = make_chunks(documents)
    checkpoint("parsed")
    with ThreadPoolExecutor(1) as aside:
        # The model leaves the processor idle between its texts; everything else is written in that time.
        written = aside.submit(_write_beside, documents, chunks, places, corpus_dir)
        with contextlib.closing(EmbeddingCache(places.store / EMBEDDINGS_FILE)) as cache:
            vectors, tokens = cache.embed([chunk.search_text for chunk in chunks], embedder, progress)
            above = _headings(documents, chunks) if any(tokens) else []
            tokens += cache.embed(above, embedder)[1]
        checkpoint("embedded")
        tables = written.result()
    write_tokens(places.folder / TOKENS_FILE, [*(chunk.id for chunk in chunks), *above], tokens)
    write_vectors(places.folder / VECTORS_FOLDER, places.folder.name, chunks, vectors, places.chroma)
    stamp = Stamp(
        generation=places.folder.name,
        corpus_hash=recipe.corpus_hash or "",
        model=embedder.name,
        dimensions=embedder.dimensions,
        dictionary_hash=recipe.dictionary_hash or "",
        code_version=recipe.code_version,
        built_at=datetime.now(UTC).isoformat(timespec="seconds"),
        documents=len(documents),
        chunks=len(chunks),
        tables=tables,
        corpus=str(corpus_dir.resolve()),
    )
    files = {path.name: path.stat().st_size for path in places.folder.iterdir() if path.is_file()}
    write_stamp(places.folder, Built(stamp, recipe.database, recipe.chroma, files))
    checkpoint("written")
    switch_to(places.store, places.folder)
    checkpoint("switched")
    return stamp


def _headings(documents: Sequence[ParsedDocument], chunks: Sequence[Chunk]) -> list[str]:
    """Return what the chunks stand under, each once: matched with every question, it is read once."""
    titles = {document.info.id: document.info.title for document in documents}
    return list(dict.fromkeys(headings_above(titles[chunk.document_id], chunk.section) for chunk in chunks))


def _write_beside(
    documents: Sequence[ParsedDocument], chunks: Sequence[Chunk], places: _Places, corpus_dir: Path
) -> int:
    """Write all that needs no vectors, and make Chroma's empty store; return the number of tables."""
    write_documents(documents, places.folder / DOCUMENTS_FILE)
    write_findings(find_agreement(documents, load_knowledge(corpus_dir)), places.folder / FINDINGS_FILE)
    segmenter = Segmenter(places.store / MODELS_FOLDER)
    learned = learn_words(documents, known_names(corpus_dir), segmenter)
    write_words(learned, places.folder / DICTIONARY_FILE)
    segmenter.teach(learned)
    write_words_of(places.folder / WORDS_FILE, chunks, segmenter)
    tables = _write_tables(documents, places)
    prepare_vectors(places.folder / VECTORS_FOLDER, places.chroma)
    return tables


def _write_tables(documents: Sequence[ParsedDocument], places: _Places) -> int:
    engine = writing_engine(places.folder, places.database)
    try:
        return len(write_facts(engine, documents, table_prefix(places.database, places.folder.name)))
    finally:
        engine.dispose()


def _current(store: Path) -> Path | None:
    try:
        return current_generation(store)
    except IndexMissing:
        return None


def _differences(generation: Path, recipe: Recipe) -> tuple[str, ...]:
    try:
        return read_stamp(generation).differences(recipe)
    except IndexBroken as error:
        return (str(error),)


def _remove_dead(store: Path, current: Path | None, database: str, chroma: str) -> None:
    """Remove what killed builds left behind: generations without a stamp."""
    for folder in others(store, [current] if current else []):
        if not (folder / STAMP_FILE).is_file():
            _remove(folder, database, chroma)


def _remove(folder: Path, database: str, chroma: str) -> None:
    """Remove a generation; where a server does not answer, its emptied folder stays, and the next build tries again."""
    empty_generation(folder)
    with contextlib.suppress(sa.exc.SQLAlchemyError, BuildFailed, DatabaseUnavailable):
        if database:
            drop_facts(database, folder.name)
        if chroma:
            drop_vectors(chroma, folder.name)
        remove_generation(folder)


def _ignore(stage: str) -> None:
    del stage


@contextlib.contextmanager
def _lock(store: Path) -> Iterator[None]:
    store.mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(store / LOCK_FILE, timeout=0)
    try:
        lock.acquire()
    except filelock.Timeout as error:
        raise BuildBusy(f"另一个程序正在建立索引：{store}。请等它完成后再试。") from error
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def _build_errors(store: Path, corpus_dir: Path) -> Iterator[None]:
    """Turn what disks and databases report into one error that says that nothing was lost."""
    try:
        yield
    except (OSError, sqlite3.Error, sa.exc.SQLAlchemyError) as error:
        told = describe_os_error(error) if isinstance(error, OSError) else str(getattr(error, "orig", None) or error)
        command = rebuild_command(store, corpus_dir)
        raise BuildFailed(
            f"索引未能建立：{store}（{told}）。原有索引未受影响；请检查磁盘空间与权限后运行 {command}。"
        ) from error
