"""The answer itself, without what the question repeats: one date for 何时, one figure for 多少."""

from __future__ import annotations

import pytest

from assistant.respond.reading.direct import say_directly
from assistant.understand.lexicon import Ask
from assistant.understand.question import Mention, MentionKind, Question
from corpus.models import Span


def _said(kind: Ask, text: str) -> str:
    question = Question("问", "问", (Mention(MentionKind.ASK, kind, Span(0, 1)),), (), frozenset())
    return "|".join(span.of(text) for span in say_directly(question, text, Span(0, len(text))))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("将申报纳税期限延长至2月24日，", "延长至2月24日"),
        ("自2020年2月8日零时起实施临时性休市。", "自2020年2月8日"),
        ("到2024年底全部建成并投入使用", "到2024年底"),
        ("1月至3月以及5月的社会保险费一律免征。", "1月至3月以及5月的社会保险费一律免征"),
    ],
)
def test_when_is_answered_by_the_one_date_and_by_all_where_there_are_several(text: str, said: str) -> None:
    assert _said(Ask.WHEN, text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("秸秆综合利用率达到87%以上。", "达到87%以上"),
        ("累计建成高标准农田面积340万亩，", "340万亩"),
        ("现代煤化工产能达到2500万吨", "达到2500万吨"),
        ("甲地3家、乙地5家企业先后恢复生产", "甲地3家、乙地5家企业先后恢复生产"),
    ],
)
def test_how_many_is_answered_by_the_one_figure_with_its_unit(text: str, said: str) -> None:
    assert _said(Ask.HOW_MANY, text) == said


def test_other_questions_lose_only_the_marks_at_the_ends() -> None:
    assert _said(Ask.HOW, "，采取一事一议方式给予资助；") == "采取一事一议方式给予资助"


def test_the_date_that_a_clause_states_for_all_its_works_is_said_with_the_work() -> None:
    text = "到2024年底，各区完成普查，完成节能技术改造"
    segments = [Span(0, 8), Span(8, 15)]
    question = Question("问", "问", (Mention(MentionKind.ASK, Ask.WHEN, Span(0, 1)),), (), frozenset())
    said = say_directly(question, text, Span(15, len(text)), segments)
    assert [span.of(text) for span in said] == ["到2024年底", "完成节能技术改造"]
