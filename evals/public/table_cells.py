"""The public set table_cells: tables whose headers are not given and questions with gold cells in, scores out.

Example: 公司待转销项税的期末和期初数是多少 → cells 4 and 5, no more and no less.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.understand.cells.grid import Grid, make_grid
from assistant.understand.cells.model import load_model
from assistant.understand.cells.trees import Numbers
from evals.public.report import Half, Report, Score, half_of
from evals.public.rows import QUESTIONS, TABLES, read_rows

TABLE_KEYS = frozenset({"table_id", "table_type", "cell_ID_matrix", "cells"})
_KINDS = {"vertical": "列表头", "horizontal": "行表头", "hierarchical": "多层表头", "complex": "混杂"}
_ASKED = {"single_cell": "问一格", "arbitrary_cells": "问几格", "one_row": "问一行", "one_col": "问一列"}
_ALL, _SURE = "全部单元格", "其中有把握的"
_COLUMN_HEADS, _ROW_HEADS = ("column_attribute", "column_index"), ("row_attribute", "row_index")


@dataclass(frozen=True, slots=True)
class CellTable:
    """One table; ``heads`` says of each cell whether it heads a column, a row: for learning, never for answering."""

    grid: Grid
    kind: str
    half: Half
    heads: Numbers


@dataclass(frozen=True, slots=True)
class CellQuestion:
    """One question with its kind and its gold cells, sorted."""

    text: str
    table: str
    kind: str
    gold: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One answered question: what of it was right, stage by stage."""

    question: CellQuestion
    table: CellTable
    cells: tuple[int, ...]
    is_sure: bool

    def stages(self) -> Mapping[str, bool]:
        """Return the whole and the stages: row, column, number of cells."""
        gold, cells = self.question.gold, self.cells
        places = [[self.table.grid.cells[number] for number in numbers] for numbers in (gold, cells)]
        rows, columns = ([{getattr(cell, side) for cell in some} for some in places] for side in ("top", "left"))
        return {
            _ALL: gold == cells,
            "环节：行": rows[0] == rows[1],
            "环节：列": columns[0] == columns[1],
            "环节：格数": len(gold) == len(cells),
        }


def load(folder: Path) -> tuple[dict[str, CellTable], list[CellQuestion]]:
    """Return the tables by id and the questions of the set in ``folder``."""
    tables = {row["table_id"]: _table(row) for row in read_rows(folder / TABLES)}
    questions = [
        CellQuestion(
            row["question"], row["table_id"], row["question_type"], tuple(sorted(set(row["answer_cell_list"])))
        )
        for row in read_rows(folder / QUESTIONS)
    ]
    return tables, questions


def _table(row: Mapping[str, Any]) -> CellTable:
    heads = np.zeros((len(row["cells"]), 2))
    for kind, names in enumerate((_COLUMN_HEADS, _ROW_HEADS)):
        numbers = {number for name in names for number in row[name]}
        heads[:, kind] = [number in numbers for number in range(len(heads))]
    grid = make_grid(row["cell_ID_matrix"], row["cells"])
    return CellTable(grid, row["table_type"], half_of(row["table_id"]), heads)


def evaluate(folder: Path) -> Report:
    """Return the exact matches of our cells with the gold cells, by kind of table and question, and by stage."""
    tables, questions = load(folder)
    model, start = load_model(), time.perf_counter()
    read = {key: model.read(table.grid) for key, table in tables.items()}
    between = time.perf_counter()
    found = [model.find(question.text, read[question.table]) for question in questions]
    end = time.perf_counter()
    outcomes = [Outcome(q, tables[q.table], one.cells, one.is_sure) for q, one in zip(questions, found, strict=True)]
    per_table, per_question = (between - start) / len(tables) * 1000, (end - between) / len(questions) * 1000
    notes = (f"读一张表 {per_table:.1f} ms，答一问 {per_question:.1f} ms",)
    title = f"{folder.name}：{len(tables)} 张表，{len(questions)} 个问题"
    failed = tuple(_block(o) for o in outcomes if o.table.half is Half.LEARN and o.cells != o.question.gold)
    return Report(title, _scores(outcomes), notes, failed)


def _scores(outcomes: Sequence[Outcome]) -> tuple[Score, ...]:
    """Return one score a name and outcome: the whole set first, then kinds of tables, of questions, stages."""
    found = []
    for outcome in outcomes:
        stages, half = outcome.stages(), outcome.table.half
        found += [Score(half, name, right, 1) for name, right in stages.items()]
        if outcome.is_sure:
            found.append(Score(half, _SURE, stages[_ALL], 1))
        for shown in (_KINDS[outcome.table.kind], _ASKED[outcome.question.kind]):
            found.append(Score(half, shown, stages[_ALL], 1))
    order = (_ALL, _SURE, *_KINDS.values(), *_ASKED.values())
    return tuple(sorted(found, key=lambda score: order.index(score.name) if score.name in order else len(order)))


def _block(outcome: Outcome) -> str:
    texts = outcome.table.grid.cells
    shown = ["、".join(texts[number].text for number in numbers) for numbers in (outcome.cells, outcome.question.gold)]
    return f"✗ {outcome.table.kind} {outcome.question.text}\n   答：{shown[0][:120]}\n   标准：{shown[1][:120]}"
