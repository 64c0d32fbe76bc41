"""Turns texts into vectors that lie close when the texts mean the same: strings in, unit vectors out.

Example: ``open_embedder("default", cache).embed_query("哪个部门牵头")`` → 384 numbers of length 1.

The default model is made once by :func:`make_model` and served by onnxruntime; any sentence-transformers model that
lies on this machine is taken by name or folder. Nothing is ever downloaded.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from langchain_core.embeddings import Embeddings

from index.model_card import find_made, read_card
from index.onnx_model import OnnxModel

DEFAULT_MODEL = "default"
_QUERY_PREFIX = "query: "
_PASSAGE_PREFIX = "passage: "


class Embedder(Embeddings):
    """What the index needs of a model: a LangChain ``Embeddings`` that says which model it is.

    ``name`` changes whenever the vectors may change; ``dimensions`` is the length of a vector. The same text gives the
    same numbers whatever stands beside it in a call.
    """

    name: str
    dimensions: int


class OnnxEmbedder(Embedder):
    """The default model out of its cache folder; imports neither PyTorch nor transformers."""

    def __init__(self, folder: Path) -> None:
        """Load the model made in ``folder``.

        Raises:
            ModelUnavailable: no whole model stands there.
        """
        card = read_card(folder)
        self._model = OnnxModel(folder, card)
        self.name = card.name
        self.dimensions = card.dimensions

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return the vectors of ``texts`` as passages, in order."""
        found: list[list[float]] = self._model.embed([_PASSAGE_PREFIX + text for text in texts]).tolist()
        return found

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of ``text`` as a question."""
        found: list[float] = self._model.embed([_QUERY_PREFIX + text])[0].tolist()
        return found

    def count_tokens(self, text: str) -> int:
        """Return how many tokens the model sees in ``text``, without marks and prefix."""
        return self._model.count_tokens(text)


def open_embedder(model: str, cache: Path) -> Embedder:
    """Return the embedder of ``model``: "default", or the name or folder of a sentence-transformers model.

    The default model is made in ``cache`` if it is not there yet (half a minute, once).

    Raises:
        ModelUnavailable: the model is not on this machine, damaged, or cannot be made.
    """
    if model == DEFAULT_MODEL:
        return OnnxEmbedder(make_model(cache))
    from index.local_model import LocalModelEmbedder

    return LocalModelEmbedder(model)


def make_model(cache: Path, progress: Callable[[int, int], None] | None = None) -> Path:
    """Return the folder of the default model in ``cache``, made now unless a whole one stands there.

    ``progress`` is called with (steps done, steps in all).

    Raises:
        ModelUnavailable: the model cannot be made; the message says why.
    """
    if (folder := find_made(cache)) is not None:
        return folder
    from index.model_setup import make_model as make

    return make(cache, progress)
