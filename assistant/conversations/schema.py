"""A database's address in, an engine with the tables of the talks out: SQLite in a folder, or PostgreSQL.

Example: ``open_database(folder)`` makes ``folder/conversations.sqlite`` with five tables.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

from assistant.errors import ConversationsUnavailable

SQLITE_FILE = "conversations.sqlite"

METADATA = sa.MetaData()
CONVERSATIONS = sa.Table(
    "chat_conversations",
    METADATA,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("user", sa.String(200), nullable=False, index=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("created", sa.String(32), nullable=False),
    sa.Column("changed", sa.String(32), nullable=False),
)
TURNS = sa.Table(
    "chat_turns",
    METADATA,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("conversation", sa.ForeignKey(CONVERSATIONS.c.id, ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("documents", sa.JSON, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("asked", sa.String(32), nullable=False),
    sa.Column("stamp", sa.String(200), nullable=False),
    sa.Column("answer", sa.Text),
)
FEEDBACK = sa.Table(
    "chat_feedback",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    # A person may delete the talk; what was said of its answer stays, with the answer as it was.
    sa.Column("turn", sa.String(32), nullable=False, index=True),
    sa.Column("user", sa.String(200), nullable=False),
    sa.Column("kept", sa.JSON, nullable=False),
    sa.Column("verdict", sa.String(8), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("correction", sa.Text, nullable=False),
    sa.Column("given", sa.String(32), nullable=False),
    sa.Column("handled", sa.Text, nullable=False),
    sa.UniqueConstraint("turn", "user"),
)
EVAL_ROWS = sa.Table(
    "chat_eval_rows",
    METADATA,
    sa.Column("feedback", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("row", sa.Text, nullable=False),
)
STANDARDS = sa.Table(
    "chat_standards",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("answer", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("date", sa.String(32), nullable=False),
)


def open_database(folder: Path, url: str = "") -> sa.Engine:
    """Return an engine over the talks' tables, made where they are missing.

    Raises:
        ConversationsUnavailable: The folder cannot be written, or ``url`` leads to no PostgreSQL database.
    """
    try:
        engine = _postgresql(url) if url else _sqlite(folder)
        METADATA.create_all(engine)
    except (OSError, sa.exc.SQLAlchemyError, ModuleNotFoundError) as error:
        place = "POLICY_DATABASE 指定的数据库" if url else f"“{folder}”"
        raise ConversationsUnavailable(f"对话记录无法保存到{place}。请检查它是否存在、是否可写。") from error
    return engine


def _sqlite(folder: Path) -> sa.Engine:
    folder.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(URL.create("sqlite", database=str(folder / SQLITE_FILE)), connect_args={"timeout": 20})
    sa.event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: object) -> None:
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _postgresql(url: str) -> sa.Engine:
    return sa.create_engine(make_url(url).set(drivername="postgresql+psycopg"), pool_pre_ping=True)
