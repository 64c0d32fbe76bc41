"""Questions and answers of an office, a list with heads that bear sums, tables by place: each asked as people do."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from corpus.models import RowKind
from corpus.parse import parse_corpus
from tests.assistant.conftest import OpenPapers

SAMPLES = Path(__file__).parent.parent / "samples" / "banner"


@pytest.fixture(scope="module")
def office(open_papers: OpenPapers) -> Assistant:
    return open_papers(SAMPLES)


def _head(office: Assistant, question: str, *history: str) -> str:
    return office.ask(question, list(history)).answer.split("原文：")[0].split("依据：")[0]


def test_a_paper_headed_by_its_office_is_called_by_the_line_below() -> None:
    titles = [one.info.title for one in parse_corpus(SAMPLES)]

    assert "书店经营登记和流动书摊备案一次性告知书" in titles


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("办书店经营登记需要带哪些材料", "共3项：1.登记申请书[2]；2.营业场所证明[3]；3.经营者身份证复印件[4]"),
        ("办流动书摊备案要带哪些材料", "共3项：1.备案表[2]；2.身份证复印件[3]；3.近期照片2张[4]"),
        ("流动书摊备案收多少钱", "均不收取任何费用"),
        ("办书店经营登记收不收钱", "均不收取任何费用"),
        ("书店经营登记能直接改地址吗", "不能办变更，应当重新登记"),
        ("出现哪些变化需要办书店变更", "店名、负责人、经营范围发生变化的"),
    ],
)
def test_a_question_that_a_paper_asks_is_answered_by_what_stands_below(
    office: Assistant, question: str, said: str
) -> None:
    assert said in _head(office, question)


def test_items_on_one_line_are_items() -> None:
    plan = next(one for one in parse_corpus(SAMPLES) if "社会事业" in one.info.title)
    under = [one for one in plan.clauses if one.parent and one.label in {"1.", "2.", "3.", "4."}]

    assert [one.label for one in under] == ["1.", "2.", "3.", "4."]
    assert len({one.parent for one in under}) == 1


def test_a_heading_that_announces_items_is_told_with_them(office: Assistant) -> None:
    said = _head(office, "四件民生实事都是什么")

    assert "共4项：1.新建书房6个" in said and "4.增加车位300个" in said


def test_a_row_that_heads_others_with_their_sums_is_none_of_them(office: Assistant) -> None:
    listing = next(one for one in parse_corpus(SAMPLES) if "清单" in one.info.title)
    (table,) = listing.tables

    assert [one.kind for one in table.rows].count(RowKind.GROUP) == 2
    assert {group.name for row in table.data_rows for group in row.groups} == {"农业类", "交通类"}
    assert "共5个" in _head(office, "县级重点项目有几个")
    assert "5900万元" in _head(office, "县级重点项目总投资合计多少")
    assert "共2个" in _head(office, "总投资超过1000万元的项目有哪些")


def test_a_deputy_is_no_head(office: Assistant) -> None:
    assert "共2个：粮仓扩建项目[1]、客运站项目[2]" in _head(office, "由县长包联的项目有哪些")
    assert "共2个" in _head(office, "常务副县长包联的项目有哪些")


def test_who_looks_after_a_row_is_the_leader_named(office: Assistant) -> None:
    assert "包联领导是常务副县长" in _head(office, "谁包联", "北环路项目总投资多少")


def test_tables_of_one_place_do_not_contradict_each_other(office: Assistant) -> None:
    told = office.ask("东湖镇2025年幼儿园建设计划是多少")

    assert "东湖镇”2025年为4" in told.answer and not told.conflicts
    assert "不一致" not in office.ask("东湖镇幼儿园建设计划合计多少").answer
    both = office.ask("东湖镇2025年是多少").answer
    assert "东湖镇（社区医院建设计划表）" in both and "东湖镇（幼儿园建设计划表）" in both


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("南坪乡种公羊多少只", "种公羊是240只"),
        ("南坪乡今年种公羊的任务是多少只", "种公羊是240只"),
        ("各乡镇新增犊牛任务加起来是多少头", "新增犊牛合计980头"),
    ],
)
def test_a_counter_limits_nothing_and_a_task_is_its_figure(office: Assistant, question: str, said: str) -> None:
    assert said in _head(office, question)


def test_what_costs_something_else_is_no_fee(office: Assistant) -> None:
    assert office.ask("流动书摊备案收多少押金").kind is AnswerKind.REFUSAL


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("500平方米的砖混鹿棚每平方米补多少", "砖混结构是140元/平方米"),
        ("250平方米兔棚轻钢结构每平方米补多少", "轻钢结构是95元/平方米"),
        ("兔棚800平方米以上、轻钢结构的补贴标准是多少", "“800平方米以上”的轻钢结构是115元/平方米"),
        ("轻钢兔棚建了900平方米，每平方米补多少", "轻钢结构是115元/平方米"),
    ],
)
def test_a_size_falls_in_the_range_of_its_own_kind(office: Assistant, question: str, said: str) -> None:
    assert said in _head(office, question)


def test_a_size_of_a_kind_that_no_row_has_is_refused(office: Assistant) -> None:
    assert office.ask("90平方米的砖混鸭棚每平方米补多少").kind is AnswerKind.REFUSAL


@pytest.mark.parametrize("question", ["Ⅱ级审核由谁批准", "二级审核由谁批准"])
def test_of_grades_told_side_by_side_the_one_asked_for_is_told(office: Assistant, question: str) -> None:
    said = _head(office, question)

    assert "Ⅱ级审核由主任批准" in said and ("副主任" not in said or "二级" in question)
