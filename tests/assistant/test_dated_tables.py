"""Tables of targets with a column of units and two years, and of works with a column of dates."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from assistant.settings import Settings
from index.build import build_index
from index.embedder import open_embedder
from tests.assistant.conftest import OpenPapers

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
def town(open_papers: OpenPapers) -> Assistant:
    return open_papers({"渔业计划.md": PLAN})


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


NUMBERS = """
两个码头加固一共多少经费 | 经费合计440万元 | 不是
三个码头加固一共多少经费 | 不是3个，是2个： | 三个
两个码头加固平均每个多少经费 | 平均约220万元 | 不是
"""


@pytest.mark.parametrize(("question", "holds", "lacks"), cases(NUMBERS))
def test_a_number_before_what_rows_are_called_is_theirs_or_put_right(
    town: Assistant, question: str, holds: str, lacks: str
) -> None:
    said = town.ask(question).answer

    assert holds in said
    assert lacks not in said


def test_a_number_before_what_nothing_is_called_is_not_passed_over(town: Assistant) -> None:
    assert town.ask("两个飞机场一共多少经费").kind is AnswerKind.REFUSAL


def test_the_name_of_the_table_is_that_of_no_row_where_all_is_added_up(town: Assistant) -> None:
    assert "1285万元" in town.ask("白水镇渔业重点任务总共安排多少经费").answer


def test_the_sum_of_a_row_named_is_that_of_the_row(town: Assistant) -> None:
    assert "340万元" in town.ask("鱼市改造总共安排多少经费").answer


def test_the_kind_of_place_that_a_row_goes_to_asks_for_its_place(town: Assistant) -> None:
    assert "地点是东塘村、西塘村" in town.ask("冷链站要建设到哪几个村").answer


def test_places_of_what_is_no_row_are_not_told(town: Assistant) -> None:
    assert "东塘村、西塘村" not in town.ask("飞机场要建设到哪几个村").answer


FIGURES = """
经费有340万元的任务有哪些 | 共1个：鱼市改造 | 不是
经费是95万元的是哪项任务 | 渔政船购置 | 不是
两个任务的经费是多少 | 无法据此回答 | “经费”为2
"""


@pytest.mark.parametrize(("question", "holds", "lacks"), cases(FIGURES))
def test_a_number_in_the_unit_of_the_column_before_it_is_its_figure(
    town: Assistant, question: str, holds: str, lacks: str
) -> None:
    said = town.ask(question).answer

    assert holds in said
    assert lacks not in said


def test_bodies_that_act_as_responsible_are_counted(town: Assistant) -> None:
    assert "共3个：镇水利站、镇商贸办、镇渔政站" in town.ask("有多少家单位担任责任单位").answer


def test_only_how_many_narrows_nothing(town: Assistant) -> None:
    history = ["各责任单位负责几个任务？"]

    assert "镇渔政站" in town.ask("哪家最少，只有多少", history=history).answer
    assert "没有" not in town.ask("哪家最少，只有多少", history=history).answer


HOUSES = """# 山溪镇危房改造方案

## 一、任务

山溪镇危房改造任务表

| 家庭类别 | 补助标准（元/户） | 必选项目（项） | 计划户数（户） |
|---|---|---|---|
| 五保老人家庭 | 9000 | 6 | 45 |
| 低保老人家庭 | 8000 | 6 | 62 |
| 残疾人家庭 | 7000 | 5 | 30 |
"""


@pytest.fixture(scope="module")
def hills(tmp_path_factory: pytest.TempPathFactory, plan_settings: Settings) -> Iterator[Assistant]:
    corpus, store = tmp_path_factory.mktemp("hills"), tmp_path_factory.mktemp("hills index")
    (corpus / "危房改造.md").write_text(HOUSES, encoding="utf-8")
    (corpus / "河道.md").write_text("# 山溪镇河道管理办法\n\n第一条 河道由镇水利站巡查。\n", encoding="utf-8")
    build_index(corpus, store, open_embedder("default", plan_settings.models))
    opened = Assistant.open(settings=Settings(index=store, models=plan_settings.models))
    yield opened
    opened.close()


BY_UNIT = """
两类老人家庭合计计划改造多少户 | 计划户数合计107户
三类家庭一共计划改造多少户 | 计划户数合计137户
四类老人家庭合计计划改造多少户 | 不是4个，是2个
必选项目有6项的是哪几类家庭 | “必选项目”为6项的家庭类别共2个
"""


@pytest.mark.parametrize(("question", "holds"), cases(BY_UNIT))
def test_the_unit_that_is_asked_for_names_its_column(hills: Assistant, question: str, holds: str) -> None:
    assert holds in hills.ask(question).answer


def test_a_word_that_all_rows_share_names_none_where_they_are_ranked(hills: Assistant) -> None:
    said = hills.ask("山溪镇哪类家庭计划改造的户数最多，多少户").answer

    assert "低保老人家庭，62户" in said
    assert "残疾人家庭" not in said


def test_a_unit_that_no_column_is_in_names_none(hills: Assistant) -> None:
    assert hills.ask("三类家庭一共改造多少公里").kind is AnswerKind.REFUSAL
