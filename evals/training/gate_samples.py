"""Question sets and readers that have not seen them in, the gate out: how likely what may be told answers.

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
from assistant.respond.reading.reader import PassageReader
from assistant.understand.understood import Understood
from evals.places import Cited
from evals.public.forests import Sample, apply_forest, cross, fit_forest, round_of
from evals.training.few_examples import Asked, QuestionSet

_GATE = {"max_iter": 120, "max_leaf_nodes": 6, "learning_rate": 0.06, "min_samples_leaf": 20, "max_features": 0.4}
_BAR, _FIRMLY, _FLOOR = 0.5, 0.6, 0.15
"""How likely a passage must be: anyway, over what is asked, and at the least.

Measured, docs/experiments.md.
"""


def learn_gate(sets: Sequence[QuestionSet], by_round: Sequence[ReaderModel]) -> dict[str, Any]:
    """Return the gate as ``assistant.respond.likelihood`` reads it; print what it tells of sets that it had not seen.

    ``by_round`` are readers each of which has not seen the sets of its round.
    """
    samples, must_refuse = [], []
    for one in sets:
        for asked, sample in _samples(one, by_round[round_of(one.name)]):
            samples.append(sample)
            must_refuse.append(not asked.gold)
    forest, chances = cross(samples, lambda known: fit_forest(known, _GATE), apply_forest)
    best = [(chance.max(), sample.labels[chance.argmax()]) for chance, sample in zip(chances, samples, strict=True)]
    told = [(chance >= _BAR, is_right) for chance, is_right in best]
    refused = [is_told for (is_told, _), refuse in zip(told, must_refuse, strict=True) if refuse]
    asked_ = [one for one, refuse in zip(told, must_refuse, strict=True) if not refuse]
    right = np.mean([is_told and is_right for is_told, is_right in asked_])
    wrong = np.mean([is_told and not is_right for is_told, is_right in asked_])
    print(f"只凭把握：可答 {len(asked_)} 题，所引即依据 {right:.1%}，有误 {wrong:.1%}", end="；")
    print(f"应拒 {len(refused)} 题，误答 {np.mean(refused):.1%}")
    return {**forest, "bar": _BAR, "firmly": _FIRMLY, "floor": _FLOOR}


def _samples(one: QuestionSet, reader: ReaderModel) -> Iterator[tuple[Asked, Sample]]:
    understanding = one.assistant.understanding
    models = ReaderModels(reader, load_models().many)
    answers = PassageAnswers(PassageReader(one.assistant.index, understanding, models), understanding)
    for asked in tqdm(list(one.asked), desc=one.name, disable=None):
        understood = understanding.understand(asked.case.question, (), None)
        judged = answers.judge(understood) if _is_of_text(understood) else ()
        if judged:
            labels = np.array([float(_is_right(asked, found)) for found in judged])
            yield asked, Sample(np.array([features(found) for found in judged]), labels, round_of(one.name))


def _is_of_text(understood: Understood) -> bool:
    return not (understood.chat or understood.structure or understood.is_explained)


def _is_right(asked: Asked, judged: Judged) -> bool:
    """Return whether a gold place is shown by what would be cited."""
    cited = [
        Cited(one.evidence.document.info.id, one.evidence.span, one.evidence.span.of(one.evidence.document.text))
        for one in judged.passages
    ]
    return any(place.met_by(one) for place in asked.gold for one in cited)
