"""The learning halves of the reading sets in, the weights of the passage reader among many documents out.

Command: ``python -m evals.public.train_reader DATA --index DIR``; DATA holds policy_notices, reading_traditional and
law_articles.
The order of the search comes first: ``python -m evals.public.train_order``; pages are read together by weights that
have not seen the question (``train_found``).

Example: “notices 可答 4.8%（n=228）” is what weights decline of questions that they had not seen.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from tqdm import tqdm

import assistant.respond.reading
from assistant.respond.reading.features import page_features
from assistant.respond.reading.model import OF_MANY, SUPPORTING_OF_MANY, TOGETHER, Reading, read_page
from assistant.respond.reading.page_text import Numbers
from assistant.respond.reading.phrase_features import phrase_features
from assistant.respond.reading.phrases import find_phrases
from assistant.respond.reading.saying import said_by_rule
from assistant.respond.reading.together import read_pages
from assistant.understand.cells.trees import Trees, read_trees
from evals.metrics.rouge_l import rouge_l
from evals.public.forests import ROUNDS, Forest, Sample, apply_forest, cross, fit_forest, fit_values, round_of
from evals.public.held_out import HeldOut
from evals.public.reading_examples import Example, gather

_SEGMENT = {"max_iter": 160, "max_leaf_nodes": 8, "learning_rate": 0.06, "min_samples_leaf": 30, "max_features": 0.4}
ANSWERS = {"max_iter": 90, "max_leaf_nodes": 6, "learning_rate": 0.06, "min_samples_leaf": 15, "max_features": 0.3}
_PHRASES = {"max_iter": 100, "max_leaf_nodes": 12, "learning_rate": 0.05, "min_samples_leaf": 40, "max_features": 0.5}
_NOTICES, _OTHERS = "notices", 0.3
"""What is learned of answering from other sources counts less: 1 and 0.3 were tried in cross-validation."""
_DECLINED = 0.04
"""Answerable questions on notices that may be declined: one in a hundred below the bar of 5 %."""


def main(argv: Sequence[str] | None = None) -> int:
    """Learn from the folder given, write the weights, print what cross-validation says of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--index", type=Path, required=True, help="folder of the sets' indexes and of train_found")
    arguments = parser.parse_args(argv)
    held_out = HeldOut(arguments.index)
    examples = list(gather(arguments.folder, arguments.index, held_out))
    segments = learn_segments(examples)
    _learn(examples, segments, OF_MANY)
    scored = zip(examples, tqdm(segments.scores, desc="同读", disable=None), strict=True)
    together = [with_pages_together(*one, held_out) for one in scored]
    _learn(together, learn_segments(together), TOGETHER)
    return 0


def _learn(examples: Sequence[Example], segments: Segments, file: str) -> None:
    """Learn what is learned behind the segments, and write all of it."""
    answers, bar = learn_answers(examples, segments.scores)
    phrases = learn_phrases(examples, segments.scores)
    target = Path(assistant.respond.reading.__path__[0]) / file
    data = {"segment": segments.forest, "answers": answers, "phrases": phrases, "bar": bar}
    target.write_text(json.dumps(data, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{file}：{len(examples)} 例 · {target.stat().st_size // 1000} kB")


@dataclass(frozen=True, slots=True)
class Segments:
    """The segment trees as numbers, those of each round, which leave its examples out, and their log odds.

    ``scores`` are the log odds by page of each example, by trees that had not seen it.
    """

    forest: Forest
    by_round: tuple[Trees, ...]
    scores: tuple[tuple[Numbers, ...], ...]


def learn_segments(examples: Sequence[Example]) -> Segments:
    """Return what is learned of a segment being in the answer."""
    rows = [[page_features(example.asked, found.page) for found in example.pages] for example in examples]
    learning = [
        Sample(np.vstack(parts), np.concatenate(example.labels), round_of(example.group))
        for example, parts in zip(examples, rows, strict=True)
        if example.answers and example.pages
    ]
    forest = fit_forest(learning, _SEGMENT)
    by_round = tuple(
        read_trees(fit_forest([s for s in learning if s.left_out != number], _SEGMENT)) for number in range(ROUNDS)
    )
    scores = tuple(
        tuple(by_round[round_of(example.group)].score(part) for part in parts)
        for example, parts in zip(examples, rows, strict=True)
    )
    return Segments(forest, by_round, scores)


def with_pages_together(example: Example, parts: Sequence[Numbers], held_out: HeldOut) -> Example:
    """Return the example with its best pages, by the log odds ``parts``, read together with the question."""
    readings = readings_of(example, parts, SUPPORTING_OF_MANY)
    pages = read_pages(held_out.of(example.side), example.question.text, readings)
    labels = tuple(example.labels_of(reading.found) for reading in readings[: len(pages)])
    return replace(example, pages=pages, labels=labels)


def learn_answers(examples: Sequence[Example], scores: Sequence[Sequence[Numbers]]) -> tuple[Forest, float]:
    """Return the trees of the chance to answer, and the least chance of an answer.

    Below it lie as many answerable questions on notices as may be declined, by trees that had not seen them. A question
    without gold words is learned from as answerable only where what is read stands in its gold article.
    """
    samples, kept = [], []
    for example, parts in zip(examples, scores, strict=True):
        if not example.pages:
            continue
        readings = readings_of(example, parts, SUPPORTING_OF_MANY)
        row = example.describe(readings)
        label = np.array([_answers(example, readings[0])])
        weight = 1.0 if example.source == _NOTICES else _OTHERS
        samples.append(Sample(row[None], label, round_of(example.group), weight))
        kept.append(example)
    forest, chances = cross(samples, lambda found: fit_forest(_known(found), ANSWERS), apply_forest)
    by_chance = [float(chance[0]) for chance in chances]
    bar = round(float(np.quantile([c for e, c in zip(kept, by_chance, strict=True) if _is_asked(e)], _DECLINED)), 3)
    _print_declined(kept, [bool(sample.labels[0] >= 0) for sample in samples], by_chance, bar)
    return forest, bar


def _is_asked(example: Example) -> bool:
    return example.source == _NOTICES and example.answerable


def _answers(example: Example, reading: Reading) -> float:
    """Return 1 for an answer, 0 where there is none, below 0 where another article was read than the gold."""
    if example.answers or not example.answerable:
        return float(example.answerable)
    labels = example.labels_of(reading.found)
    return 1.0 if labels[reading.first : reading.last + 1].any() else -1.0


def _known(samples: Sequence[Sample]) -> list[Sample]:
    return [sample for sample in samples if sample.labels[0] >= 0]


def readings_of(example: Example, parts: Sequence[Numbers], supporting: float) -> list[Reading]:
    """Return the readings of the pages by the log odds ``parts``, best first."""
    rows = [page_features(example.asked, found.page) for found in example.pages]
    read = [read_page(*one, example.asked.key, supporting) for one in zip(example.pages, parts, rows, strict=True)]
    return sorted(read, key=lambda reading: -reading.score)


def learn_phrases(examples: Sequence[Example], scores: Sequence[Sequence[Numbers]]) -> Forest:
    """Return the trees of how well words answer, by ROUGE-L; print what they choose for questions not seen."""
    samples, kept = [], []
    for example, parts in zip(examples, scores, strict=True):
        if not example.answers or not example.pages:
            continue
        reading = readings_of(example, parts, SUPPORTING_OF_MANY)[0]
        text, said = reading.found.document.text, said_by_rule(example.question, reading)
        phrases = find_phrases(reading, said[0], example.asked.key, example.reader.cut)
        fits = [max(rouge_l(phrase.span.of(text), one) for one in example.answers) for phrase in phrases]
        by_rule = [max(rouge_l("".join(span.of(text) for span in said), one) for one in example.answers)]
        rows = phrase_features(example.asked, reading, phrases)
        samples.append(Sample(rows, np.array(fits), round_of(example.group)))
        kept.append((example.source, float(by_rule[0])))
    trees, found = cross(
        samples, lambda known: fit_values(known, _PHRASES), lambda rows, own: read_trees(own).score(rows)
    )
    for source in dict.fromkeys(source for source, _ in kept):
        chosen = [
            (float(sample.labels[worth.argmax()]), rule)
            for (name, rule), sample, worth in zip(kept, samples, found, strict=True)
            if name == source
        ]
        new, rule = np.mean(chosen, axis=0)
        print(f"{source}：直接答语 ROUGE-L 互证 {new:.3f}，按规则 {rule:.3f}（n={len(chosen)}）")
    return trees


def _print_declined(examples: Sequence[Example], known: Sequence[bool], chances: Sequence[float], bar: float) -> None:
    """Print what is declined of each source: answerable ones, and those that nothing or no longer anything answers."""
    found: dict[str, list[bool]] = {}
    for example, is_known, chance in zip(examples, known, chances, strict=True):
        absent = "库外" if example.group == example.id else "抽去原文"
        name = absent if not example.answerable else "可答" if is_known else "可答而读到别处"
        found.setdefault(f"{example.source} {name}", []).append(chance < bar)
    print(f"把握 < {bar:.3f} 时未答：")
    for name, declined in sorted(found.items()):
        print(f"  {name} {np.mean(declined):.1%}（n={len(declined)}）")


if __name__ == "__main__":
    sys.exit(main())
