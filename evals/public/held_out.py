"""The weights that each side of the questions was left out of in, what they read of these questions out.

Example: of a question of side 0 the weights learned from side 1 tell; those of the package have seen both.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from evals.errors import DataUnknown
from evals.public.found_texts import SIDES
from index.adapter import load_adapter
from index.embedder import Embedder
from index.joint import Joint, joint_of
from index.joint_model import JointModel, ReadsTogether, ReadTogether
from index.model_card import JOINT_FILE, VOCABULARY_FILE
from index.onnx_graph import Precision, save_graph
from index.onnx_model import Embedded
from index.unigram import load_unigram, save_vocabulary
from index.wheel_weights import WheelWeights, find_weights, read_weights


def weights_of_few_without(place: Path, side: int) -> Path:
    """Return the file of what was learned of few documents without the sets of ``side``."""
    return place / f"joint-of-few-without-{side}.npz"


def weights_without(place: Path, side: int) -> Path:
    """Return the file of what was learned without the questions of ``side``."""
    return place / f"joint-without-{side}.npz"


class HeldOut:
    """Reads a question and a text together by weights that have not seen the question."""

    def __init__(self, place: Path, without: Callable[[Path, int], Path] = weights_without) -> None:
        """Load both weights from ``place``, as ``train_found`` wrote them, or ``train_asked`` those of few documents.

        Raises:
            DataUnknown: They are not there.
        """
        sides = [_read(without(place, half)) for half in range(SIDES)]
        self._folder = tempfile.TemporaryDirectory()
        weights = load_adapter().apply(read_weights(find_weights()))
        self._models = [self._make(weights, joint, number) for number, joint in enumerate(sides)]

    def _make(self, weights: WheelWeights, joint: Joint, number: int) -> JointModel:
        folder = Path(self._folder.name) / str(number)
        folder.mkdir()
        save_vocabulary(weights.vocabulary, folder / VOCABULARY_FILE)
        save_graph(joint.apply(weights), joint.heads, Precision.INT8, folder / JOINT_FILE, joint.asked)
        return JointModel(folder / JOINT_FILE, load_unigram(folder / VOCABULARY_FILE), joint.bias)

    def of(self, side: int) -> ReadsTogether:
        """Return what reads the questions of ``side``."""
        return _OfSide(self._models[side])

    def within(self, embedder: Embedder, side: int = 0) -> HeldOutEmbedder:
        """Return ``embedder`` with what reads together here in the place of its own, first of ``side``."""
        return HeldOutEmbedder(embedder, self, side)


class _OfSide:
    def __init__(self, model: JointModel) -> None:
        self._model = model

    def read_together(self, question: str, above: str, text: str) -> ReadTogether:
        return self._model.read(question, above, text)


def _read(path: Path) -> Joint:
    try:
        with np.load(path, allow_pickle=False) as kept:
            return joint_of(kept)
    except FileNotFoundError as error:
        raise DataUnknown(
            f"没有“{path.name}”，请先运行 python -m evals.public.train_found 或 evals.training.train_asked。"
        ) from error


class HeldOutEmbedder(Embedder):
    """An embedder that reads together by the weights that have not seen the questions of ``side``."""

    def __init__(self, embedder: Embedder, held_out: HeldOut, side: int) -> None:
        """Take all else from ``embedder``."""
        self.side = side
        self._embedder, self._held_out = embedder, held_out
        self.name, self.dimensions = embedder.name, embedder.dimensions

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return the vectors of ``texts`` as passages, in order."""
        return self._embedder.embed_documents(texts)

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of ``text`` as a question."""
        return self._embedder.embed_query(text)

    def embed_with_tokens(self, texts: list[str]) -> list[tuple[list[float], bytes]]:
        """Return the vector of each text as a passage, and its packed token vectors."""
        return self._embedder.embed_with_tokens(texts)

    def embed_asked(self, text: str) -> Embedded | None:
        """Return all that the model makes of a question."""
        return self._embedder.embed_asked(text)

    def read_together(self, question: str, above: str, text: str, of_many: bool = False) -> ReadTogether | None:
        """Return what ``text``, below the headings ``above``, is to ``question``."""
        del of_many
        return self._held_out.of(self.side).read_together(question, above, text)
