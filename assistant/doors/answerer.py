"""What the chat and the API ask of the assistant: a question in, an answer of the contract out.

Example: ``assistant.ask("谁牵头？", history=("十大孔兑项目有哪些？",))`` returns an ``Answer``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.models import Answer
from corpus.models import ParsedDocument
from index.models import Hit


class Answerer(Protocol):
    """The engine as the doors see it; it may be called from several threads at once."""

    @property
    def documents(self) -> tuple[ParsedDocument, ...]:
        """Return the documents that answers rest on."""
        ...

    def ask(self, question: str, history: Sequence[str] = (), documents: Sequence[str] | None = None) -> Answer:
        """Return the answer to ``question``; ``history`` holds the earlier questions, oldest first."""
        ...

    def search(self, query: str, k: int = 10, documents: Sequence[str] | None = None) -> tuple[Hit, ...]:
        """Return the best ``k`` chunks for ``query``, best first."""
        ...
