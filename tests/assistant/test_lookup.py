"""Questions about attributes of a project, an indicator or a numbered work are answered from the cell or field."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.errors import QuestionInvalid
from assistant.models import AnswerKind
from corpus.models import ParsedDocument

# question | must stand in the first sentence | must stand in a citation's locator
CASES = """
久泰能源有限公司年产50万吨乙二醇项目的投资额是多少 | 60.0亿元 | 第20行
绿氢产业项目由谁牵头 | 能源局 | 项目表 第23行 “牵头责任单位”
黄河流域淤地坝建设项目的建设时间 | 2022-2025 | 第4行 “建设时间
农牧业高效节水建设项目建在哪里 | 除康巴什外的8个旗区 | 第12行 “建设地点”
国家水土保持重点建设项目的建设内容是什么 | 小流域综合治理365平方公里 | 第5行
草原生态修复治理项目属于哪个重点工程 | 退化草原生态修复治理工程 | 第8行
技术市场成交额2024年的目标是多少 | 8亿元 | 指标表 第4行 “2024年”
植被覆盖度到2024年要达到多少 | ＞70% | 指标表 第7行
农畜产品加工与农牧业总产值比2024年是多少 | 2.5:1 | 指标表 第16行
单位国内生产总值二氧化碳排放比2005年下降率2024年目标 | 完成自治区下达的目标任务 | 指标表 第18行
万元GDP水耗2020年是多少 | 47.07吨/万元 | 指标表 第19行 “2020年”
人均预期寿命由哪个部门负责 | 市卫健委 | 指标表 第27行 “责任单位”
水土流失综合治理工程由谁牵头 | 市水利局 | 三、（一）2.
生物多样性保护工程的责任单位是谁 | 市生态环境局 | 三、（一）4.
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in CASES.strip().splitlines()]


@pytest.mark.parametrize(("question", "said", "place"), ROWS)
def test_an_attribute_is_answered_from_its_cell(assistant: Assistant, question: str, said: str, place: str) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.LOOKUP
    assert said in answer.answer.split("。")[0]
    assert any(place in citation.locator for citation in answer.citations)


def test_a_name_that_fits_two_projects_is_answered_for_both(assistant: Assistant) -> None:
    answer = assistant.ask("十大孔兑项目由哪个局牵头")

    assert "水利局" in answer.answer.split("。")[0]
    assert [c.locator for c in answer.citations] == [
        "附件5 项目表 第3行 “牵头责任单位”",
        "附件5 项目表 第6行 “牵头责任单位”",
    ]


# question | what is told first | rows and works it is told of
KINDS = """
光伏项目由谁牵头 | “光伏项目”对应2项，牵头责任单位都是能源局。 | “光伏+生态治理”项目、库布齐“两山”实践光伏发电基地项目
光伏类项目由谁牵头 | 牵头责任单位都是能源局。 | “光伏+生态治理”项目、库布齐“两山”实践光伏发电基地项目
光伏的项目在哪里 | 杭锦旗 | “光伏+生态治理”项目、库布齐“两山”实践光伏发电基地项目
煤矿项目投资多少 | 30亿元 | 国家智能化示范煤矿工程项目、煤矿采空区灾害综合治理工程
旅游项目由谁牵头 | 市文旅局 | 黄河几字弯文化旅游带建设项目、特色文化旅游发展工程
十大孔兑项目由哪个局牵头，总投资多少，什么时候完工 | 2022-2030 | 牵头责任单位：水利局、0.71亿元、2022-2024
"""
OF_KINDS = [tuple(part.strip() for part in line.split("|")) for line in KINDS.strip().splitlines()]


@pytest.mark.parametrize(("question", "said", "told"), OF_KINDS)
def test_a_word_before_a_class_noun_calls_every_row_whose_name_holds_it(
    assistant: Assistant, question: str, said: str, told: str
) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.LOOKUP
    assert all(one in answer.answer for one in (said, *told.split("、")))


def test_a_word_before_a_class_noun_calls_no_row_of_another_kind(assistant: Assistant) -> None:
    answer = assistant.ask("教育项目由谁牵头")

    assert not any("指标表" in citation.locator for citation in answer.citations)


@pytest.mark.parametrize("question", ["交通项目由谁牵头", "光伏项目的负责人是谁", "光伏项目有补贴吗"])
def test_rows_called_by_a_word_before_a_class_noun_tell_nothing_else_than_they_hold(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.REFUSAL
    assert set(answer.missing) <= {"交通", "谁牵头", "负责人", "补贴"}


def test_every_quote_is_a_verbatim_slice(assistant: Assistant, plan: ParsedDocument) -> None:
    for question, _, _ in ROWS:
        for citation in assistant.ask(question).citations:
            assert plan.text[citation.start : citation.end] == citation.quote


def test_a_figure_comes_with_the_query_that_read_it(assistant: Assistant) -> None:
    calculation = assistant.ask("绿氢产业项目投资多少").calculation

    assert calculation is not None
    assert "170.58" in calculation.expression
    assert calculation.sql.startswith("SELECT")


def test_the_same_question_gives_the_same_answer(assistant: Assistant) -> None:
    first, second = (assistant.ask("万元GDP水耗2020年是多少").to_dict() for _ in range(2))

    assert {**first, "timings_ms": 0} == {**second, "timings_ms": 0}


def test_an_unknown_document_is_named_with_those_there_are(assistant: Assistant) -> None:
    with pytest.raises(QuestionInvalid, match=r"没有这个文件.*ordos"):
        assistant.ask("绿氢产业项目由谁牵头", documents=["没有这个文件"])


def test_the_end_of_a_number_is_not_shared_with_another_number(assistant: Assistant) -> None:
    """400万吨 ends as 50万吨 of another project does."""
    answer = assistant.ask("年产400万吨煤制烯烃的项目落在什么地方，牵头单位是谁")

    assert "苏里格经济开发区" in answer.answer
    assert "工信局" in answer.answer


def test_the_size_of_an_area_is_told_by_the_cell_that_states_one(assistant: Assistant) -> None:
    assert "365平方公里" in assistant.ask("国家水土保持重点建设项目治理多大面积").answer


@pytest.mark.parametrize("asked", ["建在哪？年产多少？", "花多少钱？产能多大？", "投多少？产多少？"])
def test_a_quantity_in_the_name_of_a_row_is_asked_for_and_no_investment(assistant: Assistant, asked: str) -> None:
    answer = assistant.ask(f"久泰乙二醇项目{asked}")

    assert "建设内容是年产50万吨煤制乙二醇" in answer.answer


@pytest.mark.parametrize("asked", ["投资多少", "多少钱"])
def test_a_quantity_in_a_name_said_in_full_asks_nothing(assistant: Assistant, asked: str) -> None:
    answer = assistant.ask(f"久泰能源有限公司年产50万吨乙二醇项目{asked}？")

    assert answer.answer.startswith("“久泰能源有限公司年产50万吨乙二醇项目”的2025年前计划投资是60.0亿元")


@pytest.mark.parametrize("question", ["久泰乙二醇项目装机多少？", "华星40亿立方米煤制天然气项目产能多少？"])
def test_a_quantity_that_no_cell_states_is_missing(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).kind is AnswerKind.REFUSAL
