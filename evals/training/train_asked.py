"""Questions on few documents and what their assistant would tell in, a model that reads both together better out.

Command: ``python -m evals.training.train_asked --index DIR`` (forty minutes on two cores), after ``train_joint``;
``train_few --index DIR`` is run after it. It learns further from each side of the sets, and writes both outcomes to
``DIR``, for what is learned of the sets of the other side (``evals.public.held_out``). The package gets the mean of
their numbers (Wortsman et al. 2022, “Model soups”), which has learned from all of them.

A passage that does not answer is one that the assistant itself found likely: harder than any drawn from elsewhere.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tqdm import tqdm

import index
from evals.public.found_texts import SIDES, FoundText, FoundTexts
from evals.public.held_out import weights_of_few_without
from evals.public.joint_training import JointTraining, ReadPair
from evals.public.train_joint import losses_of
from evals.training.asked_texts import gather
from index.adapter import JOINT, load_adapter
from index.joint import load_joint_file
from index.joint_model import HEADINGS
from index.wheel_weights import find_weights, read_weights

_BATCH, _AT_ONCE, _RATE, _WARMING, _LEAST_RATE = 16, 8, 3e-4, 0.08, 0.03
_OTHERS_OF_GOLD, _OTHERS_OF_NONE = 1, 2
_ABOVE_KEPT = 0.9
"""The share of passages that are read below their headings."""


def main(argv: Sequence[str] | None = None) -> int:
    """Learn from the sets and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--index", type=Path, required=True, help="folder where indexes and halves are kept")
    arguments = parser.parse_args(argv)
    every = gather(arguments.index)
    learned = []
    for side in range(SIDES):
        learned.append(_learn([one for one in every if one.side != side]))
        _save(learned[-1], weights_of_few_without(arguments.index, side))
    _save({name: np.mean([own[name] for own in learned], axis=0) for name in learned[0]}, _package() / JOINT)
    print(f"{len(every)} 题")
    return 0


def _package() -> Path:
    return Path(index.__path__[0])


def _save(kept: dict[str, NDArray[Any]], target: Path) -> None:
    with target.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **kept)


def _learn(found: Sequence[FoundTexts]) -> dict[str, NDArray[Any]]:
    """Return the weights learned further from ``found``, in one round."""
    torch.manual_seed(0)
    random.seed(0)
    np.random.seed(0)
    weights = load_adapter().apply(read_weights(find_weights()))
    with tempfile.TemporaryDirectory() as temporary:
        model = JointTraining(weights, Path(temporary))
    model.start_from(load_joint_file())
    optimizer = torch.optim.AdamW(model.moving(), lr=_RATE, weight_decay=0.01)
    order = random.sample(found, len(found))
    steps = [order[start : start + _BATCH] for start in range(0, len(order), _BATCH)]
    for number, batch in enumerate(tqdm(steps, desc="训练", unit="步", disable=None)):
        warm = min(1.0, (number + 1) / (_WARMING * len(steps)))
        for group in optimizer.param_groups:
            group["lr"] = _RATE * warm * max(_LEAST_RATE, 1 - number / len(steps))
        optimizer.zero_grad()
        for start in range(0, len(batch), _AT_ONCE):
            pairs = [pair for one in batch[start : start + _AT_ONCE] for pair in _drawn(one)]
            if pairs:
                losses = torch.stack(losses_of(pairs, model.read(pairs)))
                torch.autograd.backward(losses.sum() / (_BATCH / _AT_ONCE * len(pairs)))
        torch.nn.utils.clip_grad_norm_(model.moving(), 1.0)
        optimizer.step()
    return model.kept()


def _drawn(found: FoundTexts) -> list[ReadPair]:
    """Return a passage that answers, if any does, and some that do not, the likelier ones more often."""
    count = min(_OTHERS_OF_GOLD if found.gold else _OTHERS_OF_NONE, len(found.others))
    chances = 1 / np.sqrt(1 + np.arange(len(found.others)))
    drawn = np.random.choice(len(found.others), count, replace=False, p=chances / chances.sum()) if count else ()
    texts = [random.choice(found.gold)] if found.gold else []
    return [_pair(found.question, one) for one in (*texts, *(found.others[number] for number in drawn))]


def _pair(question: str, text: FoundText) -> ReadPair:
    above = text.above[-HEADINGS:] if random.random() < _ABOVE_KEPT else ""
    return ReadPair(question, above, text.text, random.choice(text.places) if text.places else None)


if __name__ == "__main__":
    sys.exit(main())
