"""What is asked by its noun is told whole: materials, conditions, cases, penalties, and each of several things.

The document is tests/samples/rules/lakeside.
"""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind


def cases(lines: str) -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in line.split("|")) for line in lines.strip().splitlines()]


WHOLE_LISTS = """
申请泊位要交哪些材料 | 泊位申请表 | 近两年未受处罚的证明
什么情况下会收回泊位 | 连续六个月不停靠 | 拒绝安全检查
取得泊位要符合哪些条件 | 船主户籍在本县 | 购买安全责任保险
擅自占用泊位怎么处罚 | 责令改正 | 2000元以下罚款
"""


@pytest.mark.parametrize(("question", "first", "last"), cases(WHOLE_LISTS))
def test_an_announced_list_is_told_to_its_last_item(lakeside: Assistant, question: str, first: str, last: str) -> None:
    told = lakeside.ask(question).answer.partition("\n")[0]

    assert first in told
    assert last in told


TWO_THINGS = """
泊位使用费每年多少钱，什么时候缴清 | 600元 | 三月底前
泊位能用几年？提前多久申请续期？ | 三年 | 两个月
泊位使用费是多少钱，由谁承担 | 600元 | 船主
"""


@pytest.mark.parametrize(("question", "first", "second"), cases(TWO_THINGS))
def test_each_clause_of_a_question_is_told_its_sentence(
    lakeside: Assistant, question: str, first: str, second: str
) -> None:
    told = lakeside.ask(question).answer.partition("\n原文")[0]

    assert first in told
    assert second in told


def test_a_part_that_nothing_answers_is_said_beside_the_part_that_is_answered(lakeside: Assistant) -> None:
    answer = lakeside.ask("泊位使用费每年多少钱，联系电话是多少")

    assert answer.kind is AnswerKind.PASSAGE
    assert "600元" in answer.answer
    assert "联系电话" in answer.missing


def test_the_first_day_in_force_is_a_fact_of_the_document(lakeside: Assistant) -> None:
    answer = lakeside.ask("这个办法什么时候开始施行")

    assert "自2025年6月1日起施行" in answer.answer
    assert answer.citations[0].quote == "自2025年6月1日起施行"


ANOTHER_TIME = """
2024年的泊位使用费是多少 | 2024
泊位保证金多少钱 | 保证金
第三条的续期由谁负责 | 谁负责
"""


@pytest.mark.parametrize(("question", "missing"), cases(ANOTHER_TIME))
def test_another_year_thing_or_article_is_refused(lakeside: Assistant, question: str, missing: str) -> None:
    answer = lakeside.ask(question)

    assert answer.kind is AnswerKind.REFUSAL
    assert any(missing in part for part in answer.missing)


ANOTHER_KIND = """
客船泊位的使用期限是几年 | 客船
游艇泊位使用费多少钱 | 游艇
"""


@pytest.mark.parametrize(("question", "missing"), cases(ANOTHER_KIND))
def test_what_is_said_of_another_kind_of_the_thing_is_not_told(
    lakeside: Assistant, question: str, missing: str
) -> None:
    answer = lakeside.ask(question)

    assert answer.kind is AnswerKind.REFUSAL
    assert any(missing in part for part in answer.missing)


def test_a_noun_that_heads_columns_elsewhere_is_a_word_like_any_other(lakeside: Assistant) -> None:
    answer = lakeside.ask("泊位分类有要求吗")

    assert answer.kind is AnswerKind.REFUSAL
