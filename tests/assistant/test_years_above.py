"""A year that opens a chapter is said for all that the chapter lists; another year is not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from assistant.settings import Settings
from tests.assistant.conftest import opened_over

_PLAN = """石桥县滨湖湿地保护行动方案

一、主要目标

到2027年，全县湿地保护体系基本形成。

（一）湿地面积。天然湿地保护率达到62%。

（二）候鸟栖息。候鸟栖息地修复面积达到3.4万亩，建成观鸟台12座。

二、组织实施

县林业局负责日常巡护。
"""


@pytest.fixture(scope="module")
def wetlands(tmp_path_factory: pytest.TempPathFactory, plan_settings: Settings) -> Iterator[Assistant]:
    folder, store = tmp_path_factory.mktemp("湿地"), tmp_path_factory.mktemp("湿地索引")
    (folder / "湿地方案.txt").write_text(_PLAN, encoding="utf-8")
    with opened_over(folder, store, plan_settings) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("到2027年，全县的天然湿地要保护住多大比例？", "62%"),
        ("到2027年观鸟台要建成多少座", "12座"),
    ],
)
def test_a_year_that_opens_the_chapter_is_no_other_question(wetlands: Assistant, question: str, said: str) -> None:
    assert said in wetlands.ask(question).answer.split("\n")[0]


@pytest.mark.parametrize("question", ["到2035年，天然湿地保护率达到多少", "到2035年观鸟台要建成多少座"])
def test_a_year_that_nothing_states_is_refused_by_name(wetlands: Assistant, question: str) -> None:
    answer = wetlands.ask(question)

    assert answer.kind is AnswerKind.REFUSAL
    assert any("2035年" in part for part in answer.missing)


def test_the_plan_is_asked_by_the_year_of_its_aims(assistant: Assistant) -> None:
    assert "240个以上" in assistant.ask("自治区级以上的研发机构，到2024年要有多少家？").answer
    assert assistant.ask("自治区级以上的研发机构，到2030年要有多少家？").kind is AnswerKind.REFUSAL
