"""The benchmark among many tables measures answers that are right."""

from __future__ import annotations

from pathlib import Path

from evals.bench_scale import measure_scale


def test_every_question_of_the_benchmark_is_answered_from_the_table_it_names(tmp_path: Path) -> None:
    few, many = measure_scale(tmp_path, sizes=(2, 30), questions=5)

    assert (few.tables, few.right) == (2, 5)
    assert (many.tables, many.right, len(many.milliseconds)) == (30, 5, 5)
