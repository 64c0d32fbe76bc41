"""Counts, sums, orders and lists are computed over all rows of a table, with the query that a person can run again."""

from __future__ import annotations

from decimal import Decimal

import pytest
import sqlalchemy as sa

from assistant.engine import Assistant
from assistant.models import Answer, AnswerKind
from corpus.models import ParsedDocument, RowKind

# question | must stand in the first sentence | rows cited
CASES = """
能源局牵头的项目总投资多少 | 合计1541.12亿元 | 7
水利局牵头的项目有几个 | 共9个 | 9
水利局的项目投资多少 | 合计68.65亿元 | 9
重点行动三要投多少钱 | 合计1441.63亿元 | 8
市水利局负责的指标有哪些 | 共4项 | 4
计划投资超过100亿元的项目有几个 | 共6个 | 6
哪个项目计划投资最大 | “光伏+生态治理”项目（406亿元） | 1
投资第二大的项目是什么 | 华星40亿立方米煤制天然气项目（368亿元） | 1
计划投资前三名的项目是哪些 | 国家智能化示范煤矿工程项目（330.27亿元） | 3
水土流失综合治理工程下的项目有哪些 | 共4个 | 4
2021年开始建设的项目有哪些 | 共3个 | 3
哪个单位牵头的项目最多 | 水利局，9个 | 9
哪个重点行动的计划投资最多 | 现代能源经济高质量发展提速行动，1441.63亿元 | 8
除能源局外，投资超过100亿元的项目有几个 | 共1个 | 1
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in CASES.strip().splitlines()]


@pytest.mark.parametrize(("question", "said", "cited"), ROWS)
def test_a_question_over_rows_is_computed_from_all_of_them(
    assistant: Assistant, question: str, said: str, cited: str
) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.LOOKUP
    assert said in answer.answer.split("。")[0]
    assert len(answer.citations) == int(cited)


def test_a_sum_agrees_with_the_cells_added_up_by_hand(assistant: Assistant, plan: ParsedDocument) -> None:
    table = next(table for table in plan.tables if table.name == "项目表")
    amounts = [
        Decimal(row.cells[5].text) for row in table.rows if row.kind is RowKind.DATA and row.cells[3].text == "林草局"
    ]

    answer = assistant.ask("林草局牵头的项目总投资多少")

    assert f"{sum(amounts).normalize():f}亿元" in answer.answer
    assert answer.calculation is not None
    assert answer.calculation.expression.count("+") == len(amounts) - 1


def test_the_total_row_is_not_one_of_the_rows(assistant: Assistant) -> None:
    assert "2048.463亿元" in assistant.ask("所有项目的计划投资合计多少").answer


def test_groups_named_by_their_number_are_told_one_by_one(assistant: Assistant) -> None:
    answer = assistant.ask("五个重点行动各自的项目数与投资额").answer

    assert "现代能源经济高质量发展提速行动8个、1441.63亿元" in answer


def test_years_that_things_are_sorted_by_are_groups(assistant: Assistant) -> None:
    assert "2025年322.42亿元" in assistant.ask("项目投资合计，按项目完工年份分类统计").answer


def test_how_much_beside_how_many_is_added_up(assistant: Assistant) -> None:
    answer = assistant.ask("2025年完工的项目有几个，要投入多少资金").answer

    assert "共5个" in answer and "合计322.42亿元" in answer


def test_a_mean_over_groups_is_no_mean_over_rows(assistant: Assistant) -> None:
    assert "52.52" not in assistant.ask("24项重点工程，平均每项多少计划投资").answer
    assert "最多的是" in assistant.ask("五大行动当中哪个行动平均单个项目投资最高？").answer


def test_figures_to_be_added_up_are(assistant: Assistant) -> None:
    assert "合计35.5亿元" in assistant.ask("把文旅局牵头项目的投资相加").answer


def test_an_agency_alone_asks_which_of_its_lists_is_meant(assistant: Assistant) -> None:
    assert assistant.ask("农牧局").kind is AnswerKind.CLARIFY


def test_the_per_cent_of_a_change_is_its_rate(assistant: Assistant) -> None:
    answer = assistant.ask("城乡居民基本养老保险参保率2024年目标相对2020年提高的比例是多少").answer

    assert "0.65%" in answer


def test_a_difference_between_years_is_in_percentage_points(assistant: Assistant) -> None:
    answer = assistant.ask("非化石能源消费比重2024年比2020年提高几个百分点")

    assert "提高9.2个百分点" in answer.answer.split("。")[0]
    assert answer.calculation is not None
    assert answer.calculation.expression == "15 - 5.8 = 9.2个百分点"


def test_a_year_that_sets_no_condition_stops_the_query(assistant: Assistant) -> None:
    assert assistant.ask("2025年那时候的项目有哪些").kind is AnswerKind.REFUSAL


def test_a_period_up_to_a_year_ends_in_it(assistant: Assistant) -> None:
    until, ending = (assistant.ask(f"{said}的项目有哪些") for said in ("建设时间到2025年", "2025年完工"))

    assert until.table is not None and ending.table is not None
    assert until.table.rows == ending.table.rows


@pytest.mark.parametrize(
    "question",
    [
        "2021年开始的项目由谁牵头",
        "2021年开工的项目牵头单位是谁",
        "2021年就开始的项目都是谁牵头",
    ],
)
def test_what_rows_picked_by_a_figure_or_time_state_is_told_of_each(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question).answer

    assert answer.startswith(
        "“建设时间”起始年为2021年的项目共3个：重点河湖水生态综合治理项目（牵头责任单位：水利局）[1]"
    )


@pytest.mark.parametrize("asked", ["一共多少", "平均多少", "比2020年多多少"])
def test_indicators_without_one_unit_are_not_added_up(assistant: Assistant, asked: str) -> None:
    answer = assistant.ask(f"卫健委负责的指标2024年{asked}").answer

    assert "不能相加" in answer
    assert "87.2" not in answer


def test_bounds_are_not_subtracted(assistant: Assistant) -> None:
    answer = assistant.ask("植被覆盖度2024年比2020年提高多少")

    assert answer.kind is AnswerKind.LOOKUP
    assert "70.33%" in answer.answer
    assert "＞70%" in answer.answer
    assert "提高" not in answer.answer


def test_the_sql_runs_as_shown(assistant: Assistant) -> None:
    answer = assistant.ask("能源局牵头的项目总投资多少")
    assert answer.calculation is not None

    found = assistant.index.facts.run(sa.text(answer.calculation.sql).columns(sa.column("a"), sa.column("b")))  # type: ignore[arg-type]

    assert [round(float(str(value)), 3) for value in found.rows[0]] == [7, 1541.12]


# question | the columns | the last row that the shown statement gives
SHOWN = """
投资最大的三个项目 | 行号、项目名称、2025年前计划投资（亿元） | 19、国家智能化示范煤矿工程项目、330.27
第二大投资的项目 | 行号、项目名称、2025年前计划投资（亿元） | 21、华星40亿立方米煤制天然气项目、368
投资最大的项目是哪个 | 行号、项目名称、2025年前计划投资（亿元） | 2、“光伏+生态治理”项目、406
投资前三的项目合计多少 | 合计（亿元） | 1104.27
水利局牵头项目的平均投资 | 个数、合计（亿元）、平均（亿元） | 9、68.65、7.628
水利局牵头的项目投资占全部项目的比重 | 个数、合计（亿元）、占全部（%） | 9、68.65、3.351
能源局牵头的项目有几个 | 个数 | 7
各行动的投资合计 | 组、合计（亿元） | 创新驱动发展能力建设促进行动、17
按完工年份统计项目个数 | 组、个数 | 2035、1
牵头项目投资合计超过100亿元的单位 | 组、合计（亿元） | 工信局、336.76
没有提到黄河的项目有几个 | 个数 | 33
绿氢产业项目投资在所有项目中排第几 | 行号、项目名称、2025年前计划投资（亿元） | 23、绿氢产业项目、170.58
技术市场成交额2024年比2020年提高多少 | 行号、指标、2020年 | 4、技术市场成交额（亿元）、3.2
"""


def rounded(value: object) -> str:
    return f"{Decimal(str(round(value, 3))).normalize():f}" if isinstance(value, float) else str(value)


@pytest.mark.parametrize("line", SHOWN.strip().splitlines())
def test_the_statement_shown_gives_what_is_told(assistant: Assistant, line: str) -> None:
    question, columns, last = (part.strip() for part in line.split("|"))
    calculation = assistant.ask(question).calculation
    assert calculation is not None

    found = [assistant.index.facts.run(sa.text(one)) for one in calculation.sql.split(";\n")]  # type: ignore[arg-type]
    assert "、".join(found[-1].columns) == columns
    assert "、".join(map(rounded, found[-1].rows[-1])) == last


# question | what is denied by name
DENIED = """
市公安局牵头的项目有哪些 | 公安局
项目表第40个项目是什么 | 40
为什么绿氢产业项目由水利局牵头 | 水利局
"""


@pytest.mark.parametrize(
    ("question", "denied"), [tuple(part.strip() for part in line.split("|")) for line in DENIED.strip().splitlines()]
)
def test_a_false_premise_is_denied_by_name(assistant: Assistant, question: str, denied: str) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.REFUSAL
    assert any(denied in part for part in answer.missing)


def test_a_corrected_premise_shows_what_the_cell_says(assistant: Assistant) -> None:
    answer = assistant.ask("为什么绿氢产业项目由水利局牵头")

    assert "能源局" in answer.answer.split("。")[0]
    assert answer.citations


@pytest.mark.parametrize(
    "question", ['\'; DROP TABLE "项目表"; --牵头的项目有几个', "水利局%' OR '1'='1牵头的项目有哪些"]
)
def test_sql_in_a_question_is_only_text(assistant: Assistant, question: str) -> None:
    assistant.ask(question)

    assert names(assistant.ask("水利局牵头的项目有哪些")) == names(assistant.ask("哪些项目由水利局牵头"))


def names(answer: Answer) -> set[str]:
    assert answer.table is not None
    return {row[1] for row in answer.table.rows}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "投资超过100亿元的项目有几个，占总投资多少",
            "共6个，2025年前计划投资合计1697.12亿元，占全部2048.463亿元的82.85%",
        ),
        ("水利局牵头的项目有几个，占项目总数的百分之几", "共9个，占全部39个的23.08%"),
        ("牵头项目个数排第二的单位是哪家？", "能源局，7个"),
        ("五大行动按投资总额排个序，排在第三的是哪个行动", "农牧业和乡村旅游发展提升行动，59亿元"),
        ("文旅局的项目按投资从高到低排，第二位是哪个", "文化遗产保护工程项目（6.3亿元）"),
        ("所有项目按投资从大到小排，第四名是谁", "煤制烯烃（276亿元）"),
        ("林草局要牵头的项目，麻烦都列一下", "共4个"),
    ],
)
def test_shares_and_places_in_an_order_are_of_what_is_asked_for(assistant: Assistant, question: str, said: str) -> None:
    assert said in assistant.ask(question).answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("水土流失综合治理工程下的几个项目共投资多少", "合计44.92亿元"),
        ("建设时间截止到2025年的项目有哪些", "“建设时间”结束年为2025年的项目共5个"),
        ("科技局牵头实施的项目，麻烦一个不落列给我", "“牵头责任单位”含科技局的项目共6个"),
    ],
)
def test_rows_are_added_up_dated_and_listed_as_asked(assistant: Assistant, question: str, said: str) -> None:
    assert said in assistant.ask(question).answer.split("。")[0]


def test_what_one_of_many_gets_is_not_the_whole(assistant: Assistant) -> None:
    assert assistant.ask("农牧业高效节水项目里准格尔旗分到多少投资").kind is AnswerKind.REFUSAL


def test_rows_of_one_unit_are_ordered_in_a_table_of_several(assistant: Assistant) -> None:
    answer = assistant.ask("荒漠化防治与绿色发展特色指标里，2020年数值最低的是哪项")

    assert "数字经济核心产业增加值占地区生产总值的比重" in answer.answer.split("。")[0]
