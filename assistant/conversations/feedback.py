"""What people thought of answers in, a list for the administrator and reviewed answers out.

Example: ``standards.keep("谁牵头？", "水利局。", "张三")``; ``standards.find("谁牵头")`` is that answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa

from assistant.conversations.answer_rows import answer_of, row_of
from assistant.conversations.models import EvidencePlace, Feedback, StandardAnswer, Turn, TurnState, Verdict
from assistant.conversations.schema import EVAL_ROWS, FEEDBACK, STANDARDS
from assistant.conversations.store import now
from assistant.errors import ConversationMissing
from corpus.folding import fold

MOST_LISTED = 500
_MARKS = re.compile(r"[\s，。、；：？！,.;:?!“”\"'‘’（）()《》]+")


class FeedbackStore:
    """What people thought, one entry a person and answer, kept with the answer and the index it came from."""

    def __init__(self, engine: sa.Engine, clock: Callable[[], str] = now) -> None:
        self._engine, self._clock = engine, clock

    def give(
        self,
        user: str,
        turn: Turn,
        earlier: Sequence[str],
        verdict: Verdict,
        reason: str = "",
        correction: str = "",
        places: Sequence[EvidencePlace] = (),
    ) -> None:
        """Keep what ``user`` thinks of the answer of ``turn``; said again, it takes the place of what was said."""
        kept: dict[str, object] = {"question": turn.question, "stamp": turn.stamp, "documents": list(turn.documents)}
        kept |= {"conversation": turn.conversation, "asked": turn.asked, "earlier": list(earlier)}
        kept |= {"answer": row_of(turn.answer) if turn.answer else None}
        values: dict[str, object] = {
            "turn": turn.id,
            "user": user,
            "kept": kept,
            "verdict": verdict.value,
            "reason": reason,
        }
        values |= {"correction": correction, "given": self._clock(), "handled": ""}
        values |= {"places": [asdict(place) for place in places]}
        with self._engine.begin() as connection:
            old = (FEEDBACK.c.turn == turn.id) & (FEEDBACK.c.user == user)
            connection.execute(sa.delete(FEEDBACK).where(old))
            connection.execute(sa.insert(FEEDBACK).values(**values))

    def listed(self) -> tuple[Feedback, ...]:
        """Return what was given, the newest first."""
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(FEEDBACK).order_by(FEEDBACK.c.id.desc()).limit(MOST_LISTED))
            return tuple(_feedback(row) for row in rows)

    def one(self, number: int) -> Feedback:
        """Return one entry.

        Raises:
            ConversationMissing: There is none of that number.
        """
        with self._engine.connect() as connection:
            row = connection.execute(sa.select(FEEDBACK).where(FEEDBACK.c.id == number)).one_or_none()
        if row is None:
            raise ConversationMissing("没有这条反馈。")
        return _feedback(row)

    def keep_row(self, number: int, row: str) -> None:
        """Keep the row of a question set that entry ``number`` became, in place of an older one."""
        with self._engine.begin() as connection:
            connection.execute(sa.delete(EVAL_ROWS).where(EVAL_ROWS.c.feedback == number))
            connection.execute(sa.insert(EVAL_ROWS).values(feedback=number, row=row))

    def rows(self) -> tuple[str, ...]:
        """Return the rows of question sets that entries became, oldest entry first."""
        with self._engine.connect() as connection:
            return tuple(connection.scalars(sa.select(EVAL_ROWS.c.row).order_by(EVAL_ROWS.c.feedback)))

    def handle(self, number: int, what: str) -> None:
        """Note what was made of an entry."""
        with self._engine.begin() as connection:
            connection.execute(sa.update(FEEDBACK).where(FEEDBACK.c.id == number).values(handled=what))


class StandardAnswers:
    """Reviewed answers by question; marks and blanks do not count."""

    def __init__(self, engine: sa.Engine, clock: Callable[[], str] = now) -> None:
        self._engine, self._clock = engine, clock

    def keep(self, question: str, answer: str, author: str) -> None:
        """Keep the reviewed answer to ``question``, in place of an older one."""
        key = _key(question)
        date = datetime.fromisoformat(self._clock()).astimezone().date().isoformat()  # as the office's calendar has it
        values = {"key": key, "question": question, "answer": answer, "author": author, "date": date}
        with self._engine.begin() as connection:
            connection.execute(sa.delete(STANDARDS).where(STANDARDS.c.key == key))
            connection.execute(sa.insert(STANDARDS).values(**values))

    def find(self, question: str) -> StandardAnswer | None:
        """Return the reviewed answer to ``question``, or None."""
        with self._engine.connect() as connection:
            row = connection.execute(sa.select(STANDARDS).where(STANDARDS.c.key == _key(question))).one_or_none()
        return _standard(row) if row is not None else None

    def listed(self) -> tuple[StandardAnswer, ...]:
        """Return all, the newest first."""
        with self._engine.connect() as connection:
            return tuple(map(_standard, connection.execute(sa.select(STANDARDS).order_by(STANDARDS.c.id.desc()))))

    def withdraw(self, number: int) -> None:
        """Drop one."""
        with self._engine.begin() as connection:
            connection.execute(sa.delete(STANDARDS).where(STANDARDS.c.id == number))


def _key(question: str) -> str:
    return _MARKS.sub("", fold(question))


def _standard(row: sa.Row[tuple[object, ...]]) -> StandardAnswer:
    kept = dict(row._mapping)
    del kept["key"]
    return StandardAnswer(**kept)


def _feedback(row: sa.Row[tuple[object, ...]]) -> Feedback:
    kept = row._mapping["kept"]
    turn = Turn(
        id=row._mapping["turn"],
        conversation=kept["conversation"],
        position=0,
        question=kept["question"],
        documents=tuple(kept["documents"]),
        state=TurnState.DONE,
        asked=kept["asked"],
        stamp=kept["stamp"],
        answer=answer_of(kept["answer"]) if kept["answer"] else None,
    )
    given = {name: row._mapping[name] for name in ("id", "reason", "correction", "given", "handled")}
    given |= {"places": tuple(EvidencePlace(**place) for place in row._mapping["places"])}
    return Feedback(turn=turn, earlier=tuple(kept["earlier"]), verdict=Verdict(row._mapping["verdict"]), **given)
