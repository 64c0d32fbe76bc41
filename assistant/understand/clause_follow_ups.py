"""A follow-up about clauses and the question before it in, the question that stands alone out.

Example: 第五条呢, after 第三条规定了什么 → 第五条规定了什么; 下一条呢 → 第三条的下一条呢.
"""

from __future__ import annotations

import re

from assistant.understand.clause_questions import ClauseQuestions
from assistant.understand.clause_steps import PARAGRAPH, Address, Step, is_outer
from assistant.understand.clause_words import ClauseAsk, ClauseWords
from assistant.understand.earlier import Earlier
from assistant.understand.lexicon import Lexicon

_ITEMS = frozenset({PARAGRAPH, "项", "目"})
_BESIDE = (ClauseAsk.NEXT, ClauseAsk.PREVIOUS)


class ClauseFollowUps:
    """Completes follow-ups that name clauses by number, or ask for the clause beside one."""

    def __init__(self, questions: ClauseQuestions, lexicon: Lexicon) -> None:
        """Take from ``lexicon`` the words that only bring a clause in (那, 呢)."""
        self._wording, self._holds = questions.wording, questions.divides
        joining = (re.escape(word.key) for word in lexicon.clause_questions if word.name == "joining")
        self._joining = re.compile(rf"(?:{'|'.join(joining)}|\W)*")

    def complete(self, text: str, earlier: Earlier) -> str:
        """Return what ``text`` asks of clauses; empty where it asks for something else or of what a list holds."""
        now = self._wording.read(text)
        if now is None or not all(map(self._wording.is_empty, now.stretches)):
            return ""
        before = earlier.standing[-1].text
        then = self._wording.read(before)
        if then is None or not then.addresses:
            stands = now.addresses and self._stands_alone(now.addresses[0].steps[0]) and not self._is_bare(now)
            return text if stands and not earlier.recalled.listed else ""
        if not now.addresses:
            return self._beside(text, now, then.addresses[-1], earlier)
        first = now.addresses[0].steps[0]
        if (bare := self._is_bare(now)) or first.unit in _ITEMS:
            exchanged, end = _exchanged(text, now, before, then), now.addresses[-1].spans[-1].end
            return exchanged + (before[then.addresses[-1].spans[-1].end :] if bare else text[end:])
        return _within(text, earlier)

    def _stands_alone(self, step: Step) -> bool:
        return not step.is_style and step.unit not in _ITEMS and self._holds(step.unit)

    def _is_bare(self, words: ClauseWords) -> bool:
        return all(self._joining.fullmatch(stretch) for stretch in words.stretches) and words.ask is ClauseAsk.TEXT

    def _beside(self, text: str, now: ClauseWords, address: Address, earlier: Earlier) -> str:
        """Return the question for the neighbour, or the one that asks of the document again."""
        if now.ask in _BESIDE:
            return f"{address.said}的{text}"
        whole = now.ask is ClauseAsk.COUNT and not is_outer(address.steps[-1], Step(now.unit, 1))
        return _within(text, earlier) if whole else ""


def _within(text: str, earlier: Earlier) -> str:
    """Return a question put to the document that was spoken of."""
    return text if earlier.document in text else f"{earlier.document}{text}"


def _exchanged(text: str, now: ClauseWords, before: str, then: ClauseWords) -> str:
    """Return the question before up to the address exchanged; an item named alone stands under the clause named."""
    old, new = then.addresses[-1], now.addresses[0]
    above = ""
    if new.steps[0].unit in _ITEMS or new.steps[0].is_style:
        spans = old.spans[-len(old.steps) :]
        kept = [span for span, step in zip(spans, old.steps, strict=False) if is_outer(step, new.steps[0])]
        above = "".join(span.of(before) for span in kept)
    said = text[new.spans[0].start : now.addresses[-1].spans[-1].end]
    return before[: then.addresses[0].spans[0].start] + above + said
