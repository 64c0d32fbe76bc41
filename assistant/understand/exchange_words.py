"""A follow-up that is a phrase alone and the question before it in, that question with the phrase put in its place out.

Example: 畜禽粪污呢, after 秸秆综合利用率目标是多少 → 畜禽粪污综合利用率目标是多少.

Which words it takes the place of is read from the documents: there the phrase stands beside the same words as they do.
Where they do not say, it takes the place of what the question asks about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement

from assistant.understand.contexts import asked_unit
from assistant.understand.lexicon import Ask
from assistant.understand.question import MentionKind
from assistant.understand.texts import Texts
from assistant.understand.topic import phrases, stretches
from assistant.understand.turn import Turn
from corpus.folding import fold
from corpus.models import Span

_JOINTS = ("、", "和", "与", "及", "或")
_LEAST_SHARED = 2
_RATES = ("率", "比重", "比例", "系数")
_LONGEST = 30
_LONGEST_KIND = 4
_LONGEST_BEFORE = 300


_Contexts = Sequence[tuple[str, str]]
"""What stands before and behind the phrase in the documents."""


@dataclass(frozen=True, slots=True, order=True)
class _Exchange:
    """Words to exchange and how much beside them the phrase shares with them."""

    shared: int
    nearness: int
    start: int
    end: int


def exchange_words(turn: Turn, before: Turn, texts: Texts, surely: bool = False) -> str:
    """Return the previous question with the phrase in the place of the words that stand like it; empty if none do.

    Where that asked for a figure in a unit in which the phrase has none, the phrase's own figure is asked for.
    ``surely`` takes only exchanges that the documents show.
    """
    # What the documents write as one asks for no attribute: 国有大型商业银行.
    is_phrase = turn.is_bare or (turn.is_unasked and texts.say(turn.question.key))
    phrase = _phrase(turn, before, texts) if is_phrase else _asked_alike(turn, before)
    if len(before.text) > _LONGEST_BEFORE:
        return ""
    of_rows = bool(before.values) or before.about is not None or before.noun is not None
    if not phrase or (turn.values and of_rows) or turn.noun is not None:
        return ""
    said = texts.around(fold(phrase))
    exchanges = [
        *_of_rank(phrase, before),
        *_of_kind(phrase, before, texts),
        *_within(phrase, before, said),
        *_listed_with(phrase, before, said),
        *_beside(before, said, texts),
    ]
    unit = asked_unit(before.question.key)
    measured = unit is not None and texts.measure(fold(phrase), unit.of(before.question.key))
    names = bool(turn.question.telling) or measured or texts.say(fold(phrase))
    if not exchanges and turn.is_joined and is_phrase and names and not surely:
        exchanges = [_Exchange(0, 0, span.start, span.end) for span in _asked_about(phrase, before, texts)]
    if not exchanges:
        return ""
    best = max(exchanges)
    # 建多少 is asked of no rate, unless the documents show that the phrase stands where the other stood.
    asks_of_none = fold(phrase).endswith(_RATES) and not before.question.years
    if not best.shared and asks_of_none and Ask.HOW_MANY in before.question.asks:
        return f"{phrase}是多少"
    if unit is not None and not measured and texts.say(fold(phrase)):
        return f"{phrase}是多少"
    return before.text[: best.start] + phrase + before.text[best.end :]


def _phrase(turn: Turn, before: Turn, texts: Texts) -> str:
    """Return the words of a bare turn: 除险加固的 → 除险加固; empty where they name nothing.

    施工单位 is asked of a thing named; behind a sentence it may be another one that the documents speak of.
    """
    phrase = turn.text.removesuffix("的")
    names = any(not turn.is_aspect(span) for span in turn.question.words)
    names = names or (before.about is None and texts.say(fold(phrase)))
    return phrase if names and len(phrase) <= _LONGEST else ""


def _asked_alike(turn: Turn, before: Turn) -> str:
    """Return the words of a turn that ends in the same question as the one before: 加固多少公里, after …多少公里."""
    start = turn.asks[0].start if turn.asks else 0
    alike = before.text.endswith(turn.text[start:]) and turn.question.words and turn.question.words[0].start < start
    return turn.text[:start] if alike else ""


def _within(phrase: str, before: Turn, said: _Contexts) -> Iterator[_Exchange]:
    """Yield the part of a stretch that the phrase may stand for: 秸秆 of 秸秆综合利用率, for 畜禽粪污综合利用率 too."""
    for number, span in enumerate(reversed(stretches(before))):
        text = span.of(before.question.key)
        size = len(text)
        for left, right in said:
            head = next((n for n in range(size - 1, 0, -1) if left.endswith(text[:n])), 0)
            tail = next((n for n in range(size - 1, 0, -1) if right.startswith(text[size - n :])), 0)
            for ahead, behind in ((head, tail), (head, 0), (0, tail)):
                old = text[ahead : size - behind]
                if ahead + behind >= _LEAST_SHARED and old and old != fold(phrase):
                    yield _Exchange(ahead + behind, -number, span.start + ahead, span.end - behind)


def _of_rank(phrase: str, before: Turn) -> Iterator[_Exchange]:
    """Yield the word that the phrase is with one more character before it: 组长, for 副组长."""
    for word in before.question.words:
        rank = word.of(before.question.key)
        if len(rank) >= _LEAST_SHARED and fold(phrase)[1:] == rank:
            yield _Exchange(_LONGEST, 0, word.start, word.end)


def _of_kind(phrase: str, before: Turn, texts: Texts) -> Iterator[_Exchange]:
    """Yield the first words that are as long as the phrase and end alike: 县道, for 村道; 五类, for 四类."""
    key = fold(phrase)
    if not _LEAST_SHARED <= len(key) <= _LONGEST_KIND:
        return
    for stretch in (one for one in stretches(before) if one.end - one.start <= _LONGEST):
        said = stretch.of(before.question.key)
        for place in range(len(said) - len(key) + 1):
            one = said[place : place + len(key)]
            if one != key and one[-1] == key[-1] and texts.begin_with(one):
                old = Span(stretch.start + place, stretch.start + place + len(key))
                # What the words do not part is put as a whole: 县县道断 of 青洮县县道断.
                parted = [word for word in before.question.words if word.overlaps(old) and stretch.covers(word)]
                start, end = (min(w.start for w in (*parted, old)), max(w.end for w in (*parted, old)))
                yield _Exchange(_LONGEST - 1, -stretch.start, start, end)


def _listed_with(phrase: str, before: Turn, said: _Contexts) -> Iterator[_Exchange]:
    """Yield what the documents list beside the phrase: 个人, for 个人、团队."""
    for old in _runs(before):
        word = old.of(before.question.key)
        joined = any(left[-1:] in _JOINTS and left[:-1].endswith(word) for left, _ in said)
        if joined or any(right[:1] in _JOINTS and right[1:].startswith(word) for _, right in said):
            yield _Exchange(len(word) + len(phrase), 0, old.start, old.end)


def _runs(before: Turn) -> Iterator[Span]:
    """Yield the stretches of whole words within a stretch that 的 does not part, of two characters or more."""
    words, key = before.question.words, before.question.key
    for stretch in stretches(before):
        held = [word for word in words if stretch.covers(word)] or [stretch]
        for first, last in combinations_with_replacement(held, 2):
            if last.end - first.start >= _LEAST_SHARED and "的" not in key[first.start : last.end]:
                yield Span(first.start, last.end)


def _beside(before: Turn, said: _Contexts, texts: Texts) -> Iterator[_Exchange]:
    """Yield what stands beside another as the phrase does: 新建, for 淤地坝除险加固.

    A stretch beside which the phrase is said is kept, and the next one exchanged. Of words, which many others stand
    beside, both must be said together.
    """
    key, whole = before.question.key, stretches(before)
    found = tuple(dict.fromkeys((*whole, *before.question.words)))
    for kept in (span for span in found if span.end - span.start >= _LEAST_SHARED):
        known = kept.of(key)
        behind = any(left.endswith(known) for left, _ in said)
        ahead = any(right.startswith(known) for _, right in said)
        for old in (one for one in found if (behind or ahead) and _are_neighbours(one, kept, found)):
            other_side = not (behind if old.start > kept.start else ahead)
            together = texts.say(old.of(key) + known) or texts.say(known + old.of(key))
            if together or (old in whole and kept in whole):
                yield _Exchange(len(known) - other_side, 0, old.start, old.end)


def _are_neighbours(one: Span, other: Span, found: Sequence[Span]) -> bool:
    """Return whether two stretches stand side by side, with nothing of content between them."""
    if one.overlaps(other) or one.end - one.start < _LEAST_SHARED:
        return False
    gap = Span(min(one.end, other.end), max(one.start, other.start))
    return not any(span.overlaps(gap) for span in found if gap.start < gap.end)


def _asked_about(phrase: str, before: Turn, texts: Texts) -> tuple[Span, ...]:
    """Return what the question asks about: the last thing before the first question word, else the first behind it.

    Of A的B it is A, unless the phrase is a heading of the documents, which is B of the same: 示范区的基本原则.
    """
    if before.about is not None:
        return (before.about,)
    asking = [m.span.start for m in before.question.mentions if m.kind in (MentionKind.ASK, MentionKind.ATTRIBUTE)]
    first = min(asking, default=len(before.text))
    found = [span for span in stretches(before) if any(word.overlaps(span) for word in before.question.words)]
    naming = [_up_to_noun(span, before) for span in found]
    naming = [span for span in naming if any(word.overlaps(span) for word in before.question.telling)]
    ahead = [span for span in naming if span.end <= first]
    if ahead and fold(phrase) not in texts.names:
        whole = next((span for span in phrases(before) if span.covers(ahead[-1])), ahead[-1])
        ahead = [span for span in ahead if whole.covers(span)][:1]
    return tuple(ahead[-1:] or naming[:1] or found[:1])


def _up_to_noun(span: Span, before: Turn) -> Span:
    """Return a stretch without the verbs at its end: 申报材料 of 申报材料报送给谁."""
    ends = [word.end for word in before.question.telling if span.covers(word)]
    return Span(span.start, max(ends)) if ends else span
