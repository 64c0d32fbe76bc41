"""Serves any sentence-transformers model that lies on this machine: its name or folder in, an embedder out.

Example: ``LocalModelEmbedder("/data/models/bge-small-zh-v1.5")``; a name that is nowhere on the machine is refused with
“本程序不联网下载模型”.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from index.embedder import Embedder
from index.errors import ModelUnavailable

_PASSAGE_PROMPTS = ("document", "passage", "corpus")
_SAMPLE_BYTES = 1 << 20
_SMALL_BYTES = 16 << 20
_REMEDY = "本程序不联网下载模型：请把模型文件夹放到本机，把模型设置改为该文件夹的路径；或设为 default 使用自带模型"


class LocalModelEmbedder(Embedder):
    """A sentence-transformers model with the prompts of its own configuration."""

    def __init__(self, model: str) -> None:
        """Load ``model``, a folder or the name of a model in this machine's Hugging Face cache.

        Raises:
            ModelUnavailable: it is not on this machine, or cannot be loaded.
        """
        # Read when huggingface_hub is first imported; the loading below asks for local files besides.
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
        folder = _find_folder(model)
        from safetensors import SafetensorError
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()
        try:
            self._model = SentenceTransformer(str(folder), local_files_only=True)
        except (OSError, ValueError, KeyError, RuntimeError, ImportError, SafetensorError) as error:
            raise ModelUnavailable(f"无法载入向量模型 {model}：{error}。{_REMEDY}") from error
        dimensions = self._model.get_embedding_dimension()
        if not dimensions:
            raise ModelUnavailable(f"{model} 不是句向量模型（没有向量维数）。{_REMEDY}")
        self.dimensions = int(dimensions)
        prompts = self._model.prompts
        self._query_prompt = prompts.get("query") or ""
        # An empty "document" is the library's filler: it must not hide a prompt that the model calls otherwise.
        self._passage_prompt = next((prompts[name] for name in _PASSAGE_PROMPTS if prompts.get(name)), "")
        self.name = f"{Path(model).name or folder.resolve().name}/{_identify(folder)}"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return the vectors of ``texts`` as passages, in order."""
        if not texts:
            return []
        # One text a batch: in a padded batch the last bits of a vector depend on the neighbours.
        found = self._model.encode_document(
            texts, prompt=self._passage_prompt, batch_size=1, normalize_embeddings=True, show_progress_bar=False
        )
        return [[float(number) for number in row] for row in found]

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of ``text`` as a question."""
        found = self._model.encode_query(
            [text], prompt=self._query_prompt, normalize_embeddings=True, show_progress_bar=False
        )
        return [float(number) for number in found[0]]


def _find_folder(model: str) -> Path:
    """Return the folder of ``model`` on this machine."""
    if model.strip() and Path(model).expanduser().is_dir():
        return Path(model).expanduser()
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    for name in (model, f"sentence-transformers/{model}"):
        try:
            return Path(snapshot_download(name, local_files_only=True))
        except (LocalEntryNotFoundError, HFValidationError):
            continue
    raise ModelUnavailable(f"找不到向量模型 {model}。{_REMEDY}")


def _identify(folder: Path) -> str:
    """Return twelve hex digits that change when a file of ``folder`` does.

    Of a large file, its size and three stretches are read: gigabytes of weights are not read on every start.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.suffix == ".md":
            continue
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder).as_posix()}\0{size}\0".encode())
        with path.open("rb") as file:
            if size <= _SMALL_BYTES:
                digest.update(file.read())
                continue
            for start in (0, size // 2, size - _SAMPLE_BYTES):
                file.seek(start)
                digest.update(file.read(_SAMPLE_BYTES))
    return digest.hexdigest()[:12]
