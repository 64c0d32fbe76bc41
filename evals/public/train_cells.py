"""The learning half of the set table_cells in, the weights of the cell model out.

Command: ``python -m evals.public.train_cells DIR``; it takes some minutes.

Example: “互证 76.7%” is the exact match on tables of the learning half that the weights of that round had not seen.

Five rounds leave a fifth of the tables out each; what a later step learns from are the chances that an earlier step
gave to tables it had not seen. The reporting half is never read.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

import assistant.understand.cells
from assistant.understand.cells.choose import propose, set_features
from assistant.understand.cells.layout import Layout, describe, hear, surround
from assistant.understand.cells.link import link
from assistant.understand.cells.model import WEIGHTS
from assistant.understand.cells.score import Cover, ReadTable, cell_features, read_table
from assistant.understand.cells.trees import Numbers
from evals.public.forests import Forest, Sample, apply_forest, cross, fit_forest, round_of, together
from evals.public.report import Half
from evals.public.table_cells import CellQuestion, CellTable, load

_LAYOUT = {"max_iter": 80, "max_leaf_nodes": 15, "learning_rate": 0.12, "min_samples_leaf": 10, "max_features": 0.4}
_CELL = {"max_iter": 140, "max_leaf_nodes": 15, "learning_rate": 0.1, "min_samples_leaf": 20, "max_features": 0.3}
_SETS = {"max_iter": 120, "max_leaf_nodes": 15, "learning_rate": 0.07, "min_samples_leaf": 20, "max_features": 0.4}


def main(argv: Sequence[str] | None = None) -> int:
    """Learn from the folder given, write the weights, print the cross-validated exact match."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args(argv).folder
    tables, questions = load(folder)
    tables = {key: table for key, table in tables.items() if table.half is Half.LEARN}
    questions = [question for question in questions if question.table in tables]
    weights, read = learn_layout(tables)
    cells, sets, right = learn_cells(questions, read)
    weights |= {"cell": cells, "sets": sets}
    target = Path(assistant.understand.cells.__path__[0]) / WEIGHTS
    target.write_text(json.dumps(weights, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"互证 {right}/{len(questions)} {right / len(questions):.1%} · {target.stat().st_size // 1000} kB")
    return 0


def learn_layout(tables: Mapping[str, CellTable]) -> tuple[dict[str, Any], dict[str, ReadTable]]:
    """Return the layout weights, and each table as read by weights that had not seen it."""
    keys = sorted(tables)
    labels = {key: tables[key].heads for key in keys}
    heard = {key: np.stack([hear(text) for text in tables[key].grid.keys]) for key in keys}
    words: list[Numbers] = [np.zeros(0), np.zeros(0)]
    guesses = {key: np.zeros((len(labels[key]), 2)) for key in keys}
    for kind in (0, 1):
        samples = [Sample(heard[key], labels[key][:, kind], round_of(key)) for key in keys]
        words[kind], chances = cross(samples, _fit_words, lambda rows, weights: rows @ weights)
        for key, guess in zip(keys, chances, strict=True):
            guesses[key][:, kind] = guess
    forests: list[Forest] = []
    rows = {key: describe(tables[key].grid, guesses[key]) for key in keys}
    for _ in range(2):
        chances_by_kind = []
        for kind in (0, 1):
            samples = [Sample(rows[key], labels[key][:, kind], round_of(key)) for key in keys]
            forest, chances = cross(samples, lambda found: fit_forest(found, _LAYOUT), apply_forest)
            forests.append(forest)
            chances_by_kind.append(chances)
        layouts = {
            key: np.stack([column, row], axis=1) for key, column, row in zip(keys, *chances_by_kind, strict=True)
        }
        rows = {key: np.hstack([rows[key], surround(tables[key].grid, layouts[key])]) for key in keys}
    read = {key: read_table(tables[key].grid, Layout(layouts[key][:, 0], layouts[key][:, 1])) for key in keys}
    return {"words": [[round(x, 2) for x in weights] for weights in words], "layout": forests}, read


def learn_cells(questions: Sequence[CellQuestion], read: Mapping[str, ReadTable]) -> tuple[Forest, Forest, int]:
    """Return the forests of cells and of sets, and how many questions unseen weights answer exactly."""
    covers = []
    samples = []
    for question in questions:
        table = read[question.table]
        linked = link(question.text, [cell.text for cell in table.grid.cells])
        covers.append(Cover(linked, table))
        rows = cell_features(question.text, table, linked, covers[-1])
        labels = np.isin(np.arange(len(rows)), question.gold).astype(float)
        samples.append(Sample(rows, labels, round_of(question.table)))
    cells, chances = cross(samples, lambda found: fit_forest(found, _CELL), apply_forest)
    proposed = [propose(chance, read[question.table]) for question, chance in zip(questions, chances, strict=True)]
    samples = [
        Sample(
            set_features(question.text, sets, chance, cover, read[question.table]),
            np.array([float(found == question.gold) for found in sets]),
            round_of(question.table),
        )
        for question, sets, chance, cover in zip(questions, proposed, chances, covers, strict=True)
    ]
    forest, scores = cross(samples, lambda found: fit_forest(found, _SETS), apply_forest)
    right = sum(bool(sample.labels[score.argmax()]) for sample, score in zip(samples, scores, strict=True))
    return cells, forest, right


def _fit_words(samples: Sequence[Sample]) -> Numbers:
    model = LogisticRegression(C=3, max_iter=300).fit(*together(samples))
    weights: Numbers = model.coef_[0]
    return weights


if __name__ == "__main__":
    sys.exit(main())
