"""The questions of a conversation in, what completing the next one needs of them out."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.understand.recalled import Recall, Standing


@dataclass(frozen=True, slots=True)
class Past:
    """Earlier questions, oldest first, and what tells what their answers rest on.

    ``document`` is what the document that one of them names is called; empty where none does. ``standing`` are those
    that are no talk, as they stand alone; they are completed when first needed. ``within`` are the documents that
    ``recall`` answers from (ids; None for all), and ``typed`` the same questions as they were typed.
    """

    questions: tuple[str, ...]
    recall: Recall
    document: str = ""
    standing: list[Standing] = field(default_factory=list, compare=False)
    within: tuple[str, ...] | None = None
    typed: tuple[str, ...] = ()

    @property
    def last_typed(self) -> tuple[str, str]:
        """Return the last question that stands alone as it was typed, and with its names put right; else empty."""
        last = len(self.standing) - 1
        known = 0 <= last < min(len(self.typed), len(self.questions))
        return (self.typed[last], self.questions[last]) if known else ("", "")
