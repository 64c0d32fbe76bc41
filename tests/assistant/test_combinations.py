"""Rows, queries and figures of one question are compared, added up and divided; every cell used is cited."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from corpus.models import ParsedDocument

# question | must stand in the first sentence | rows cited
CASES = """
绿氢产业项目和煤制烯烃哪个投资大 | “煤制烯烃”的2025年前计划投资276亿元 | 2
是绿氢产业项目投资大还是煤制烯烃投资大 | “煤制烯烃”的2025年前计划投资276亿元 | 2
草原生态修复治理项目和国土绿化项目，谁的投资更少一些？ | “草原生态修复治理项目”的2025年前计划投资1.4亿元 | 2
绿氢产业项目的投资比煤制烯烃多吗 | 不是 | 2
绿氢产业项目和煤制烯烃投资相差多少 | 相差105.42亿元 | 2
绿氢产业项目的投资比煤制烯烃少多少 | 少105.42亿元 | 2
2024年城镇居民和农村牧区居民人均可支配收入相差多少元？ | 相差36271元 | 2
绿氢产业项目投资比200亿元少多少 | 少29.42亿元 | 1
能源局牵头的项目比水利局的多几个 | 少2个 | 16
能源局牵头的项目比水利局的投资多多少 | 多1472.47亿元 | 16
投资最大的项目和最小的项目相差多少 | 相差405.9亿元 | 2
项目数比指标数多几个 | 多3个 | 75
水利局牵头的项目和负责的指标一共几个 | 合计13个 | 13
国土绿化与森林质量提升项目和草原生态修复治理项目的投资之和是多少 | 合计4.4亿元 | 2
绿氢产业项目、煤制烯烃和国土绿化与森林质量提升项目的投资一共多少 | 合计449.58亿元 | 3
能源局和水利局牵头的项目各有几个 | 能源局的项目共7个 | 16
绿氢产业项目和煤制烯烃分别投资多少 | 170.58亿元 | 2
绿氢产业项目和煤制烯烃分别由谁牵头 | 煤制烯烃的牵头责任单位是工信局 | 2
绿氢产业项目的投资是草原生态修复治理项目的几倍 | 121.84倍 | 2
绿氢产业项目占总投资的百分之多少 | 8.33% | 40
绿氢产业项目占能源局牵头的项目总投资的比例 | 11.07% | 8
非化石能源消费比重2024年比2020年增长百分之几 | 增长158.62% | 2
农村牧区居民人均可支配收入2024年比2020年高百分之几 | 增长26.25% | 2
单位国内生产总值能耗2024年比2020年低百分之几 | 下降12.5% | 2
技术市场成交额2024年比2020年增长多少 | 增长4.8亿元 | 2
煤制烯烃投资排第几 | 第4 | 4
煤制烯烃的投资在工信局牵头的项目中排第几 | 第1 | 1
绿氢产业项目、煤制烯烃和优质景区提升工程项目三个合计投资 | 合计472.58亿元 | 3
地下水超采区治理与修复项目在水利局牵头项目中投资排第几 | 第5 | 5
城镇居民人均可支配收入四年增幅是多少 | 增长26.25%，即增加13204元 | 2
全员劳动生产率2020到2024年的增长率 | 增长18.66% | 2
万元GDP水耗2024年要比2020年降多少吨 | 降3吨/万元 | 2
光伏+生态治理项目比华星煤制天然气项目多投多少亿？ | 多38亿元 | 2
黄河流域淤地坝建设项目和十大孔兑综合治理项目哪个先建完 | “黄河流域淤地坝建设项目” | 2
重点行动三的投资是重点行动一的几倍 | 2.89倍 | 19
重点行动一的平均投资比重点行动二高多少 | 高40.69亿元 | 18
市科技局比市财政局多负责几项指标 | 少1项 | 5
农牧局与工信局牵头项目的投资之比是多少 | 0.09倍 | 5
文化遗产保护工程项目和优质景区提升工程项目谁先建成 | 一样 | 2
重点河湖水生态综合治理项目的建设期有几年 | 2021-2035，15年 | 1
黄河流域淤地坝建设项目要建多少年 | 2022-2025，4年 | 1
煤制烯烃工期多少年 | 4年 | 1
投资第三大的项目比第一大的少多少 | 少75.73亿元 | 2
绿氢产业项目和煤制烯烃哪个先完工 | “绿氢产业项目” | 2
煤制烯烃和绿氢产业项目比，哪个投资多，多多少 | 多105.42亿元 | 2
2020年毛乌素沙地和库布齐沙漠的治理率谁高，差几个百分点 | 高45.01个百分点 | 2
2024年城乡居民收入差距是多少 | 相差36271元 | 2
2024年城乡居民人均可支配收入比是多少 | 2.33倍 | 2
文旅局牵头项目的总投资在各牵头单位里能排到第几名 | 在10个“牵头责任单位”中从大到小排第4 | 23
住建局投资排第几 | “牵头责任单位”含住建局的项目的2025年前计划投资合计0.28亿元 | 39
市水利局负责的指标数排第几 | 在19个“责任单位”中从大到小排第2 | 10
林草局投资排第几 | “牵头责任单位”含林草局的项目的2025年前计划投资合计9.67亿元 | 10
水利局牵头的项目数排第几 | 在10个“牵头责任单位”中从大到小排第1 | 9
水资源集约高效利用行动的投资在五大行动里排第几 | 在5个“重点行动”中从大到小排第4 | 26
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in CASES.strip().splitlines()]


@pytest.mark.parametrize(("question", "said", "cited"), ROWS)
def test_results_are_combined(assistant: Assistant, question: str, said: str, cited: str) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.LOOKUP
    assert said in answer.answer.split("。")[0]
    assert len(answer.citations) >= int(cited)


def test_a_difference_shows_its_calculation_and_the_queries_behind_it(assistant: Assistant) -> None:
    calculation = assistant.ask("绿氢产业项目的投资比煤制烯烃少多少").calculation

    assert calculation is not None
    assert calculation.expression == "170.58 - 276 = -105.42亿元"
    assert calculation.sql.count("SELECT") == 2


def test_every_quote_of_a_combination_is_a_verbatim_slice(assistant: Assistant, plan: ParsedDocument) -> None:
    for question, _, _ in ROWS:
        for citation in assistant.ask(question).citations:
            assert plan.text[citation.start : citation.end] == citation.quote


def test_figures_that_are_only_bounds_are_stated_and_not_subtracted(assistant: Assistant) -> None:
    answer = assistant.ask("植被覆盖度和毛乌素沙地治理率2024年相差多少")

    assert "无法算出" in answer.answer
    assert "＞70%" in answer.answer


@pytest.mark.parametrize(
    ("question", "stranger"),
    [("绿氢产业项目和白云机场项目哪个投资大", "白云机场"), ("绿氢产业项目的投资比火星基地多多少", "火星基地")],
)
def test_a_side_that_is_not_there_is_named_and_not_replaced_by_the_nearest(
    assistant: Assistant, question: str, stranger: str
) -> None:
    assert any(stranger in part for part in assistant.ask(question).missing)


def test_what_each_does_over_years_is_no_difference_between_them(assistant: Assistant) -> None:
    answer = assistant.ask("毛乌素沙地和库布齐沙漠治理率2024年都比2020年高吗").answer

    assert not answer.startswith("是")
    assert "45.01" not in answer


def test_rates_are_told_and_not_added(assistant: Assistant) -> None:
    question = "高新技术产业增加值占规模以上工业增加值的比重和财政科技支出占财政支出比率2020年合计多少"
    answer = assistant.ask(question)
    assert answer.answer.startswith("比率不能相加：")
    assert len(answer.citations) == 2


@pytest.mark.parametrize(
    "question",
    [
        "城镇居民和农村牧区居民的收入目标，到2024年比2020年各要涨百分之多少？",
        "城镇居民人均可支配收入和农村牧区居民人均可支配收入四年里各增长百分之多少",
    ],
)
def test_each_of_several_rows_is_compared_with_itself_in_the_other_year(assistant: Assistant, question: str) -> None:
    told = assistant.ask(question).answer
    assert told.count("增长26.25%") == 2
    assert "13204元" in told
    assert "5663元" in told


@pytest.mark.parametrize("question", ["技术市场成交额五年里增长多少", "技术市场成交额和园区产值能力五年里各增长多少"])
def test_years_that_lie_no_such_time_apart_are_not_compared(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).kind is AnswerKind.REFUSAL


@pytest.mark.parametrize(
    "question",
    [
        "工信局牵头的项目中投资最少的项目排第几",  # a row that an order picks is no group
        "杭锦旗项目的投资在各旗区里排第几",  # cells of places name several at once
        "能源局牵头的项目在所有项目里投资排第几",
        "城乡居民收入增长多少",  # a change of each, not the difference of the two
    ],
)
def test_what_is_no_rank_of_a_group_or_no_difference_is_refused(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).kind is AnswerKind.REFUSAL


def test_no_row_is_named_by_a_part_of_the_group_that_a_share_is_of(assistant: Assistant) -> None:
    answer = assistant.ask("十大孔兑综合治理项目的投资占水土流失综合治理工程总投资的比例是多少")

    assert "合计44.92亿元" in answer.answer
    assert "79.67%" in answer.answer


def test_rows_in_different_units_that_one_word_fits_are_not_added(assistant: Assistant) -> None:
    answer = assistant.ask("人均2024年比2020年提高多少？")

    assert "90825" not in answer.answer
    assert "“人均预期寿命”2020年为76.21，2024年为76.8" in answer.answer


def test_a_thing_called_by_another_word_stands_beside_one_called_by_its_name(assistant: Assistant) -> None:
    answer = assistant.ask("城里人和农牧民的人均可支配收入2024年分别要达到多少？").answer

    assert "63510元" in answer
    assert "27239元" in answer
    assert "没有" not in answer
