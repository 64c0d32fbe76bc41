"""Segments: what stands between marks, verbatim, counted by sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.respond.reading.segments import cut_segments
from corpus.folding import fold
from corpus.models import Span


def _cut(text: str) -> list[tuple[str, int]]:
    return [(segment.span.of(text), segment.sentence) for segment in cut_segments(text, [Span(0, len(text))])]


def test_commas_cut_segments_and_full_stops_sentences() -> None:
    assert _cut("延长至24日，减免房租。次月照常。") == [("延长至24日，", 0), ("减免房租。", 0), ("次月照常。", 1)]


@pytest.mark.parametrize("figure", ["1,234家", "9:30开门", "1，234家"])
def test_a_mark_between_digits_cuts_nothing(figure: str) -> None:
    assert _cut(f"全市{figure}。") == [(f"全市{figure}。", 0)]


def test_a_closing_quote_stays_with_its_sentence() -> None:
    assert _cut("提出“立即停工。”次日复工") == [("提出“立即停工。”", 0), ("次日复工", 1)]


def test_a_line_ends_a_sentence_and_blank_lines_are_none() -> None:
    assert _cut("加强领导\n\n各区要重视") == [("加强领导", 0), ("各区要重视", 1)]


def test_each_span_begins_a_sentence_of_its_own() -> None:
    text = "加强领导各区要重视"
    assert [s.sentence for s in cut_segments(text, [Span(0, 4), Span(4, 9)])] == [0, 1]


@given(st.text("甲乙1，。；： \n“”)", max_size=60))
def test_segments_are_slices_in_order_that_hold_every_letter(text: str) -> None:
    found = cut_segments(text, [Span(0, len(text))])
    assert all(segment.key == fold(segment.span.of(text)) for segment in found)
    assert [s.span.start for s in found] == sorted(s.span.start for s in found)
    kept = "".join(segment.span.of(text) for segment in found)
    assert [c for c in kept if not c.isspace()] == [c for c in text if not c.isspace()]
