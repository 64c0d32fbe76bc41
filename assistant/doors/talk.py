"""A visitor's question in, what the page is to show of it out, kept in the visitor's conversation on the way.

Example: asking twice with the same turn, after a lost connection, gives the kept answer and asks nothing again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.conversations.feedback import StandardAnswers
from assistant.conversations.models import Turn, TurnState
from assistant.conversations.store import ConversationStore
from assistant.doors.answerer import Answerer
from assistant.doors.cards import render_asks, render_turn
from assistant.doors.limits import BURST, PER_SECOND, TOO_FAST, Pace
from assistant.doors.next_questions import answerable, propose_next
from assistant.errors import AssistantError, ConversationMissing
from assistant.models import Answer, AnswerKind
from assistant.readable import writable
from assistant.viewing.card import Card, make_card
from corpus.errors import CorpusError
from index.errors import IndexRoomError

OUTDATED = "页面已过期，请刷新后再问。"
NEAREST = 20
"""Chunks looked at for the places that a refusal lists."""

_KEY = re.compile(r"[0-9a-f]{32}")

Delivery = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the page; ``replaces`` is the turn that is asked again in other words."""

    turn: str
    conversation: str
    question: str
    replaces: str = ""


class Talk:
    """Answers visitors and keeps what was said."""

    def __init__(
        self, assistant: Answerer, store: ConversationStore, standards: StandardAnswers, stamp: str = ""
    ) -> None:
        self.assistant, self.store, self.standards, self.stamp = assistant, store, standards, stamp
        self._pace = Pace(BURST, PER_SECOND)

    def ask(self, visitor: str, asked: Asked, within: Sequence[str] = ()) -> Delivery:
        """Return the answered turn as HTML, or a notice of what went wrong; nothing of a turn that was stopped."""
        if not self._pace.allows(visitor):
            return {"turn": asked.turn, "notice": TOO_FAST}
        if not (_KEY.fullmatch(asked.turn) and _KEY.fullmatch(asked.conversation)):
            return {"turn": asked.turn, "notice": OUTDATED}
        try:
            if not visitor:
                return self._ask_alone(asked, tuple(within))
            return self._ask(visitor, asked, tuple(within))
        except (AssistantError, IndexRoomError, CorpusError) as error:
            return {"turn": asked.turn, "notice": str(error)}

    def _ask(self, visitor: str, asked: Asked, within: tuple[str, ...]) -> Delivery:
        question = writable(asked.question)
        kept = self.store.begin(visitor, asked.conversation, asked.turn, question, within, self.stamp)
        if kept.state is not TurnState.PENDING:
            return {"turn": kept.id, "html": self.render(kept)}
        try:
            answer = self.assistant.ask(question, self._earlier(visitor, kept, asked.replaces), within or None)
        except BaseException:
            self.store.forget(kept.id)
            raise
        if not self.store.finish(kept.id, answer):
            return {"turn": kept.id}  # stopped meanwhile
        if asked.replaces:
            self.store.cut(visitor, asked.replaces, kept.id)
        return {"turn": kept.id, "html": self.render(replace(kept, answer=answer, state=TurnState.DONE))}

    def _ask_alone(self, asked: Asked, within: tuple[str, ...]) -> Delivery:
        """Answer a browser that keeps no cookie: nothing is kept for it, for it could not be found again."""
        question = writable(asked.question)
        answer = self.assistant.ask(question, (), within or None)
        turn = Turn("", "", 1, question, within, TurnState.DONE, "", self.stamp, answer)
        return {"turn": asked.turn, "html": self.render(turn)}

    def show(self, visitor: str, conversation: str) -> str:
        """Return the turns of a conversation as HTML."""
        return "".join(map(self.render, self.store.turns(visitor, conversation)))

    def next_questions(self, visitor: str, turn: str) -> str:
        """Return questions that could follow the turn, each of them tried, as HTML."""
        kept = self.store.turn(visitor, turn)
        return self._next(kept, self._earlier(visitor, kept, ""))

    def render(self, turn: Turn) -> str:
        """Return one turn as HTML."""
        if turn.answer is None:
            return render_turn(turn, None)
        standard = self.standards.find(turn.answer.standalone) or self.standards.find(turn.question)
        return render_turn(turn, self._card(turn, turn.answer), standard)

    def _next(self, turn: Turn, earlier: Sequence[str]) -> str:
        answer = turn.answer
        if answer is None or answer.kind in (AnswerKind.CLARIFY, AnswerKind.ERROR):
            return ""
        documents = self.assistant.documents
        card = self._card(turn, answer)
        proposed = propose_next(answer, (*answer.citations, *card.nearest), documents)
        questions = answerable(self.assistant, proposed, [*earlier, turn.question], turn.documents or None)
        return render_asks("可以这样问" if card.is_refusal else "还可以问", questions)

    def _card(self, turn: Turn, answer: Answer) -> Card:
        if answer.kind is not AnswerKind.REFUSAL:
            return make_card(answer, self.assistant.documents)
        try:
            hits = self.assistant.search(answer.standalone or turn.question, NEAREST, turn.documents or None)
        except (AssistantError, IndexRoomError, CorpusError):
            hits = ()
        return make_card(answer, self.assistant.documents, hits)

    def _earlier(self, visitor: str, kept: Turn, replaces: str) -> list[str]:
        """Return the answered questions before this one, or before the one that it replaces."""
        turns = self.store.turns(visitor, kept.conversation)
        end = next((turn.position for turn in turns if turn.id == replaces), kept.position)
        if replaces and all(turn.id != replaces for turn in turns):
            raise ConversationMissing("要修改的问题已不在这个对话中。请刷新页面。")
        return [turn.question for turn in turns if turn.position < end and turn.state is TurnState.DONE]
