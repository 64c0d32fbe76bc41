"""A variant of the search differs by what it leaves out."""

from __future__ import annotations

from evals.ablation import VARIANTS, without
from index.lexical import WEIGHTS


def test_a_variant_leaves_out_what_it_names_and_nothing_else() -> None:
    left = without("document")
    assert {field for field, weight in left.items() if weight == 0.0} == {"document_words", "document_pairs"}
    assert all(weight in (0.0, WEIGHTS[field]) for field, weight in left.items())
    assert VARIANTS[0].fields == WEIGHTS
