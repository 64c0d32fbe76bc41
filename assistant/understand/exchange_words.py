"""A follow-up that is a phrase alone and the question before it in, that question with the phrase put in its place out.

Example: 畜禽粪污呢, after 秸秆综合利用率目标是多少 → 畜禽粪污综合利用率目标是多少.

Which words it takes the place of is read from the documents: there the phrase stands beside the same words as they do.
Where they do not say, it takes the place of what the question asks about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from assistant.understand.contexts import asked_unit
from assistant.understand.question import MentionKind
from assistant.understand.texts import Texts
from assistant.understand.topic import chunks
from assistant.understand.turn import Turn
from corpus.folding import fold
from corpus.models import Span

_LEAST_SHARED = 2
_LONGEST = 30


@dataclass(frozen=True, slots=True, order=True)
class _Place:
    """Words to exchange and how much beside them the phrase shares with them."""

    shared: int
    nearness: int
    start: int
    end: int


def exchange_words(turn: Turn, before: Turn, texts: Texts, surely: bool = False) -> str:
    """Return the previous question with the phrase in the place of the words that stand like it; empty if none do.

    Where that asked for a figure in a unit in which the phrase has none, the phrase's own figure is asked for.
    ``surely`` takes only places that the documents show.
    """
    phrase = _phrase(turn) if turn.is_bare else _asked_alike(turn, before)
    if not phrase or turn.values or turn.noun is not None:
        return ""
    places = [*_within(phrase, before, texts), *_beside(phrase, before, texts)]
    if not places and turn.is_joined and turn.is_bare and not surely:
        places = [_Place(0, 0, span.start, span.end) for span in _asked_about(before)]
    if not places:
        return ""
    best = max(places)
    unit = asked_unit(before.question.key)
    if unit is not None and not texts.measure(fold(phrase), unit.of(before.question.key)) and texts.say(fold(phrase)):
        return f"{phrase}是多少"
    return before.text[: best.start] + phrase + before.text[best.end :]


def _phrase(turn: Turn) -> str:
    """Return the words of a bare turn: 除险加固的 → 除险加固; empty where they name nothing (施工单位)."""
    phrase = turn.text.removesuffix("的")
    names = any(not turn.is_aspect(span) for span in turn.question.words)
    return phrase if names and len(phrase) <= _LONGEST else ""


def _asked_alike(turn: Turn, before: Turn) -> str:
    """Return the words of a turn that ends in the same question as the one before: 加固多少公里, after …多少公里."""
    start = turn.asks[0].start if turn.asks else 0
    alike = before.text.endswith(turn.text[start:]) and turn.question.words and turn.question.words[0].start < start
    return turn.text[:start] if alike else ""


def _within(phrase: str, before: Turn, texts: Texts) -> Iterator[_Place]:
    """Yield the part of a chunk that the phrase may stand for: 秸秆 of 秸秆综合利用率, for 畜禽粪污综合利用率 too."""
    key = fold(phrase)
    for number, span in enumerate(reversed(chunks(before))):
        text = span.of(before.question.key)
        size = len(text)
        left = next((n for n in range(size - 1, 0, -1) if texts.say(text[:n] + key)), 0)
        right = next((n for n in range(size - 1, 0, -1) if texts.say(key + text[size - n :])), 0)
        for head, tail in {(left, right), (left, 0), (0, right)}:
            shared, old = head + tail, text[head : size - tail]
            if shared < _LEAST_SHARED or not old or old == key:
                continue
            if not (head and tail) or texts.say(text[:head] + key + text[size - tail :]):
                yield _Place(shared, -number, span.start + head, span.end - tail)


def _beside(phrase: str, before: Turn, texts: Texts) -> Iterator[_Place]:
    """Yield the chunk that stands beside another as the phrase does: 新建, for 淤地坝除险加固 and 新建淤地坝."""
    key = fold(phrase)
    found = dict.fromkeys((*chunks(before), *before.question.words))
    for old, kept in product(found, found):
        known, word = kept.of(before.question.key), old.of(before.question.key)
        if old.overlaps(kept) or word == key or min(len(known), len(word)) < _LEAST_SHARED:
            continue
        if _stand_together(word, known, texts) and _stand_together(key, known, texts):
            yield _Place(len(known), 0, old.start, old.end)


def _stand_together(one: str, other: str, texts: Texts) -> bool:
    return texts.say(one + other) or texts.say(other + one)


def _asked_about(before: Turn) -> tuple[Span, ...]:
    """Return the chunk nearest before the first question word, else the first behind it."""
    asking = [m.span.start for m in before.question.mentions if m.kind in (MentionKind.ASK, MentionKind.ATTRIBUTE)]
    first = min(asking, default=len(before.text))
    found = [span for span in chunks(before) if any(word.overlaps(span) for word in before.question.words)]
    naming = [span for span in found if any(word.overlaps(span) for word in before.question.telling)]
    ahead = [span for span in naming if span.end <= first]
    return tuple(ahead[-1:] or naming[:1] or found[:1])
