"""A database of talks of any age in, the same with today's tables out: nothing that was kept is lost.

Example: feedback of version 1 named no places; its answers' citations give each entry document, offsets and address.
"""

from __future__ import annotations

import json

import sqlalchemy as sa

from assistant.conversations.schema import FEEDBACK, METADATA, SCHEMA
from assistant.errors import ConversationsUnavailable

VERSION = 2
"""1: as first released, without a version of its own. 2: feedback has the places that its answer cited."""


def bring_up_to_date(engine: sa.Engine) -> None:
    """Make what tables are missing and change older ones, all or nothing.

    Raises:
        ConversationsUnavailable: A newer program made the database.
    """
    with engine.begin() as connection:
        version = version_of(connection)
        METADATA.create_all(connection)
        if version == 1:
            _add_places(connection)
        if version != VERSION:
            connection.execute(sa.delete(SCHEMA))
            connection.execute(sa.insert(SCHEMA).values(version=VERSION))


def version_of(connection: sa.Connection) -> int:
    """Return the version of the tables, 0 where there are none yet.

    Raises:
        ConversationsUnavailable: A newer program made the database.
    """
    tables = sa.inspect(connection)
    if not tables.has_table(FEEDBACK.name):
        return 0
    version = connection.scalar(sa.select(SCHEMA.c.version)) if tables.has_table(SCHEMA.name) else None
    if version is not None and version > VERSION:
        raise ConversationsUnavailable(
            f"对话数据库由更新的程序建立（版本 {version}，本程序只认识到 {VERSION}）。"
            "请升级本程序，或用 POLICY_CONVERSATIONS、POLICY_DATABASE 另指位置。"
        )
    return version or 1


def _add_places(connection: sa.Connection) -> None:
    column = FEEDBACK.c.places
    # SQLite keeps a new column even where the program ends before the rest: then it is there already.
    if column.name not in {one["name"] for one in sa.inspect(connection).get_columns(FEEDBACK.name)}:
        kind = column.type.compile(connection.dialect)
        added = f"ALTER TABLE {FEEDBACK.name} ADD COLUMN {column.name} {kind} DEFAULT '[]' NOT NULL"
        connection.execute(sa.text(added))
    for number, kept in connection.execute(sa.select(FEEDBACK.c.id, FEEDBACK.c.kept)).all():
        citations = json.loads(kept["answer"])["citations"] if kept["answer"] else []
        places = [
            {"document": one["document_id"], "start": one["start"], "end": one["end"]}
            | {"address": one["locator"], "quote": one["quote"]}
            for one in citations
        ]
        connection.execute(sa.update(FEEDBACK).where(FEEDBACK.c.id == number).values(places=places))
