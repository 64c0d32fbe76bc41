"""Every wording of a bound, a year, a negation or an empty cell sets the condition that it means, on all rows."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind

# question | rows that meet it, counted by hand in the plan
COUNTED = """
投资在10亿到50亿之间的项目有哪些 | 5
计划投资介于5亿元和10亿元之间的项目有几个 | 5
投资两亿到三亿的项目（含两头） | 7
投资5000万以下的项目有几个 | 4
投资超过三十亿的项目有几个 | 9
投资小于等于2亿元的项目数量 | 11
投资一亿元以上的项目有多少个 | 31
计划投资正好3亿元的项目有哪几个 | 3
投资3亿元的项目有哪些 | 3
投资恰好等于90亿元的项目有哪些 | 1
2024年目标值在90%以上的指标有哪些 | 5
2020年不到1%的指标有哪些 | 2
2020年的数值低于1%的指标有几项 | 2
建设期3年的项目有几个 | 31
建设期超过5年的项目有几个 | 2
工期5年以上的项目有哪些 | 4
2022-2024年建设的项目有几个 | 31
建设时间是2022-2025的项目有哪些 | 3
2021年开工的项目有哪些 | 3
2021年启动的项目有几个 | 3
2025年前完工的项目有多少个 | 32
2025年底前完工的项目有多少个 | 37
2025年以后才完工的项目有哪些 | 2
2023年完工的项目有哪些 | 1
2026年还在建的项目有哪些 | 2
2024年完不了工的项目有哪些 | 7
哪些项目不是从2022年开始建设的 | 3
不是水利局牵头的项目有几个 | 30
除能源局外，其他单位牵头的项目有几个 | 32
除了水利局和能源局以外，其余单位牵头的项目有多少个 | 23
水利局牵头、投资超过5亿元、2022年开工的项目 | 3
投资不超过1亿元且由文旅局牵头的项目 | 1
能源局牵头，建设时间为2022-2024，投资低于150亿元的项目 | 2
名称含“水”的项目有几个 | 8
项目名称里带“黄河”二字的有哪些 | 3
建设内容提到“盐碱化耕地”的是哪个项目 | 1
名称中含有“参保率”的指标有哪些 | 2
2024年没有给出具体数值的指标有哪些 | 1
建设时间为2021年至2025年的项目是哪两个 | 2
名字里有“煤制”的项目 | 2
投资上百亿的项目有哪些 | 6
2024年目标值定为85的指标是哪一个 | 1
没有目标值的指标有哪些 | 1
2024年没有填写数值的指标有几项 | 1
水利局和能源局以外的单位牵头的项目有几个 | 23
能源局牵头的项目之外，投资超过200亿元的有哪些项目 | 1
达拉特旗同准格尔旗两个旗都在里面的项目有几个 | 6
工期持续到2030年或之后的项目有几个 | 2
没在2022年启动的项目有哪些 | 3
2023年能完的项目有几个 | 1
延到2025年才完工的项目数 | 5
投资≥200亿元的项目名单 | 4
建设地点为乌审旗 | 3
2025年建成 | 5
计划投资不低于300亿元 | 3
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in COUNTED.strip().splitlines()]


@pytest.mark.parametrize(("question", "rows"), ROWS)
def test_the_rows_that_meet_all_conditions_are_counted(assistant: Assistant, question: str, rows: str) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.LOOKUP
    assert f"共{rows}" in answer.answer.split("。")[0]
    assert len(answer.citations) >= int(rows)


@pytest.mark.parametrize("question", ["同时涉及达拉特旗和杭锦旗的项目有哪些", "达拉特旗和杭锦旗都有的项目有几个"])
def test_a_cell_of_several_values_can_be_asked_to_hold_all_of_them(assistant: Assistant, question: str) -> None:
    assert "共5个" in assistant.ask(question).answer.split("。")[0]


def test_a_bracket_that_tells_two_names_apart_takes_no_rows_out(assistant: Assistant) -> None:
    answer = assistant.ask("建设地点写到鄂托克旗（不是鄂托克前旗）的项目有哪些？")

    assert "共5个" in answer.answer.split("。")[0]


# question | the answer begins so
WHETHER = [
    ("有没有投资超过500亿元的项目", "没有"),
    ("2020年开工的项目有吗", "没有"),
    ("是否有2030年以后完工的项目", "有"),
    ("有没有市住建局牵头的项目？", "有"),
    ("没有填写建设地点的项目有哪些", "没有"),
]


@pytest.mark.parametrize(("question", "said"), WHETHER)
def test_whether_there_are_such_rows_is_answered_with_yes_or_no(assistant: Assistant, question: str, said: str) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.LOOKUP
    assert answer.answer.startswith(said + "，")


def test_the_end_of_an_order_is_counted_from_the_smallest(assistant: Assistant) -> None:
    assert "高新技术企业培育行动项目（0.2亿元）" in assistant.ask("投资倒数第二的项目是哪个").answer
    assert "特色文化创作项目（0.1亿元）" in assistant.ask("投资后三名的项目有哪些").answer


def test_the_first_to_end_and_the_first_to_begin_are_different_rows(assistant: Assistant) -> None:
    assert "国家水土保持重点建设项目" in assistant.ask("最早完工的是哪个项目").answer
    assert "2021-2035" in assistant.ask("最早开工的项目是哪个").answer


def test_a_wrong_number_of_rows_in_the_question_is_corrected(assistant: Assistant) -> None:
    answer = assistant.ask("2023年建成的三个项目是哪三个？")

    assert answer.answer.startswith("不是3个，是1个")
    assert "国家水土保持重点建设项目" in answer.answer


@pytest.mark.parametrize(
    ("question", "share"),
    [("水利局牵头项目投资占总投资的比例是多少", "3.35%"), ("全市9个旗区的项目个数占全部项目的比重", "51.28%")],
)
def test_a_share_is_of_figures_or_of_rows(assistant: Assistant, question: str, share: str) -> None:
    assert share in assistant.ask(question).answer.split("。")[0]


# question | must stand in the first sentence
EXCEPT = [
    ("除绿氢产业项目外，能源局牵头的项目总投资多少", "合计1370.54亿元"),
    ("不算“光伏+生态治理”项目，投资最大的项目是哪个", "华星40亿立方米煤制天然气项目（368亿元）"),
    ("除了煤制烯烃，工信局还牵头哪些项目", "共2个"),
]


@pytest.mark.parametrize(("question", "said"), EXCEPT)
def test_a_row_that_is_named_is_left_out(assistant: Assistant, question: str, said: str) -> None:
    assert said in assistant.ask(question).answer.split("。")[0]


def test_the_first_of_an_order_are_added_up_where_their_sum_is_asked(assistant: Assistant) -> None:
    assert "合计1550.85亿元" in assistant.ask("投资前五的项目合计投资多少").answer.split("。")[0]
    assert "最大的3个" in assistant.ask("建设期最长的三个项目").answer.split("。")[0]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("建设地点一栏里写了“杭锦旗”三个字的项目有哪几个", "“建设地点”含杭锦旗的项目共7个"),
        ("指标体系里哪一项的2024年目标没有给出具体数字", "“2024年”没有写明数值的指标共1项"),
    ],
)
def test_what_is_said_of_a_cell_is_a_condition(assistant: Assistant, question: str, said: str) -> None:
    assert said in assistant.ask(question).answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("有没有2023年就建完的项目？", "有，“建设时间”结束年为2023年的项目共1个"),
        ("没有2023年完工的项目有哪些", "结束年不是2023年的项目共38个"),
    ],
)
def test_whether_there_are_rows_of_a_year_denies_no_year(assistant: Assistant, question: str, said: str) -> None:
    assert said in assistant.ask(question).answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("建设地点一栏只写了“杭锦旗”的项目有哪些", "“建设地点”只有杭锦旗的项目共2个"),
        ("市发改委单独负责或共同负责的指标有哪几项", "“责任单位”含市发改委的指标共6项"),
        ("市发改委单独负责的指标有哪几项", "“责任单位”只有市发改委的指标共2项"),
    ],
)
def test_alone_is_heard_unless_others_are_asked_for_too(assistant: Assistant, question: str, said: str) -> None:
    assert said in assistant.ask(question).answer
