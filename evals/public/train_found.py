"""Questions on public texts and what the search finds for them in, a model that reads both together better out.

Command: ``python -m evals.public.train_found DATA --index DIR`` (half an hour on two cores), after
``train_joint``; orders and trees are learned after it. It learns further from each side of the questions, and writes
both outcomes to ``DIR``, for what is learned of the questions of the other side (``evals.public.held_out``). The
package gets the mean of their numbers (Wortsman et al. 2022, “Model soups”), which has learned from all of them.

To the losses of ``train_joint`` a third is added: a chunk that answers competes with others that the search found.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tqdm import tqdm

import index
from corpus.models import Span
from evals.public.adapter_examples import Example
from evals.public.adapter_examples import gather as gather_examples
from evals.public.found_texts import SIDES, FoundText, FoundTexts, gather
from evals.public.held_out import weights_without
from evals.public.joint_training import JointTraining, ReadPair
from evals.public.train_joint import AskedOf, loss_of, losses_of, pairs_of
from index.adapter import FOUND, load_adapter
from index.joint import load_joint_file
from index.joint_model import HEADINGS
from index.wheel_weights import find_weights, read_weights

_ROUNDS, _BATCH, _RATE, _WARMING, _LEAST_RATE = 3, 6, 4e-4, 0.08, 0.03
_OTHERS_OF_GOLD, _OTHERS_OF_NONE = 3, 2
_AGAIN, _AGAIN_COUNTS = 6, 0.5
"""How many of the questions learned from before are asked again in each step, so that these are not forgotten."""
_ABOVE_KEPT = 0.9
"""The share of passages that are read below their headings."""
_TOKENS = 2.0
"""What the losses of tokens count: few public questions say where their answer stands."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What is learned from: found texts, and the examples of ``train_joint``."""

    found: Sequence[FoundTexts]
    before: Sequence[Example]


def main(argv: Sequence[str] | None = None) -> int:
    """Learn from the folder given and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--index", type=Path, required=True, help="folder where indexes and halves are kept")
    arguments = parser.parse_args(argv)
    every = Learned(gather(arguments.folder, arguments.index), gather_examples(arguments.folder))
    learned = []
    for side in range(SIDES):
        others = [one for one in every.found if one.side != side]
        learned.append(_learn(Learned(others, every.before)))
        _save(learned[-1], weights_without(arguments.index, side))
    mean = {name: np.mean([own[name] for own in learned], axis=0) for name in learned[0]}
    _save(mean, Path(index.__path__[0]) / FOUND)
    print(f"{len(every.found)} 题")
    return 0


def _save(kept: Mapping[str, NDArray[Any]], target: Path) -> None:
    with target.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **kept)


def _learn(learned: Learned) -> dict[str, NDArray[Any]]:
    """Return the weights learned further from ``learned``."""
    torch.manual_seed(0)
    random.seed(0)
    weights = load_adapter().apply(read_weights(find_weights()))
    with tempfile.TemporaryDirectory() as temporary:
        model = JointTraining(weights, Path(temporary))
    model.start_from(load_joint_file())
    _move(model, learned)
    return model.kept()


def _move(model: JointTraining, learned: Learned) -> None:
    """Move the weights of ``model`` that may move, the rate rising and then falling to the end."""
    again = [AskedOf(one, q, Span(start, end)) for one in learned.before for q, start, end in one.answered]
    again += [AskedOf(one, question, None) for one in learned.before for question in one.near]
    random.shuffle(again)
    order = [one for _ in range(_ROUNDS) for one in random.sample(learned.found, len(learned.found))]
    steps = [order[start : start + _BATCH] for start in range(0, len(order), _BATCH)]
    optimizer = torch.optim.AdamW(model.moving(), lr=_RATE, weight_decay=0.01)
    for number, batch in enumerate(tqdm(steps, desc="训练", unit="步", disable=None)):
        warm = min(1.0, (number + 1) / (_WARMING * len(steps)))
        for group in optimizer.param_groups:
            group["lr"] = _RATE * warm * max(_LEAST_RATE, 1 - number / len(steps))
        first = number * _AGAIN
        old = [again[place % len(again)] for place in range(first, first + _AGAIN)]
        pairs = [pair for one in old for pair in pairs_of(one, learned.before if one.answer else ())]
        optimizer.zero_grad()
        torch.autograd.backward(_found_loss(model, batch))
        torch.autograd.backward(_AGAIN_COUNTS * loss_of(model, pairs))
        torch.nn.utils.clip_grad_norm_(model.moving(), 1.0)
        optimizer.step()


def _found_loss(model: JointTraining, batch: Sequence[FoundTexts]) -> torch.Tensor:
    """Return the mean of the losses of the texts drawn for each question of ``batch``."""
    drawn = [_drawn(one) for one in batch]
    pairs = [pair for own in drawn for pair in own]
    answers, tokens, places = model.read(pairs)
    losses = losses_of(pairs, (answers, tokens, places), _TOKENS)
    start = 0
    for one, own in zip(batch, drawn, strict=True):
        odds = answers[start : start + len(own)]
        losses += [torch.logsumexp(odds, 0) - odds[0]] if one.gold else []
        start += len(own)
    return torch.stack(losses).sum() / len(pairs)


def _drawn(found: FoundTexts) -> list[ReadPair]:
    """Return a text that answers, if any does, and others that do not, the better found the likelier."""
    count = _OTHERS_OF_GOLD if found.gold else _OTHERS_OF_NONE
    chances = 1 / np.sqrt(1 + np.arange(len(found.others)))
    numbers = np.random.default_rng(random.randrange(1 << 30)).choice(
        len(found.others), min(count, len(found.others)), replace=False, p=chances / chances.sum()
    )
    gold = [_pair(found.question, random.choice(found.gold), is_gold=True)] if found.gold else []
    return [*gold, *(_pair(found.question, found.others[number], is_gold=False) for number in numbers)]


def _pair(question: str, text: FoundText, *, is_gold: bool) -> ReadPair:
    """Return a question with a text; of one that answers without saying where, no token is learned from."""
    above = text.above[-HEADINGS:] if random.random() < _ABOVE_KEPT else ""
    place = random.choice(text.places) if text.places else Span(0, 0)
    return ReadPair(question, above, text.text.replace("\n", " "), place if is_gold else None)


if __name__ == "__main__":
    sys.exit(main())
