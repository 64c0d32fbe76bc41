"""A question as typed in, the same question with every character marked by what it does out.

Example: 十大孔兑项目由哪个局牵头 → content “十大孔兑”, class noun “项目”, asks who, attribute lead_agency.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.understand.lexicon import Ask, Lexicon, Word
from corpus.folding import fold
from corpus.models import Span

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)(?:年底|年末|年度|年)?")
_CONTENT = re.compile(r"[0-9a-z\u3400-\u9fff%&+＋“”·.:/-]")


class MentionKind(StrEnum):
    """What a marked stretch of the question does."""

    YEAR = "year"
    ATTRIBUTE = "attribute"
    OPERATION = "operation"
    ASK = "ask"
    WHOLE = "whole"
    CLASS_NOUN = "class_noun"
    FUNCTION = "function"


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of the question: ``name`` is the lexicon entry (“lead_agency”, “who”) or the year itself."""

    kind: MentionKind
    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Question:
    """A question, its search ``key`` (same length) and its mentions, which never overlap."""

    text: str
    key: str
    mentions: tuple[Mention, ...]

    def named(self, kind: MentionKind) -> tuple[str, ...]:
        """Return the names of the mentions of one kind, in question order, each once."""
        return tuple(dict.fromkeys(mention.name for mention in self.mentions if mention.kind is kind))

    @property
    def asks(self) -> frozenset[Ask]:
        """Return what is asked for."""
        return frozenset(Ask(name) for name in self.named(MentionKind.ASK))

    @property
    def years(self) -> tuple[str, ...]:
        """Return the years named, e.g. (“2024”,)."""
        return self.named(MentionKind.YEAR)

    def content(self, keep: frozenset[MentionKind] = frozenset()) -> tuple[Span, ...]:
        """Return the stretches that no mention covers (mentions of the kinds in ``keep`` count as uncovered)."""
        covered = {
            position
            for mention in self.mentions
            if mention.kind not in keep
            for position in range(mention.span.start, mention.span.end)
        }
        return runs(self.key, covered)


def runs(key: str, covered: set[int]) -> tuple[Span, ...]:
    """Return the maximal stretches of letters, digits and characters of ``key`` outside ``covered``."""
    spans: list[Span] = []
    start: int | None = None
    for position, character in enumerate(key + "\n"):
        inside = position not in covered and _CONTENT.match(character) is not None
        if inside and start is None:
            start = position
        elif not inside and start is not None:
            spans.append(Span(start, position))
            start = None
    return tuple(spans)


def _mark(key: str, words: tuple[Word, ...], kind: MentionKind, taken: set[int], found: list[Mention]) -> None:
    for word in words:
        start = key.find(word.key)
        while start >= 0:
            positions = range(start, start + len(word.key))
            if taken.isdisjoint(positions):
                taken.update(positions)
                found.append(Mention(kind, word.name, Span(start, start + len(word.key))))
            start = key.find(word.key, start + 1)


def read_question(text: str, lexicon: Lexicon, attributes: tuple[Word, ...], names: frozenset[Span]) -> Question:
    """Return the question with its mentions marked.

    Years are marked first, then attribute and operation words, question words, and last the words without content.
    ``names`` are stretches already known to be part of something's name (“投资” in 环境治理投资占GDP比重): nothing
    inside them is marked.
    """
    key = fold(text)
    found: list[Mention] = []
    taken: set[int] = {position for span in names for position in range(span.start, span.end)}
    for match in _YEAR.finditer(key):
        if taken.isdisjoint(range(*match.span())):
            found.append(Mention(MentionKind.YEAR, match.group(1), Span(*match.span())))
            taken.update(range(*match.span()))
    for words, kind in (
        (attributes, MentionKind.ATTRIBUTE),
        (lexicon.operations, MentionKind.OPERATION),
        (lexicon.asks, MentionKind.ASK),
        (lexicon.whole, MentionKind.WHOLE),
        (lexicon.class_nouns, MentionKind.CLASS_NOUN),
        (lexicon.function_words, MentionKind.FUNCTION),
    ):
        _mark(key, words, kind, taken, found)
    return Question(text, key, tuple(sorted(found, key=lambda mention: mention.span)))
