"""A question whose characters are marked by what they do: its mentions, its words, what it asks.

Example: 十大孔兑项目由哪个局牵头 → content “十大孔兑”, class noun “项目”, asks who, attribute lead_agency.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from assistant.understand.lexicon import Ask
from corpus.models import Span

CONTENT = re.compile(r"[ⅰ-ⅻ0-9a-z\u3400-\u9fff%&+＋“”·.:/≥≤≧≦-]")
"""A letter, digit or character: no mark."""


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


@dataclass(frozen=True)
class Question:
    """A question, its search ``key`` (same length), its words in order and its mentions, which never overlap.

    ``words`` are all the words that may need support; ``telling`` those of them that name something, so that a
    question cannot be answered without them. ``titles`` are where it calls tables by their names.
    """

    text: str
    key: str
    mentions: tuple[Mention, ...]
    words: tuple[Span, ...]
    telling: frozenset[Span]
    titles: tuple[Span, ...] = ()

    def named(self, kind: MentionKind) -> tuple[str, ...]:
        """Return the names of the mentions of one kind, in question order, each once."""
        return self._names.get(kind, ())

    @cached_property
    def _names(self) -> dict[MentionKind, tuple[str, ...]]:
        kinds = dict.fromkeys(mention.kind for mention in self.mentions)
        return {k: tuple(dict.fromkeys(m.name for m in self.mentions if m.kind is k)) for k in kinds}

    @property
    def asks(self) -> frozenset[Ask]:
        """Return what is asked for."""
        return frozenset(Ask(name) for name in self.named(MentionKind.ASK))

    @property
    def years(self) -> tuple[str, ...]:
        """Return the years named, e.g. (“2024”,)."""
        return self.named(MentionKind.YEAR)

    def year_spans(self) -> tuple[tuple[str, Span], ...]:
        """Return the years named with where their digits stand."""
        years = [mention for mention in self.mentions if mention.kind is MentionKind.YEAR]
        return tuple((year.name, Span(year.span.start, year.span.start + len(year.name))) for year in years)

    def content(self, keep: frozenset[MentionKind] = frozenset()) -> tuple[Span, ...]:
        """Return the stretches that no mention covers (mentions of the kinds in ``keep`` count as uncovered)."""
        covered = {
            position
            for mention in self.mentions
            if mention.kind not in keep
            for position in range(mention.span.start, mention.span.end)
        }
        return runs(self.key, covered)


_SEARCHED = frozenset({MentionKind.ATTRIBUTE, MentionKind.CLASS_NOUN, MentionKind.YEAR, MentionKind.OPERATION})


def searched_words(question: Question) -> str:
    """Return what of a question is looked for by its words: all but how it is asked; the whole where nothing is left.

    是否承担共同责任 → 承担共同责任: that 是否 is rare in a law makes no article with 是否 the right one.
    """
    return " ".join(span.of(question.key) for span in question.content(keep=_SEARCHED)) or question.key


def runs(key: str, covered: set[int]) -> tuple[Span, ...]:
    """Return the maximal stretches of letters, digits and characters of ``key`` outside ``covered``."""
    spans: list[Span] = []
    start: int | None = None
    for position, character in enumerate(key + "\n"):
        inside = position not in covered and CONTENT.match(character) is not None
        if inside and start is None:
            start = position
        elif not inside and start is not None:
            spans.append(Span(start, position))
            start = None
    return tuple(spans)
