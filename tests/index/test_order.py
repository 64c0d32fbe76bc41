"""The learned order among many documents: what is measured of a chunk, and that no chunk is lost by it."""

from __future__ import annotations

import numpy as np
import pytest

from index.order import FEATURES, held, load_weights, longest_run, with_share


def test_each_feature_has_a_weight_and_one_more_for_long_documents() -> None:
    assert len(load_weights()) == 2 * len(FEATURES)


def test_of_short_documents_only_the_first_weights_count() -> None:
    rows = np.array([[1.0, 2.0]])
    assert with_share(rows, 1.0).tolist() == [[1.0, 2.0, 0.0, 0.0]]
    assert with_share(rows, 0.25).tolist() == [[1.0, 2.0, 0.75, 1.5]]


@pytest.mark.parametrize(("text", "share"), [("沙棘减沙", 1.0), ("沙棘", 0.75), ("", 0.0)])
def test_rare_terms_count_more(text: str, share: float) -> None:
    assert held({"沙棘": 3.0, "减沙": 1.0}, text) == share


def test_without_terms_nothing_is_held() -> None:
    assert held({}, "沙棘") == 0.0


def test_the_longest_run_stands_in_both() -> None:
    assert longest_run("沙棘生态减沙工程", "实施生态减沙") == len("生态减沙")
    assert longest_run("沙棘", "") == 0
