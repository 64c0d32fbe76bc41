"""A question in, where it speaks of agreement and of the places that are compared out.

Example: 正文和项目表的名称一致吗 → 正文 (text), 名称 (name), 一致 (agree).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.understand.lexicon import Word
from assistant.understand.question import MentionKind, Question
from corpus.folding import fold
from corpus.models import ParsedDocument, Span

_COMPARE = frozenset({"agree", "alike", "choice"})
_ASK = _COMPARE | {"listed"}
_LEAST_HEADING = 4


@dataclass(frozen=True, slots=True)
class Said:
    """Stretches of a question that speak of agreement, each with what it says (an entry of the lexicon)."""

    spans: tuple[tuple[Span, str], ...]

    @property
    def kinds(self) -> frozenset[str]:
        """Return what is said: agree, alike, choice, text, table, …."""
        return frozenset(name for _, name in self.spans)

    @property
    def asks(self) -> bool:
        """Return whether the question is about agreement, or about what a number is given of."""
        return bool(_ASK & self.kinds)

    @property
    def compares(self) -> bool:
        """Return whether two places are compared; 全部列出来 asks for a list alone."""
        return bool(_COMPARE & self.kinds)

    def covers(self, span: Span) -> bool:
        """Return whether a word is one of those that speak of agreement."""
        return any(span.overlaps(one) for one, _ in self.spans)


def read_said(question: Question, words: Sequence[Word]) -> Said:
    """Return where the question speaks of agreement, each word wherever it stands, the longest where they overlap."""
    found: list[tuple[Span, str]] = []
    for word in [word for word in words if word.key in question.key]:
        start = question.key.find(word.key)
        while start >= 0:
            span = Span(start, start + len(word.key))
            if not any(span.overlaps(known) for known, _ in found):
                found.append((span, word.name))
            start = question.key.find(word.key, span.end)
    return Said(tuple(found))


def places_named(question: Question, document: ParsedDocument) -> tuple[Span, ...]:
    """Return where the question names tables and headings of a document whole, to say where it looked."""
    names = [table.name for table in document.tables] + [clause.heading for clause in document.clauses]
    keys = {key for key in map(fold, names) if len(key) >= _LEAST_HEADING or key.endswith("表")}
    found = [Span(at, at + len(key)) for key in keys if key and (at := question.key.find(key)) >= 0]
    return (*found, *question.titles)


def name_words(question: Question, said: Said, places: Sequence[Span]) -> tuple[Span, ...]:
    """Return the words and nouns of the question, in order, that speak neither of agreement nor of a place."""
    nouns = [mention.span for mention in question.mentions if mention.kind is MentionKind.CLASS_NOUN]
    spans = sorted({*question.words, *nouns})
    return tuple(one for one in spans if not said.covers(one) and not any(one.overlaps(place) for place in places))
