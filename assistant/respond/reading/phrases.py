"""A reading in, the stretches of it that may be said for it out: all of it, what is new in a segment, figures, lists.

Example: 对多少家单位进行了检查, “对200余家单位进行了联网视频检查，” → the segment, 200余家, 联网视频, …
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from assistant.respond.reading.model import Reading
from assistant.respond.reading.segments import MARKS
from corpus.folding import fold
from corpus.models import Span

Cut = Callable[[str], Sequence[str]]
"""Cuts a folded text into words; joined they are the text again."""

LIGHT = frozenset("的了在对于和与及或将要可也都还为是由至到从自被把给以并且等能会应须已")
"""Characters that say nothing alone; at the beginning of a stretch they may be left out."""

_MOST_OF_FORM = 8
_MOST_SEGMENTS = 6
_OPENING, _CLOSING = "“‘「『《【（(〈[", "”’」』》】）)〉]"
_NEVER_FIRST = frozenset("的了着之们等性化者")
_NEVER_LAST = frozenset("的和与及或在对将把被从向为至于由、")
_AND_MORE, _SHORT, _MARKS_AROUND = "等", 4, _OPENING + _CLOSING
_DENIALS = "不未无没非勿莫"
_JOINING = "和与及或"
_BOUNDS = ("以上", "以下", "以内", "以前", "之前", "左右", "上下")
_FIGURE = re.compile(r"(?P<number>\d[\d.,]*)[余多万亿千百]*(?P<unit>[^\d\s]?)")
_NUMBER_GOES_ON = "年月日时.．,%％‰万亿千百余多"


class Way(IntEnum):
    """How a stretch was found."""

    SAID = 0
    BARE = 1
    BEHIND = 2
    BEFORE = 3
    NEW = 4
    NUMBER = 5
    DATE = 6
    PHONE = 7
    QUOTED = 8
    LISTED = 9


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch in segments ``first`` to ``last`` of the page that may be said directly."""

    span: Span
    way: Way
    first: int
    last: int


_FORMS = (
    (
        Way.NUMBER,
        re.compile(
            r"(?:不?[超低高少多]于|不超过|超过|约|达到?|至少|最高)?\s?\d[\d,.]*(?:[-至~—]\d[\d,.]*)?[余多]?[万亿千百]*[余多]?"
            r"(?:%|％|‰|个百分点|个月|个工作日|美元|元|[^\d\s，。；、：（）()“”的]?)(?:以[上下内])?"
        ),
    ),
    (
        Way.DATE,
        re.compile(
            r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号])?(?:（[^）]+）)?(?:\d{1,2}[时点](?:\d{1,2}分)?)?"
            r"(?:起|前后|前|后|底|末|左右|以前|之前)?|\d{4}年[底末初]?|\d{1,2}日(?:\d{1,2}[时点])?(?:起|前)?"
            r"|\d{1,2}:\d\d(?:[-—至]\d{1,2}:\d\d)?|\d+世纪(?:[初末]|晚期|中叶)?"
        ),
    ),
    (Way.PHONE, re.compile(r"(?:\d{3,4}[-—]\s?)?\d{5,8}(?:、(?:\d{3,4}-)?\d{5,8})*|1\d{4}")),
    (Way.QUOTED, re.compile(r"“[^”]+”|「[^」]+」|《[^》]+》|〈[^〉]+〉")),
    (Way.LISTED, re.compile(r"[^，。；：、,;]+(?:、[^，。；：、,;]+)+")),
)
_AND_SO_ON = re.compile(r"等[^，。；、]{0,8}$")


def find_phrases(reading: Reading, said: Span, key: str, cut: Cut) -> tuple[Phrase, ...]:
    """Return the stretches that may be said for ``reading``, each once: first ``said``, what the rules say.

    The others are words inside a segment; ``key`` is the folded question. None of them leaves out an item of its list,
    a denial, a part of a number, one of two brackets, or one of two figures of a unit.
    """
    text = reading.found.document.text
    found: dict[Span, Phrase] = {}
    for phrase in _proposed(reading, said, key, cut):
        span = trimmed(text, phrase.span)
        is_said = phrase.way is Way.SAID
        if span.start < span.end and (is_said or (_is_sound(text, span) and _is_only(reading, span))):
            found.setdefault(span, Phrase(span, phrase.way, phrase.first, phrase.last))
    return tuple(found.values())


def trimmed(text: str, span: Span) -> Span:
    """Return ``span`` without marks and blanks at its ends."""
    start, end = span.start, span.end
    while end > start and text[end - 1] in MARKS:
        end -= 1
    while start < end and text[start] in MARKS:
        start += 1
    return Span(start, end)


def _proposed(reading: Reading, said: Span, key: str, cut: Cut) -> Iterator[Phrase]:
    segments, first, last = reading.found.page.segments, reading.first, reading.last
    yield Phrase(said, Way.SAID, *_within(reading, said))
    text = reading.found.document.text
    for number in range(first, min(last, first + _MOST_SEGMENTS - 1) + 1):
        span = segments[number].span
        for way, start, end in _said_anew(fold(span.of(text)), key, cut):
            yield Phrase(Span(span.start + start, span.start + end), way, number, number)
    yield from _of_forms(reading, text)


def _within(reading: Reading, span: Span) -> tuple[int, int]:
    """Return the first and the last segment of the page that ``span`` lies in."""
    over = [n for n, segment in enumerate(reading.found.page.segments) if segment.span.overlaps(span)]
    return over[0], over[-1]


def _said_anew(segment: str, key: str, cut: Cut) -> Iterator[tuple[Way, int, int]]:
    """Yield what a folded segment says beyond the question, by words: 可以通过邮寄等方式提交材料 → 邮寄等方式."""
    words = cut(segment)
    starts = [sum(map(len, words[:n])) for n in range(len(words) + 1)]
    whole = [len(word) > 1 and word in key for word in words]
    held = _with_halves(whole, words)
    halves = {starts[place] for place in range(len(words)) if held[place] and not whole[place]}
    for way, start, end in _stretches(segment, words, held, starts):
        beside_half = end in halves and segment[end - 1 : end] != _AND_MORE
        if not beside_half and start - 1 not in halves:
            yield way, start, end


def _stretches(
    segment: str, words: Sequence[str], held: Sequence[bool], starts: Sequence[int]
) -> Iterator[tuple[Way, int, int]]:
    """Yield what is left of a segment without words that are ``held``, at its ends or between them."""
    light = [known or word in LIGHT or not word.strip(MARKS) for known, word in zip(held, words, strict=True)]
    marks = [known or not word.strip(MARKS) for known, word in zip(held, words, strict=True)]
    first, bare = _leading(held), _leading(light)
    last = len(words) - _leading(marks[::-1])
    if bare < last:
        yield Way.BARE, starts[bare], starts[last]
        yield Way.BEHIND, starts[bare], len(segment)
        yield Way.BEFORE, 0, starts[last]
        yield Way.BEHIND, starts[first], starts[last]
    place = 0
    while place < len(words):
        begin = place
        while place < len(words) and not held[place]:
            place += 1
        yield from _without_light(words[begin:place], starts[begin])
        place += 1


def _with_halves(held: Sequence[bool], words: Sequence[str]) -> list[bool]:
    """Return ``held`` with single characters beside a word that is held: 高|耗水 is no place to cut."""
    found = [*held]
    order = range(len(words))
    for places, step in ((order, -1), (order[::-1], 1)):
        for place in places:
            beside = place + step
            if 0 <= beside < len(words) and found[beside] and _is_half(words, place):
                found[place] = True
    return found


def _is_half(words: Sequence[str], place: int) -> bool:
    word = words[place]
    counts = place > 0 and words[place - 1][-1].isdigit()
    return len(word) == 1 and "\u3400" <= word <= "\u9fff" and word not in LIGHT and word != _AND_MORE and not counts


def _leading(held: Sequence[bool]) -> int:
    return next((place for place, known in enumerate(held) if not known), len(held))


def _without_light(words: Sequence[str], start: int) -> Iterator[tuple[Way, int, int]]:
    """Yield a stretch of new words, and what is left of it without light ones at its ends."""
    light = [word in LIGHT for word in words]
    first, last = _leading(light), len(words) - _leading(light[::-1])
    if words:
        yield Way.NEW, start, start + sum(map(len, words))
    if first < last:
        yield Way.NEW, start + sum(map(len, words[:first])), start + sum(map(len, words[:last]))


def _of_forms(reading: Reading, text: str) -> Iterator[Phrase]:
    segments, whole = reading.found.page.segments, reading.span
    for way, form in _FORMS:
        for match in [*form.finditer(text, whole.start, whole.end)][:_MOST_OF_FORM]:
            number = max(n for n in range(reading.first, reading.last + 1) if segments[n].span.start <= match.start())
            yield Phrase(Span(*match.span()), way, number, number)
            so_on = _AND_SO_ON.search(match.group()) if way is Way.LISTED else None
            if so_on is not None:
                yield Phrase(Span(match.start(), match.start() + so_on.start() + 1), way, number, number)


def _is_sound(text: str, span: Span) -> bool:
    """Return whether brackets, lists, denials, numbers and Latin words are whole."""
    said = span.of(text)
    if not _is_balanced(said):
        return False
    before, behind = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    if (
        said[0] in _NEVER_FIRST
        or said[-1] in _NEVER_LAST
        or "、" in (before, behind)
        or (behind == "的" and said[-1] != _AND_MORE)
        or any(one in _DENIALS for one in text[max(0, span.start - 2) : span.start])
        or (len(said) < _SHORT and not _stands_alone(said, before, behind))
    ):
        return False
    if ("、" in said and behind and behind in _JOINING) or _is_one(before, said[0]) or _is_one(said[-1], behind):
        return False
    goes_on = said[-1].isdigit() and behind != "" and behind in _NUMBER_GOES_ON
    goes_on |= text[span.end : span.end + 2] in _BOUNDS
    return not goes_on and not (said[0].isdigit() and before != "" and before in ".,．-")


def _stands_alone(said: str, before: str, behind: str) -> bool:
    """Return whether few characters are a figure, or stand between marks and words that say nothing."""
    return any(map(str.isdigit, said)) or all(
        not one.strip(MARKS) or one in LIGHT or one in _MARKS_AROUND for one in (before, behind)
    )


def _is_only(reading: Reading, span: Span) -> bool:
    """Return whether no other figure of the run has a unit that a figure in ``span`` has."""
    text = reading.found.document.text
    units = {match["unit"] for match in _FIGURE.finditer(span.of(text))}
    others = (match for match in _FIGURE.finditer(text, reading.span.start, reading.span.end))
    return not any(match["unit"] in units for match in others if not span.covers(Span(*match.span("number"))))


def _is_one(left: str, right: str) -> bool:
    """Return whether two neighbouring characters are of one number or Latin word."""
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()


def _is_balanced(said: str) -> bool:
    depth = 0
    for character in said:
        depth += (character in _OPENING) - (character in _CLOSING)
        if depth < 0:
            return False
    return depth == 0
