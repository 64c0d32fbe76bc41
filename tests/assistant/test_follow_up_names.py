"""Follow-ups by a number, by the name beside the one spoken of, of the list told, and of where it stands."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from assistant.understand.called_by_number import exchange_called
from assistant.understand.source_asked import asks_for_source


@pytest.mark.parametrize(
    ("history", "question", "standalone"),
    [
        (["保障措施第一条讲了什么"], "第四条呢", "强化智库支撑，保证建设水平讲了什么"),
        (["五大行动的第一项行动总投资多少"], "第二项呢", "五大行动的重点行动二总投资多少"),
        (["城镇居民人均可支配收入2024年目标多少"], "农村的呢", "农村牧区居民人均可支配收入2024年目标多少"),
        (["农业节水增效工程由谁牵头"], "工业的呢", "工业节水增效工程由谁牵头"),
        (["特色文化旅游发展工程主要讲了啥"], "附件里对应哪些项目", "特色文化旅游发展工程对应哪些项目"),
    ],
)
def test_a_number_or_a_part_of_a_name_alone_is_exchanged(
    assistant: Assistant, history: list[str], question: str, standalone: str
) -> None:
    assert assistant.ask(question, history).standalone == standalone


def test_a_number_behind_what_was_called_by_its_label_counts_the_list(assistant: Assistant) -> None:
    answer = assistant.ask("第三个呢", ["重点行动一有几个项目"])
    assert "黄河内蒙古段十大孔兑综合治理项目" in answer.standalone


@pytest.mark.parametrize(
    ("text", "typed", "called"),
    [
        ("第四条呢", "第四章讲了什么", "保障措施讲了什么"),  # another unit
        ("第四条的内容", "第一条讲了什么", "甲讲了什么"),  # more than a number
        ("第二个呢", "第一个和第三个一样吗", "甲和乙一样吗"),  # two numbers
        ("第二条呢", "第一条讲了什么", "第一条讲了什么"),  # nothing was called by name
    ],
)
def test_a_number_is_exchanged_for_the_one_of_its_kind_alone(text: str, typed: str, called: str) -> None:
    assert exchange_called(text, typed, called) == ""


def test_one_of_a_list_told_is_asked_by_what_its_row_says(assistant: Assistant) -> None:
    answer = assistant.ask("里面哪位是氢能方面的", ["专家咨询委员会都有哪些人"])
    assert answer.kind is AnswerKind.LOOKUP
    assert len(answer.citations) == 1
    assert answer.answer.startswith("“万燕鸣”")


@pytest.mark.parametrize("question", ["这句话是哪个行动里写的", "这句话出自哪里", "这写在哪一条", "依据是什么"])
def test_where_it_stands_is_told_of_the_last_answer(assistant: Assistant, question: str) -> None:
    before = assistant.ask("要引进培育多少个高水平人才团队")
    answer = assistant.ask(question, ["要引进培育多少个高水平人才团队"])
    assert answer.citations == before.citations
    assert "（五）创新驱动发展能力建设促进行动" in answer.answer


def test_a_question_behind_one_for_the_source_is_of_what_was_asked_before(assistant: Assistant) -> None:
    answer = assistant.ask("建设时间呢", ["绿氢产业项目由谁牵头", "出处在哪"])
    assert answer.standalone == "绿氢产业项目的建设时间"


def test_where_nothing_was_told_stands_nowhere(assistant: Assistant) -> None:
    assert assistant.ask("出处在哪", ["绿氢产业项目的施工单位是谁"]).kind is AnswerKind.REFUSAL


@pytest.mark.parametrize(
    "text", ["这个项目在哪里", "建在哪里", "这条路在哪个镇", "资金来源是什么", "它的依据文件什么时候印发"]
)
def test_where_a_thing_is_asks_for_no_source(text: str) -> None:
    assert not asks_for_source(text)
