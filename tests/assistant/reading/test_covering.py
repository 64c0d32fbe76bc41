"""A direct answer runs over the stretches of its sentence that hold what is asked about, and over no more."""

from __future__ import annotations

import pytest

from assistant.respond.reading.covering import covering
from assistant.respond.reading.segments import cut_segments
from assistant.understand.question import Question
from corpus.folding import fold
from corpus.models import Span

TEXT = "加强领导小组，由市长任组长，下设办公室。组长每季度听取汇报。"


def asking(text: str, *words: str) -> Question:
    spans = tuple(Span(text.index(word), text.index(word) + len(word)) for word in words)
    return Question(text=text, key=fold(text), mentions=(), words=spans, telling=frozenset(spans))


@pytest.mark.parametrize(
    ("words", "chosen", "run"),
    [
        (("领导小组", "组长"), "加强领导小组", "加强领导小组，由市长任组长"),
        (("组长",), "由市长任组长", "由市长任组长"),
        (("领导小组", "办公室"), "由市长任组长", "加强领导小组，由市长任组长，下设办公室"),
        (("领导小组", "车辆"), "加强领导小组", "加强领导小组"),
    ],
)
def test_the_run_holds_every_word_that_its_sentence_holds(words: tuple[str, ...], chosen: str, run: str) -> None:
    question = asking("的".join(words) + "是什么", *words)
    segments = cut_segments(TEXT, [Span(0, len(TEXT))])
    start = TEXT.index(chosen)

    found = covering(question, segments, Span(start, start + len(chosen)), lambda _: ())

    assert found.of(TEXT).rstrip("，。") == run
