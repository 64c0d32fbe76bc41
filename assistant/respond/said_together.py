"""The passage chosen in, the same out, with the words told that read together with the question answer it best.

Example: 加装电梯多少台, of “改造老旧小区86个，涉及居民21300户；加装电梯240台”: told was 86个, now 加装电梯240台.

Of few documents, and only where what is cited has several parts: it costs nothing where the passage was read together
anyway, and else one run of the model where the tokens' vectors alone prefer another part.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.respond.choices import Choice
from assistant.respond.passage import Passage, read_passage, unsaid
from assistant.respond.read_together import is_read_again, read_passage_together
from assistant.respond.reading.matched import Matched
from assistant.understand.question import Question
from assistant.understand.understanding import Understanding
from corpus.models import Span

_MARGIN = 2.0
"""By how much the log odds of another part's best token must pass those of what is told; docs/experiments.md."""


def said_together(question: Question, choice: Choice, understanding: Understanding) -> Passage:
    """Return the first passage of ``choice``, telling another part of what it cites where that is surer to answer."""
    passage, judged = choice.passages[0], choice.judged
    parts = _parts(passage)
    told = {place for place, span in parts.items() if any(span.overlaps(one) for one in passage.direct)}
    if judged is None or not told or len(told) == len(parts):
        return passage
    if not is_read_again(choice.apart or 0.0) and not _is_matched_elsewhere(passage, parts, told):
        return passage
    best = _best_part(judged.matched, passage, parts, told)
    if best is None:
        return passage
    again = read_passage(question, replace(passage.reading, first=best, last=best), understanding)
    says = any(parts[best].overlaps(one) for one in again.direct)
    return again if says and not unsaid(question, again) else passage


def _parts(passage: Passage) -> dict[int, Span]:
    """Return the segments of what is cited by their place on the page; none of a cell, which is told whole."""
    if passage.reading.found.cell is not None:
        return {}
    segments = passage.reading.found.page.segments
    return {place: one.span for place, one in enumerate(segments) if passage.evidence.span.covers(one.span)}


def _is_matched_elsewhere(passage: Passage, parts: dict[int, Span], told: set[int]) -> bool:
    """Return whether the question's tokens are matched best by a part that is not told."""
    rows = passage.reading.found.page.matched
    return rows is not None and max(parts, key=lambda place: float(rows[place][0])) not in told


def _best_part(matched: Matched, passage: Passage, parts: dict[int, Span], told: set[int]) -> int | None:
    """Return the part whose best token is surest to be of the answer; None where that is told, or hardly less so."""
    found = read_passage_together(matched, passage)
    if found is None:
        return None
    read, shown = found
    odds = {place: read.best(Span(one.start - shown.start, one.end - shown.start)) for place, one in parts.items()}
    best = max(odds, key=lambda place: odds[place])
    return best if odds[best] - max(odds[place] for place in told) > _MARGIN else None
