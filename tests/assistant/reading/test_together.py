"""The best pages are read together with the question: each in a window, with a row of features for each segment."""

from __future__ import annotations

from unittest.mock import Mock

import numpy as np
import pytest

from assistant.engine import Assistant
from assistant.respond.reading import together
from assistant.respond.reading.model import ReaderModel, ReaderModels, Reading, load_models
from assistant.respond.reading.reader import PassageReader
from assistant.respond.reading.together import PAGES, read_pages
from index.joint_model import ReadTogether

QUESTION = "2024年高新技术企业要达到多少家"


@pytest.fixture
def read(assistant: Assistant) -> tuple[PassageReader, tuple[Reading, ...]]:
    models = load_models()
    reader = PassageReader(assistant.index, assistant.understanding, ReaderModels(models.many, models.many))
    question = assistant.understanding.read(QUESTION)
    return reader, reader.read(question, assistant.documents).readings


def test_the_best_pages_keep_their_order_and_get_a_row_for_each_segment(
    read: tuple[PassageReader, tuple[Reading, ...]],
) -> None:
    reader, readings = read
    pages = read_pages(reader.matcher, QUESTION, readings)

    assert [one.chunk for one in pages] == [one.found.chunk for one in readings[:PAGES]]
    for one in pages:
        assert one.page.together is not None
        assert one.page.together.rows.shape[0] == len(one.page.segments)
    assert len({one.page.together.rows.shape[1] for one in pages if one.page.together}) == 1


def test_the_tokens_of_the_answer_are_the_likeliest(read: tuple[PassageReader, tuple[Reading, ...]]) -> None:
    reader, readings = read
    pages = read_pages(reader.matcher, QUESTION, readings)
    found = next(one for one in pages if any("250家" in segment.key for segment in one.page.segments))
    assert found.page.together is not None
    odds = [float(found.page.together.odds(one.span).max()) for one in found.page.segments]

    assert "250家" in found.page.segments[int(np.argmax(odds))].key


def test_a_long_page_is_read_around_what_was_said(
    read: tuple[PassageReader, tuple[Reading, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(together, "_LONGEST", 40)
    matcher = Mock()
    matcher.read_together.return_value = ReadTogether(0.0, np.zeros((1, 2), np.int32), np.zeros(1, np.float32))
    longest = max(read[1], key=lambda one: one.found.page.segments[-1].span.end - one.found.page.segments[0].span.start)
    (page,) = read_pages(matcher, QUESTION, [longest])
    shown = matcher.read_together.call_args.args[2]

    assert len(shown) == 40
    assert page.page.together is not None
    start = page.page.together.start
    assert longest.found.document.text[start : start + 40].replace("\n", " ") == shown
    assert start < longest.span.end and longest.span.start < start + 40


def test_where_no_model_reads_together_no_page_is_returned(read: tuple[PassageReader, tuple[Reading, ...]]) -> None:
    matcher = Mock()
    matcher.read_together.return_value = None

    assert read_pages(matcher, QUESTION, read[1]) == ()
    assert matcher.read_together.call_count == 1


def test_the_trees_for_pages_read_together_read_more_than_those_of_the_pages_alone() -> None:
    models = load_models()

    def widest(model: ReaderModel | None) -> tuple[int, int]:
        assert model is not None and model.phrases is not None
        return int(model.segment.feature.max()), int(model.phrases.feature.max())

    alone, read_so = widest(models.many), widest(models.together)
    assert all(one < other for one, other in zip(alone, read_so, strict=True))
