"""Texts in, vectors out, those of tokens beside, each text embedded once: a file that every build shares keeps them.

Example: after one changed clause, only that clause's pieces are embedded; a killed build's vectors are not lost.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.token_vectors import is_whole

if TYPE_CHECKING:
    from index.embedder import Embedder

BATCH = 128
"""Texts embedded and kept at a time: a killed build loses at most these."""

Matrix = np.ndarray[Any, np.dtype[np.float32]]
Progress = Callable[[int, int], None]
Known = tuple[Matrix, bytes]
"""The vector of a text, and its packed token vectors."""


class EmbeddingCache:
    """Vectors by model and text, in one SQLite file; for one writer at a time (the build lock sees to that)."""

    def __init__(self, file: Path) -> None:
        """Open the cache; a damaged file is replaced by an empty one, since it can always be made again."""
        self._file = file
        try:
            self._connection = self._open()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):  # full disk, no permission: not damage
                raise
            file.unlink()
            self._connection = self._open()

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file)
        try:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS embedded (model TEXT, text_hash BLOB, vector BLOB, tokens BLOB,"
                " PRIMARY KEY (model, text_hash)) WITHOUT ROWID"
            )
            connection.execute("DROP TABLE IF EXISTS vector")  # of versions that kept no tokens
            connection.execute("SELECT 1 FROM embedded LIMIT 1").fetchall()
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    def embed(
        self, texts: Sequence[str], embedder: Embedder, progress: Progress | None = None
    ) -> tuple[Matrix, list[bytes]]:
        """Return one vector and the packed token vectors of each text, in order.

        ``progress(done, total)`` is called as texts become ready.

        Raises:
            sqlite3.Error: If the cache cannot be written (a full disk).
        """
        keys = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest() for text in texts]
        known = self._read(embedder, keys)
        counts = Counter(keys)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        # Texts of like length together (a batch may be padded), the longest first: no core waits long at the end.
        waiting = sorted(missing, key=lambda key: (-len(missing[key]), key))
        done = len(keys) - sum(counts[key] for key in waiting)
        _report(progress, done, len(keys))
        for start in range(0, len(waiting), BATCH):
            batch = waiting[start : start + BATCH]
            known.update(self._embed_batch(embedder, batch, [missing[key] for key in batch]))
            for key in batch:
                done += counts[key]
                _report(progress, done, len(keys))
        vectors = [known[key][0] for key in keys] or [np.zeros((0, embedder.dimensions), np.float32)]
        return np.vstack(vectors), [known[key][1] for key in keys]

    def _read(self, embedder: Embedder, keys: Sequence[bytes]) -> dict[bytes, Known]:
        found: dict[bytes, Known] = {}
        for key in keys:
            row = self._connection.execute(
                "SELECT vector, tokens FROM embedded WHERE model = ? AND text_hash = ?", (embedder.name, key)
            ).fetchone()
            if row is not None and len(row[0]) == 4 * embedder.dimensions and is_whole(row[1]):
                found[key] = np.frombuffer(row[0], np.float32), row[1]
        return found

    def _embed_batch(self, embedder: Embedder, keys: list[bytes], texts: list[str]) -> dict[bytes, Known]:
        embedded = [(np.asarray(vector, np.float32), tokens) for vector, tokens in embedder.embed_with_tokens(texts)]
        found = dict(zip(keys, embedded, strict=True))
        rows = [(embedder.name, key, vector.tobytes(), tokens) for key, (vector, tokens) in found.items()]
        with self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO embedded VALUES (?, ?, ?, ?)", rows)
        return found

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def _report(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None:
        progress(done, total)
