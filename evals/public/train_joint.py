"""Questions written for training in, what lets the model read a question and a passage together out.

Command: ``python -m evals.public.train_joint DATA`` (about an hour on two cores); DATA as for ``train_adapter``, after
which it is run. What was learned is learned further from new made-up corpora by ``--further town-24 town-25`` (one
round of their questions, with half as many of the others, so that these are not forgotten). The gate among few
documents is learned after it.

Two losses are summed: whether the passage answers the question (Nogueira and Cho 2019, “Passage Re-ranking with BERT”),
and for each token of a passage that does whether it is of the answer, where the tokens of the answer also compete with
the others. A passage that does not answer is one near the question that answers another, or one of a near miss.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional
from tqdm import tqdm

import index
from assistant.respond.read_together import WINDOW
from corpus.models import Span
from evals.public.adapter_examples import Example, corpora, gather, of_corpus
from evals.public.adapter_model import AdapterModel
from evals.public.joint_training import JointTraining, ReadPair
from index.adapter import JOINT, load_adapter
from index.joint import load_joint_file
from index.joint_model import HEADINGS
from index.model_card import PASSAGE_PREFIX, QUERY_PREFIX
from index.wheel_weights import find_weights, read_weights

_EPOCHS, _BATCH, _RATE, _WARMING, _LEAST_RATE = 2, 16, 6e-4, 0.08, 0.03
_ABOVE_KEPT = 0.8
_NEAREST, _ABOUT = 10, 20
_COMPETING = 0.3
_QUESTION, _PASSAGE = 64, 176
_FURTHER_EPOCHS, _FURTHER_RATE, _OTHERS = 1, 3e-4, 0.5
"""The rounds and the rate of learning further, and how many of the others are asked again for each new question."""

Read = tuple[torch.Tensor, list[torch.Tensor], list[torch.Tensor]]
"""What ``JointTraining.read`` returns."""


@dataclass(frozen=True, slots=True)
class AskedOf:
    """A question of an example, and the place of the answer in it: None where it does not answer."""

    example: Example
    question: str
    answer: Span | None


def main(argv: Sequence[str] | None = None) -> int:
    """Learn from the folder given and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--further", nargs="+", default=[], metavar="CORPUS", help="new corpora to learn further from")
    arguments = parser.parse_args(argv)
    torch.manual_seed(0)
    random.seed(0)
    examples = gather(arguments.folder)
    if arguments.further:
        examples = with_some_others(examples, [of_corpus(corpora() / name) for name in arguments.further])
    weights = load_adapter().apply(read_weights(find_weights()))
    with tempfile.TemporaryDirectory() as temporary:
        # Before anything is learned the adapted model tells which other passages lie near.
        near = nearest_others(AdapterModel(weights, Path(temporary)), examples)
        model = JointTraining(weights, Path(temporary))
    if arguments.further:
        model.start_from(load_joint_file())
        learn(model, examples, near, _FURTHER_EPOCHS, _FURTHER_RATE)
    else:
        learn(model, examples, near, _EPOCHS, _RATE)
    target = Path(index.__path__[0]) / JOINT
    with target.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **model.kept())
    print(f"{len(examples)} 段 · {target.stat().st_size // 1000} kB")
    return 0


def nearest_others(model: AdapterModel, examples: Sequence[Example]) -> list[list[list[Example]]]:
    """Return for each example and each question that it answers the nearest passages but its own."""
    with torch.inference_mode():
        passages = model.read([one.text for one in examples], PASSAGE_PREFIX, _PASSAGE).vector
        texts = [question for one in examples for question, *_ in one.answered]
        cosines: NDArray[np.float32] = (model.read(texts, QUERY_PREFIX, _QUESTION).vector @ passages.T).numpy()
    rows = iter(cosines)
    found = []
    for place, one in enumerate(examples):
        order = [[int(other) for other in np.argsort(-next(rows))[: _NEAREST + 2]] for _ in one.answered]
        found.append([[examples[other] for other in row if other != place][:_NEAREST] for row in order])
    return found


def with_some_others(every: Sequence[Example], fresh: Sequence[Sequence[Example]]) -> list[Example]:
    """Return the examples of ``fresh`` corpora with as many of the others as have half as many questions."""
    new = [one for corpus in fresh for one in corpus]
    texts = {one.text for one in new}
    others = [one for one in every if one.text not in texts]
    random.shuffle(others)
    left = _OTHERS * sum(len(one.answered) + len(one.near) for one in new)
    kept = []
    for one in others:
        if left <= 0:
            break
        kept.append(one)
        left -= len(one.answered) + len(one.near)
    return [*new, *kept]


def learn(
    model: JointTraining,
    examples: Sequence[Example],
    near: Sequence[Sequence[Sequence[Example]]],
    epochs: int,
    rate: float,
) -> None:
    """Move the weights of ``model`` that may move, the rate rising to ``rate`` and then falling to the end."""
    optimizer = torch.optim.AdamW(model.moving(), lr=rate, weight_decay=0.01)
    asked = [
        (AskedOf(one, q, Span(start, end)), near[n][k])
        for n, one in enumerate(examples)
        for k, (q, start, end) in enumerate(one.answered)
    ]
    missed = [(AskedOf(one, question, None), ()) for one in examples for question in one.near]
    steps: list[list[tuple[AskedOf, Sequence[Example]]]] = []
    for _ in range(epochs):
        every = [*asked, *missed]
        random.shuffle(every)
        steps += [every[start : start + _BATCH] for start in range(0, len(every), _BATCH)]
    for number, batch in enumerate(tqdm(steps, desc="训练", unit="步", disable=None)):
        warm = min(1.0, (number + 1) / (_WARMING * len(steps)))
        for group in optimizer.param_groups:
            group["lr"] = rate * warm * max(_LEAST_RATE, 1 - number / len(steps))
        pairs = [pair for one, others in batch for pair in pairs_of(one, others)]
        optimizer.zero_grad()
        torch.autograd.backward(loss_of(model, pairs))
        torch.nn.utils.clip_grad_norm_(model.moving(), 1.0)
        optimizer.step()


def pairs_of(asked: AskedOf, others: Sequence[Example]) -> list[ReadPair]:
    """Return what is read of one question: its passage, and one of ``others``."""
    pairs = [_pair(asked.question, asked.example, asked.answer)]
    if others:
        pairs.append(_pair(asked.question, random.choice(others), None))
    return pairs


def _pair(question: str, example: Example, answer: Span | None) -> ReadPair:
    """Return a question with a stretch of a passage: around its answer, or anywhere."""
    text = example.text
    start = random.randrange(len(text)) if answer is None else answer.start
    end = min(start + _ABOUT, len(text)) if answer is None else answer.end
    first = 0
    if len(text) > WINDOW:
        first = random.randint(max(0, end - WINDOW), max(max(0, end - WINDOW), min(start, len(text) - WINDOW)))
    shown = Span(first, min(len(text), first + WINDOW))
    above = example.above[-HEADINGS:] if random.random() < _ABOVE_KEPT else ""
    own = None if answer is None else Span(max(0, answer.start - first), min(answer.end, shown.end) - first)
    return ReadPair(question, above, shown.of(text), own)


def loss_of(model: JointTraining, pairs: Sequence[ReadPair]) -> torch.Tensor:
    """Return the mean of the losses of ``pairs``."""
    return torch.stack(losses_of(pairs, model.read(pairs))).sum() / len(pairs)


def losses_of(pairs: Sequence[ReadPair], read: Read, tokens_count: float = 1.0) -> list[torch.Tensor]:
    """Return the losses of ``pairs`` by what was ``read``; those of tokens count ``tokens_count``.

    An answer without a place says nothing of tokens.
    """
    answers, tokens, places = read
    wanted = torch.tensor([float(pair.answer is not None) for pair in pairs])
    losses = [functional.binary_cross_entropy_with_logits(answers, wanted, reduction="sum")]
    for pair, odds, own in zip(pairs, tokens, places, strict=True):
        if pair.answer is None or not pair.answer.end or not len(odds):
            continue
        inside = (own[:, 0] < pair.answer.end) & (own[:, 1] > pair.answer.start)
        losses.append(tokens_count * functional.binary_cross_entropy_with_logits(odds, inside.float()))
        if inside.any():
            competing = torch.logsumexp(odds, 0) - torch.logsumexp(odds[inside], 0)
            losses.append(tokens_count * _COMPETING * competing)
    return losses


if __name__ == "__main__":
    sys.exit(main())
