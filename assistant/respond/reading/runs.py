"""A reading in, how well any stretch of its page is expected to answer out, and the runs of segments that do best.

Example: of “支持复工，检测费减免50%，对湖北企业免除。” asked for 检测费 the run “检测费减免50%，对湖北企业免除。”
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from assistant.respond.reading.model import MOST_SEGMENTS, Reading
from assistant.respond.reading.page_text import Numbers
from assistant.understand.cells.trees import logistic
from corpus.models import Span

MOST_RUNS = 14
_STRONGEST = 4


def cited_places(reading: Reading) -> range:
    """Return the numbers of the segments that are cited or said."""
    return range(min(reading.first, reading.cited_first), max(reading.last, reading.cited_last) + 1)


def best_runs(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield the first and the last segment of the cited runs with the highest expected F1, best first."""
    places = cited_places(reading)
    runs = [(i, j) for i in places for j in range(i, min(places.stop, i + MOST_SEGMENTS))]
    segments = reading.found.page.segments
    f1 = expected(reading, [Span(segments[i].span.start, segments[j].span.end) for i, j in runs])[:, 0]
    yield from (runs[place] for place in np.argsort(-f1, kind="stable")[:MOST_RUNS])


def cited_sentences(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield the first and the last segment of each cited sentence."""
    segments, places = reading.found.page.segments, cited_places(reading)
    for sentence in dict.fromkeys(segments[place].sentence for place in places):
        inside = [place for place in places if segments[place].sentence == sentence]
        yield inside[0], inside[-1]


def strongest(reading: Reading) -> list[int]:
    """Return the numbers of the few cited segments that most likely answer, in reading order."""
    return sorted(sorted(cited_places(reading), key=lambda place: -reading.odds[place])[:_STRONGEST])


def expected(reading: Reading, spans: Sequence[Span]) -> Numbers:
    """Return for each stretch its expected F1, precision and recall against the answer, by characters.

    Every character is taken to answer with the chance of its segment: F1 = 2 · shared / (length + answer), after
    Lewis 1995.
    """
    segments = reading.found.page.segments
    starts = np.array([segment.span.start for segment in segments])
    ends = np.array([segment.span.end for segment in segments])
    chances = logistic(reading.odds)
    answer = max(float(chances @ (ends - starts)), 1e-9)
    first = np.array([span.start for span in spans])[:, None]
    last = np.array([span.end for span in spans])[:, None]
    over = np.clip(np.minimum(ends, last) - np.maximum(starts, first), 0, None).astype(float)
    shared, lengths = over @ chances, np.maximum(over.sum(axis=1), 1.0)
    return np.stack((2 * shared / (lengths + answer), shared / lengths, shared / answer), axis=1)
