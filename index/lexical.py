"""A question's words in, the chunks that hold them out, best first; terms in, how rare they are out.

Example: “十大孔兑由谁牵头” finds the rows and clauses that hold 十大孔兑 and 牵头. SQLite's FTS5 ranks each field with
BM25; a chunk's score joins its own fields with those of its whole document.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log
from pathlib import Path
from typing import Any
from urllib.parse import quote

from index.errors import IndexBroken
from index.models import Chunk
from index.stamp import mending_command
from index.tokens import Segmenter, bigrams
from index.word_file import CHUNK_FIELDS, COLUMNS, DOCUMENT_FIELDS, from_row

WEIGHTS = {
    "chunk_words": 0.5,
    "chunk_pairs": 1.0,
    "chunk_headings": 0.3,
    "document_words": 0.5,
    "document_pairs": 1.5,
}
"""What the best match of each field counts; measured, see docs/decisions/0010-linear-fusion.md."""

SHORT_DOCUMENT = 10
"""Chunks of a document up to which its own fields count in full."""

LONGEST_QUERY = 2000
"""Characters of a question that are searched; what follows adds noise and time, not meaning."""

_POOL = 300
_MOST_KEPT = 2048
_FIND = "SELECT rowid, -rank FROM {field} WHERE {field} MATCH ? {scope} ORDER BY rank, rowid LIMIT ?"
# “+”: the words are looked up once and what they find is checked, not every chunk of the documents looked up anew.
_SCOPES = {
    "chunk": "AND +rowid IN (SELECT number FROM chunk WHERE document_id IN (SELECT value FROM json_each(?)))",
    "document": "AND +rowid IN (SELECT number FROM document WHERE id IN (SELECT value FROM json_each(?)))",
}
_PLACES = """
SELECT chunk.number, chunk.id, document.number FROM chunk JOIN document ON document.id = chunk.document_id
WHERE chunk.number IN (SELECT value FROM json_each(?))
"""


@dataclass(frozen=True, slots=True)
class Matches:
    """What each field found: chunks and documents by id, each with its BM25 as a share of the best of the field.

    ``scored`` are the chunks with their joined score, best first.
    """

    fields: Mapping[str, Mapping[str, float]]
    scored: tuple[tuple[str, float], ...]

    def of(self, chunk: str, document: str) -> tuple[float, ...]:
        """Return the share of a chunk in each of its fields, then that of its document in each of its own."""
        own = (self.fields.get(field, {}).get(chunk, 0.0) for field in CHUNK_FIELDS)
        return (*own, *(self.fields.get(field, {}).get(document, 0.0) for field in DOCUMENT_FIELDS))


class Lexical:
    """The word index of one generation, opened for reading; each thread has its own connection."""

    def __init__(self, file: Path, segmenter: Segmenter | None = None) -> None:
        """Open ``file``; ``segmenter`` must be made of the words the index was built with (None: no word search)."""
        self._file = file
        self.segmenter = segmenter
        self._local = threading.local()
        self._kept: dict[str, Chunk] = {}
        self._opened: list[sqlite3.Connection] = []
        self._lock = threading.Lock()

    def search(
        self,
        query: str,
        limit: int,
        documents: Sequence[str] | None = None,
        weights: Mapping[str, float] = WEIGHTS,
    ) -> list[tuple[str, float]]:
        """Return the ids of up to ``limit`` chunks that share words with ``query``, best first, each with its score.

        The score is Σ over fields of weight × BM25 / the best BM25 of the field, so it is at most the weights' sum.

        Args:
            query: Any text; nothing in it is taken for search syntax.
            limit: The most ids wanted.
            documents: Ids of the documents to search; None for all, empty for none.
            weights: What the best match of each field counts; a field of 0 finds nothing.

        Raises:
            IndexBroken: If the index is damaged.
        """
        return list(self.match(query, limit, documents, weights).scored)

    def match(
        self,
        query: str,
        limit: int,
        documents: Sequence[str] | None = None,
        weights: Mapping[str, float] = WEIGHTS,
    ) -> Matches:
        """Return the same as ``search``, with what each field found.

        Raises:
            IndexBroken: If the index is damaged.
        """
        if self.segmenter is None:
            raise ValueError("a word search needs the index's segmenter")
        if documents is not None and not documents:
            return Matches({}, ())
        asked = query[:LONGEST_QUERY]
        words, pairs = _any_of(self.segmenter.words(asked)), _any_of(bigrams(asked))
        found = {
            field: self._field(field, pairs if field.endswith("pairs") else words, max(_POOL, limit), documents)
            for field in (*CHUNK_FIELDS, *DOCUMENT_FIELDS)
            if weights[field]
        }
        numbers = sorted({number for field in CHUNK_FIELDS for number in found.get(field, ())})
        share = self.document_share
        chunk_weights = {field: weights[field] for field in CHUNK_FIELDS if field in found}
        document_weights = {field: weights[field] for field in DOCUMENT_FIELDS if field in found}
        places = self._execute(_PLACES, [json.dumps(numbers)])
        scored = [
            (id_, _join(found, chunk_weights, number) + share * _join(found, document_weights, document), number)
            for number, id_, document in places
        ]
        scored.sort(key=lambda entry: (-entry[1], entry[2]))
        ids = {"chunk": {number: id_ for number, id_, _ in places}, "document": self._document_ids}
        fields = {
            field: {ids[field.partition("_")[0]][number]: part for number, part in parts.items()}
            for field, parts in found.items()
        }
        return Matches(fields, tuple((id_, score) for id_, score, _ in scored[:limit]))

    def rarity(self, terms: Sequence[str]) -> Mapping[str, float]:
        """Return the weight of each pair or word: ``log(1 + N / (1 + n))`` for n of the N chunks that hold it.

        Raises:
            IndexBroken: If the index is damaged.
        """
        listed = [json.dumps(list(terms))]
        held: dict[str, int] = {}
        for table in ("seen_words", "seen_pairs"):
            statement = f"SELECT term, doc FROM {table} WHERE term IN (SELECT value FROM json_each(?))"
            held |= dict(self._execute(statement, listed))
        return {term: log(1 + self._size / (1 + held.get(term, 0))) for term in terms}

    def chunks(self, ids: Sequence[str]) -> dict[str, Chunk]:
        """Return the chunks with these ids; unknown ids are left out, and those found last are kept.

        Raises:
            IndexBroken: If the index is damaged.
        """
        kept = self._kept
        found = {id_: chunk for id_ in ids if (chunk := kept.get(id_)) is not None}
        if missing := [id_ for id_ in ids if id_ not in found]:
            statement = f"SELECT {COLUMNS} FROM chunk WHERE id IN (SELECT value FROM json_each(?))"
            read = {row[0]: from_row(row) for row in self._execute(statement, [json.dumps(missing)])}
            # Threads that read an older set finish with it.
            self._kept = {**kept, **read} if len(kept) + len(read) <= _MOST_KEPT else read
            found |= read
        return found

    def all_chunks(self) -> tuple[Chunk, ...]:
        """Return every chunk in reading order.

        Raises:
            IndexBroken: If the index is damaged.
        """
        return tuple(from_row(row) for row in self._execute(f"SELECT {COLUMNS} FROM chunk ORDER BY number", []))

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._lock:
            for connection in self._opened:
                connection.close()
            self._opened.clear()
            self._local = threading.local()

    @cached_property
    def _size(self) -> int:
        return int(self._execute("SELECT count(*) FROM chunk", [])[0][0])

    @cached_property
    def _document_ids(self) -> dict[int, str]:
        return dict(self._execute("SELECT number, id FROM document", []))

    @cached_property
    def document_share(self) -> float:
        """Return what the fields of whole documents count (0 to 1): less the more chunks a document has.

        A notice of ten pieces is about one thing; a statute of two hundred articles is about all of them.
        """
        documents = int(self._execute("SELECT count(*) FROM document", [])[0][0])
        return min(1.0, SHORT_DOCUMENT * documents / self._size) if self._size else 1.0

    def _field(self, field: str, match: str, limit: int, documents: Sequence[str] | None) -> dict[int, float]:
        """Return the rows of a field that hold any of the terms, each with its BM25 as a share of the best."""
        if not match:
            return {}
        scope = "" if documents is None else _SCOPES[field.partition("_")[0]]
        bound = [] if documents is None else [json.dumps(list(documents))]
        rows = self._execute(_FIND.format(field=field, scope=scope), [match, *bound, limit])
        best = rows[0][1] if rows else 0.0
        return {number: score / best for number, score in rows} if best > 0 else {}

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
            for table, field in (("seen_words", "chunk_words"), ("seen_pairs", "chunk_pairs")):
                held.execute(f"CREATE VIRTUAL TABLE temp.{table} USING fts5vocab('main', '{field}', 'row')")
            held.execute("PRAGMA query_only = ON")
            self._local.connection = held
            with self._lock:
                self._opened.append(held)
        return held


def _any_of(terms: Sequence[str]) -> str:
    """Return the FTS5 expression for any of ``terms``, each quoted; empty if there are none."""
    return " OR ".join('"' + term.replace('"', '""') + '"' for term in dict.fromkeys(terms))


def _join(found: Mapping[str, Mapping[int, float]], weights: Mapping[str, float], number: int) -> float:
    return sum(weight * found[field].get(number, 0.0) for field, weight in weights.items())
