"""A run of a passage that answers in, the same run to the end of what it announces out: items of a list, a penalty.

Example: 提交下列材料：申请书；… → to the last of the items.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.respond.asked_forms import PENALTY
from assistant.respond.expected import listed_noun
from assistant.respond.reading.direct import holds_asked
from assistant.respond.reading.segments import MARKS, Segment
from assistant.understand.lexicon import Ask
from assistant.understand.question import Question
from corpus.models import Span

_WHAT_THEN = re.compile(r"怎么办|(?:怎么|如何|怎样|咋)(?:处理|处置|解决)|会怎样|会怎么样|有什么后果")
_JOINED = re.compile(r"以及|及其?|和|或者?|并且?|与")
_CASE = re.compile(r"(?:[^目]的|时|后|以?前)$")
_GOES_ON = re.compile(r"\s*[，,]\s*\S")
_PART_ENDS = "；;。！？!?\n"
_COLONS = "：:"
_STOPS = "。！？!?"
_RESERVES = re.compile(r"但(?!书)")


def to_its_end(question: Question, segments: Sequence[Segment], run: Span, text: str) -> Span:
    """Return ``run`` with what belongs to it: the first of two joined things, the items of a list, a whole penalty."""
    if Ask.LIST in question.asks:
        run = _with_joined(segments, run, text)
        run = _with_alike(segments, run, listed_noun(question.key))
    run = _whole_list(question, segments, run)
    run = _with_reservation(segments, run)
    return _to_the_stop(segments, run) if PENALTY.search(question.key) or _WHAT_THEN.search(question.key) else run


def past_condition(question: Question, direct: Sequence[Span], cited: Span, text: str) -> tuple[Span, ...]:
    """Return ``direct`` with what is so in the case that its last words state, to the next “；”: 泄漏的，立即疏散….

    So is what holds the date or figure that is asked for, where ``direct`` has none.
    """
    last = direct[-1]
    end = next((n for n in range(last.end, cited.end) if text[n] in _PART_ENDS), cited.end)
    whole = Span(last.start, end)
    said = "".join(span.of(text) for span in direct)
    wanted = not holds_asked(question, said) and holds_asked(question, whole.of(text))
    goes_on = _GOES_ON.match(text, last.end, cited.end) is not None
    return (*direct[:-1], whole) if goes_on and (wanted or _CASE.search(last.of(text).rstrip(MARKS))) else tuple(direct)


def _whole_list(question: Question, segments: Sequence[Segment], run: Span) -> Span:
    """Return ``run`` to the last of the items that it announces; from their announcement where a list is asked for.

    提交下列材料：申请书；方案；… ends where no item is followed by “；” any more.
    """
    inside = [number for number, one in enumerate(segments) if run.overlaps(one.span)]
    if not inside:
        return run
    opens = next((number for number in reversed(inside) if segments[number].mark in _COLONS), None)
    if opens is None and Ask.LIST in question.asks:
        opens = _announced_at(segments, inside[0])
    if opens is None or (opens in inside and segments[inside[-1]].mark not in "：:；;"):
        return run
    end = next((one for one in segments[opens + 1 :] if one.mark in _STOPS), segments[-1])
    start = next(one for one in segments if one.sentence == segments[opens].sentence)
    return Span(min(run.start, start.span.start), max(run.end, end.span.end))


def _with_reservation(segments: Sequence[Segment], run: Span) -> Span:
    """Return ``run`` with what the words right behind it except from it: 不得再次参加。但…中断的，可以再参加一次."""
    inside = [number for number, one in enumerate(segments) if run.overlaps(one.span)]
    if not inside or inside[-1] + 1 >= len(segments) or not _RESERVES.match(segments[inside[-1] + 1].key):
        return run
    return _to_the_stop(segments, Span(run.start, segments[inside[-1] + 1].span.end))


def _to_the_stop(segments: Sequence[Segment], run: Span) -> Span:
    """Return ``run`` to the end of what is told behind “；”: 责令改正；拒不改正的，处罚款."""
    end = next((one.span.end for one in segments if one.span.end >= run.end and one.mark in _STOPS), run.end)
    return Span(run.start, max(run.end, end))


def _with_joined(segments: Sequence[Segment], run: Span, text: str) -> Span:
    """Return ``run`` with the segment before it where it is joined to that: …的树木，以及不满五十年的树木."""
    first = next((number for number, one in enumerate(segments) if run.overlaps(one.span)), 0)
    joined = first and segments[first].sentence == segments[first - 1].sentence and _JOINED.match(run.of(text))
    return Span(segments[first - 1].span.start, run.end) if joined else run


def _with_alike(segments: Sequence[Segment], run: Span, noun: str) -> Span:
    """Return ``run`` with the segments behind it that end in the ``noun`` asked for too: 研发甲体系，乙体系等."""
    inside = [number for number, one in enumerate(segments) if run.overlaps(one.span)]
    last = inside[-1] if inside else 0
    while noun and last + 1 < len(segments) and _ends_in(segments[last], noun) and segments[last].mark in "，,":
        if not _ends_in(segments[last + 1], noun):
            break
        last += 1
    return Span(run.start, max(run.end, segments[last].span.end)) if inside else run


def _ends_in(segment: Segment, noun: str) -> bool:
    return segment.key.rstrip(MARKS).rstrip("等").endswith(noun)


def _announced_at(segments: Sequence[Segment], item: int) -> int | None:
    """Return the place of the colon that opens the row of items in which a segment stands; None outside such a row."""
    for number in range(item - 1, -1, -1):
        if segments[number].mark in _COLONS:
            return number
        if segments[number].mark in _STOPS:
            return None
    return None
