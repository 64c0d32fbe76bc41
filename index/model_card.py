"""What is known of a made embedding model: ``model.json`` of its cache folder in, a checked ``ModelCard`` out.

Example: ``ModelCard(name="multilingual-e5-small/int8/3f9c…", dimensions=384, …)``; a file that is shorter than its card
says is “向量模型不完整”.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from index.adapter import adapter_identity
from index.errors import ModelUnavailable

MODEL = "multilingual-e5-small"
FORMAT = 3  # raise it when the graph, the vocabulary's form or the card changes: a model is then made anew
QUERY_PREFIX, PASSAGE_PREFIX = "query: ", "passage: "
"""What the model was trained to read before a question and before a passage."""
CARD_FILE = "model.json"
GRAPH_FILE = "model.onnx"
JOINT_FILE, FOUND_FILE = "joint.onnx", "found.onnx"
VOCABULARY_FILE = "vocabulary.npz"


@dataclass(frozen=True, slots=True)
class ModelCheck:
    """Mean and least cosine of the model's vectors with another engine's, over the sample sentences of set-up."""

    against: str
    mean: float
    least: float


@dataclass(frozen=True, slots=True)
class ModelCard:
    """A made model: ``name`` changes whenever its vectors may; ``sizes`` are the bytes of each run-time file."""

    name: str
    dimensions: int
    positions: int
    precision: str
    weights_sha256: str
    sizes: dict[str, int]
    checks: tuple[ModelCheck, ...]
    setup_seconds: float
    versions: dict[str, str]
    adapter_sha256: str = ""

    def save(self, folder: Path) -> None:
        """Write the card to ``folder``; raises ``OSError`` where that fails."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=2)
        (folder / CARD_FILE).write_text(text + "\n", encoding="utf-8")


def read_card(folder: Path) -> ModelCard:
    """Return the card of the model made in ``folder``, after comparing the sizes of its files.

    Raises:
        ModelUnavailable: there is no card, it cannot be read, or a file is missing or of another size.
    """
    try:
        kept = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
        kept["checks"] = tuple(ModelCheck(**check) for check in kept["checks"])
        card = ModelCard(**kept)
        found = {name: (folder / name).stat().st_size for name in card.sizes}
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ModelUnavailable(f"向量模型不完整：{folder}。请删除该文件夹后运行 policy-assistant index") from error
    if found != card.sizes:
        raise ModelUnavailable(f"向量模型文件大小不符：{folder}。请删除该文件夹后运行 policy-assistant index")
    return card


def model_folder(cache: Path) -> Path:
    """Return where the default model stands in ``cache``, made or not."""
    return cache / f"{MODEL}-{FORMAT}"


def find_made(cache: Path) -> Path | None:
    """Return the folder of the default model in ``cache``, None where no whole and present one stands there."""
    try:
        card = read_card(model_folder(cache))
    except ModelUnavailable:
        return None
    return model_folder(cache) if card.adapter_sha256 == adapter_identity() else None


def hash_files(paths: Sequence[Path]) -> str:
    """Return the sha256 (hex) of the contents of ``paths``, one after the other."""
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()
