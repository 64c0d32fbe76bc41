"""The set table_cells is judged by exact cells. Example: 木材的期初数 → one cell right; its row, column, number too."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from evals.public.report import render
from evals.public.sets import evaluate_folder

TABLE: dict[str, Any] = {
    "table_id": "t1",
    "table_type": "vertical",
    "cell_ID_matrix": [[0, 1, 2], [3, 4, 5], [6, 7, 8]],
    "cells": ["项目", "期末数", "期初数", "木材", "41.50", "38.20", "五金", "17.30", "15.70"],
    "column_attribute": [0, 1, 2],
    "row_attribute": [],
    "column_index": [],
    "row_index": [3, 6],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def write(folder: Path, table: dict[str, Any], gold: list[int]) -> None:
    question = {"table_id": "t1", "question": "木材的期初数是多少？", "question_type": "single_cell"}
    for name, row in (("tables", table), ("questions", question | {"answer_cell_list": gold})):
        with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def right(folder: Path) -> dict[str, tuple[int, int]]:
    return {score.name: (score.right, score.asked) for score in evaluate_folder(folder).scores}


def test_each_stage_is_judged_on_its_own(folder: Path) -> None:
    write(folder, TABLE, [4, 5])
    scores = right(folder)
    assert scores["全部单元格"] == scores["列表头"] == scores["问一格"] == scores["环节：格数"] == (0, 1)
    assert scores["环节：行"] == (1, 1)


def test_the_given_heads_are_not_looked_at(folder: Path) -> None:
    for heads in ([0, 1, 2], [3, 4, 5, 6, 7, 8]):
        write(folder, TABLE | {"column_attribute": heads}, [5])
        assert right(folder)["全部单元格"] == (1, 1)


def test_the_report_names_tables_questions_and_stages(folder: Path) -> None:
    write(folder, TABLE, [5])
    shown = render(evaluate_folder(folder))
    assert "1 张表，1 个问题" in shown
    assert [name in shown for name in ("列表头", "问一格", "环节：列")] == [True] * 3
