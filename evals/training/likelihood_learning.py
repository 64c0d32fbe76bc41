"""Question sets and readers that have not seen them in, how likely what may be told answers out, as boosted trees.

Example: of 联系电话 the nearest sentence is judged with a likelihood of .1, and nothing is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from tqdm import tqdm

from assistant.respond.likelihood import Judged, features
from assistant.respond.passages import PassageAnswers
from assistant.respond.reading.model import ReaderModel, ReaderModels, load_models
from assistant.respond.reading.page_text import Numbers
from assistant.respond.reading.reader import PassageReader
from assistant.understand.understood import Understood
from evals.places import Cited
from evals.public.forests import Sample, apply_forest, cross, fit_forest, round_of
from evals.training.few_examples import QuestionSet, ReadCase

_TREES = {"max_iter": 120, "max_leaf_nodes": 6, "learning_rate": 0.06, "min_samples_leaf": 20, "max_features": 0.4}
_BAR, _FIRMLY, _FLOOR = 0.55, 0.7, 0.3
"""How likely a passage must be that leaves words, or what is asked about, and any that is told.

Measured, docs/experiments.md.
"""


def learn_likelihood(sets: Sequence[QuestionSet], by_round: Sequence[ReaderModel]) -> dict[str, Any]:
    """Return the weights of ``assistant.respond.likelihood``; print what they tell of sets that they had not seen.

    ``by_round`` are readers each of which has not seen the sets of its round.
    """
    samples: list[Sample] = []
    refused, unjudged = [], []
    for one in sets:
        for asked, sample in _samples(one, by_round[round_of(one.name)]):
            if sample is None:
                unjudged.append(not asked.gold)
                continue
            samples.append(sample)
            refused.append(not asked.gold)
    forest, chances = cross(samples, lambda known: fit_forest(known, _TREES), apply_forest)
    _print_told(samples, chances, refused, unjudged)
    return {**forest, "bar": _BAR, "firmly": _FIRMLY, "floor": _FLOOR}


def _print_told(
    samples: Sequence[Sample], chances: Sequence[Numbers], refused: Sequence[bool], unjudged: Sequence[bool]
) -> None:
    """Print what the likelihood alone tells; what no passage was judged for (``unjudged``) is not told by it."""
    best = [
        (chance.max() >= _BAR, sample.labels[chance.argmax()]) for chance, sample in zip(chances, samples, strict=True)
    ]
    told = [found for found, refuse in zip(best, refused, strict=True) if not refuse]
    answerable, to_refuse = len(told) + unjudged.count(False), sum(refused) + unjudged.count(True)
    right, wrong = (sum(is_told and is_right == wanted for is_told, is_right in told) for wanted in (1.0, 0.0))
    false = sum(is_told for (is_told, _), refuse in zip(best, refused, strict=True) if refuse)
    print(f"只凭可能性：可答 {answerable} 题，所引即依据 {right}，有误 {wrong}；应拒 {to_refuse} 题，误答 {false}")


def _samples(one: QuestionSet, reader: ReaderModel) -> Iterator[tuple[ReadCase, Sample | None]]:
    """Yield each case with what may be told of it; None where nothing is, or something else than text answers."""
    understanding = one.assistant.understanding
    models = ReaderModels(reader, load_models().many)
    answers = PassageAnswers(PassageReader(one.assistant.index, understanding, models), understanding)
    for asked in tqdm(list(one.asked), desc=one.name, disable=None):
        understood = understanding.understand(asked.case.question, (), None)
        judged = answers.judge(understood) if _is_of_text(understood) else ()
        labels = np.array([float(_is_right(asked, found)) for found in judged])
        rows = [features(found) for found in judged]
        yield asked, Sample(np.array(rows), labels, round_of(one.name)) if rows else None


def _is_of_text(understood: Understood) -> bool:
    return not (understood.chat or understood.structure or understood.is_explained)


def _is_right(asked: ReadCase, judged: Judged) -> bool:
    """Return whether a gold place is shown by what would be cited."""
    cited = [
        Cited(one.evidence.document.info.id, one.evidence.span, one.evidence.span.of(one.evidence.document.text))
        for one in judged.passages
    ]
    return any(place.met_by(one) for place in asked.gold for one in cited)
