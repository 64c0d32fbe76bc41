"""Stretches of a document and words out of a name in, the ways in which the document writes that name out.

Example: 荒漠化, 国际, 中心 → “国际荒漠化治理技术创新中心” in 二、 and “国际荒漠化治理研究中心” in 三、（五）22.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from corpus.agreement.stretches import Stretch
from corpus.folding import fold
from corpus.models import Span

_LONGEST = 40
_TAIL = 8
ITEM_ENDS = "、和及与或"
"""What stands between two items of a list."""
_HEAD = 2
_ALIKE = 0.6
_SHARED = 4
_GAP = 4


@dataclass(frozen=True, slots=True)
class Written:
    """One way of writing a name: ``span`` in the document, the ``stretch`` it stands in, its folded ``key``."""

    span: Span
    stretch: Stretch
    key: str

    @property
    def is_name(self) -> bool:
        """Return whether it is all that its heading or group row says."""
        return self.stretch.is_name and self.span == self.stretch.span


def find_written(text: str, stretches: Sequence[Stretch], words: Sequence[str], *, ends: bool) -> list[Written]:
    """Return where the shortest piece of a stretch holds all folded ``words``.

    It ends with the last of them where ``ends``, else with its item: …产教融合 → …产教融合共同体. What stands before
    all of the ways alike is part of the name: 鄂尔多斯国际…中心.
    """
    return _with_beginning(text, [one for stretch in stretches for one in _pieces(text, stretch, words, ends=ends)])


def find_alike(text: str, stretches: Sequence[Stretch], name: str) -> list[Written]:
    """Return what is written nearly as the folded ``name``: with its first and last characters, one part changed."""
    first, last = name[:_HEAD], name[-_HEAD:]
    found = []
    for stretch in stretches:
        key = fold(stretch.span.of(text))
        for start in _places(key, first):
            for end in (place + _HEAD for place in _places(key, last)):
                piece = key[start:end]
                if abs(len(piece) - len(name)) <= _GAP and piece != name and are_alike(piece, name):
                    at = stretch.span.start
                    found.append(Written(Span(at + start, at + end), stretch, piece))
    return found


def are_alike(one: str, other: str) -> bool:
    """Return whether two names are the same but for one part of them."""
    head = shared_start(one, other)
    tail = shared_start(one[head:][::-1], other[head:][::-1])
    return head + tail >= max(_SHARED, _ALIKE * max(len(one), len(other)))


def shared_start(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _pieces(text: str, stretch: Stretch, words: Sequence[str], *, ends: bool) -> Iterator[Written]:
    key = fold(stretch.span.of(text))
    if not all(word in key for word in words):
        return
    last = 0
    for end in _ends_of(key, words[-1], ends=ends):
        starts = [key.rfind(word, last, end) for word in words]
        reached = max(start + len(word) for start, word in zip(starts, words, strict=True))
        begin = min(starts)
        # A list of things (甲、乙) is no name, unless it is that of a heading.
        if begin < 0 or end - reached > _TAIL or end - begin > _LONGEST:
            continue
        if key[begin - 1 : begin] == "“" and key.find("”", begin, end) >= 0:
            begin -= 1
        if stretch.is_name or "、" not in key[begin:end]:
            last = end
            yield Written(Span(stretch.span.start + begin, stretch.span.start + end), stretch, key[begin:end])


def _ends_of(key: str, word: str, *, ends: bool) -> list[int]:
    """Return where a name may end: with ``word`` where it ``ends`` so, else with an item of the stretch."""
    if ends:
        return [place + len(word) for place in _places(key, word)]
    return [place for place, character in enumerate(key) if character in ITEM_ENDS] + [len(key)]


def _with_beginning(text: str, found: Sequence[Written]) -> list[Written]:
    """Return the pieces with what stands before all ways of writing alike, as far as one item reaches."""
    if len({one.key for one in found}) < _HEAD:
        return list(found)
    before = [fold(text[one.stretch.span.start : one.span.start])[::-1] for one in found]
    shared = before[0][: min(shared_start(before[0], other) for other in before)]
    length = next((n for n, character in enumerate(shared) if character in ITEM_ENDS), len(shared))
    spans = [Span(one.span.start - length, one.span.end) for one in found]
    return [replace(one, span=span, key=fold(span.of(text))) for one, span in zip(found, spans, strict=True)]


def _places(key: str, word: str) -> Iterator[int]:
    at = key.find(word)
    while at >= 0:
        yield at
        at = key.find(word, at + 1)
