"""The adapted weights in, the same as a PyTorch model that reads question and passage together and may be learned out.

Example: 3.5 million of 118 million numbers move: two thin matrices beside each matrix of the upper eight layers, what
is added to the question's tokens, and what turns states into log odds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from corpus.models import Span
from evals.public.adapter_model import adapted_encoder, take_over, thin_matrices
from index.reference_model import PROMPTS
from index.wheel_weights import WheelWeights

_MOST = 224


@dataclass(frozen=True, slots=True)
class ReadPair:
    """A question and a passage below its headings; ``answer`` is the place of the answer in it, if it answers."""

    question: str
    above: str
    text: str
    answer: Span | None


class JointTraining(nn.Module):
    """The model, what is added to it, and its heads."""

    def __init__(self, weights: WheelWeights, folder: Path) -> None:
        """Write the model to ``folder`` and load it from there."""
        super().__init__()
        self._encoder, self._tokenizer, self._adapted = adapted_encoder(weights, folder)
        hidden = weights.shape.hidden
        self.asked = nn.Parameter(torch.zeros(hidden))
        self.passage, self.token = nn.Linear(2 * hidden, 1), nn.Linear(hidden, 1)

    def moving(self) -> list[nn.Parameter]:
        """Return the weights that are learned."""
        return [parameter for parameter in self.parameters() if parameter.requires_grad]

    def start_from(self, kept: Mapping[str, NDArray[Any]]) -> None:
        """Take over what was learned before, as ``kept`` gives it."""
        heads, bias = (torch.from_numpy(kept[name].astype(np.float32)) for name in ("heads", "bias"))
        with torch.no_grad():
            take_over(self._adapted, kept)
            self.asked.copy_(torch.from_numpy(kept["asked"].astype(np.float32)))
            self.passage.weight.copy_(heads[:2].reshape(1, -1))
            self.token.weight.copy_(heads[2:])
            self.passage.bias.copy_(bias[:1])
            self.token.bias.copy_(bias[1:])

    def read(self, pairs: Sequence[ReadPair]) -> tuple[torch.Tensor, list[torch.Tensor], list[torch.Tensor]]:
        """Return the log odds that each passage answers; those of its tokens, and their places in its text."""
        cut = self._tokenizer(
            [PROMPTS["query"] + pair.question for pair in pairs],
            [f"{PROMPTS['passage']}{pair.above}\n{pair.text}" for pair in pairs],
            padding=True,
            truncation="only_second",
            max_length=_MOST,
            return_offsets_mapping=True,
            return_tensors="pt",
            return_token_type_ids=False,
        )
        marks = [[-1 if part is None else part for part in cut.sequence_ids(row)] for row in range(len(pairs))]
        asked, told = torch.tensor(marks) == 0, torch.tensor(marks) == 1
        words = self._encoder.embeddings.word_embeddings(cut["input_ids"])
        words = words + (asked.unsqueeze(-1) * self.asked).to(words.dtype)
        states = self._encoder(inputs_embeds=words, attention_mask=cut["attention_mask"]).last_hidden_state.float()
        mean = (states * told.unsqueeze(-1)).sum(dim=1) / told.sum(dim=1, keepdim=True).clamp(min=1)
        answers = self.passage(torch.cat([states[:, 0], mean], dim=-1))[:, 0]
        odds = self.token(states)[..., 0]
        before = torch.tensor([len(PROMPTS["passage"]) + len(pair.above) + 1 for pair in pairs])
        places = cut["offset_mapping"] - before[:, None, None]
        own = told & (places[..., 1] > 0)
        return (
            answers,
            [odds[row][own[row]] for row in range(len(pairs))],
            [places[row][own[row]] for row in range(len(pairs))],
        )

    def kept(self) -> dict[str, NDArray[Any]]:
        """Return what ``index.joint`` reads."""
        heads = torch.cat([self.passage.weight.reshape(2, -1), self.token.weight]).detach().numpy()
        bias = torch.cat([self.passage.bias, self.token.bias]).detach().numpy()
        own = {"asked": self.asked.detach().numpy().astype(np.float16), "heads": heads, "bias": bias}
        return {**thin_matrices(self._adapted), **own}
