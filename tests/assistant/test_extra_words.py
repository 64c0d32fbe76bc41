"""A content word put into a question is never passed over: it is refused or asked back, not answered without it."""

from __future__ import annotations

from itertools import product

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind

# @ is where the word is put in; without it the question is answered.
QUESTIONS = [
    "水利局牵头的@项目有几个",
    "水利局牵头的@项目总投资是多少",
    "能源局牵头的@项目有哪些",
    "投资超过100亿元的@项目有哪些",
    "2021年开始建设的@项目有几个",
    "投资最大的@项目是哪个",
    "建设地点含达拉特旗的@项目有哪些",
    "科技局负责的@指标有几个",
    "各局牵头的@项目有几个",
    "国土绿化与森林质量提升@项目投资多少",
]
WORDS = ("每年", "部分", "其他", "其余", "已完成", "实际", "民营", "中央", "新增", "有些", "大型")
CASES = list(product(QUESTIONS, WORDS))


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_question_alone_is_answered(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question.replace("@", "")).kind is AnswerKind.LOOKUP


@pytest.mark.parametrize(("question", "word"), CASES)
def test_an_extra_word_is_not_answered_over(assistant: Assistant, question: str, word: str) -> None:
    answer = assistant.ask(question.replace("@", word))
    assert answer.kind in (AnswerKind.REFUSAL, AnswerKind.CLARIFY), answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "水利局牵头的项目每年投资多少",
        "水利局牵头的项目平均每年投资多少",
        "城镇居民可支配收入2020年到2024年每年增长多少",
        "水利局牵头的部分项目总投资",
        "水利局牵头的项目中一部分的总投资",
        "水利局牵头的其他项目有几个",
        "其余项目总投资是多少",
    ],
)
def test_a_part_or_a_year_is_not_answered_by_the_whole(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).kind in (AnswerKind.REFUSAL, AnswerKind.CLARIFY)


def test_other_rows_stand_beside_those_left_out(assistant: Assistant) -> None:
    assert "30个" in assistant.ask("除水利局外其他项目有几个").answer
