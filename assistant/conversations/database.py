"""A database's address in, an engine with the tables of the talks out: SQLite in a folder, or PostgreSQL.

Example: ``open_database(folder)`` makes ``folder/conversations.sqlite`` with its tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

from assistant.conversations.migrations import VERSION, bring_up_to_date, version_of
from assistant.conversations.schema import CONVERSATIONS
from assistant.errors import ConversationsUnavailable

SQLITE_FILE = "conversations.sqlite"
PATIENCE_S = 20.0
"""How long a write waits for another one."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A database that can be used: where it is, and the version of its tables (0: none yet)."""

    place: str
    version: int

    @property
    def is_current(self) -> bool:
        """Return whether its tables are those of this program."""
        return self.version == VERSION


def open_database(folder: Path, url: str = "") -> sa.Engine:
    """Return an engine over the talks' tables, made where they are missing and changed where they are older.

    Raises:
        ConversationsUnavailable: The folder cannot be written, ``url`` leads to no PostgreSQL database, or a newer
            program made the tables.
    """
    with _said(folder, url):
        engine = _postgresql(url) if url else _sqlite(folder, PATIENCE_S)
        try:
            bring_up_to_date(engine)
        except BaseException:
            engine.dispose()
            raise
        return engine


def check_database(folder: Path, url: str = "", patience_s: float = 3.0) -> Checked:
    """Return what is there, after trying to write to it; nothing is made or changed.

    Raises:
        ConversationsUnavailable: It cannot be reached or written, or a newer program made it.
    """
    place = "POLICY_DATABASE 指定的数据库" if url else str(folder / SQLITE_FILE)
    with _said(folder, url):
        if not url and not (folder / SQLITE_FILE).exists():
            _try_folder(folder)
            return Checked(place, 0)
        engine = _postgresql(url) if url else _sqlite(folder, patience_s)
        try:
            with engine.connect() as connection:
                version = version_of(connection)
                if version:
                    nobody = sa.update(CONVERSATIONS).where(CONVERSATIONS.c.id == "").values(title="")
                    connection.execute(nobody)
                connection.rollback()
        finally:
            engine.dispose()
        return Checked(place, version)


def _try_folder(folder: Path) -> None:
    """Try to write where the folder is or will be made.

    Raises:
        OSError: It cannot.
    """
    there = next(one for one in (folder, *folder.absolute().parents) if one.exists())
    probe = there / f".{SQLITE_FILE}.probe"
    probe.touch()
    probe.unlink()


@contextmanager
def _said(folder: Path, url: str) -> Iterator[None]:
    """Say in Chinese what a database or a disk reports."""
    try:
        yield
    except (OSError, sa.exc.SQLAlchemyError, ModuleNotFoundError) as error:
        place = "POLICY_DATABASE 指定的数据库" if url else f"“{folder}”"
        raise ConversationsUnavailable(f"对话记录无法保存到{place}。请检查它是否存在、是否可写。") from error


def _sqlite(folder: Path, patience_s: float) -> sa.Engine:
    folder.mkdir(parents=True, exist_ok=True)
    address = URL.create("sqlite", database=str(folder / SQLITE_FILE))
    engine = sa.create_engine(address, connect_args={"timeout": patience_s})
    sa.event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: object) -> None:
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _postgresql(url: str) -> sa.Engine:
    return sa.create_engine(make_url(url).set(drivername="postgresql+psycopg"), pool_pre_ping=True)
