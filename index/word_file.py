"""Chunks in, a file of their words out: SQLite with one full-text table for each way to find a chunk.

Example: the row of 十大孔兑… is found by its words, by its character pairs, by the words of its headings, and its
document as a whole by words and by pairs.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from corpus.models import Span
from index.errors import IndexRoomError
from index.models import Chunk, ChunkKind
from index.tokens import Segmenter, bigrams

COLUMNS = 'id, document_id, kind, text, search_text, start, "end", section, clause_id, table_id, row'
CHUNK_FIELDS = ("chunk_words", "chunk_pairs", "chunk_headings")
DOCUMENT_FIELDS = ("document_words", "document_pairs")

_OLDEST_SQLITE = (3, 35, 0)
_SCHEMA = """
CREATE TABLE chunk (number INTEGER PRIMARY KEY, id TEXT UNIQUE, document_id TEXT, kind TEXT, text TEXT,
    search_text TEXT, start INTEGER, "end" INTEGER, section TEXT, clause_id TEXT, table_id TEXT, row INTEGER);
CREATE INDEX chunk_document ON chunk (document_id);
CREATE TABLE document (number INTEGER PRIMARY KEY, id TEXT UNIQUE);
"""
# Each field is a table of its own, so that BM25 weighs the length of that field and no other.
_FIELD = """
CREATE VIRTUAL TABLE {name} USING fts5 (text, content='',
    tokenize="unicode61 remove_diacritics 0 tokenchars '.&+-/'");
"""


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


def write_words_of(file: Path, chunks: Iterable[Chunk], segmenter: Segmenter) -> None:
    """Write the chunks and their words to a new SQLite file; the chunks of a document stand together.

    Raises:
        sqlite3.Error: If the file cannot be written.
    """
    connection = sqlite3.connect(file)
    try:
        connection.executescript(_SCHEMA)
        for field in (*CHUNK_FIELDS, *DOCUMENT_FIELDS):
            connection.executescript(_FIELD.format(name=field))
        with connection:
            _write(connection, chunks, segmenter)
            for field in (*CHUNK_FIELDS, *DOCUMENT_FIELDS):
                connection.execute(f"INSERT INTO {field} ({field}) VALUES ('optimize')")
    finally:
        connection.close()


def _write(connection: sqlite3.Connection, chunks: Iterable[Chunk], segmenter: Segmenter) -> None:
    number = 0
    by_document = groupby(chunks, lambda chunk: chunk.document_id)
    for document, (document_id, own) in enumerate(by_document, start=1):
        words, pairs = [], []
        for chunk in own:
            number += 1
            fields = _fields(chunk, segmenter)
            connection.execute(f"INSERT INTO chunk VALUES ({', '.join('?' * 12)})", (number, *_to_row(chunk)))
            for name, text in zip(CHUNK_FIELDS, fields, strict=True):
                connection.execute(f"INSERT INTO {name} (rowid, text) VALUES (?, ?)", (number, text))
            words.append(fields[0])
            pairs.append(fields[1])
        connection.execute("INSERT INTO document VALUES (?, ?)", (document, document_id))
        for name, texts in zip(DOCUMENT_FIELDS, (words, pairs), strict=True):
            connection.execute(f"INSERT INTO {name} (rowid, text) VALUES (?, ?)", (document, " ".join(texts)))


def _fields(chunk: Chunk, segmenter: Segmenter) -> tuple[str, str, str]:
    """Return the words, pairs and heading words of a chunk, each as one blank-separated line."""
    heading = segmenter.words("\n".join(chunk.section))
    return " ".join(segmenter.words(chunk.search_text)), " ".join(bigrams(chunk.search_text)), " ".join(heading)


def _to_row(chunk: Chunk) -> tuple[Any, ...]:
    place = (chunk.span.start, chunk.span.end, json.dumps(chunk.section, ensure_ascii=False))
    head = (chunk.id, chunk.document_id, chunk.kind.value, chunk.text, chunk.search_text)
    return (*head, *place, chunk.clause_id, chunk.table_id, chunk.row)


def from_row(row: Sequence[Any]) -> Chunk:
    """Return the chunk of one row of ``COLUMNS``."""
    id_, document_id, kind, text, search_text, start, end, section, clause_id, table_id, number = row
    path = tuple(json.loads(section))
    span = Span(start, end)
    return Chunk(id_, document_id, ChunkKind(kind), text, search_text, span, path, clause_id, table_id, number)
