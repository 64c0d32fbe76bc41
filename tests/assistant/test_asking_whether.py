"""Follow-ups that ask whether something is so: of the one thing spoken of, or among the rows just shown."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.understand.asking import any_of


def standalone(assistant: Assistant, turns: str) -> str:
    *history, question = (turn.strip() for turn in turns.split("→"))
    return assistant.ask(question, history).standalone


def cases(table: str) -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in line.split("|")) for line in table.strip().splitlines()]


OF_ONE_THING = """
绿氢产业项目投资多少 → 是能源局牵头吗 → 那是哪个局 | 绿氢产业项目是哪个局牵头
煤制烯烃项目在哪里 → 是达拉特旗吗 | 煤制烯烃项目是达拉特旗吗
农业节水增效工程谁牵头 → 有科技局吗 | 农业节水增效工程是科技局牵头吗
绿氢产业项目的牵头单位是谁 → 是不是水利局 | 绿氢产业项目的牵头单位是水利局吗
十大孔兑项目由哪个局牵头 → 投资超过30亿吗 → 那是多少 | 十大孔兑项目投资是多少
绿氢产业项目是不是林草局牵头 → 那是谁 | 绿氢产业项目是谁牵头
水利局牵头的项目有哪些 → 有科技局吗 | 科技局牵头的项目有哪些
文化遗产保护工程项目投资多少 → 那个项目也是文旅局牵头的吗 | 文化遗产保护工程项目也是文旅局牵头的吗
绿氢产业项目投资多少 → 它由水利局牵头吗 | 绿氢产业项目由水利局牵头吗
黄河内蒙古段十大孔兑综合治理项目什么时候完工 → 乌审旗也包括在内吗 | 黄河内蒙古段十大孔兑综合治理项目包括乌审旗吗
煤制烯烃项目投资多少 → 是林草局牵头的吧？ | 煤制烯烃是林草局牵头的吗
绿氢产业项目2025年前能建成吗 → 碳排放监测项目呢 | 碳排放监测项目2025年前能建成吗
"""
OF_EVERY_ROW = """
能源局牵头的项目有哪些 → 这些都在鄂托克旗吗 → 都是2022年开工吗 | 能源局牵头的项目都是2022年开工吗
水利局牵头的项目有哪些 → 投资都超过1亿吗 | 水利局牵头的项目投资都超过1亿吗
准格尔旗的项目都归水利局吗 → 不归水利局的有哪些 | 准格尔旗的项目中不归水利局的有哪些
水利局的项目都在2024年完工吗 → 不在2024年完工的有几个 | 水利局的项目中不在2024年完工的有几个
水利局牵头的项目有几个 → 是不是都在达拉特旗 | 水利局牵头的项目是不是都在达拉特旗
水利局牵头的项目有哪些 → 第二个投资多少 → 都是2022年开工吗 | 水利局牵头的项目都是2022年开工吗
"""
# What asks something else, or names what it is about, is left to the other rules.
OTHERWISE = """
绿氢产业项目投资多少 → 水利局负责什么 | 水利局负责什么
绿氢产业项目投资多少 → 示范区总投资超过100亿元吗 | 示范区总投资超过100亿元吗
绿氢产业项目由林草局牵头吗 → 哪年开工 | 绿氢产业项目哪年开工
绿氢产业项目由林草局牵头吗 → 在哪里 | 绿氢产业项目在哪里
秸秆综合利用率现状多少 → 2024年的目标是什么 | 秸秆综合利用率2024年的目标是什么
"""
AMONG = """
水利局牵头的项目有哪些 → 有投资超过10亿的吗 | 水利局牵头的项目中投资超过10亿的有哪些
水利局牵头的项目有哪些 → 还有没有在达拉特旗的 | 水利局牵头的项目中在达拉特旗的有哪些
哪些项目涉及光伏 → 有没有能源局牵头的 | 提到“光伏”、“能源局”的项目有哪些
能源局牵头的项目有哪些 → 有水利局牵头的吗 | 水利局牵头的项目有哪些
"""


@pytest.mark.parametrize(("turns", "alone"), cases(OF_ONE_THING))
def test_what_is_to_be_confirmed_is_asked_of_what_was_spoken_of(assistant: Assistant, turns: str, alone: str) -> None:
    assert standalone(assistant, turns) == alone


@pytest.mark.parametrize(("turns", "alone"), cases(OF_EVERY_ROW))
def test_what_is_to_be_confirmed_of_all_is_asked_of_the_rows_spoken_of(
    assistant: Assistant, turns: str, alone: str
) -> None:
    assert standalone(assistant, turns) == alone


@pytest.mark.parametrize(("turns", "alone"), cases(OTHERWISE))
def test_what_asks_something_else_is_not_to_be_confirmed(assistant: Assistant, turns: str, alone: str) -> None:
    assert standalone(assistant, turns) == alone


@pytest.mark.parametrize(("turns", "alone"), cases(AMONG))
def test_whether_there_are_such_is_asked_of_the_rows_just_shown(assistant: Assistant, turns: str, alone: str) -> None:
    assert standalone(assistant, turns) == alone


def test_of_two_named_one_after_the_other_it_is_asked_which_is_more(assistant: Assistant) -> None:
    turns = "火电灵活性改造促进市场化消纳新能源项目投资多少 → 绿氢产业项目呢 → 哪个更多"

    assert standalone(assistant, turns) == "火电灵活性改造促进市场化消纳新能源项目和绿氢产业项目投资哪个更多"


@pytest.mark.parametrize(
    ("asked", "which"),
    [
        ("有没有北京大学的", "北京大学的"),
        ("有投资超过10亿的项目", "投资超过10亿的"),
        ("有没有其他的", None),
        ("有没有更大的", None),
        ("有色金属的", None),
        ("有效期内的", None),
    ],
)
def test_what_names_no_rows_is_not_looked_for_among_them(asked: str, which: str | None) -> None:
    match = any_of("项目").fullmatch(asked)

    assert (match["which"] if match else None) == which
