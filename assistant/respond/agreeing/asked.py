"""What one reading of a question about agreement needs: the question, its document, its stretches, its words.

Example: 国土绿化那个项目，正文和项目表里名称一致吗 → the words 国土, 绿化, 项目, with the context of any place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.respond.agreeing.words import Said
from assistant.respond.evidence import ancestry
from assistant.understand.question import Question
from assistant.understand.support import Support
from assistant.understand.understood import Understood
from corpus.agreement.listed import Listed
from corpus.agreement.models import Finding, StatedAt
from corpus.agreement.stretches import Stretch
from corpus.folding import fold
from corpus.models import ParsedDocument, Span


@dataclass(frozen=True, slots=True)
class Compared:
    """What was compared: the ``finding``, the words that say of it whether it agrees, and a ``note`` beside it.

    ``told`` is how many of its statements are said with their places; the note says the others.
    """

    finding: Finding
    head: str
    note: str = ""
    told: int | None = None


@dataclass(frozen=True)
class Asked:
    """A question put to one document."""

    understood: Understood
    said: Said
    document: ParsedDocument
    stretches: tuple[Stretch, ...]
    listed: tuple[Listed, ...]
    support: Support

    @property
    def question(self) -> Question:
        """Return the question as understood."""
        return self.understood.question

    @property
    def key(self) -> str:
        """Return the folded question."""
        return self.question.key

    def context(self, place: StatedAt) -> str:
        """Return the folded words by which a question may speak of a place: headings and text, or table and row."""
        document, parts = self.document, [self.document.info.title]
        if place.clause:
            chain = ancestry(document, place.clause)
            parts += [f"{clause.label}{clause.heading}" for clause in chain]
            parts += [own.of(document.text) for own in chain[-1].own]
        else:
            table = next(table for table in document.tables if table.id == place.table)
            parts += [table.name, table.caption, *(column.name for column in table.columns)]
            for row in (row for row in table.data_rows if row.number == place.row):
                parts += [cell.text for cell in row.cells] + [group.label + group.name for group in row.groups]
        return fold("\n".join(parts))

    def left(self, words: Iterable[Span], *contexts: str) -> list[Span]:
        """Return the words that neither speak of agreement nor stand in one of ``contexts``."""
        others = [word for word in words if not self.said.covers(word)]
        return [word for word in others if not any(self.support.holds(self.key, word, one) for one in contexts)]
