"""What the documents do not say is refused, naming what is missing; nothing nearby is passed off as an answer."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind

CASES = """
十大孔兑项目的施工单位是谁 | 施工
绿氢产业项目的联系电话是多少 | 电话
人均预期寿命2030年的目标是多少 | 2030
呼和浩特的植被覆盖度是多少 | 呼和浩特
附件2的内容是什么 | 附件2
自治区推进组成员都有哪些人 | 附件2
国务院批复里对鄂尔多斯提了哪几条具体要求 | 附件1
金之钧在专家名单里排第几 | 排第几
哪几个旗区没有项目 | 没有
领导小组办公室设在哪里 | 办公室
今天天气怎么样 | 天气
绿氢产业项目拨付了多少资金 | 拨付
绿氢产业项目已经完成投资多少 | 已经
光伏+生态治理项目谁来验收 | 验收
草原生态修复治理项目超支多少 | 超支
37处采空区治理项目具体是哪37处煤矿 | 哪37处煤矿
60余项工业节水工程分别叫什么名字 | 叫什么名字
担任双组长的那位市委书记叫什么 | 叫什么
碳基新材料重点实验室设在哪所大学 | 哪所大学
要引导退出的煤矿都有哪些矿 | 哪些矿
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in CASES.strip().splitlines()]


@pytest.mark.parametrize(("question", "missing"), ROWS)
def test_what_is_missing_is_named(assistant: Assistant, question: str, missing: str) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.REFUSAL
    assert any(missing in part for part in answer.missing)
    assert not answer.citations


def test_a_refusal_says_which_files_were_searched(assistant: Assistant) -> None:
    assert "（征求意见稿）" in assistant.ask("十大孔兑项目的施工单位是谁").answer


OTHER_ROWS = ["哪些小区投资最大", "光伏项目的利润有多少", "哪个公司投资最多"]


@pytest.mark.parametrize("question", OTHER_ROWS)
def test_rows_or_columns_that_the_tables_do_not_have_are_never_answered_with_others(
    assistant: Assistant, question: str
) -> None:
    assert not assistant.ask(question).citations


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("县科技局牵头的项目有几个", "县科技局"),
        ("国家能源局牵头哪些项目", "局"),
        ("达拉特旗水利局牵头的项目有几个", "水利局"),
        ("县级现代农牧业产业园建几个", "县级"),
        ("国家级研发机构达到多少个", "国家级"),
        ("水土流失综合治理工程由哪个县级部门负责", "县级"),
    ],
)
def test_what_another_level_of_government_does_is_not_taken_for_this_ones(
    assistant: Assistant, question: str, missing: str
) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.REFUSAL
    assert any(missing in part for part in answer.missing), answer.missing


@pytest.mark.parametrize(
    "question", ["市科技局牵头的项目有几个", "科技局牵头的项目有几个", "自治区级以上研发机构达到多少个"]
)
def test_the_level_that_the_document_speaks_of_is_answered(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).kind is not AnswerKind.REFUSAL


@pytest.mark.parametrize("question", ["零碳产业园占多大地方", "零碳产业园占多大地方，几平方公里"])
def test_a_figure_of_another_kind_is_no_answer_to_how_large_a_place_is(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).kind is AnswerKind.REFUSAL


def test_what_is_asked_of_the_documents_is_no_question_about_the_assistant(assistant: Assistant) -> None:
    assert assistant.ask("怎么问责").kind is not AnswerKind.CHAT
    assert assistant.ask("怎么用").kind is AnswerKind.CHAT


def test_how_large_an_area_is_asked_is_answered_by_the_area_of_the_row(assistant: Assistant) -> None:
    assert "216平方公里" in assistant.ask("十大孔兑沙棘生态减沙工程准备种多大面积的沙棘").answer


def test_a_bare_question_word_is_named_with_what_it_asks_for(assistant: Assistant) -> None:
    assert "多少个编制" in assistant.ask("示范区建设促进中心给了多少个编制").missing


def test_what_the_text_says_of_an_absent_annex_is_told(assistant: Assistant) -> None:
    assert "荒漠化防治与绿色发展" in assistant.ask("国务院批复里提到的主题是什么").answer.split("。")[0]
