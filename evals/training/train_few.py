"""Question sets on few documents in, all that is learned for questions asked of few documents out.

Command: ``python -m evals.training.train_few --index DIR``, about four minutes, after ``train_asked`` with the same
folder. The likelihood is learned on readers, and by models that read together, that had not seen its questions.

Example: “town-03 首选所引即依据 82.0%（n=100）” is what trees read that had not seen the set.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import assistant.respond
import assistant.respond.reading
from assistant.respond.likelihood import WEIGHTS
from assistant.respond.reading.model import OF_FEW, SUPPORTING_OF_FEW, ReaderModel, Reading
from assistant.understand.cells.trees import read_trees
from evals.public.forests import ROUNDS, Forest, Sample, fit_forest, round_of
from evals.public.held_out import HeldOut, weights_of_few_without
from evals.public.reading_examples import Example
from evals.public.train_reader import ANSWERS, learn_segments, readings_of
from evals.training.asked_texts import side_of_set
from evals.training.few_examples import LEARNED, examples_of, open_sets
from evals.training.likelihood_learning import learn_likelihood
from index.embedder import Embedder


@dataclass(frozen=True, slots=True)
class Reader:
    """The trees of the reader as numbers, and for each round a reader that has not seen its sets."""

    trees: dict[str, Forest]
    by_round: tuple[ReaderModel, ...]


def main(argv: Sequence[str] | None = None) -> int:
    """Learn from the sets, write the weights, print what is read and told of sets that were not seen."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--index", type=Path, required=True, help="folder where indexes and halves are kept")
    arguments = parser.parse_args(argv)
    held_out = HeldOut(arguments.index, weights_of_few_without)

    def within(name: str, embedder: Embedder) -> Embedder:
        return held_out.within(embedder, side_of_set(name))

    sets = list(open_sets(LEARNED, arguments.index, within))
    reader = learn_reader([example for one in sets for example in examples_of(one)])
    likelihood = learn_likelihood(sets, reader.by_round)
    # Both at the end: a reader beside the likelihood of another one would be worse than both old ones.
    _write(Path(assistant.respond.reading.__path__[0]) / OF_FEW, reader.trees)
    _write(Path(assistant.respond.__path__[0]) / WEIGHTS, likelihood)
    return 0


def learn_reader(examples: Sequence[Example]) -> Reader:
    """Return the reader; print how often what it cites first is gold in sets that it had not seen."""
    segments = learn_segments(examples)
    read = [readings_of(one, parts, SUPPORTING_OF_FEW) for one, parts in zip(examples, segments.scores, strict=True)]
    _print_read(examples, read)
    samples = _answer_samples(examples, read)
    answers = [
        read_trees(fit_forest([one for one in samples if one.left_out != number], ANSWERS)) for number in range(ROUNDS)
    ]
    by_round = [ReaderModel(*pair, SUPPORTING_OF_FEW) for pair in zip(segments.by_round, answers, strict=True)]
    return Reader({"segment": segments.forest, "answers": fit_forest(samples, ANSWERS)}, tuple(by_round))


def _answer_samples(examples: Sequence[Example], read: Sequence[Sequence[Reading]]) -> list[Sample]:
    """Return for each example what speaks for its first reading, and whether that is gold."""
    return [
        Sample(example.describe(found)[None], np.array([float(is_gold(example, found[0]))]), round_of(example.group))
        for example, found in zip(examples, read, strict=True)
        if found
    ]


def is_gold(example: Example, reading: Reading) -> bool:
    """Return whether what ``reading`` cites holds gold."""
    labels = example.labels_of(reading.found)
    return bool(labels[reading.cited_first : reading.cited_last + 1].any())


def _print_read(examples: Sequence[Example], read: Sequence[Sequence[Reading]]) -> None:
    found: dict[str, list[bool]] = {}
    for example, readings in zip(examples, read, strict=True):
        if example.answerable:
            found.setdefault(example.source, []).append(bool(readings) and is_gold(example, readings[0]))
    for name, right in found.items():
        print(f"{name} 首选所引即依据 {np.mean(right):.1%}（n={len(right)}）")


def _write(target: Path, data: Mapping[str, Any]) -> None:
    target.write_text(json.dumps(data, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{target.name} · {target.stat().st_size // 1000} kB")


if __name__ == "__main__":
    sys.exit(main())
