"""Rates with bounds and notes, prices by grade, a guide on two things, a report of one banner: asked as people do."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from corpus.parse import parse_corpus
from tests.assistant.conftest import OpenPapers

SAMPLES = Path(__file__).parent.parent / "samples" / "rates"

GRASS = """# 青石旗草原生态修复补助标准

## 一、补助标准

| 措施 | 适用规模 | 补助标准（元/亩） | 补助面积上限（亩） | 备注 |
|---|---|---|---|---|
| 人工种草 | 10亩以上 | 260 | 500 | 每户最高10万元 |
| 补播改良 | 50—200亩 | 80 | 300 | 超过100亩的部分减半 |
| 鼠害防治 | 不超过1000亩 | 15 | 无 | 验收合格后拨付 |

注：1. 在严重退化草原上人工种草的，补助标准上浮20%。
2. 建档立卡脱贫户补助标准上浮10%。

## 二、管护补助

| 岗位 | 月补助标准（元/人） | 上岗要求 |
|---|---|---|
| 草管员 | 1000 | 身体健康 |
| 巡护员 | 800 | 身体健康 |

## 三、规划设计

| 工程 | 单位造价 | 补助比例 | 最高限额 |
|---|---|---|---|
| 高标准农田 | 2400元/亩 | 核定投资的60% | 单个企业不超过200万元 |
| 冷库建设 | 无 | 设备投资的20% | 100万元 |

## 四、救助

| 对象 | 起付线 | 救助标准 |
|---|---|---|
| 低保对象 | 2000元 | 医疗费用的70% |
| 特困人员 | 1000元 | 医疗费用的90% |

## 五、水价

| 阶梯 | 年用水量 | 水价（元/立方米） |
|---|---|---|
| 第一阶梯 | 180立方米以下 | 2.5 |
| 第二阶梯 | 180立方米以上260立方米以下 | 3.5 |
| 第三阶梯 | 260立方米以上 | 6 |
"""


@pytest.fixture(scope="module")
def grass(open_papers: OpenPapers) -> Assistant:
    return open_papers({"grass.md": GRASS})


def _is_computed(office: Assistant, question: str) -> bool:
    calculation = office.ask(question).calculation
    return calculation is not None and "×" in calculation.expression


@pytest.fixture(scope="module")
def banner(open_papers: OpenPapers) -> Assistant:
    return open_papers(SAMPLES)


def _head(office: Assistant, question: str, *history: str) -> str:
    return office.ask(question, list(history)).answer.split("原文：")[0].split("依据：")[0]


@pytest.mark.parametrize(
    ("question", "said", "working"),
    [
        ("新建苹果园50亩能补多少", "支持标准是800元/亩[1]，50亩为4万元", "50 × 800 = 40000元"),
        ("村里想搞50亩新建苹果园，能拿多少补助", "50亩为4万元", "50 × 800 = 40000元"),
        ("老果园改造2000亩能拿多少补助", "2000亩为60万元，超过“单个项目上限”40万元", "2000 × 300 = 600000元"),
        ("气调库核定投资300万能补多少", "支持标准是核定投资的25%[1]，300万为75万元", "3000000 × 0.25 = 750000元"),
        ("新建苹果园40亩，我们在边境嘎查，能补多少", "按注上浮20%，为960元/亩，40亩为3.84万元", "40 × 960 = 38400元"),
    ],
)
def test_a_rate_of_a_row_is_applied_to_the_figure_of_the_question(
    banner: Assistant, question: str, said: str, working: str
) -> None:
    answer = banner.ask(question)

    assert said in answer.answer
    assert answer.calculation is not None
    assert working in answer.calculation.expression


def test_a_sum_is_told_with_the_note_below_its_table(banner: Assistant) -> None:
    answer = banner.ask("新建苹果园50亩能补多少")

    assert "表下有注：“注：边境嘎查内的果园建设项目，支持标准上浮20%" in answer.answer
    assert answer.citations[1].quote.startswith("注：边境嘎查")


@pytest.mark.parametrize(
    "question", ["新建苹果园50米能补多少", "新建苹果园50亩明年能补多少", "新建梨园50亩能补多少", "苹果园补了50亩了吗"]
)
def test_no_rate_is_applied_to_what_it_is_not_for(banner: Assistant, question: str) -> None:
    answer = banner.ask(question)

    assert answer.calculation is None
    assert "4万元" not in answer.answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("人工种草20亩能补多少", "20亩为5200元。"),
        ("人工种草400亩能补多少", "400亩为10.4万元，超过“备注”每户最高10万元"),
        ("鼠害防治500亩能补多少", "500亩为7500元。"),
        ("高标准农田核定投资5000万能补多少", "5000万为3000万元，超过“最高限额”单个企业不超过200万元"),
        ("高标准农田100亩要多少钱", "100亩为24万元"),
    ],
)
def test_a_sum_is_told_where_all_bounds_of_its_row_are_looked_at(grass: Assistant, question: str, said: str) -> None:
    assert said in grass.ask(question).answer


@pytest.mark.parametrize(
    "question",
    ["人工种草2000亩能补多少", "补播改良180亩能补多少", "鼠害防治1500亩能补多少", "低保对象医疗费用1500元能补多少"],
)
def test_no_sum_is_told_where_a_cell_says_a_bound_that_the_figure_is_above(grass: Assistant, question: str) -> None:
    assert not _is_computed(grass, question)


@pytest.mark.parametrize(
    ("question", "percent"),
    [
        ("人工种草20亩能补多少", ""),
        ("我家不是建档立卡脱贫户，人工种草20亩能补多少", ""),
        ("我家是建档立卡脱贫户，人工种草20亩能补多少", "按注上浮10%，为286元/亩"),
    ],
)
def test_a_note_raises_a_rate_for_those_the_question_says_to_be_of_and_not_by_the_name_of_the_row(
    grass: Assistant, question: str, percent: str
) -> None:
    answer = grass.ask(question).answer

    assert "20亩为5200元" in answer
    assert percent in answer
    assert ("按注" in answer) == bool(percent)


@pytest.mark.parametrize(
    "question", ["冷库建设总投资500万能补多少", "冷库建设投资300万元能补多少", "高标准农田投资300万元能补多少"]
)
def test_a_share_is_taken_of_nothing_but_its_whole_base(grass: Assistant, question: str) -> None:
    assert not _is_computed(grass, question)


@pytest.mark.parametrize("question", ["高标准农田100亩能补多少", "人工种草要交多少，种了100亩"])
def test_a_price_is_no_grant_and_a_grant_no_price(grass: Assistant, question: str) -> None:
    assert not _is_computed(grass, question)


@pytest.mark.parametrize("question", ["草管员5人全年能拿多少", "巡护员3人上岗半年补多少", "草管员5人一共能拿多少"])
def test_a_rate_for_a_month_is_applied_to_no_other_time(grass: Assistant, question: str) -> None:
    assert not _is_computed(grass, question)


@pytest.mark.parametrize("question", ["第二阶梯用水200立方米要交多少"])
def test_the_price_of_a_tier_is_not_applied_to_all_that_is_used(grass: Assistant, question: str) -> None:
    assert not _is_computed(grass, question)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("新建苹果园一亩补多少钱", "支持标准：800元/亩"),
        ("新建苹果园由哪个部门审核", "审核部门是旗林草局"),
        ("气调库最多补多少", "单个项目上限：100万元"),
    ],
)
def test_rows_called_by_what_they_are_for_are_asked_of_money_and_offices(
    banner: Assistant, question: str, said: str
) -> None:
    assert said in _head(banner, question)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("一个项目要给120万，由谁审定", "由旗林草局会同旗财政局审定"),
        ("单个项目正好50万，由谁审定", "由旗林草局局务会议审定"),
        ("户籍人口2000人的村，管护经费一年多少", "1000人以上不足3000人每年5万元。[1]"),
        ("建设规模调整15%，报谁批准", "超过10%的，报旗人民政府批准"),
        ("因病致困，个人负担4万5，给多少", "超过3万元不超过6万元的，给予5000元"),
    ],
)
def test_a_figure_is_ruled_by_the_range_it_falls_in(banner: Assistant, question: str, said: str) -> None:
    head = _head(banner, question)

    assert said in head
    assert "常务会议" not in head


def test_grades_head_columns_and_a_note_of_units_may_have_its_exceptions() -> None:
    prices = next(one for one in parse_corpus(SAMPLES) if "价格" in one.info.title).tables[0]

    assert [column.name for column in prices.columns[-3:]] == ["三级", "二级", "一级及以下"]
    assert {column.unit for column in prices.columns[-3:]} == {"元/次"}


@pytest.mark.parametrize(
    ("history", "question", "said"),
    [
        ([], "三级医院血液透析一次多少钱", "三级是430元/次"),
        (["三级医院血液透析一次多少钱"], "二级的呢", "二级是410元/次"),
        ([], "急诊诊查费二级多少", "二级是24元/次"),
    ],
)
def test_a_column_is_called_with_the_noun_that_the_paper_puts_behind_it(
    banner: Assistant, history: list[str], question: str, said: str
) -> None:
    assert said in _head(banner, question, *history)


def test_a_note_within_a_section_takes_nothing_of_what_follows() -> None:
    guide = next(one for one in parse_corpus(SAMPLES) if "办事指南" in one.info.title)
    paths = {clause.path for clause in guide.clauses}

    assert ("二、事项二：交通补助", "（三）时限") in paths
    assert not any("注" in step for path in paths for step in path)


def test_the_unit_below_a_table_is_that_of_its_figures() -> None:
    guide = next(one for one in parse_corpus(SAMPLES) if "办事指南" in one.info.title)

    assert {column.unit for column in guide.tables[1].columns[1:]} == {"元/人·月"}


@pytest.mark.parametrize(
    ("question", "said", "other"),
    [
        ("助学金的申请材料有哪些", "在读证明", "走读证明"),
        ("交通补助的申请材料有哪些", "走读证明", "在读证明"),
        ("办交通补助要提交哪些材料", "走读证明", "在读证明"),
    ],
)
def test_a_heading_that_two_sections_have_is_that_of_the_thing_named(
    banner: Assistant, question: str, said: str, other: str
) -> None:
    answer = banner.ask(question).answer

    assert said in answer
    assert other not in answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("中途转学还能领助学金吗", "可以。由转入学校在30日内代为续报"),
        ("补助没到账怎么办", "先核对社会保障卡状态"),
    ],
)
def test_the_answer_to_a_question_of_the_paper_is_told_and_not_the_question(
    banner: Assistant, question: str, said: str
) -> None:
    head = _head(banner, question)

    assert said in head
    assert not head.startswith("问")


def test_a_figure_falls_in_a_range_of_a_table_that_its_headings_name(banner: Assistant) -> None:
    assert "标准是180元/人·月" in _head(banner, "13岁助学金每月多少")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("查旗2023年地区生产总值多少", "86亿元"),
        ("去年旗里GDP多少", "地区生产总值完成86亿元"),
        ("今年三件民生实事有哪些", "共3项"),
        ("示范嘎查今年建几个，一个给多少钱", "创建示范嘎查8个，每个嘎查给予不低于50万元"),
    ],
)
def test_a_report_is_of_the_year_and_the_place_that_it_was_given_for(
    banner: Assistant, question: str, said: str
) -> None:
    assert said in _head(banner, question)


def test_energy_for_each_unit_of_output_says_nothing_of_output(banner: Assistant) -> None:
    assert "3.4" not in _head(banner, "去年旗里GDP多少")


@pytest.mark.parametrize(
    ("history", "question", "said"),
    [
        (["普通高中有几所"], "在校生多少", "在校生2600人"),
        (
            [],
            "民办学校多少所、学生多少、占比多少",
            "民办学校12所，比上年减少2所，在校学生1800人，占全旗在校学生总数的9.5%",
        ),
        ([], "一般隐患几天要改完？谁能同意延长，最长多久", "由苏木主要负责人签字同意，最长不超过45日"),
    ],
)
def test_what_is_asked_behind_a_sentence_is_asked_of_its_subject(
    banner: Assistant, history: list[str], question: str, said: str
) -> None:
    answer = _head(banner, question, *history)

    assert said in answer
    assert "5400" not in answer.split("驻旗高校")[0]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("巴彦镇加沙日镇一共多少小学生", "合计7800人"),
        ("巴彦镇平均一个专任教师带几个学生", "的15倍"),
        ("小学在校人数最多的是哪个镇", "巴彦镇"),
    ],
)
def test_people_are_counted_as_the_headers_of_a_bulletin_have_them(banner: Assistant, question: str, said: str) -> None:
    assert said in _head(banner, question)


def test_what_nothing_says_is_refused(banner: Assistant) -> None:
    for question in ("新建苹果园的施工单位是谁", "高中生助学金每月多少", "血液透析住院多少钱"):
        assert banner.ask(question).kind is AnswerKind.REFUSAL, question
