"""Questions written for training in, what adapts the embedding model to them out.

Command: ``python -m evals.public.train_adapter DATA`` (about half an hour on two cores); DATA holds law_articles,
policy_notices and policy_files.
The order of the search, the reader and the gate are learned after it.

Five losses are summed: the vector of a question lies nearer to its passage's than to those of others (Karpukhin et al.
2020, “DPR”); so do its tokens, each to its nearest (Khattab and Zaharia 2020, “ColBERT”); the worst matched tokens tell
an answered question from a near miss, and its passage from the others; among the sentences of a passage they tell those
that answer.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional
from tqdm import tqdm

import index
from evals.public.adapter_examples import Example, gather
from evals.public.adapter_model import AdapterModel, Tokens
from index.adapter import ADAPTER
from index.model_card import PASSAGE_PREFIX, QUERY_PREFIX
from index.wheel_weights import find_weights, read_weights

_EPOCHS, _BATCH, _TOGETHER, _RATE = 3, 32, 8, 5e-4
_VECTOR_HEAT, _TOKEN_HEAT, _TOKEN_SHARE, _OTHER_SHARE, _SENTENCE_SHARE = 0.03, 0.03, 0.5, 0.3, 0.7
_WARMING, _LEAST_RATE = 0.1, 0.05
_ABOVE_KEPT = 0.8
_QUESTION, _PASSAGE, _ABOVE = 64, 176, 64
_IMPOSSIBLE = -1e4


def main(argv: Sequence[str] | None = None) -> int:
    """Learn from the folder given and write the adapter."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args(argv)
    torch.manual_seed(0)
    random.seed(0)
    examples = gather(arguments.folder)
    with tempfile.TemporaryDirectory() as temporary:
        model = AdapterModel(read_weights(find_weights()), Path(temporary))
    learn(model, examples)
    target = Path(index.__path__[0]) / ADAPTER
    with target.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **model.kept())
    print(f"{len(examples)} 段 · {target.stat().st_size // 1000} kB")
    return 0


def learn(model: AdapterModel, examples: Sequence[Example]) -> None:
    """Move the weights of ``model`` that may move, the rate rising at first and then falling to the end."""
    moving = model.moving()
    optimizer = torch.optim.AdamW(moving, lr=_RATE, weight_decay=0.01)
    steps = [batch for _ in range(_EPOCHS) for batch in batches(examples)]
    for number, batch in enumerate(tqdm(steps, desc="训练", unit="步", disable=None)):
        warm = min(1.0, (number + 1) / (_WARMING * len(steps)))
        for group in optimizer.param_groups:
            group["lr"] = _RATE * warm * max(_LEAST_RATE, 1 - number / len(steps))
        loss = loss_of(model, batch)
        optimizer.zero_grad()
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(moving, 1.0)
        optimizer.step()


def batches(examples: Sequence[Example]) -> list[list[Example]]:
    """Return the examples shuffled; a few passages of one document stay together, so that they must be told apart."""
    place = {example.title: random.random() for example in examples}
    ordered = sorted(examples, key=lambda example: (place[example.title], random.random()))
    blocks = [ordered[start : start + _TOGETHER] for start in range(0, len(ordered), _TOGETHER)]
    random.shuffle(blocks)
    flat = [example for block in blocks for example in block]
    cut = [flat[start : start + _BATCH] for start in range(0, len(flat) - _TOGETHER + 1, _BATCH)]
    # Of near misses alone nothing can be told apart.
    return [batch for batch in cut if any(example.answered for example in batch)]


def loss_of(model: AdapterModel, batch: Sequence[Example]) -> torch.Tensor:
    """Return the sum of the five losses over one batch."""
    answered = [(*one, place) for place, example in enumerate(batch) for one in example.answered]
    near = [(question, place) for place, example in enumerate(batch) for question in example.near]
    passages = model.read([example.text for example in batch], PASSAGE_PREFIX, _PASSAGE)
    above = model.read(
        [example.above if random.random() < _ABOVE_KEPT else " " for example in batch], PASSAGE_PREFIX, _ABOVE
    )
    texts = [question for question, *_ in answered] + [question for question, _ in near]
    asked = model.read(texts, QUERY_PREFIX, _QUESTION)
    count = len(answered)
    own = torch.tensor([place for *_, place in answered] + [place for _, place in near])
    matched = model.nearest(asked, passages)
    by_vector = functional.cross_entropy(asked.vector[:count] @ passages.vector.T / _VECTOR_HEAT, own[:count])
    by_token = functional.cross_entropy(model.mean(matched, asked)[:count] / _TOKEN_HEAT, own[:count])
    odds = model.odds(torch.maximum(matched, model.nearest(asked, above)), asked)
    told = odds[torch.arange(len(own)), own]
    others = odds.masked_fill(functional.one_hot(own, len(batch)).bool(), _IMPOSSIBLE).max(dim=1).values
    by_answer = functional.binary_cross_entropy_with_logits(told, (torch.arange(len(own)) < count).float())
    by_other = functional.binary_cross_entropy_with_logits(others, torch.zeros(len(own)))
    by_sentence = _loss_of_sentences(model, batch, asked, passages, above, answered)
    whole = by_vector + _TOKEN_SHARE * by_token + by_answer + _OTHER_SHARE * by_other
    return whole + _SENTENCE_SHARE * by_sentence


def _loss_of_sentences(
    model: AdapterModel,
    batch: Sequence[Example],
    asked: Tokens,
    passages: Tokens,
    above: Tokens,
    answered: Sequence[tuple[str, int, int, int]],
) -> torch.Tensor:
    """Return how unlikely the sentences that hold the answers are among those of their passages."""
    losses = []
    for row, (_, start, end, place) in enumerate(answered):
        sentences = model.sentences(batch[place].text, _PASSAGE)
        gold = [span for span in sentences if span.start < end and span.end > start]
        if not gold or len(gold) == len(sentences):
            continue
        question = asked.row(row)
        headed = model.nearest(question, above.row(place))[0, 0]
        odds = []
        for span in sentences:
            within = passages.row(place).within(span)
            matched = torch.maximum(model.nearest(question, within)[0, 0], headed)
            odds.append(model.odds(matched[None, None], question)[0, 0])
        stacked = torch.stack(odds)
        is_gold = torch.tensor([span in gold for span in sentences])
        losses.append(torch.logsumexp(stacked, 0) - torch.logsumexp(stacked[is_gold], 0))
    return torch.stack(losses).mean() if losses else torch.zeros(())


if __name__ == "__main__":
    sys.exit(main())
