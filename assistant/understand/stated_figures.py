"""A document in, every figure that it states as a finding of its own out; read when it is first asked for.

Example: “城市生活污水集中处理率超过97%” → one finding with one statement, 97 % for 2024.
"""

from __future__ import annotations

from collections.abc import Callable

from corpus.agreement.figures import read_figures
from corpus.agreement.models import Finding, Topic, Verdict
from corpus.agreement.subjects import Subjects
from corpus.knowledge import Knowledge
from corpus.models import ParsedDocument


class StatedFigures:
    """Reads the figures of documents with an office's knowledge."""

    def __init__(self, knowledge: Knowledge, subjects: Callable[[], Subjects]) -> None:
        """Take what makes the keys of names when it is first needed."""
        self._knowledge, self._subjects = knowledge, subjects
        self._read: dict[str, tuple[Finding, ...]] = {}

    def of(self, document: ParsedDocument) -> tuple[Finding, ...]:
        """Return the figures of one document, in its text first, then in its tables."""
        name = document.info.id
        if name not in self._read:
            key = self._subjects().key
            self._read[name] = tuple(
                Finding(name, Topic.FIGURE, s.subject, (key(s.subject),), s.year, "", Verdict.AGREES, (s,))
                for s in read_figures(document, self._knowledge)
            )
        return self._read[name]
