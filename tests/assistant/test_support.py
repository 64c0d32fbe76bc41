"""What may stand for a word of the question is found by first characters, just as a search for each word finds it."""

from __future__ import annotations

import random

import pytest

from assistant.understand.support import Support
from assistant.understand.vocabulary import interchangeable
from corpus.folding import fold
from corpus.knowledge import load_knowledge
from corpus.models import Span

GROUPS = [tuple(map(fold, group)) for group in interchangeable(load_knowledge(None))]


def searched(key: str, span: Span) -> tuple[str, ...]:
    """Return what may stand for the word at ``span`` by looking for each word, one after the other, in the question."""
    others: dict[str, tuple[str, ...]] = {}
    for group in GROUPS:
        for word in group:
            others[word] = (*others.get(word, ()), *(other for other in group if other != word))
    return tuple(
        other
        for word in others
        for start in range(len(key))
        if key.startswith(word, start) and Span(start, start + len(word)).covers(span)
        for other in others[word]
    )


@pytest.mark.parametrize("seed", range(5))
def test_the_same_words_stand_for_each_pair_as_when_every_word_is_looked_for(seed: int):
    chance = random.Random(seed)
    key = "".join(chance.choice(chance.choice(GROUPS)) for _ in range(8)) + "是多少"
    support = Support(GROUPS)
    for span in (Span(i, i + 2) for i in range(len(key) - 1)):
        assert support.substitutes(key, span) == searched(key, span)


# question, its word, text -> whether the text speaks of it
@pytest.mark.parametrize(
    ("question", "word", "text", "held"),
    [
        ("庄稼秆子怎么处理", "庄稼秆子", "推进秸秆综合利用", True),
        ("土豆种了多少亩", "土豆", "马铃薯种植面积", True),
        ("谁是一把手", "一把手", "主要负责同志要亲自抓", True),
        ("暖气费怎么补", "暖气费", "对供热费给予补贴", True),
        ("煤炭产量是多少", "产量", "煤炭产能8亿吨", False),
        ("工程几时开工", "开工", "工程于年底竣工", False),
        ("谁是施工单位", "施工单位", "责任单位：市水利局", False),
    ],
)
def test_everyday_words_are_supported_by_official_ones(question: str, word: str, text: str, held: bool):
    start = question.find(word)
    span = Span(start, start + len(word))
    assert Support(GROUPS).states(fold(question), span, fold(text)) is held


# question, its word, text -> whether the text has what the word is short for
@pytest.mark.parametrize(
    ("question", "word", "text", "held"),
    [
        ("交通局管什么", "交通局", "由市交通运输局负责", True),
        ("交通局管什么", "交通局", "由市交通运输集团负责", False),
        ("农业局管什么", "农业局", "由市水利局负责", False),
        ("怎样治涝", "治涝", "推进内涝治理", True),
        ("怎样治涝", "治涝", "涝，治理、治", False),
        ("怎样治涝", "治涝", "综治理涝处", True),
        ("怎样治涝", "治涝", "治，理，内涝治", False),
        ("怎样治涝", "治涝", "推进沙地治理", False),
        ("谁来养路", "养路", "做好公路养护", True),
        ("谁来养路", "养路", "新修公路两条", False),
        ("路面补好", "补好", "修补破损路面", True),
        ("路面补好", "补好", "改造破损路面", False),
        ("谁来施工", "施工", "负责工程实施", False),
    ],
)
def test_a_short_name_is_held_by_its_long_form(question: str, word: str, text: str, held: bool):
    start = question.find(word)
    span = Span(start, start + len(word))
    assert Support(GROUPS).holds(fold(question), span, fold(text)) is held


def test_what_stands_in_brackets_within_a_word_is_no_part_of_it() -> None:
    support = Support([])

    assert support.holds("站长制", Span(0, 3), "实行站(所)长制")
    assert not support.holds("站长制", Span(0, 3), "实行站(所)内会长制度")


@pytest.mark.parametrize(
    ("question", "word", "text", "held"),
    [
        ("80岁的老人补多少", "80", "80周岁以上老年人", True),
        ("第80名补多少", "80", "每人80元", True),
        ("80岁的老人补多少", "80", "每人80元", False),
    ],
)
def test_a_figure_is_supported_by_one_of_its_kind(question: str, word: str, text: str, held: bool) -> None:
    start = fold(question).index(word)

    assert Support(GROUPS).holds(fold(question), Span(start, start + len(word)), fold(text)) is held
