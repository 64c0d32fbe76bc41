"""Who leads a heading that states no agency is who leads each work under it, never one of them alone."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind


@pytest.mark.parametrize(
    ("question", "head", "works"),
    [
        ("现代能源经济高质量发展提速行动由哪些单位牵头", "写明牵头部门的共5项，涉及市能源局、市工信局：", 5),
        ("水资源集约高效利用行动的责任单位有哪些", "写明责任单位的共3项，涉及", 3),
        ("农牧业和乡村旅游发展提升行动由谁牵头", "写明牵头部门的共4项，涉及", 4),
    ],
)
def test_each_work_under_the_heading_is_told_with_its_agency(
    assistant: Assistant, question: str, head: str, works: int
) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.LOOKUP
    assert head in answer.answer
    assert answer.answer.splitlines()[0].count("[") == works


def test_a_work_with_an_agency_of_its_own_is_answered_by_it(assistant: Assistant) -> None:
    assert assistant.ask("现代煤化工高质量发展工程由哪些单位牵头").answer.startswith(
        "“现代煤化工高质量发展工程”的牵头部门是市工信局"
    )
