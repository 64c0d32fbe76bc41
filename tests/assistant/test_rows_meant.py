"""Which row, table or figure a question means by words that ask nothing themselves, over two small tables.

The document is tests/samples/rules/renewal.
"""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind


def cases(lines: str) -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in line.split("|")) for line in lines.strip().splitlines()]


TOLD = """
北湾公园的湖心栈道由谁牵头 | “北湾公园项目”的牵头单位是县住建局。
夜市的灯光秀舞台投资多少 | “南门夜市项目”的计划投资是860万元。
北湾湖心栈道要花多少钱 | “北湾公园项目”的计划投资是1350万元。
公园修建湖心栈道什么时候完成 | “北湾公园项目”的建设时间是2024-2025。
指标表里公园绿地面积2025年是多少 | “公园绿地面积”2025年为88公顷。
按项目表，北湾公园项目由谁牵头 | “北湾公园项目”的牵头单位是县住建局。
会上要用，北湾公园项目由谁牵头 | “北湾公园项目”的牵头单位是县住建局。
审计需要核对：南门夜市项目投资多少 | “南门夜市项目”的计划投资是860万元。
"""


@pytest.mark.parametrize(("question", "said"), cases(TOLD))
def test_words_of_a_rows_text_a_tables_name_and_why_somebody_asks_leave_the_column_to_be_told(
    renewal: Assistant, question: str, said: str
) -> None:
    answer = renewal.ask(question)

    assert answer.kind is AnswerKind.LOOKUP
    assert answer.answer.startswith(said)


def test_words_that_stand_in_no_cell_of_the_row_are_missing(renewal: Assistant) -> None:
    assert renewal.ask("夜市的大剧院由谁牵头").kind is AnswerKind.REFUSAL


def test_an_attribute_before_a_word_is_of_one_thing_with_it_and_asks_of_no_row(renewal: Assistant) -> None:
    assert renewal.ask("栈道由谁牵头").kind is AnswerKind.LOOKUP
    assert renewal.ask("资金栈道由谁牵头").kind is AnswerKind.REFUSAL


def test_how_many_rows_a_table_has_is_asked_of_the_table(renewal: Assistant) -> None:
    assert renewal.ask("项目表里有几个项目").answer.startswith("项目表的项目共3个")


def test_the_text_of_a_row_is_told_where_it_is_what_is_asked_for(renewal: Assistant) -> None:
    assert "建设美食街和灯光秀舞台" in renewal.ask("夜市的灯光秀舞台是什么").answer


# turns | what the last of them is asked as | what is told
ORDERS = """
投资最大的项目是哪个 → 它由谁牵头 → 投资最小的呢 | 投资最小的项目是哪个 | 西岭路灯项目（240万元）
投资最大的项目是哪个 → 投资最小的呢 | 投资最小的项目是哪个 | 西岭路灯项目（240万元）
"""


@pytest.mark.parametrize(("turns", "asked", "said"), cases(ORDERS))
def test_an_order_is_asked_of_the_rows_that_were_put_in_order_before(
    renewal: Assistant, turns: str, asked: str, said: str
) -> None:
    *history, question = (turn.strip() for turn in turns.split("→"))
    answer = renewal.ask(question, history)

    assert answer.standalone == asked
    assert said in answer.answer


def test_a_figure_already_in_the_unit_asked_for_is_not_exchanged(renewal: Assistant) -> None:
    own, other = renewal.ask("北湾公园项目投资是多少万元"), renewal.ask("北湾公园项目投资是多少元")

    assert "合" not in own.answer
    assert other.answer.startswith("1350万元合13500000元。")


def test_whether_a_cell_says_so_is_answered_no_and_what_is_taken_for_granted_is_refused(renewal: Assistant) -> None:
    whether = renewal.ask("北湾公园项目由县商务局牵头吗")
    taken = renewal.ask("既然北湾公园项目由县商务局牵头，投资多少")

    assert whether.kind is AnswerKind.LOOKUP
    assert whether.answer.startswith("不是。“北湾公园项目”的牵头单位是县住建局。[1]")
    assert not whether.missing
    assert taken.kind is AnswerKind.REFUSAL
    assert taken.missing == ("县商务局",)


def test_a_number_before_another_unit_is_no_money(renewal: Assistant) -> None:
    """The text has 0.59，万元产值…: what stands behind a comma is no unit of it."""
    assert renewal.ask("监测断面处理水量多少元").kind is AnswerKind.REFUSAL
