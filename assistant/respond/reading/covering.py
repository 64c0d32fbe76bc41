"""The stretch of a sentence taken for the answer in, the run of its stretches that holds all that is asked about out.

Example: 领导小组的组长是谁, “强化…领导小组，” → “强化…领导小组，由市委书记、市长任双组长”.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.respond.reading.model import Reading
from assistant.respond.reading.segments import MARKS, Segment
from assistant.understand.question import Question
from corpus.models import Span

_LISTS = re.compile(r"[、《“\d一二两三四五六七八九十]")


def covering(
    question: Question, segments: Sequence[Segment], chosen: Span, same: Callable[[Span], tuple[str, ...]]
) -> Span:
    """Return ``chosen`` with the segments of its sentence that hold words of the question which it does not.

    A word that no segment of the sentence holds says nothing; of several that hold it, the nearest counts. ``same``
    gives what may stand for the word at a place of the question.
    """
    inside = [number for number, segment in enumerate(segments) if chosen.overlaps(segment.span)]
    if not inside:
        return chosen
    sentence = segments[inside[0]].sentence
    first, last = inside[0], inside[-1]
    for span in (span for span in question.words if span.end - span.start > 1):
        words = (span.of(question.key), *same(span))
        holding = [
            number
            for number, segment in enumerate(segments)
            if segment.sentence == sentence and any(word in segment.key for word in words)
        ]
        if holding and not any(first <= number <= last for number in holding):
            nearest = min(holding, key=lambda number: min(abs(number - first), abs(number - last)))
            first, last = min(first, nearest), max(last, nearest)
    if all(segment.key.rstrip(MARKS) in question.key for segment in segments[first : last + 1]):
        # 制定本方案 alone says nothing that is not asked: its whole sentence does.
        whole = [number for number, segment in enumerate(segments) if segment.sentence == sentence]
        first, last = whole[0], whole[-1]
    return Span(min(chosen.start, segments[first].span.start), max(chosen.end, segments[last].span.end))


def behind_heading(reading: Reading, span: Span) -> Span:
    """Return ``span`` without the heading that it begins with, where more stands behind it.

    A heading that lists or counts something may be the answer: 支持甲区、乙区先行先试。…
    """
    clause, segments = reading.found.clause, reading.found.page.segments
    if clause is None or not clause.heading or _LISTS.search(clause.heading):
        return span
    if not clause.span.start <= span.start < clause.heading_span.end:
        return span
    behind = (one.span.start for one in segments if one.span.start >= clause.heading_span.end)
    start = next(behind, span.end)
    return Span(start, span.end) if start < span.end else span
