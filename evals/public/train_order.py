"""The learning halves of the text sets in, the weights of the order among many documents out.

Command: ``python -m evals.public.train_order DATA [--index DIR]``; DATA holds policy_notices, law_articles and
reading_traditional.

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
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from tqdm import tqdm

import index
from assistant.engine import Assistant
from assistant.understand.cells.trees import Numbers
from evals.public import law_articles, policy_notices, reading_traditional
from evals.public.asking import TextQuestion, UnitsAt, whole_documents
from evals.public.forests import ROUNDS, round_of
from evals.public.law_texts import make_laws
from evals.public.report import Half, half_of
from evals.public.rows import rows_of
from evals.public.text_index import open_texts
from index.order import FEATURES, WEIGHTS, features, with_share
from index.search import find_ranked

_PENALTY = 0.01
_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Example:
    """The chunks found for a question, in the fusion's order: their features, units, and which hold gold."""

    source: str
    rows: Numbers
    labels: Numbers
    units: tuple[tuple[str, ...], ...]
    gold: frozenset[str]
    left_out: int


def main(argv: Sequence[str] | None = None) -> int:
    """Learn from the folder given, write the weights, print what cross-validation says of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--index", type=Path, help="folder where the sets' indexes are kept")
    arguments = parser.parse_args(argv)
    examples = list(gather(arguments.folder, arguments.index))
    found = [np.zeros(0)] * len(examples)
    for number in range(ROUNDS):
        weights = fit([example for example in examples if example.left_out != number])
        for place, example in enumerate(examples):
            if example.left_out == number:
                found[place] = example.rows @ weights
    _print_hits(examples, found)
    halves = np.split(fit(examples), 2)
    data = {
        part: {name: round(float(weight), _DIGITS) for name, weight in zip(FEATURES, half, strict=True)}
        for part, half in zip(("all", "long"), halves, strict=True)
    }
    (Path(index.__path__[0]) / WEIGHTS).write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    return 0


def gather(folder: Path, place: Path | None) -> Iterator[Example]:
    """Yield every question of the learning halves that has a gold unit."""
    notices = folder / "policy_notices"
    texts = {row["id"]: row["text"] for row in rows_of(notices, policy_notices.NOTICES)}
    assistant = open_texts(texts, place)
    units_at = whole_documents(assistant.documents)
    yield from _examples(assistant, notices.name, policy_notices.load_questions(notices), units_at)
    passages = folder / "reading_traditional"
    texts = {row["id"]: f"{row['title']}\n{row['text']}" for row in rows_of(passages, reading_traditional.PASSAGES)}
    assistant = open_texts(texts, place)
    units_at = whole_documents(assistant.documents)
    yield from _examples(assistant, passages.name, [*reading_traditional.load_questions(passages)], units_at)
    articles = folder / "law_articles"
    laws = make_laws(rows_of(articles, law_articles.ARTICLES))
    assistant = open_texts({id_: law.text for id_, law in laws.items()}, place)
    questions = law_articles.load_questions(articles)
    yield from _examples(assistant, articles.name, questions, law_articles.articles_in(laws))


def _examples(
    assistant: Assistant, source: str, questions: Sequence[TextQuestion], units_at: UnitsAt
) -> Iterator[Example]:
    lexical = assistant.index.words
    for asked in tqdm([q for q in questions if q.gold and half_of(q.id) is Half.LEARN], desc=source, disable=None):
        searched = assistant.understanding.searched(asked.text)
        ranked, _ = find_ranked(asked.text, searched, assistant.index.engines)
        units = tuple(units_at(chunk.document_id, chunk.span) for chunk in ranked.chunks)
        labels = np.array([float(not asked.gold.isdisjoint(own)) for own in units])
        rows = with_share(features(ranked, lexical.rarity, assistant.index.matcher), lexical.document_share)
        group = min(asked.gold) if source != "law_articles" else asked.id
        yield Example(source, rows, labels, units, asked.gold, round_of(group))


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
