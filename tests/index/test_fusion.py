"""The weighted sum of what words and vectors say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import fuse

scores = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0, 3, allow_nan=False)).map(
    lambda found: sorted(found.items(), key=lambda pair: -pair[1])
)


def test_what_both_engines_find_leads() -> None:
    found = fuse([("a", 2.0), ("b", 1.9)], [("b", 0.90), ("c", 0.85)])
    assert [entry.id for entry in found] == ["b", "a", "c"]


def test_the_score_is_the_words_score_plus_the_weighted_distance_to_the_nearest() -> None:
    first, second = fuse([("a", 2.0)], [("b", 0.90), ("a", 0.88)], weight=10)
    assert (first.id, first.lexical_rank, first.vector_rank) == ("a", 1, 2)
    assert first.score == pytest.approx(2.0 + 10 * (0.88 - 0.90))
    assert (second.id, second.score, second.lexical, second.lexical_rank) == ("b", 0.0, 0.0, 0)


def test_a_chunk_that_is_not_among_the_nearest_counts_as_the_last_of_them() -> None:
    found = {entry.id: entry for entry in fuse([("a", 1.0)], [("b", 0.90), ("c", 0.80)])}
    assert found["a"].similarity == found["c"].similarity == 0.80


def test_equal_scores_are_ordered_by_id() -> None:
    assert [entry.id for entry in fuse([("b", 1.0), ("a", 1.0)], [])] == ["a", "b"]


def test_without_vectors_the_words_order_stays() -> None:
    assert [entry.id for entry in fuse([("b", 1.0), ("a", 0.5)], [])] == ["b", "a"]


@given(scores, scores)
def test_nothing_is_lost_or_doubled(words: list[tuple[str, float]], near: list[tuple[str, float]]) -> None:
    found = fuse(words, near)
    assert sorted(entry.id for entry in found) == sorted({id_ for id_, _ in (*words, *near)})
    assert [entry.score for entry in found] == sorted((entry.score for entry in found), reverse=True)
