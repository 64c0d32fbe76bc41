"""What is kept of talks: a conversation of turns, what people thought of an answer, and reviewed answers.

Example: ``Turn(question="十大孔兑项目由哪个局牵头", state=TurnState.DONE, answer=Answer(…), …)``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.models import Answer


class TurnState(StrEnum):
    """How far a question has come."""

    PENDING = "pending"
    DONE = "done"
    STOPPED = "stopped"


class Verdict(StrEnum):
    """What a person thought of an answer."""

    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Conversation:
    """One talk of one user; times are ISO 8601 in UTC."""

    id: str
    user: str
    title: str
    created: str
    changed: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with its answer; ``documents`` are the ids it stayed within (empty: all), ``stamp`` the index."""

    id: str
    conversation: str
    position: int
    question: str
    documents: tuple[str, ...]
    state: TurnState
    asked: str
    stamp: str
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class EvidencePlace:
    """Where a citation of an answer stood when it was given, by every name that finds it again.

    Attributes:
        document: The document's id.
        start: The offset of the quote in the document's text; ``end`` is behind it.
        address: The place as a person reads it: 三、（一）2. or 附件5 项目表 第3行 “牵头责任单位”.
        quote: The verbatim words; ``occurrence`` tells how often they begin before.
        anchor: The name of the clause or cell in links.
        table: The table's name where the quote is a row or cell of one, with the data row and perhaps the column.
    """

    document: str
    start: int
    end: int
    address: str
    quote: str
    occurrence: int = 0
    anchor: str = ""
    table: str = ""
    row: int = 0
    column: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a person thought of the answer of ``turn``; ``correction`` is the right answer in the person's words.

    ``handled`` says what an administrator made of it, empty where nothing yet; ``places`` are those that the answer
    cited.
    """

    id: int
    turn: Turn
    earlier: tuple[str, ...]
    verdict: Verdict
    reason: str
    correction: str
    given: str
    handled: str
    places: tuple[EvidencePlace, ...] = ()


@dataclass(frozen=True, slots=True)
class StandardAnswer:
    """A reviewed answer that is shown before the found one; ``author`` is who reviewed it, ``date`` when."""

    id: int
    question: str
    answer: str
    author: str
    date: str
