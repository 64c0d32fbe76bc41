"""Tables that nobody prepared for: names holding columns' names, rows with dashes, people as rows, two columns."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from tests.assistant.conftest import OpenPapers

REPORT = """# 青山公司披露资料

## 科目本期金额情况表

| 科目 | 本期金额 | 上期金额 | 变动比例% |
|---|---|---|---|
| 主营业务收入 | 86.50 | 100.20 | -13.67% |
| 其他业务收入 | 17.40 | 6.30 | 176.19% |
| 场地租金 | 30.10 | 28.00 | 7.50% |
| 设备折旧 | 12.00 | 15.50 | -22.58% |

## 科目外币余额表

| 科目 | 外币余额 | 折算汇率 | 折算人民币余额 |
|---|---|---|---|
| 货币资金-美元 | 5,012.94 | 6.3757 | 31,961.00 |
| 货币资金-欧元 | 734.35 | 7.2197 | 5,301.79 |
| 应收账款-美元 | 5,425.00 | 6.3757 | 34,588.17 |
| 应收账款-欧元 | 378.73 | 7.2197 | 2,734.32 |

## 外币折算表

| 科目 | 外币余额 | 折算汇率 | 折算人民币余额 |
|---|---|---|---|
| 货币资金 | | | |
| 美元 | 2,032.34 | 6.5249 | 13,260.82 |
| 欧元 | 3,960.22 | 8.0250 | 31,780.77 |
| 应收账款 | | | |
| 美元 | 6,281.64 | 6.5249 | 40,987.07 |

## 姓名变动表

| 姓名 | 期初职务 | 变动类型 | 已解锁股份 | 未解锁股份 |
|---|---|---|---|---|
| 李白水 | 董事 | 离任 | 75000 | 120000 |
| 王青山 | 监事 | 新任 | 50000 | 150000 |
| 陈南岭 | 董事 | 新任 | 32500 | 97500 |

## 单位名称服务总值表

| 单位名称 | 服务总值（万元） |
|---|---|
| 东湖测绘院 | 113.5 |
| 西塘勘察公司 | 91.2 |
| 北岭信息公司 | 48.1 |

## 担保情况表

| 担保方 | 担保余额/万元 | 同比变化/% | 担保是否履行完毕 |
|---|---|---|---|
| 东湖集团 | 500 | 12.5 | 是 |
| 西塘集团 | 300 | -3.1 | 否 |
| 北岭集团 | 200 | 8.0 | 否 |

## 资产抵押表

| 资产 | 抵押方式 | 账面价值 |
|---|---|---|
| 厂房 | 一般抵押 | 8,372.00 |
| 土地 | 最高额抵押 | 3,250.00 |
| 总计 | - | 11,622.00 |
"""


@pytest.fixture(scope="module")
def report(open_papers: OpenPapers) -> Assistant:
    return open_papers({"披露资料.md": REPORT})


def cases(lines: str) -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in line.split("|")) for line in lines.strip().splitlines()]


def first(assistant: Assistant, question: str) -> str:
    return assistant.ask(question).answer.splitlines()[0]


# question | the first line holds | and does not hold
NAMED_TABLES = """
科目本期金额情况表中所有科目的上期金额加起来是多少 | 上期金额合计150 | 本期金额合计
科目本期金额情况表里哪个科目的变动比例最大 | 其他业务收入（176.19% | 主营业务收入
科目本期金额情况表全部科目的上期金额合计是多少 | 上期金额合计150 | 账面价值
姓名变动表里哪个人的已解锁股份最大 | 李白水（75000） | 王青山
"""


@pytest.mark.parametrize(("question", "holds", "lacks"), cases(NAMED_TABLES))
def test_a_column_within_the_name_of_a_table_is_not_asked_for(
    report: Assistant, question: str, holds: str, lacks: str
) -> None:
    said = first(report, question)

    assert holds in said
    assert lacks not in said


@pytest.mark.parametrize("question", ["姓名变动表中土地的账面价值是多少", "资产抵押表（九）中土地的账面价值是多少"])
def test_what_a_named_table_does_not_hold_is_not_answered_from_another(report: Assistant, question: str) -> None:
    assert report.ask(question).kind is AnswerKind.REFUSAL


def test_every_column_that_is_asked_for_is_added_up(report: Assistant) -> None:
    answer = report.ask("科目本期金额情况表所有科目的本期金额和上期金额合计是多少")

    assert "本期金额合计146" in answer.answer
    assert "上期金额合计150" in answer.answer
    assert answer.citations[-1].index == 8


def test_a_column_asked_of_the_row_found_by_another_is_said(report: Assistant) -> None:
    assert "主营业务收入（100.2，本期金额：86.50）" in first(report, "上期金额最大的科目的本期金额是多少")


COMPARED = """
哪些科目的本期金额大于上期金额 | 共2个：其他业务收入[1]、场地租金[2]
本期金额比上期金额少的科目有几个 | 共2个
科目本期金额情况表本期金额不低于上期金额的科目，本期金额合计多少 | 本期金额合计47.5
"""


@pytest.mark.parametrize(("question", "said"), cases(COMPARED))
def test_two_columns_are_compared_row_by_row(report: Assistant, question: str, said: str) -> None:
    assert said in report.ask(question).answer


EXACT = """
货币资金-欧元的折算汇率是多少 | “货币资金-欧元”的折算汇率是7.2197
应收账款-美元，折算人民币余额多少 | “应收账款-美元”的折算人民币余额是34,588.17
"""


@pytest.mark.parametrize(("question", "said"), cases(EXACT))
def test_a_row_named_exactly_comes_before_the_parts_of_its_name(report: Assistant, question: str, said: str) -> None:
    assert said in first(report, question)


PEOPLE = """
变动类型为新任的人有哪些 | 共2位：王青山[1]、陈南岭[2]
变动类型为离任的人员一共有多少个 | 共1位
姓名变动表里谁是新任的 | 共2位：王青山[1]、陈南岭[2]
姓名变动表所有人的已解锁股份加起来是多少 | 合计157500
陈南岭属于哪一变动类型 | 变动类型是新任
请问李白水的未解锁股份是多少 | 未解锁股份是120000
姓名变动表中未解锁股份不到100000的人有哪些 | 共1位：陈南岭[1]
单位名称服务总值表里哪个单位的服务总值最小 | 北岭信息公司（48.1万元）
科目本期金额情况表里变动比例最高的科目是哪个 | 其他业务收入（176.19%）
"""


@pytest.mark.parametrize(("question", "said"), cases(PEOPLE))
def test_rows_and_columns_are_called_as_people_call_them(report: Assistant, question: str, said: str) -> None:
    assert said in report.ask(question).answer


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("担保是否履行完毕为否的担保方有几个", "“担保是否履行完毕”为否的担保方共2个"),
        ("担保是否履行完毕是“是”的担保方的担保余额合计多少", "500万元"),
        ("担保是否履行完毕不是是的担保方有哪些", "西塘集团[1]、北岭集团[2]"),
    ],
)
def test_a_column_of_yes_and_no_keeps_the_rows_of_the_value_stated(report: Assistant, question: str, says: str) -> None:
    assert says in report.ask(question).answer


def test_yes_or_no_that_no_cell_holds_is_not_passed_over(report: Assistant) -> None:
    answer = report.ask("担保情况表中担保方为否的担保余额合计多少")

    assert answer.kind in (AnswerKind.REFUSAL, AnswerKind.CLARIFY)
    assert not answer.citations


def test_a_unit_behind_a_stroke_of_a_header_is_said(report: Assistant) -> None:
    assert "-3.1%" in report.ask("西塘集团的同比变化是多少").answer
