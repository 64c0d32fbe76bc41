"""Tables of targets with a column of units and two years, and of works with a column of dates."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from assistant.settings import Settings
from index.build import build_index
from index.embedder import open_embedder

PLAN = """# 白水镇渔业振兴行动计划（2025—2026年）

一、主要目标

白水镇渔业振兴目标表

| 指标 | 单位 | 2024年完成 | 2026年目标 | 属性 |
|---|---|---|---|---|
| 水产品产值 | 亿元 | 7.5 | 9 | 预期性 |
| 鱼苗投放总量 | 万尾 | 320 | 400 | 预期性 |
| 养殖尾水达标率 | % | 61 | 88 | 约束性 |
| 渔船登记率 | % | 92 | 96 | 约束性 |
| 池塘保有量 | 万亩 | 1.35 | 1.35 | 约束性 |

二、重点任务

白水镇渔业重点任务表

| 序号 | 任务名称 | 地点 | 责任单位 | 办结时限 | 经费（万元） |
|---|---|---|---|---|---|
| 1 | 东塘码头加固 | 东塘村 | 镇水利站 | 2025年10月底 | 260 |
| 2 | 西塘码头加固 | 西塘村 | 镇水利站 | 2025年6月底 | 180 |
| 3 | 鱼市改造 | 白水街 | 镇商贸办 | 2025年12月底 | 340 |
| 4 | 渔政船购置 | 镇水利站 | 镇渔政站 | 2025年3月底 | 95 |
| 5 | 冷链站建设 | 东塘村、西塘村 | 镇商贸办 | 2025年12月底 | 410 |
| 合计 | | | | | 1285 |
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, plan_settings: Settings) -> Iterator[Assistant]:
    corpus, store = tmp_path_factory.mktemp("town"), tmp_path_factory.mktemp("town index")
    (corpus / "渔业计划.md").write_text(PLAN, encoding="utf-8")
    build_index(corpus, store, open_embedder("default", plan_settings.models))
    opened = Assistant.open(settings=Settings(index=store, models=plan_settings.models))
    yield opened
    opened.close()


def cases(lines: str) -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in line.split("|")) for line in lines.strip().splitlines()]


# question | the answer holds | and does not hold
UNITS = """
水产品产值2026年的目标是多少 | 9亿元 | 不一致
养殖尾水达标率2026年的目标是多少 | 88% | 不一致
水产品产值2024年完成多少，2026年目标是多少 | 7.5亿元，2026年目标为9亿元 | 单位
水产品产值2026年的目标是多少万元 | 90000万元 | 不一致
养殖尾水达标率2026年要比2024年提高多少 | 提高27个百分点 | 属性
水产品产值2026年比2024年增加多少亿元 | 增加1.5亿元 | 单位：
"""


@pytest.mark.parametrize(("question", "holds", "lacks"), cases(UNITS))
def test_the_figure_of_a_row_is_told_in_the_unit_of_its_column_of_units(
    town: Assistant, question: str, holds: str, lacks: str
) -> None:
    said = town.ask(question).answer

    assert holds in said
    assert lacks not in said


CHANGES = """
池塘保有量的目标有没有增加 | 没有增加，
养殖尾水达标率2026年比2024年提高了吗 | 是，
养殖尾水达标率2026年比2024年有没有下降 | 没有下降，
以百分比计的指标中，2026年比2024年提高最多的是哪一项，提高多少 | 养殖尾水达标率（61% → 88%，提高27个百分点）
"""


@pytest.mark.parametrize(("question", "holds"), cases(CHANGES))
def test_the_years_of_two_headers_are_compared(town: Assistant, question: str, holds: str) -> None:
    assert holds in town.ask(question).answer


def test_whether_a_thing_grows_that_no_year_states_is_not_said(town: Assistant) -> None:
    assert "增加，" not in town.ask("鱼市改造的经费有没有增加").answer


OFFERED = """
渔船登记率属于约束性指标还是预期性指标 | “渔船登记率”的属性是约束性
鱼苗投放总量是约束性的还是预期性的 | “鱼苗投放总量”的属性是预期性
渔政船购置由镇商贸办还是镇渔政站负责 | 责任单位是镇渔政站
"""


@pytest.mark.parametrize(("question", "holds"), cases(OFFERED))
def test_values_to_choose_from_ask_for_their_column(town: Assistant, question: str, holds: str) -> None:
    assert holds in town.ask(question).answer


def test_a_choice_of_what_no_column_holds_asks_for_none(town: Assistant) -> None:
    assert town.ask("渔船登记率是约束性还是鼓励性指标").kind is AnswerKind.REFUSAL


DATES = """
办结时限最早的任务是哪个 | 渔政船购置 | 鱼市改造
镇水利站负责的任务中办结最晚的是哪个 | 东塘码头加固 | 鱼市改造
6月底前必须完成的任务有哪些 | 共2个：西塘码头加固 | 东塘
6月前完成的任务有哪些 | 共1个：渔政船购置 | 西塘
12月底才完成的任务有几个 | 共2个 | 东塘码头
2025年10月以后完成的任务有哪些 | 共2个：鱼市改造 | 东塘码头
"""


@pytest.mark.parametrize(("question", "holds", "lacks"), cases(DATES))
def test_rows_are_bounded_and_ordered_by_their_dates(town: Assistant, question: str, holds: str, lacks: str) -> None:
    said = town.ask(question).answer

    assert holds in said
    assert lacks not in said


def test_no_row_is_found_where_no_date_is_so_early(town: Assistant) -> None:
    assert town.ask("2月底前完成的任务有哪些").kind is not AnswerKind.LOOKUP


def test_who_answers_for_rows_is_looked_for_among_the_agencies_first(town: Assistant) -> None:
    assert "“责任单位”含镇水利站的任务共2个，经费合计440万元" in town.ask("镇水利站负责几个任务，经费合计多少").answer


def test_a_body_that_rows_only_stand_at_is_found_there(town: Assistant) -> None:
    assert "渔政船购置" in town.ask("地点在镇水利站的任务有哪些").answer
