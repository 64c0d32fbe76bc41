"""What built an index in, whether it still fits out; an index that does not fit is refused by name of the difference.

Example: “索引与当前设置不符：词向量模型由“e5-small”变为“bge-m3”。请运行 policy-assistant index 重建。”
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

import corpus
from index.errors import IndexBroken
from index.generations import STAMP_FILE
from index.models import Stamp
from index.remedy import DEFAULT_STORE, rebuild_command

_SHAPING = (
    *("models", "chunks", "tokens", "dictionary", "word_file", "vectors"),
    *("fact_tables", "fact_store", "documents", "findings"),
    *("token_vectors", "token_file", "unigram", "stamp", "build"),
)
"""The modules of this room that decide what is stored; a change in any of them asks for a new index."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What an index would be built from now; ``places`` fingerprints where its parts are kept (empty: in the folder).

    A field that is None is not compared: a reader without the documents at hand cannot know their hash.
    """

    corpus_hash: str | None
    model: str | None
    dimensions: int | None
    dictionary_hash: str | None
    code_version: str
    database: str = ""
    chroma: str = ""


_SAID = {
    "corpus_hash": "文件内容已变化",
    "dictionary_hash": "分词词典已变化",
    "code_version": "程序版本已变化",
    "database": "表格数据库的位置已变化",
    "chroma": "向量库的位置已变化",
}


@dataclass(frozen=True, slots=True)
class Built:
    """The stamp of a built generation, with its places and the sizes of its files in bytes."""

    stamp: Stamp
    database: str
    chroma: str
    files: Mapping[str, int]

    def differences(self, recipe: Recipe) -> tuple[str, ...]:
        """Return in Chinese what differs between this generation and ``recipe``; empty if it fits."""
        said: list[str] = []
        if recipe.model is not None and recipe.model != self.stamp.model:
            said.append(f"词向量模型由“{self.stamp.model}”变为“{recipe.model}”")
        elif recipe.dimensions is not None and recipe.dimensions != self.stamp.dimensions:
            said.append(f"词向量维数由 {self.stamp.dimensions} 变为 {recipe.dimensions}")
        for field, words in _SAID.items():
            wanted = getattr(recipe, field)
            held = getattr(self, field) if field in ("database", "chroma") else getattr(self.stamp, field)
            if wanted is not None and wanted != held:
                said.append(words)
        return tuple(said)


def write_stamp(folder: Path, built: Built) -> None:
    """Write the stamp of a generation: the last file of a build, and the sign that it is whole."""
    text = json.dumps(asdict(built), ensure_ascii=False, indent=1)
    (folder / STAMP_FILE).write_text(text, encoding="utf-8")


def read_stamp(folder: Path) -> Built:
    """Return the stamp of a generation.

    Raises:
        IndexBroken: If it is missing or damaged, or a file of the generation is missing or cut short.
    """
    try:
        row = json.loads((folder / STAMP_FILE).read_text(encoding="utf-8"))
        built = Built(Stamp(**row["stamp"]), str(row["database"]), str(row["chroma"]), dict(row["files"]))
        wrong = [name for name, size in built.files.items() if (folder / name).stat().st_size != size]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexBroken(f"索引不完整：{folder}。请运行 {mending_command(folder)} 重建。") from error
    if wrong:
        raise IndexBroken(
            f"索引已损坏：{folder / wrong[0]} 的大小与建立时不符。请运行 {mending_command(folder)} 重建。"
        )
    return built


def mending_command(folder: Path) -> str:
    """Return the command that builds the index of this generation anew.

    Where its stamp cannot be read, the folder of a store of one's own is left to the person: filled in by itself it
    would be the default one, and replace the office's documents by the sample.
    """
    store = folder.parent.parent
    try:
        documents = str(json.loads((folder / STAMP_FILE).read_text(encoding="utf-8"))["stamp"]["corpus"])
    except (OSError, ValueError, KeyError, TypeError):
        documents = "" if store.resolve() == DEFAULT_STORE else "文件夹"
    return rebuild_command(store, documents)


def fingerprint(address: str) -> str:
    """Return a short hash of where a part of the index is kept; an address may hold a password."""
    return hashlib.sha256(address.encode()).hexdigest()[:16] if address else ""


@lru_cache(maxsize=1)
def code_version() -> str:
    """Return the fingerprint of the code that decides what an index holds: the corpus room and this room's writers."""
    room = Path(__file__).parent
    below = Path(corpus.__file__ or "").parent
    files = [*sorted(below.rglob("*.py")), *sorted((below / "knowledge").glob("*.toml"))]
    files += [room / f"{name}.py" for name in _SHAPING]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]
