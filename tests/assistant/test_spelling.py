"""A mistyped name is read as the one it was meant to be, and said so; a real name of something else never is."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from assistant.understand.sounds import Sounds, blur

# question | as understood | must stand in the first sentence
MISTYPED = """
市水力局牵头的项目有几个 | 市水利局牵头的项目有几个 | 9个
绿轻产业项目谁牵头 | 绿氢产业项目谁牵头 | 能源局
十大空兑项目谁牵头 | 十大孔兑项目谁牵头 | 水利局
石大孔兑谁牵头 | 十大孔兑谁牵头 | 水利局
市林草居牵头的项目有几个 | 市林草局牵头的项目有几个 | 4个
能园局牵头的项目总投资 | 能源局牵头的项目总投资 | 1541.12亿元
准葛尔旗有哪些项目 | 准格尔旗有哪些项目 | 共7个
鄂托克前期有哪些项目 | 鄂托克前旗有哪些项目 | 共7个
能原局牵头的项目有几个 | 能源局牵头的项目有几个 | 7个
毛乌苏沙地治理率 | 毛乌素沙地治理率 | ＞70%
毛鸟素沙地治理率 | 毛乌素沙地治理率 | ＞70%
火电领活性改造投资多少 | 火电灵活性改造投资多少 | 146.27亿元
shidakongdui综合治理项目谁牵头 | 十大孔兑综合治理项目谁牵头 | 水利局
shui li ju牵头的项目有几个 | 水利局牵头的项目有几个 | 9个
shidakongdui项目谁牵头 | 十大孔兑项目谁牵头 | 水利局
shuiliju牵头的项目有几个 | 水利局牵头的项目有几个 | 9个
lvqing产业项目投资多少 | 绿氢产业项目投资多少 | 170.58亿元
十大孔兑项目由谁签头 | 十大孔兑项目由谁牵头 | 水利局
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in MISTYPED.strip().splitlines()]

# Real names of things that the plan does not hold, and words that sound like others of it.
OTHER_THINGS = [
    "市公安局牵头的项目有几个",
    "市税务局牵头的项目有几个",
    "水务局牵头的项目有几个",
    "文物局牵头的项目有哪些",
    "人事局牵头的项目有哪些",
    "能源厅牵头的项目有哪些",
    "抚州市有哪些项目",
    "呼和浩特市有哪些项目",
    "光热+生态治理项目投资多少",
    "四大孔兑项目投资多少",
    "hello world牵头的项目有几个",
]


@pytest.mark.parametrize(("question", "understood", "said"), ROWS)
def test_a_mistyped_name_is_read_as_meant(assistant: Assistant, question: str, understood: str, said: str) -> None:
    answer = assistant.ask(question)

    assert answer.standalone == understood
    assert said in answer.answer.split("\n")[0]
    assert "理解。" in answer.answer


@pytest.mark.parametrize("question", OTHER_THINGS)
def test_a_real_name_of_something_else_is_refused(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)

    assert answer.standalone == question
    assert answer.kind is AnswerKind.REFUSAL


def test_the_note_names_what_was_meant_after_the_direct_answer(assistant: Assistant) -> None:
    lines = assistant.ask("绿轻产业项目谁牵头").answer.split("\n\n")

    assert lines[0].startswith("“绿氢产业项目”的牵头责任单位是能源局。")
    assert lines[1] == "按“绿氢产业”理解。"


def test_what_is_typed_right_is_not_remarked_on(assistant: Assistant) -> None:
    assert "理解" not in assistant.ask("绿氢产业项目谁牵头").answer


def test_an_absent_attribute_is_refused_though_the_name_was_put_right(assistant: Assistant) -> None:
    answer = assistant.ask("十大空兑项目的施工单位是谁")

    assert answer.kind is AnswerKind.REFUSAL
    assert answer.missing == ("施工单位",)


def test_a_mistyped_earlier_question_is_put_right_too(assistant: Assistant) -> None:
    answer = assistant.ask("投资呢", ["绿轻产业项目谁牵头"])

    assert "170.58亿元" in answer.answer


@pytest.mark.parametrize(
    ("letters", "cuts"),
    [("shidakongdui", [("shi", "da", "kong", "dui")]), ("xian", [("xian",), ("xi", "an")]), ("ccus", [])],
)
def test_letters_are_cut_into_syllables(tmp_path: Path, letters: str, cuts: list[tuple[str, ...]]) -> None:
    assert list(Sounds(tmp_path).cuts(letters)) == cuts


def test_the_readings_are_kept_between_starts(tmp_path: Path) -> None:
    assert "lv" in Sounds(tmp_path).of("绿")
    (kept,) = tmp_path.iterdir()

    assert Sounds(tmp_path).of("重") == ("zhong", "chong")
    assert kept.name.startswith("sounds-")


@pytest.mark.parametrize(("one", "other"), [("zhang", "zan"), ("ning", "lin"), ("shen", "seng")])
def test_syllables_that_are_often_mistaken_have_something_in_common(one: str, other: str) -> None:
    assert blur(one) == blur(other)


def test_a_word_of_two_characters_is_no_mistyped_part_of_a_longer_word(assistant: Assistant) -> None:
    assert "生水" not in assistant.ask("居民过日子怎么省水").answer.split("原文")[0]


@pytest.mark.parametrize("question", ["名单中有几名院士", "其中有几个院士", "以元计量的指标有哪些"])
def test_words_of_grammar_and_scales_are_never_repaired(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)

    assert "中游" not in answer.answer
    assert "按“亿" not in answer.answer
