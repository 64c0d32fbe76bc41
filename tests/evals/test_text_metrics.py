"""Ranking and text measures are what their formulas say, and a number on empty input too."""

from __future__ import annotations

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import ndcg_score

from evals.metrics.answer_containment import answer_containment
from evals.metrics.exact_match import exact_match
from evals.metrics.hit_rate import hit_rate
from evals.metrics.ndcg import ndcg
from evals.metrics.reciprocal_rank import reciprocal_rank
from evals.metrics.rouge_l import rouge_l

CHARACTERS = st.text(alphabet="水利局负责甲", max_size=12)


@pytest.mark.parametrize(
    ("ranked", "k", "hit"), [("cba", 1, 0), ("cba", 2, 0), ("cba", 3, 1), ("a", 10, 1), ("", 10, 0)]
)
def test_a_hit_is_a_gold_item_among_the_first_k(ranked: str, k: int, hit: float) -> None:
    assert hit_rate(ranked, {"a"}, k) == hit


@pytest.mark.parametrize(("ranked", "value"), [("a", 1.0), ("ba", 0.5), ("dcba", 0.25), ("xxxxba", 0.0), ("", 0.0)])
def test_the_first_gold_item_alone_decides_the_reciprocal_rank(ranked: str, value: float) -> None:
    assert reciprocal_rank(ranked, {"a", "z"}, 5) == value


@pytest.mark.parametrize(
    ("ranked", "gold", "value"),
    [
        ("abc", "a", 1.0),
        ("bac", "a", 1 / log2(3)),
        ("acb", "ab", (1 + 1 / 2) / (1 + 1 / log2(3))),
        ("ab", "ab", 1.0),
        ("aab", "ab", (1 + 1 / 2) / (1 + 1 / log2(3))),
        ("xxxxxa", "a", 0.0),
        ("abcde", "abcdefgh", 1.0),
        ("", "a", 0.0),
    ],
)
def test_gain_is_discounted_by_rank_and_shared_by_the_best_possible(ranked: str, gold: str, value: float) -> None:
    assert ndcg(ranked, set(gold), 5) == pytest.approx(value)


@given(st.permutations("abcdefgh"), st.sets(st.sampled_from("abcdefgh"), min_size=1))
def test_ndcg_agrees_with_scikit_learn(ranked: list[str], gold: set[str]) -> None:
    gains = [[float(item in gold) for item in ranked]]
    scores = [[float(-rank) for rank in range(len(ranked))]]

    assert ndcg(ranked, gold, 5) == pytest.approx(ndcg_score(gains, scores, k=5))


@pytest.mark.parametrize(
    ("answer", "gold", "value"),
    [
        ("由市水利局负责。[1]", "市水利局", 2 * 4 / 12),
        ("市 水利\n局[12]", "市水利局", 1.0),
        ("甲乙丙", "丙乙甲", 2 * 1 / 6),
        ("甲乙丙丁", "甲丙戊", 2 * 2 / 7),
        ("水利", "农牧", 0.0),
    ],
)
def test_rouge_counts_characters_in_common_in_order(answer: str, gold: str, value: float) -> None:
    assert rouge_l(answer, gold) == pytest.approx(value)


@given(CHARACTERS, CHARACTERS)
def test_rouge_agrees_with_the_table_of_the_textbook(answer: str, gold: str) -> None:
    table = [[0] * (len(gold) + 1) for _ in range(len(answer) + 1)]
    for i, one in enumerate(answer, 1):
        for j, other in enumerate(gold, 1):
            table[i][j] = table[i - 1][j - 1] + 1 if one == other else max(table[i - 1][j], table[i][j - 1])
    both = len(answer) + len(gold)

    assert rouge_l(answer, gold) == pytest.approx(2 * table[-1][-1] / both if both else 0.0)


def test_an_answer_is_contained_blanks_aside() -> None:
    assert answer_containment("按 不超过\n50万元的标准", ["无", "不超过50 万元"]) == 1.0
    assert answer_containment("不超过5万元", ["不超过50万元"]) == 0.0


def test_an_exact_match_leaves_out_marks_quotes_and_the_full_stop_only() -> None:
    assert exact_match("“19世紀晚期”。[1]", ["18世紀", "19世紀晚期"]) == 1.0
    assert exact_match("自19世紀晚期。", ["19世紀晚期"]) == 0.0


def test_nothing_in_gives_a_number_out() -> None:
    assert hit_rate((), (), 10) == reciprocal_rank((), (), 10) == ndcg((), (), 10) == ndcg("a", {"a"}, 0) == 0.0
    assert rouge_l("", "") == rouge_l("[1]", "甲") == rouge_l("甲", " ") == 0.0
    assert answer_containment("", ()) == answer_containment("甲", ["", " "]) == 0.0
    assert exact_match("", [""]) == exact_match("。", ()) == 0.0
