"""The learning halves of the text sets in, the weights of the order among many documents out.

Command: ``python -m evals.public.train_order DATA --index DIR``; DATA holds policy_notices, law_articles and
reading_traditional. ``python -m evals.public.train_found`` comes first: what reading the first chunks says is learned
by weights that have not seen the question.

Example: “law_articles：互证 hit@1 43.2% → 49.2%，hit@10 75.0% → 78.0%（n=236）” is what weights make of questions
that they had not seen.

The weights raise the chance of the gold chunks under a softmax over a question’s chunks (Cao et al. 2007, “Learning
to rank: from pairwise approach to listwise approach”, for the first place).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from tqdm import tqdm

import index
from assistant.understand.cells.trees import Numbers
from evals.public.forests import ROUNDS, round_of
from evals.public.found_texts import side_of
from evals.public.held_out import HeldOut
from evals.public.learning_sets import LAWS, open_sets
from index.order import FEATURES, WEIGHTS, Ranked, features, with_share
from index.read_order import READ_FEATURES, read_features
from index.search import find_ranked

_PENALTY = 0.01
_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Example:
    """The chunks found for a question, best first: their features, units, and which hold gold.

    ``side`` is left out of what the weights that read it together have learned from.
    """

    source: str
    ranked: Ranked
    rows: Numbers
    labels: Numbers
    units: tuple[tuple[str, ...], ...]
    gold: frozenset[str]
    left_out: int
    side: int


def main(argv: Sequence[str] | None = None) -> int:
    """Learn from the folder given, write the weights, print what cross-validation says of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--index", type=Path, required=True, help="folder of the sets' indexes and of train_found")
    arguments = parser.parse_args(argv)
    examples = list(gather(arguments.folder, arguments.index))
    found = _held_out_scores(examples)
    _print_hits(examples, found)
    held_out = HeldOut(arguments.index)
    scored = zip(examples, tqdm(found, desc="同读", disable=None), strict=True)
    read = [read_in_order(example, scores, held_out) for example, scores in scored]
    _print_hits(read, [_before_the_rest(one, own) for one, own in zip(read, _held_out_scores(read), strict=True)])
    halves = np.split(fit(examples), 2)
    parts: dict[str, tuple[Sequence[str], Numbers]] = {"all": (FEATURES, halves[0]), "long": (FEATURES, halves[1])}
    parts["read"] = (READ_FEATURES, fit(read))
    data = {
        part: {name: round(float(weight), _DIGITS) for name, weight in zip(names, weights, strict=True)}
        for part, (names, weights) in parts.items()
    }
    (Path(index.__path__[0]) / WEIGHTS).write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    return 0


def gather(folder: Path, place: Path | None) -> Iterator[Example]:
    """Yield every question of the learning halves that has a gold unit."""
    for one in open_sets(folder, place):
        lexical, engines = one.assistant.index.words, one.assistant.index.engines
        for asked in tqdm([question for question in one.questions if question.gold], desc=one.name, disable=None):
            searched = one.assistant.understanding.searched(asked.text)
            ranked, _ = find_ranked(asked.text, searched, engines)
            units = tuple(one.units_at(chunk.document_id, chunk.span) for chunk in ranked.chunks)
            labels = np.array([float(not asked.gold.isdisjoint(own)) for own in units])
            rows = with_share(features(ranked, lexical.rarity, engines.matcher()), lexical.document_share)
            group = round_of(min(asked.gold) if one.name != LAWS else asked.id)
            side = side_of(one.name, asked.id, asked.gold)
            yield Example(one.name, ranked, rows, labels, units, asked.gold, group, side)


def read_in_order(example: Example, scores: Numbers, held_out: HeldOut) -> Example:
    """Return the example in the order of ``scores``, with what reading its first chunks says as features."""
    places = sorted(range(len(scores)), key=lambda place: (-scores[place], place))
    ordered = [float(scores[place]) for place in places]
    rows = read_features(example.ranked, places, ordered, held_out.of(example.side))
    assert rows is not None
    labels = example.labels[places[: len(rows)]]
    return replace(example, rows=rows, labels=labels, units=tuple(example.units[place] for place in places))


def _held_out_scores(examples: Sequence[Example]) -> list[Numbers]:
    """Return the scores of each example's chunks by weights that had not seen it."""
    found = [np.zeros(0)] * len(examples)
    for number in range(ROUNDS):
        weights = fit([example for example in examples if example.left_out != number])
        for place, example in enumerate(examples):
            if example.left_out == number:
                found[place] = example.rows @ weights
    return found


def _before_the_rest(example: Example, scores: Numbers) -> Numbers:
    """Return the scores of all chunks: those that were read keep before the others."""
    rest = np.arange(len(example.units) - len(scores), dtype=float)
    return np.concatenate([scores, scores.min() - 1 - rest])


def fit(examples: Sequence[Example]) -> Numbers:
    """Return the weights under which the gold chunks are most likely to be first, with a penalty on large ones."""
    deviations = np.vstack([example.rows for example in examples]).std(axis=0) + 1e-9
    learning = [(example.rows / deviations, example.labels) for example in examples if example.labels.any()]

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        total, slope = 0.0, np.zeros_like(weights)
        for rows, labels in learning:
            scores = rows @ weights
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            gold = chances * labels
            total -= float(np.log(gold.sum() + 1e-12))
            slope -= rows.T @ (gold / (gold.sum() + 1e-12) - chances)
        count = len(learning)
        return total / count + _PENALTY * float(weights @ weights), slope / count + 2 * _PENALTY * weights

    start = np.zeros(len(deviations))
    weights: Numbers = minimize(loss, start, jac=True, method="L-BFGS-B").x / deviations
    return weights


def _print_hits(examples: Sequence[Example], scores: Sequence[Numbers]) -> None:
    for source in dict.fromkeys(example.source for example in examples):
        own = [(example, score) for example, score in zip(examples, scores, strict=True) if example.source == source]
        before = [_rank(example, -np.arange(len(score), dtype=float)) for example, score in own]
        after = [_rank(example, score) for example, score in own]
        said = "，".join(
            f"hit@{k} {np.mean(np.array(before) < k):.1%} → {np.mean(np.array(after) < k):.1%}" for k in (1, 10)
        )
        print(f"{source}：互证 {said}（n={len(own)}）")


def _rank(example: Example, scores: Numbers) -> int:
    """Return how many other units stand before the first gold one."""
    order = np.argsort(-scores, kind="stable")
    units = list(dict.fromkeys(unit for place in order for unit in example.units[place]))
    return next((rank for rank, unit in enumerate(units) if unit in example.gold), len(units) + 1)


if __name__ == "__main__":
    sys.exit(main())
