"""A question which of two ways of saying holds in, both with their places where the document says both out.

Example: 全市到底按8个旗区算还是9个旗区算 → “全市8个旗区” in row 1, “全市9个旗区” in row 7: 不一致.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.respond.agreeing.asked import Asked, Compared
from assistant.respond.agreeing.names import finding_of
from assistant.understand.question import MentionKind
from corpus.agreement.models import StatedAt
from corpus.agreement.stretches import Stretch
from corpus.agreement.variants import ITEM_ENDS, Written, shared_start
from corpus.folding import fold
from corpus.models import Span

_SKIPPED = 3
_LONGEST = 30
_LEAST = 2
_SHARED = 4
_LEAD = 2
_GAP = 6
_CHARACTER = re.compile(r"[㐀-鿿]")
_NUMBER = re.compile(r"\d|[二三四五六七八九十]")
_COUNTED = re.compile(r"[个项家处所座支批名位类种条大]")
_MOST = 2000
"""Pairs of places that are looked at: words that stand everywhere name nothing."""
_MARK = re.compile(r"[，,。；;？?！!]")


@dataclass(frozen=True, slots=True)
class _Way:
    """One of two ways of saying as the question has it, and a place where it stands."""

    stretch: Stretch
    key: str
    start: int


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two places that say the same but for one part, and how many characters they share."""

    shared: int
    ways: tuple[Written, Written]


def compare_either(asked: Asked) -> Compared | None:
    """Return both ways of saying; None where not both stand, or where they are said of different things."""
    at = next((span for span, kind in asked.said.spans if kind == "choice"), None)
    if at is None or asked.understood.combinations:
        return None
    keys = [(stretch, fold(stretch.span.of(asked.document.text))) for stretch in asked.stretches]
    second = _longest(keys, _after(asked.key, at))
    first = _longest(keys, _before(asked.key, at))
    if not first or not second or first == second or _asks_more(asked, at, second):
        return None
    pairs = [pair for pair in _pairs(keys, first, second) if not _are_two_things(pair)]
    best = max((pair.shared for pair in pairs), default=0)
    fitting = [pair for pair in pairs if pair.shared == best >= _SHARED and _explains(asked, pair, first, second)]
    found = {(way.stretch, way.span): way for pair in fitting for way in pair.ways}
    return finding_of(asked, list(found.values())) if found else None


def _asks_more(asked: Asked, at: Span, second: str) -> bool:
    """Return whether something is asked of the two ways (甲还是乙的项目多), and not which of them it is."""
    question, key = asked.question, asked.key
    mark = _MARK.search(key, at.end)
    rest = Span(key.find(second, at.end) + len(second), mark.start() if mark else len(key))
    kinds = (MentionKind.ATTRIBUTE, MentionKind.CLASS_NOUN, MentionKind.OPERATION)
    marked = [mention.span for mention in question.mentions if mention.kind in kinds]
    return any(rest.covers(one) and not asked.said.covers(one) for one in (*question.words, *marked))


def _after(key: str, at: Span) -> list[str]:
    """Return the beginnings of what stands behind 还是, the longest first."""
    mark = _MARK.search(key, at.end)
    rest = key[at.end : mark.start() if mark else len(key)][:_LONGEST]
    spans = [(skip, end) for skip in range(_SKIPPED) for end in range(skip + _LEAST, len(rest) + 1)]
    return [rest[skip:end] for skip, end in sorted(spans, key=lambda one: (one[0] - one[1], one[0]))]


def _before(key: str, at: Span) -> list[str]:
    """Return the ends of what stands before 还是, the longest first."""
    marks = [match.end() for match in _MARK.finditer(key, 0, at.start - 1)]
    rest = key[max(marks, default=0) : at.start].rstrip("，,")[-_LONGEST:]
    spans = [
        (start, end) for end in range(len(rest), len(rest) - _SKIPPED, -1) for start in range(max(end - _LEAST + 1, 0))
    ]
    return [rest[start:end] for start, end in sorted(spans, key=lambda one: (one[0] - one[1], -one[1]))]


def _longest(keys: Sequence[tuple[Stretch, str]], options: Sequence[str]) -> str:
    whole = "\n".join(key for _, key in keys)
    return next((one for one in options if _CHARACTER.search(one) and one in whole), "")


def _pairs(keys: Sequence[tuple[Stretch, str]], first: str, second: str) -> Iterator[_Pair]:
    ones, others = _ways(keys, first), _ways(keys, second)
    for one in ones if len(ones) * len(others) <= _MOST else ():
        for other in others:
            if one.stretch.span != other.stretch.span and (pair := _aligned(one, other)) is not None:
                yield pair


def _ways(keys: Sequence[tuple[Stretch, str]], said: str) -> list[_Way]:
    return [_Way(stretch, key, match.start()) for stretch, key in keys for match in re.finditer(re.escape(said), key)]


def _aligned(one: _Way, other: _Way) -> _Pair | None:
    """Return two places laid over each other: the same words, one part that differs, the same words again."""
    lead = _within_item(one.key[: one.start][::-1], other.key[: other.start][::-1])
    first, second = one.key[one.start :], other.key[other.start :]
    head = shared_start(first, second)
    rests = [
        (_within_item(first[head + a :], second[head + b :]), -a - b, a, b)
        for a in range(_GAP)
        for b in range(_GAP)
        if a or b
    ]
    tail, _, a, b = max(rests)
    parts = (
        one.key[one.start - lead : one.start + head + a + tail],
        other.key[other.start - lead :][: lead + head + b + tail],
    )
    gaps = first[head : head + a] + second[head : head + b]
    # Two figures, or two numbers of unnamed wholes, are of two things as far as one can see.
    alike = len(_CHARACTER.findall(parts[0])) - len(_CHARACTER.findall(first[head : head + a]))
    named = len(_CHARACTER.findall(one.key[one.start - lead : one.start])) >= _LEAD
    if _NUMBER.search(gaps) and not (named and _COUNTED.match(first, head + a)):
        return None
    ways = [
        Written(Span(start := way.stretch.span.start + way.start - lead, start + len(part)), way.stretch, part)
        for way, part in ((one, parts[0]), (other, parts[1]))
    ]
    return _Pair(alike, (ways[0], ways[1]))


def _within_item(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike, up to the end of an item (、和)."""
    shared = one[: shared_start(one, other)]
    return next((place for place, character in enumerate(shared) if character in ITEM_ENDS), len(shared))


def _are_two_things(pair: _Pair) -> bool:
    """Return whether both are whole names that stand side by side: two headings, two rows of a table."""
    one, other = pair.ways
    sides = [StatedAt(table=way.stretch.place.table, column=way.stretch.place.column) for way in pair.ways]
    numbers = _NUMBER.search(one.key) and _NUMBER.search(other.key)
    whole = all(way.span == way.stretch.span and (way.is_name or way.stretch.place.table) for way in pair.ways)
    return whole and sides[0] == sides[1] and not numbers


def _explains(asked: Asked, pair: _Pair, first: str, second: str) -> bool:
    """Return whether both places hold every other word of the question; a number, which may be a place's, one does."""
    said = (*(way.key for way in pair.ways), first, second)
    words = [word for word in asked.question.words if not any(word.of(asked.key) in one for one in said)]
    contexts = [asked.context(way.stretch.place) for way in pair.ways]
    numbers = [word for word in words if word.of(asked.key).isdigit()]
    others = [word for word in words if word not in numbers]
    return not asked.left(numbers, *contexts) and not any(asked.left(others, context) for context in contexts)
