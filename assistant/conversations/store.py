"""Questions and answers of users in, their conversations out, kept in a database across restarts.

Example: ``store.begin("u1", "c1", "t1", "谁牵头？")`` keeps the question; ``store.finish("t1", answer)`` its answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import sqlalchemy as sa

from assistant.conversations.answer_rows import answer_of, row_of
from assistant.conversations.models import Conversation, Turn, TurnState
from assistant.conversations.schema import CONVERSATIONS, TURNS
from assistant.errors import ConversationMissing
from assistant.models import Answer

LONGEST_TITLE = 60
MOST_LISTED = 200
MISSING = "没有这个对话，可能已被删除。"


def now() -> str:
    """Return the time as it is kept: ISO 8601, UTC, to the microsecond."""
    return datetime.now(UTC).isoformat()


class ConversationStore:
    """Conversations by user; nobody reaches those of another. Safe to use from several threads."""

    def __init__(self, engine: sa.Engine, clock: Callable[[], str] = now) -> None:
        self._engine, self._clock = engine, clock

    def begin(
        self, user: str, conversation: str, turn: str, question: str, documents: Sequence[str] = (), stamp: str = ""
    ) -> Turn:
        """Keep a question that is about to be answered; the first one names the conversation.

        A turn that is known already is returned as it is: asking again after a lost connection asks nothing twice.

        Raises:
            ConversationMissing: The conversation is another user's.
        """
        with self._engine.begin() as connection:
            known = connection.execute(sa.select(TURNS).where(TURNS.c.id == turn)).one_or_none()
            if known is not None:
                self._own(connection, user, known.conversation)
                return _turn(known)
            self._open(connection, user, conversation, question)
            last = sa.select(sa.func.max(TURNS.c.position)).where(TURNS.c.conversation == conversation)
            position = (connection.scalar(last) or 0) + 1
            values = {"id": turn, "conversation": conversation, "position": position, "question": question}
            values |= {"documents": list(documents), "state": TurnState.PENDING, "asked": self._clock(), "stamp": stamp}
            connection.execute(sa.insert(TURNS).values(**values))
            return _turn(connection.execute(sa.select(TURNS).where(TURNS.c.id == turn)).one())

    def finish(self, turn: str, answer: Answer) -> bool:
        """Keep the answer and return whether it was still waited for: a stopped turn stays stopped."""
        waiting = (TURNS.c.id == turn) & (TURNS.c.state == TurnState.PENDING)
        with self._engine.begin() as connection:
            done = sa.update(TURNS).where(waiting).values(state=TurnState.DONE, answer=row_of(answer))
            return connection.execute(done).rowcount == 1

    def stop(self, user: str, turn: str) -> None:
        """Mark a waiting turn as stopped; one that is answered stays so."""
        with self._engine.begin() as connection:
            kept = self._find(connection, user, turn)
            if kept.state is TurnState.PENDING:
                connection.execute(sa.update(TURNS).where(TURNS.c.id == turn).values(state=TurnState.STOPPED))

    def forget(self, turn: str) -> None:
        """Drop a turn that could not be answered, and its conversation where nothing else is in it."""
        with self._engine.begin() as connection:
            name = connection.scalar(sa.select(TURNS.c.conversation).where(TURNS.c.id == turn))
            connection.execute(sa.delete(TURNS).where(TURNS.c.id == turn))
            left = sa.select(sa.func.count()).select_from(TURNS).where(TURNS.c.conversation == name)
            if name is not None and not connection.scalar(left):
                connection.execute(sa.delete(CONVERSATIONS).where(CONVERSATIONS.c.id == name))

    def cut(self, user: str, turn: str, new: str) -> None:
        """Drop ``turn`` and those after it up to the turn ``new``, which asks in other words.

        Raises:
            ConversationMissing: There is no such turn of that user.
        """
        with self._engine.begin() as connection:
            first, end = self._find(connection, user, turn), self._find(connection, user, new)
            between = TURNS.c.position.between(first.position, end.position - 1)
            connection.execute(sa.delete(TURNS).where((TURNS.c.conversation == first.conversation) & between))

    def turns(self, user: str, conversation: str) -> tuple[Turn, ...]:
        """Return the turns of one conversation, oldest first.

        Raises:
            ConversationMissing: There is no such conversation of that user.
        """
        with self._engine.connect() as connection:
            self._own(connection, user, conversation)
            chosen = sa.select(TURNS).where(TURNS.c.conversation == conversation).order_by(TURNS.c.position)
            return tuple(_turn(row) for row in connection.execute(chosen))

    def turn(self, user: str, turn: str) -> Turn:
        """Return one turn.

        Raises:
            ConversationMissing: There is no such turn of that user.
        """
        with self._engine.connect() as connection:
            return self._find(connection, user, turn)

    def conversations(self, user: str, words: str = "") -> tuple[Conversation, ...]:
        """Return the user's conversations, last changed first; ``words`` must stand in a title or a question."""
        chosen = sa.select(CONVERSATIONS).where(CONVERSATIONS.c.user == user)
        if words:
            asked = sa.select(TURNS.c.conversation).where(TURNS.c.question.icontains(words, autoescape=True))
            titled = CONVERSATIONS.c.title.icontains(words, autoescape=True)
            chosen = chosen.where(titled | CONVERSATIONS.c.id.in_(asked))
        with self._engine.connect() as connection:
            rows = connection.execute(chosen.order_by(CONVERSATIONS.c.changed.desc()).limit(MOST_LISTED))
            return tuple(Conversation(**row._mapping) for row in rows)

    def conversation(self, user: str, conversation: str) -> Conversation:
        """Return one conversation.

        Raises:
            ConversationMissing: There is no such conversation of that user.
        """
        with self._engine.connect() as connection:
            return self._own(connection, user, conversation)

    def rename(self, user: str, conversation: str, title: str) -> None:
        """Give a conversation another title.

        Raises:
            ConversationMissing: There is no such conversation of that user.
        """
        with self._engine.begin() as connection:
            self._own(connection, user, conversation)
            values = {"title": title[:LONGEST_TITLE]}
            connection.execute(sa.update(CONVERSATIONS).where(CONVERSATIONS.c.id == conversation).values(**values))

    def delete(self, user: str, conversation: str) -> None:
        """Drop a conversation with its turns.

        Raises:
            ConversationMissing: There is no such conversation of that user.
        """
        with self._engine.begin() as connection:
            self._own(connection, user, conversation)
            connection.execute(sa.delete(CONVERSATIONS).where(CONVERSATIONS.c.id == conversation))

    def _open(self, connection: sa.Connection, user: str, conversation: str, question: str) -> None:
        time = self._clock()
        row = connection.execute(sa.select(CONVERSATIONS).where(CONVERSATIONS.c.id == conversation)).one_or_none()
        if row is None:
            title = " ".join(question.split())[:LONGEST_TITLE]
            values = {"id": conversation, "user": user, "title": title, "created": time, "changed": time}
            connection.execute(sa.insert(CONVERSATIONS).values(**values))
            return
        self._own(connection, user, conversation)
        connection.execute(sa.update(CONVERSATIONS).where(CONVERSATIONS.c.id == conversation).values(changed=time))

    def _own(self, connection: sa.Connection, user: str, conversation: str) -> Conversation:
        chosen = (CONVERSATIONS.c.id == conversation) & (CONVERSATIONS.c.user == user)
        row = connection.execute(sa.select(CONVERSATIONS).where(chosen)).one_or_none()
        if row is None:
            raise ConversationMissing(MISSING)
        return Conversation(**row._mapping)

    def _find(self, connection: sa.Connection, user: str, turn: str) -> Turn:
        row = connection.execute(sa.select(TURNS).where(TURNS.c.id == turn)).one_or_none()
        if row is None:
            raise ConversationMissing(MISSING)
        self._own(connection, user, row.conversation)
        return _turn(row)


def _turn(row: sa.Row[tuple[object, ...]]) -> Turn:
    kept = dict(row._mapping)
    kept |= {"documents": tuple(kept["documents"]), "state": TurnState(kept["state"])}
    return Turn(**kept | {"answer": answer_of(kept["answer"]) if kept["answer"] else None})
