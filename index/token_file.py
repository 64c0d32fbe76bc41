"""Packed token vectors by chunk and by headings in, one SQLite file out; a few are read when asked for.

Example: the 200 chunks of a plan take 3 MB.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from index.errors import IndexBroken
from index.stamp import mending_command
from index.token_vectors import TokenVectors, is_whole, unpack

_MOST_KEPT = 2048


def write_tokens(file: Path, ids: Sequence[str], tokens: Sequence[bytes]) -> None:
    """Write the packed token vectors of each chunk to a new file.

    Raises:
        sqlite3.Error: If the file cannot be written.
    """
    connection = sqlite3.connect(file)
    try:
        with connection:
            connection.execute("CREATE TABLE token (chunk TEXT PRIMARY KEY, vectors BLOB) WITHOUT ROWID")
            rows = sorted(zip(ids, tokens, strict=True))
            connection.executemany("INSERT INTO token VALUES (?, ?)", rows)
    finally:
        connection.close()


class TokenFile:
    """Reads the token vectors of chunks; safe for many threads."""

    def __init__(self, file: Path) -> None:
        """Open the file.

        Raises:
            IndexBroken: If it is not there.
        """
        self._file = file
        self._lock = threading.Lock()
        try:
            address = f"{file.resolve().as_uri()}?mode=ro"
            self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        except sqlite3.Error as error:
            raise self._broken() from error
        self.of = lru_cache(maxsize=_MOST_KEPT)(self._of)
        """Return the token vectors of a chunk by its id; none where the model that built the index has none.

        Raises:
            IndexBroken: If the file is damaged.
        """

    def _of(self, chunk: str) -> TokenVectors:
        try:
            data = self._read(chunk)
        except sqlite3.Error as error:
            raise self._broken() from error
        if not is_whole(data):
            raise self._broken()
        return unpack(data)

    def _broken(self) -> IndexBroken:
        mend = mending_command(self._file.parent)
        return IndexBroken(f"索引已损坏：{self._file}。请运行 {mend} 重建。")

    def _read(self, chunk: str) -> bytes:
        with self._lock:
            row = self._connection.execute("SELECT vectors FROM token WHERE chunk = ?", (chunk,)).fetchone()
        return b"" if row is None else row[0]

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()
