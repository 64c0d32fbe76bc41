"""Where a sentence gives a figure for each of several places, the one asked for is told."""

from __future__ import annotations

import pytest

from assistant.respond.reading.of_place import part_of_place
from corpus.models import Span

DAMS = "甲县新建水库共29座，在乙县新建2座。"


def places_in(text: str) -> frozenset[str]:
    return frozenset(place for place in ("甲县", "乙县", "丙县") if place in text)


@pytest.mark.parametrize(
    ("question", "text", "part"),
    [
        ("乙县新建水库多少座", DAMS, "在乙县新建2座"),
        ("甲县新建水库多少座", DAMS, "甲县新建水库共29座"),
        ("新建水库多少座", DAMS, "甲县新建水库共29座，在乙县新建2座"),
        ("乙县种草多少", "甲县造林3亩，种草5亩；乙县造林1亩，种草7亩。", None),
        ("丙县新建水库多少座", DAMS, None),
        ("甲县新建水库多少座", "甲县新建水库29座，加固3座。", None),
        ("新建水库多少座", "甲县新建水库29座，乙县种草5亩。", None),
        ("甲县和乙县新建水库多少座", DAMS, None),
    ],
)
def test_the_part_of_the_place_asked_for_is_found(question: str, text: str, part: str | None) -> None:
    found = part_of_place(question, text, Span(0, len(text)), places_in)

    assert (found.of(text) if found is not None else None) == part


def test_the_figure_of_the_place_asked_for_is_the_answer(assistant) -> None:
    answer = assistant.ask("达拉特旗新建拦沙工程多少座").answer.splitlines()[0]

    assert "26座" in answer
    assert "296座" not in answer
