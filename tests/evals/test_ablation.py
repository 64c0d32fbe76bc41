"""The significance of a part left out: McNemar's exact test on the questions that changed."""

from __future__ import annotations

import pytest

from evals.ablation import VARIANTS, mcnemar, without
from index.lexical import WEIGHTS


@pytest.mark.parametrize(
    ("lost", "won", "p"), [(0, 0, 1.0), (1, 1, 1.0), (5, 0, 0.0625), (0, 5, 0.0625), (10, 1, 0.01171875)]
)
def test_p_is_twice_the_smaller_tail_of_the_binomial(lost: int, won: int, p: float) -> None:
    assert mcnemar(lost, won) == pytest.approx(p)


def test_a_variant_leaves_out_what_it_names_and_nothing_else() -> None:
    left = without("document")
    assert {field for field, weight in left.items() if weight == 0.0} == {"document_words", "document_pairs"}
    assert all(weight in (0.0, WEIGHTS[field]) for field, weight in left.items())
    assert VARIANTS[0].fields == WEIGHTS
