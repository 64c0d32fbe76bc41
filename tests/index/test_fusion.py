"""Reciprocal rank fusion."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import fuse

ids = st.lists(st.sampled_from("abcdefgh"), unique=True)


def test_what_both_engines_find_leads() -> None:
    assert [entry.id for entry in fuse({"words": ["a", "b"], "vectors": ["b", "c"]})] == ["b", "a", "c"]


def test_the_score_is_the_sum_of_inverse_ranks() -> None:
    (first, *_) = fuse({"words": ["a"], "vectors": ["b", "a"]})
    assert first.id == "a"
    assert first.score == pytest.approx(1 / 11 + 1 / 12)
    assert first.ranks == {"words": 1, "vectors": 2}


def test_equal_scores_are_ordered_by_id() -> None:
    assert [entry.id for entry in fuse({"words": ["b"], "vectors": ["a"]})] == ["a", "b"]


def test_a_weight_of_nothing_leaves_only_the_other_order() -> None:
    found = fuse({"words": ["a", "b"], "vectors": ["b", "a"]}, {"words": 0.0})
    assert [entry.id for entry in found] == ["b", "a"]


@given(ids, ids)
def test_nothing_is_lost_or_doubled_and_order_does_not_depend_on_naming(left: list[str], right: list[str]) -> None:
    found = fuse({"words": left, "vectors": right})
    assert sorted(entry.id for entry in found) == sorted({*left, *right})
    assert [entry.id for entry in found] == [entry.id for entry in fuse({"vectors": right, "words": left})]
