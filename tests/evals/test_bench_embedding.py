"""The embedding benchmark measures both engines on the same texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.bench_embedding import Comparison, Speed, compare_embedding, cut_texts

ROOT = Path(__file__).resolve().parents[2]


def test_the_ratio_is_of_tokens_per_second() -> None:
    assert Comparison(Speed(6000, 5), Speed(1000, 20)).ratio == 6


def test_texts_are_spread_over_the_documents() -> None:
    texts = cut_texts(ROOT / "corpus" / "documents", tokens_about=1000)
    assert 5 <= len(texts) <= 40
    assert all(len(text) >= 20 for text in texts)


@pytest.mark.slow
def test_both_engines_are_timed_alone_and_beside_a_busy_processor() -> None:
    bench = compare_embedding(
        ["推进农村生活污水治理。", "本办法自印发之日起施行。"], ROOT / "index" / "store" / "models", runs=1
    )
    assert bench.texts == 2
    assert min(bench.ratio_alone, bench.ratio_busy, bench.tokens_per_s, bench.query_ms) > 0
