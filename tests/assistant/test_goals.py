"""What a named clause is to reach by a year are its own sentences from that year on, whole."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind


@pytest.mark.parametrize(
    ("question", "last"),
    [
        ("强化荒漠化防治提质增效行动到2024年的目标是什么？", "荒漠化防治衍生企业100家以上。"),
        ("到2024年，水资源集约高效利用行动要达到什么目标", "城市生活污水集中处理率达到99%以上。"),
        ("农牧业和乡村旅游发展提升行动，2024年要做到什么程度？", "区域公用品牌。"),
    ],
)
def test_the_goals_of_a_clause_are_told_whole(assistant: Assistant, question: str, last: str) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.PASSAGE
    (citation,) = answer.citations
    assert citation.quote.startswith("到2024年，") and citation.quote.endswith(last)


@pytest.mark.parametrize(
    "question",
    [
        "强化荒漠化防治提质增效行动到2025年的目标是什么",
        "水资源集约高效利用行动怎样",
        "水资源集约高效利用行动的效果怎样",
    ],
)
def test_another_year_or_more_than_the_goals_is_not_told_so(assistant: Assistant, question: str) -> None:
    assert "：到2024年，" not in assistant.ask(question).answer


def test_an_indicator_keeps_its_cell(assistant: Assistant) -> None:
    assert "＞70%" in assistant.ask("植被覆盖度2024年的目标是什么").answer
