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
from assistant.respond.read_together import is_read_again, together_features
from assistant.respond.reading.model import ReaderModel, ReaderModels, load_models
from assistant.respond.reading.page_text import Numbers
from assistant.respond.reading.reader import PassageReader
from assistant.understand.understood import Understood
from evals.places import Cited
from evals.public.forests import Forest, Sample, apply_forest, cross, fit_forest, round_of
from evals.training.few_examples import QuestionSet, ReadCase

_TREES = {"max_iter": 120, "max_leaf_nodes": 6, "learning_rate": 0.06, "min_samples_leaf": 20, "max_features": 0.4}
_BAR, _FIRMLY, _FLOOR = 0.55, 0.7, 0.25
"""How likely a passage must be that leaves words, or what is asked about, and any that is told.

Measured, docs/experiments.md.
"""


def learn_likelihood(sets: Sequence[QuestionSet], by_round: Sequence[ReaderModel]) -> dict[str, Any]:
    """Return the weights of ``assistant.respond.likelihood``; print what they tell of sets that they had not seen.

    ``by_round`` are readers each of which has not seen the sets of its round.
    """
    samples: list[Sample] = []
    told: list[tuple[Judged, ...]] = []
    refused, unjudged = [], []
    for one in sets:
        for asked, judged in _judged(one, by_round[round_of(one.name)]):
            if not judged:
                unjudged.append(not asked.gold)
                continue
            labels = np.array([float(_is_right(asked, found)) for found in judged])
            samples.append(Sample(np.array([features(found) for found in judged]), labels, round_of(one.name)))
            told.append(judged)
            refused.append(not asked.gold)
    forest, chances = cross(samples, _fit, apply_forest)
    _print_told("分开读", samples, chances, refused, unjudged)
    together, chances = _learn_together(samples, told, chances)
    _print_told("一起读", samples, chances, refused, unjudged)
    return {**forest, "together": together, "bar": _BAR, "firmly": _FIRMLY, "floor": _FLOOR}


def _fit(samples: Sequence[Sample]) -> Forest:
    return fit_forest(samples, _TREES)


def _learn_together(
    samples: Sequence[Sample], told: Sequence[tuple[Judged, ...]], chances: Sequence[Numbers]
) -> tuple[Forest, list[Numbers]]:
    """Return the trees of what is read together with its question, and the chances of all after it."""
    places: list[int] = []
    again: list[Sample] = []
    for place, (sample, judged, chance) in enumerate(zip(samples, told, chances, strict=True)):
        best = int(chance.argmax())
        row = together_features(judged[best]) if is_read_again(chance[best]) else None
        if row is not None:
            places.append(place)
            again.append(Sample(np.array([row]), sample.labels[[best]], sample.left_out))
    forest, found = cross(again, _fit, apply_forest)
    after = list(chances)
    for place, chance in zip(places, found, strict=True):
        before = chances[place]
        after[place] = np.minimum(before, chance)
        after[place][before.argmax()] = chance[0]
    return forest, after


def _print_told(
    way: str,
    samples: Sequence[Sample],
    chances: Sequence[Numbers],
    refused: Sequence[bool],
    unjudged: Sequence[bool],
) -> None:
    """Print what the likelihood alone tells; what no passage was judged for (``unjudged``) is not told by it."""
    best = [
        (chance.max() >= _BAR, sample.labels[chance.argmax()]) for chance, sample in zip(chances, samples, strict=True)
    ]
    told = [found for found, refuse in zip(best, refused, strict=True) if not refuse]
    answerable, to_refuse = len(told) + unjudged.count(False), sum(refused) + unjudged.count(True)
    right, wrong = (sum(is_told and is_right == wanted for is_told, is_right in told) for wanted in (1.0, 0.0))
    false = sum(is_told for (is_told, _), refuse in zip(best, refused, strict=True) if refuse)
    print(f"只凭可能性（{way}）：可答 {answerable} 题，所引即依据 {right}，有误 {wrong}", end="；")
    print(f"应拒 {to_refuse} 题，误答 {false}")


def _judged(one: QuestionSet, reader: ReaderModel) -> Iterator[tuple[ReadCase, tuple[Judged, ...]]]:
    """Yield each case with what may be told of it: nothing where something else than text answers."""
    understanding = one.assistant.understanding
    models = ReaderModels(reader, load_models().many)
    answers = PassageAnswers(PassageReader(one.assistant.index, understanding, models), understanding)
    for asked in tqdm(list(one.asked), desc=one.name, disable=None):
        understood = understanding.understand(asked.case.question, (), None)
        yield asked, answers.judge(understood) if _is_of_text(understood) else ()


def _is_of_text(understood: Understood) -> bool:
    return not (understood.chat or understood.structure or understood.is_explained)


def _is_right(asked: ReadCase, judged: Judged) -> bool:
    """Return whether a gold place is shown by what would be cited."""
    cited = [
        Cited(one.evidence.document.info.id, one.evidence.span, one.evidence.span.of(one.evidence.document.text))
        for one in judged.passages
    ]
    return any(place.met_by(one) for place in asked.gold for one in cited)
