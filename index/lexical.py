"""Chunks in, a word index out; a question's words in, the ids of the chunks that hold them out, best first.

Example: “十大孔兑由谁牵头” finds the rows and clauses that hold 十大孔兑 and 牵头. SQLite's FTS5 ranks with BM25 over
three fields: words, character pairs, words of the heading path.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from corpus.models import Span
from index.errors import IndexBroken, IndexRoomError
from index.models import Chunk, ChunkKind
from index.stamp import mending_command
from index.tokens import Segmenter, bigrams

FIELD_WEIGHTS = (1.0, 1.0, 1.5)
"""Weights of words, pairs and heading words in BM25; measured, see docs/decisions/0004-lexical-engine.md."""

LONGEST_QUERY = 2000
"""Characters of a question that are searched; what follows adds noise and time, not meaning."""

_OLDEST_SQLITE = (3, 35, 0)
_SCHEMA = """
CREATE TABLE chunk (number INTEGER PRIMARY KEY, id TEXT UNIQUE, document_id TEXT, kind TEXT, text TEXT,
    search_text TEXT, start INTEGER, "end" INTEGER, section TEXT, clause_id TEXT, table_id TEXT, row INTEGER);
CREATE INDEX chunk_document ON chunk (document_id);
CREATE VIRTUAL TABLE word USING fts5 (body, pairs, heading, content='',
    tokenize="unicode61 remove_diacritics 0 tokenchars '.&+-/'");
"""
# Ranked before it is joined: only the rows that are wanted are looked up.
_SEARCH = """
SELECT chunk.id FROM (
    SELECT rowid AS number, bm25(word, ?, ?, ?) AS score FROM word WHERE word MATCH ? {scope}
    ORDER BY score, rowid LIMIT ?
) AS best JOIN chunk USING (number) ORDER BY best.score, number
"""
# “+”: the words are looked up once and what they find is checked, not every chunk of the documents looked up anew.
_SCOPE = "AND +rowid IN (SELECT number FROM chunk WHERE document_id IN (SELECT value FROM json_each(?)))"
_COLUMNS = 'id, document_id, kind, text, search_text, start, "end", section, clause_id, table_id, row'


def check_sqlite(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> None:
    """Check that this Python's SQLite can hold a word index.

    Raises:
        IndexRoomError: If SQLite is too old or lacks FTS5; the message says what to install.
    """
    written = ".".join(map(str, version))
    advice = "请改用 python.org 或系统软件源中较新的 Python（3.11 及以上），其自带的 SQLite 即可满足要求。"
    if version < _OLDEST_SQLITE:
        raise IndexRoomError(f"SQLite 版本过低：{written}，需要 3.35 及以上。{advice}")
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE probe USING fts5(a)")
    except sqlite3.OperationalError as error:
        raise IndexRoomError(f"SQLite {written} 没有全文检索模块 FTS5。{advice}") from error
    finally:
        connection.close()


def write_lexical(file: Path, chunks: Iterable[Chunk], segmenter: Segmenter) -> None:
    """Write the chunks and their words to a new SQLite file.

    Raises:
        sqlite3.Error: If the file cannot be written.
    """
    connection = sqlite3.connect(file)
    try:
        connection.executescript(_SCHEMA)
        with connection:
            for number, chunk in enumerate(chunks, start=1):
                connection.execute(f"INSERT INTO chunk VALUES ({', '.join('?' * 12)})", (number, *_to_row(chunk)))
                connection.execute(
                    "INSERT INTO word (rowid, body, pairs, heading) VALUES (?, ?, ?, ?)",
                    (number, *index_fields(chunk, segmenter)),
                )
            connection.execute("INSERT INTO word (word) VALUES ('optimize')")
    finally:
        connection.close()


def index_fields(chunk: Chunk, segmenter: Segmenter) -> tuple[str, str, str]:
    """Return the words, pairs and heading words of a chunk, each as one blank-separated line."""
    heading = segmenter.words("\n".join(chunk.section))
    return " ".join(segmenter.words(chunk.search_text)), " ".join(bigrams(chunk.search_text)), " ".join(heading)


def make_match(query: str, segmenter: Segmenter) -> str:
    """Return the FTS5 expression for a question: any of its words or pairs, each quoted; empty if it has none."""
    asked = query[:LONGEST_QUERY]
    words, pairs = dict.fromkeys(segmenter.words(asked)), dict.fromkeys(bigrams(asked))
    fields = [("{body heading}", words), ("pairs", pairs)]
    return " OR ".join(f"({field} : ({' OR '.join(map(_quote, terms))}))" for field, terms in fields if terms)


def _quote(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'


class Lexical:
    """The word index of one generation, opened for reading; each thread has its own connection."""

    def __init__(self, file: Path, segmenter: Segmenter | None = None) -> None:
        """Open ``file``; ``segmenter`` must be made of the words the index was built with (None: no word search)."""
        self._file = file
        self.segmenter = segmenter
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._lock = threading.Lock()

    def search(self, query: str, limit: int, documents: Sequence[str] | None = None) -> list[str]:
        """Return the ids of up to ``limit`` chunks that share words with ``query``, best first.

        Args:
            query: Any text; nothing in it is taken for search syntax.
            limit: The most ids wanted.
            documents: Ids of the documents to search; None for all, empty for none.

        Raises:
            IndexBroken: If the index is damaged.
        """
        if self.segmenter is None:
            raise ValueError("a word search needs the index's segmenter")
        match = make_match(query, self.segmenter)
        if not match or (documents is not None and not documents):
            return []
        scope = "" if documents is None else _SCOPE
        bound = [] if documents is None else [json.dumps(list(documents))]
        values = [*FIELD_WEIGHTS, match, *bound, limit]
        return [str(row[0]) for row in self._execute(_SEARCH.format(scope=scope), values)]

    def chunks(self, ids: Sequence[str]) -> dict[str, Chunk]:
        """Return the chunks with these ids; unknown ids are left out.

        Raises:
            IndexBroken: If the index is damaged.
        """
        statement = f"SELECT {_COLUMNS} FROM chunk WHERE id IN (SELECT value FROM json_each(?))"
        return {row[0]: _from_row(row) for row in self._execute(statement, [json.dumps(list(ids))])}

    def all_chunks(self) -> tuple[Chunk, ...]:
        """Return every chunk in reading order.

        Raises:
            IndexBroken: If the index is damaged.
        """
        return tuple(_from_row(row) for row in self._execute(f"SELECT {_COLUMNS} FROM chunk ORDER BY number", []))

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._lock:
            for connection in self._opened:
                connection.close()
            self._opened.clear()
            self._local = threading.local()

    def _execute(self, statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
        try:
            return self._connection().execute(statement, values).fetchall()
        except sqlite3.DatabaseError as error:
            mend = mending_command(self._file.parent)
            raise IndexBroken(f"索引已损坏：{self._file}（{error}）。请运行 {mend} 重建。") from error

    def _connection(self) -> sqlite3.Connection:
        held: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if held is None:
            uri = f"file:{quote(str(self._file.resolve()))}?mode=ro"
            held = sqlite3.connect(uri, uri=True, check_same_thread=False)
            held.execute("PRAGMA query_only = ON")
            self._local.connection = held
            with self._lock:
                self._opened.append(held)
        return held


def _to_row(chunk: Chunk) -> tuple[Any, ...]:
    place = (chunk.span.start, chunk.span.end, json.dumps(chunk.section, ensure_ascii=False))
    head = (chunk.id, chunk.document_id, chunk.kind.value, chunk.text, chunk.search_text)
    return (*head, *place, chunk.clause_id, chunk.table_id, chunk.row)


def _from_row(row: tuple[Any, ...]) -> Chunk:
    id_, document_id, kind, text, search_text, start, end, section, clause_id, table_id, number = row
    path = tuple(json.loads(section))
    span = Span(start, end)
    return Chunk(id_, document_id, ChunkKind(kind), text, search_text, span, path, clause_id, table_id, number)
