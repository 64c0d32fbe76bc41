"""The tables in which talks are kept.

Example: a verdict on an answer is a row of ``FEEDBACK`` with the answer as it was and the places that it cited.
"""

from __future__ import annotations

import sqlalchemy as sa

METADATA = sa.MetaData()
SCHEMA = sa.Table("chat_schema", METADATA, sa.Column("version", sa.Integer, primary_key=True, autoincrement=False))
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
    sa.Column("places", sa.JSON, nullable=False, server_default="[]"),
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
