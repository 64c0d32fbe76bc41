"""A question with its history in, the documents that it is put to out, with both freed from the names of documents.

Example: 那征求意见稿呢, after 正式稿中补贴标准是多少 → the draft, “该文件中补贴标准是多少”.

A follow-up stays with the documents of the question that it completes, unless it names others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.understand.document_names import POINTER, DocumentNames, Naming
from assistant.understand.followup import FollowUps
from assistant.understand.past import Past
from assistant.understand.recalled import Recalled
from assistant.understand.source_asked import asks_for_source

_KEPT = 1000
"""Earlier questions whose names, put right, are remembered: each comes again with every question that follows."""

_BOTH = 2
_HOW_FAR_APART = re.compile(
    r"(?:那么?|它们?|两者|二者|这|之间|一共|总共|分别)*(?:相差|差|提高|降低|增加|减少|缩短|延长|上调|下调|推迟|提前|[多少高低])了?"
    r"(?:多少|多久|几)个?[\u3400-\u9fff%]{0,4}[？?。呢]*"
)
"""Asks of what two documents state how far apart it is: 缩短了几个工作日."""

RecallWithin = Callable[[str, Sequence[str] | None], Recalled]
"""A question and the documents it is put to → what its answer rests on."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A question put to ``documents`` (ids; None for all), which it calls ``called``; ``unknown`` names none there."""

    text: str
    past: Past
    documents: Sequence[str] | None
    called: tuple[str, ...] = ()
    unknown: str = ""


class Binding:
    """Binds questions to the documents that they or the questions before them name."""

    def __init__(self, names: DocumentNames, follow_ups: FollowUps, ready: Callable[[str], str]) -> None:
        """Take ``ready``, which puts an earlier question's names right."""
        self._names, self._follow_ups = names, follow_ups
        self._ready = lru_cache(maxsize=_KEPT)(ready)

    def bind(self, text: str, history: Sequence[str], documents: Sequence[str] | None, recall: RecallWithin) -> Bound:
        """Return ``text`` with the documents among ``documents`` (ids; None for all) that it is put to."""
        asked = [one for one in history if not self._follow_ups.is_talk(one) and not asks_for_source(one)]
        turns = [self._names.read(one, documents) for one in asked]
        last = next((turn for turn in reversed(turns) if turn.documents is not None), None)
        now = self._names.of_other_year(text, last) or self._names.read(text, documents)
        before = next((turn.documents for turn in reversed(turns) if turn.documents is not None), documents)
        called = POINTER if any(turn.documents is not None for turn in turns) else ""
        within = None if before is None else tuple(before)
        typed = tuple(_texts(turns))
        questions = tuple(map(self._ready, typed))
        past = Past(questions, lambda question: recall(question, before), called, within=within, typed=typed)
        if now.unknown:
            return Bound(text, past, documents, now.called, now.unknown)
        if now.documents is None and (compared := self._compared(text, turns, past)):
            return compared
        if now.documents is None:
            kept = self._kept(now.text, turns, past)
            return Bound(now.text, past, kept.documents if kept else documents, kept.called if kept else ())
        standing = self._follow_ups.standing(past) if now.is_alone else []
        return Bound(standing[-1].text if standing else now.text, past, now.documents, now.called)

    def _compared(self, text: str, turns: Sequence[Naming], past: Past) -> Bound | None:
        """Return the last question put to the last two documents, where ``text`` asks how far apart: 降低了多少."""
        named = [turn for turn in turns if turn.documents is not None]
        apart = list({turn.documents: turn for turn in named}.values())[-_BOTH:]
        if len(apart) < _BOTH or not _HOW_FAR_APART.fullmatch(text):
            return None
        standing = self._follow_ups.standing(past)
        ids = tuple(dict.fromkeys(id for turn in apart for id in turn.documents or ()))
        called = tuple(name for turn in apart for name in turn.called)
        question = standing[-1].text.rstrip("？?。呢") if standing else ""
        return Bound(f"{question}，相差多少", replace(past, questions=()), ids, called) if question else None

    def _kept(self, text: str, turns: Sequence[Naming], past: Past) -> Naming | None:
        """Return the naming of the question that ``text`` completes, at any distance; None where that names nothing.

        What speaks of the document itself (它什么时候发布) is asked of the last one named.
        """
        named = [turn for turn in turns if turn.documents is not None]
        standing = self._follow_ups.standing(past) if named else []
        for number in range(len(turns) if named else 0, 0, -1):
            known = standing[:number] if len(standing) == len(turns) else []
            before = replace(past, questions=past.questions[:number], standing=known)
            made = self._follow_ups.stand_alone(text, before)
            if made == text:
                return None
            if turns[number - 1].documents is not None:
                return turns[number - 1]
            if isinstance(made, str) and POINTER in made and POINTER not in text:
                return named[-1]
            text = past.questions[number - 1]
        return None


def _texts(turns: Sequence[Naming]) -> list[str]:
    """Return the earlier questions; one that is nothing but a name asks the question before it again."""
    texts: list[str] = []
    for turn in turns:
        texts.append(texts[-1] if turn.is_alone and texts else turn.text)
    return texts


def in_full(text: str, called: Sequence[str], asked: str = "") -> str:
    """Return a question with the documents called by the names that stood there, as ``asked`` where it ends so."""
    if not called:
        return text
    if asked.endswith(text):
        return asked
    names = "、".join(called)
    return text.replace(POINTER, names, 1) if POINTER in text else f"{names}中，{text}"
