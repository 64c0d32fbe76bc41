"""Turns texts into vectors that lie close when the texts mean the same: strings in, unit vectors out.

Example: ``open_embedder("default", cache).embed_query("哪个部门牵头")`` → 384 numbers of length 1.

The default model is made once by :func:`make_model` and served by onnxruntime; any sentence-transformers model that
lies on this machine is taken by name or folder. Nothing is ever downloaded.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from langchain_core.embeddings import Embeddings

from index.joint_model import ReadTogether
from index.model_card import PASSAGE_PREFIX, QUERY_PREFIX, find_made, read_card
from index.onnx_model import Embedded, OnnxModel
from index.token_vectors import pack, without_prefix

DEFAULT_MODEL = "default"
_KEPT_QUESTIONS, _KEPT_TOGETHER = 16, 64


class Embedder(Embeddings):
    """What the index needs of a model: a LangChain ``Embeddings`` that says which model it is.

    ``name`` changes whenever the vectors may change; ``dimensions`` is the length of a vector. The same text gives the
    same numbers whatever stands beside it in a call.
    """

    name: str
    dimensions: int

    def embed_with_tokens(self, texts: list[str]) -> list[tuple[list[float], bytes]]:
        """Return the vector of each text as a passage, and its packed token vectors: none, unless the model has any."""
        return [(vector, b"") for vector in self.embed_documents(texts)]

    def embed_asked(self, text: str) -> Embedded | None:
        """Return all that the model makes of a question; None unless it has token vectors."""
        del text
        return None

    def read_together(self, question: str, above: str, text: str, of_many: bool = False) -> ReadTogether | None:
        """Return what ``text``, below the headings ``above``, is to ``question``; None unless the model can tell.

        ``of_many`` says that it was found among many documents.
        """
        del question, above, text, of_many
        return None


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
        # A question is searched and matched, more than once: what the model makes of it is the longest part of that.
        self._embed_asked = lru_cache(maxsize=_KEPT_QUESTIONS)(self._read_asked)
        self._read_together = lru_cache(maxsize=_KEPT_TOGETHER)(self._model.read_together)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return the vectors of ``texts`` as passages, in order."""
        return [vector for vector, _ in self.embed_with_tokens(texts)]

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of ``text`` as a question."""
        found: list[float] = self.embed_asked(text).vector.tolist()
        return found

    def embed_with_tokens(self, texts: list[str]) -> list[tuple[list[float], bytes]]:
        """Return the vector of each text as a passage, and its packed token vectors."""
        embedded = self._model.embed([PASSAGE_PREFIX + text for text in texts])
        return [(one.vector.tolist(), pack(one, PASSAGE_PREFIX)) for one in embedded]

    def embed_asked(self, text: str) -> Embedded:
        """Return all that the model makes of a question, its prefix left out."""
        return self._embed_asked(text)

    def read_together(self, question: str, above: str, text: str, of_many: bool = False) -> ReadTogether:
        """Return what ``text``, below the headings ``above``, is to ``question``."""
        return self._read_together(question, above, text, of_many)

    def _read_asked(self, text: str) -> Embedded:
        embedded = self._model.embed([QUERY_PREFIX + text])[0]
        places, numbers = without_prefix(embedded, QUERY_PREFIX)
        return Embedded(embedded.vector, places, numbers)

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
