"""What was read of many documents in, the same pages with what reading them together with the question says out.

Example: 为期几天, of “活动自即日起，为期10天”: the tokens of 10天 are the likeliest of the page to be of the answer.

The first reading only chooses what is worth a run of the model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.respond.reading.features import TogetherPage
from assistant.respond.reading.model import Reading
from assistant.respond.reading.page_text import Numbers
from assistant.respond.reading.pages import FoundPage
from assistant.understand.cells.trees import logistic
from corpus.models import Span
from index.joint_model import HEADINGS, NO_TOKEN, ReadsTogether

PAGES = 4
"""How many pages are read together with the question; measured, docs/experiments.md."""
_LONGEST = 360
"""The most characters of a page that are read, around what the first reading says."""
_LEAST = 1e-3
"""What is divided by where no token is expected to be of the answer."""


def read_pages(reads: ReadsTogether, question: str, readings: Sequence[Reading]) -> tuple[FoundPage, ...]:
    """Return the pages of the first of ``readings``, in their order, with what reading them together says.

    None where no model reads together.
    """
    found: list[tuple[Reading, TogetherPage]] = []
    for one in readings[:PAGES]:
        own = _read(reads, question, one)
        if own is None:
            return ()
        found.append((one, own))
    if not found:
        return ()
    each = np.array([(own.read.answers, own.read.best(), one.score, own.read.amount()) for one, own in found])
    beside = each - each.max(axis=0)
    share = each[:, 3] / max(float(each[:, 3].sum()), _LEAST)
    of_pages = np.column_stack((each, beside[:, :3], share, np.arange(len(found))))
    return tuple(_with_rows(*one, row) for one, row in zip(found, of_pages, strict=True))


def _read(reads: ReadsTogether, question: str, reading: Reading) -> TogetherPage | None:
    segments = reading.found.page.segments
    whole = Span(segments[0].span.start, segments[-1].span.end)
    if whole.end - whole.start > _LONGEST:
        middle = (reading.span.start + reading.span.end) // 2
        start = max(whole.start, min(middle - _LONGEST // 2, whole.end - _LONGEST))
        whole = Span(start, start + _LONGEST)
    above = reading.found.stretch(reading.cited).above[-HEADINGS:]
    read = reads.read_together(question, above, whole.of(reading.found.document.text).replace("\n", " "))
    return None if read is None else TogetherPage(read, whole.start)


def _with_rows(reading: Reading, together: TogetherPage, of_page: Numbers) -> FoundPage:
    """Return the page with a row for each segment: what its tokens say, its neighbours', and ``of_page``."""
    found, first = reading.found, reading.odds
    odds = [together.odds(segment.span) for segment in found.page.segments]
    chances = [logistic(one) for one in odds]
    means, best = (np.array([measure(one) for one in odds]) for measure in (np.mean, np.max))
    counts = np.array([one.sum() for one in chances])
    columns = (
        *(means, best, [one.min() for one in odds], counts, [one.mean() for one in chances]),
        *(means - means.max(), best - best.max(), counts / max(float(counts.sum()), _LEAST)),
        *(np.concatenate(([NO_TOKEN], means[:-1])), np.concatenate((means[1:], [NO_TOKEN]))),
        *(first, first - first.max(), *np.tile(of_page, (len(odds), 1)).T),
    )
    page = replace(found.page, together=replace(together, rows=np.column_stack(columns)))
    return replace(found, page=page)
