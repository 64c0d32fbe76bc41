"""Who is responsible for how much, and whom a rule binds: duties of persons, roles of offices, penalties of parties."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from tests.assistant.conftest import OpenPapers

RULE = """澜水市供热条例

第一条　为了加强供热管理，制定本条例。

第二条　本条例所称供热单位，是指利用热源从事供热经营活动的单位。

第三条　供热期间，室内温度不低于18摄氏度。

第四条　用热户擅自改动供热设施的，处二千元以上一万元以下罚款。

第五条　申报材料

（一）申请表一式三份；

（二）营业执照复印件；

（三）有关证书复印件。

第六条　高龄老人按月领取供热补贴，补贴标准为：

（一）80至89周岁的，每人每月60元；

（二）90至99周岁的，每人每月150元；

（三）100周岁及以上的，每人每月500元。

第七条　发生Ⅱ级突发事件，由市人民政府启动响应。

第八条　发生Ⅲ级突发事件，由县人民政府启动响应。
"""

TASKS = """# 澜水市2025年营商环境工作要点

1. **推行包容审慎监管。** 轻微违法免罚清单扩容至128项，全市人口自然增长率为-1.70‰。

## 重点任务分解表

| 序号 | 重点任务 | 责任领导 | 牵头单位 | 责任单位 | 完成时限 |
| --- | --- | --- | --- | --- | --- |
| 1 | 建设政务服务分中心 | 甲某某 | 市数据局 | 市公安局、市财政局 | 2025年8月底 |
| 2 | 设立应急转贷资金 | 甲某某 | 市财政局 | 市工信局 | 2025年4月底 |
| 3 | 清偿无分歧欠款 | 甲某某 | 市财政局 | 市审计局 | 2025年10月底 |
| 4 | 工程保证金保函替代 | 乙某某 | 市住建局 | 市财政局、市水利局 | 2025年7月底 |
| 5 | 轻微违法免罚清单扩容 | 乙某某 | 市司法局 | 市城管局 | 2025年6月底 |

## 清运情况

| 单位 | 生活垃圾清运量（吨） |
| --- | --- |
| 东渡街道 | 9350 |
| 石桥街道 | 7730 |
| 沙河镇 | 9960 |
"""


@pytest.fixture(scope="module")
def duties(open_papers: OpenPapers) -> Assistant:
    return open_papers({"条例.txt": RULE, "要点.md": TASKS})


def test_what_a_person_is_responsible_for_is_counted_by_rows_and_not_by_offices(duties: Assistant) -> None:
    assert "共3项" in duties.ask("甲某某负责多少项任务").answer


@pytest.mark.parametrize(
    ("question", "held", "lacked"),
    [
        ("哪些任务有市财政局作为责任单位", ("建设政务服务分中心", "工程保证金保函替代"), "应急转贷"),
        ("责任单位里有市财政局的任务有哪些", ("建设政务服务分中心", "工程保证金保函替代"), "应急转贷"),
        ("市财政局牵头的任务有哪些", ("设立应急转贷资金", "清偿无分歧欠款"), "保函"),
    ],
)
def test_the_word_beside_an_office_says_in_which_role_it_is_asked(
    duties: Assistant, question: str, held: tuple[str, ...], lacked: str
) -> None:
    said = duties.ask(question).answer
    assert all(name in said for name in held)
    assert lacked not in said


def test_the_leader_of_a_task_is_told_and_not_its_office(duties: Assistant) -> None:
    said = duties.ask("设立应急转贷资金由哪位领导负责").answer
    assert "甲某某" in said


def test_the_penalty_of_one_party_is_not_told_of_another(duties: Assistant) -> None:
    assert "二千元" in duties.ask("用热户擅自改动供热设施罚多少").answer
    assert duties.ask("供热单位擅自停热罚多少").kind is AnswerKind.REFUSAL


def test_a_level_in_other_letters_is_the_same_and_a_higher_one_is_not(duties: Assistant) -> None:
    assert "市人民政府" in duties.ask("II级突发事件由谁启动响应").answer
    assert "县人民政府" in duties.ask("III级突发事件由谁启动响应").answer


@pytest.mark.parametrize("question", ["申报材料有哪些", "申报供热经营要交哪些材料"])
def test_a_heading_that_is_asked_for_announces_all_its_items(duties: Assistant, question: str) -> None:
    said = duties.ask(question).answer
    assert "共3项" in said
    assert "营业执照复印件" in said


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("供热补贴92岁每人每月多少元", "150元"),
        ("我今年85岁，供热补贴每人每月多少元？", "60元"),
        ("101岁的供热补贴每人每月多少元", "500元"),
    ],
)
def test_the_item_whose_range_a_figure_falls_in_answers_and_says_so(
    duties: Assistant, question: str, said: str
) -> None:
    answer = duties.ask(question)
    assert answer.kind is AnswerKind.PASSAGE
    assert said in answer.answer.splitlines()[0]
    assert "理解。" in answer.answer


def test_a_figure_in_no_range_is_not_told_of_one(duties: Assistant) -> None:
    assert duties.ask("70岁的供热补贴每人每月多少元").kind is AnswerKind.REFUSAL


def test_a_named_row_does_not_answer_how_many_where_only_the_text_says_it(duties: Assistant) -> None:
    answer = duties.ask("轻微违法免罚清单扩容到多少项")
    assert answer.kind is AnswerKind.PASSAGE
    assert "128项" in answer.answer
    assert "**" not in answer.answer


def test_a_negative_figure_keeps_its_sign(duties: Assistant) -> None:
    assert "-1.70‰" in duties.ask("人口自然增长率是多少").answer.splitlines()[0]


def test_the_kind_of_place_asked_for_is_the_only_one_ranked(duties: Assistant) -> None:
    said = duties.ask("生活垃圾清运量最多的是哪个街道").answer
    assert "东渡街道（9350吨）" in said
    assert "沙河镇" not in said


@pytest.mark.parametrize("question", ["贷款从哪里来", "罚款从哪里支出"])
def test_loans_and_fines_are_no_money_whose_source_is_asked(duties: Assistant, question: str) -> None:
    assert duties.ask(question).standalone == question
