"""The runs of segments that may be said: the likeliest stretch first, none that is not cited."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.respond.reading.features import Page
from assistant.respond.reading.model import Reading
from assistant.respond.reading.page_text import PageText
from assistant.respond.reading.pages import FoundPage
from assistant.respond.reading.runs import best_runs, cited_sentences, expected, strongest
from assistant.respond.reading.segments import cut_segments
from corpus.models import Clause, ClauseKind, DocumentInfo, ParsedDocument, Span

TEXT = "支持企业复工，对检测费减免五成，对湖北企业免除。其他另行通知。今后再议。"
SURE, NEVER = 30.0, -30.0


def _reading(odds: list[float], cited_last: int) -> Reading:
    whole = Span(0, len(TEXT))
    document = ParsedDocument(DocumentInfo("d", "某通知", "d.txt", ""), TEXT, (), ())
    clause = Clause("c", ClauseKind.PREAMBLE, "", "", Span(0, 0), whole, (whole,), None, ())
    page = Page(PageText(cut_segments(TEXT, [whole]), ""), 1, 0.0, 0.0)
    found = FoundPage(page, document, clause, TEXT)
    return Reading(found, 1, 1, 0, cited_last, 0.0, 0.0, np.array(odds))


def _text(reading: Reading, run: tuple[int, int]) -> str:
    segments = reading.found.page.segments
    return TEXT[segments[run[0]].span.start : segments[run[1]].span.end]


def test_the_run_of_all_segments_that_answer_comes_first() -> None:
    reading = _reading([NEVER, SURE, SURE, NEVER, NEVER], 3)
    assert _text(reading, next(best_runs(reading))) == "对检测费减免五成，对湖北企业免除。"


def test_what_is_not_cited_is_never_said() -> None:
    reading = _reading([NEVER, SURE, NEVER, NEVER, SURE], 2)
    assert max(last for _, last in best_runs(reading)) == 2
    assert 4 not in strongest(reading)


def test_each_cited_sentence_is_one_run() -> None:
    reading = _reading([NEVER, SURE, SURE, NEVER, NEVER], 3)
    assert list(cited_sentences(reading)) == [(0, 2), (3, 3)]


def test_the_answer_itself_fits_wholly_and_half_of_it_half() -> None:
    reading = _reading([NEVER, SURE, NEVER, NEVER, NEVER], 3)
    answer = reading.found.page.segments[1].span
    half = Span(answer.start, answer.start + (answer.end - answer.start) // 2)
    whole, part = expected(reading, [answer, half])
    assert whole == pytest.approx([1.0, 1.0, 1.0])
    assert part == pytest.approx([2 / 3, 1.0, 0.5], abs=0.1)


def test_a_stretch_beside_the_answer_fits_not_at_all() -> None:
    reading = _reading([NEVER, SURE, NEVER, NEVER, NEVER], 3)
    beside = reading.found.page.segments[0].span
    assert expected(reading, [beside])[0] == pytest.approx([0.0, 0.0, 0.0], abs=1e-9)
