"""Readings of documents and the years that a question asks about in, those that tell of no other year out.

Example: “2024年粮食产量”, put to the report of 2024, is not answered by what stands under “2023年工作回顾”.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.respond.reading.model import Reading
from assistant.respond.reading.reader import ReadOut
from assistant.understand.question import Question
from assistant.understand.understood import Understood
from corpus.models import Span

_ALONE = re.compile(r"(?P<year>(?:19|20)\d\d)年?度?")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")


def of_years_called(understood: Understood, read: ReadOut) -> ReadOut:
    """Return ``read`` without what tells of other years than that by which alone a document is called."""
    years = {match["year"] for one in understood.called if (match := _ALONE.fullmatch(one.strip()))}
    if not years:
        return read
    return replace(read, readings=tuple(one for one in read.readings if not _tells_another(one, years)))


def years_left(question: Question, reading: Reading) -> tuple[Span, ...]:
    """Return the years of the question where a sentence, with the headings above it, tells of other years only.

    That the title states the year is no support: a report of 2025 tells of 2024.
    """
    asked = question.year_spans()
    return tuple(span for _, span in asked) if asked and _tells_another(reading, set(question.years)) else ()


def _tells_another(reading: Reading, years: set[str]) -> bool:
    found = reading.found
    above = found.chunk.section if found.chunk is not None else ()
    told = set(_YEAR.findall("\n".join((reading.cited.of(found.document.text), *above))))
    return bool(told) and not told & years
