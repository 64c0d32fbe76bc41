r"""Texts by name in, an assistant over them out: each text is a .txt file, read and indexed as an office's own are.

Example: {"law-1": "某市条例\n第一条　……"} → the document law-1, with its clauses, findable by words and vectors.

What was built stays in a folder named by the texts' hash, so that asking the same set again embeds nothing.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tqdm import tqdm

from assistant.engine import Assistant
from assistant.settings import load_settings
from corpus.errors import describe_os_error
from corpus.knowledge import load_knowledge
from evals.errors import PlaceUnusable
from index.build import build_index
from index.embedder import Embedder, open_embedder
from index.reader import open_index

CACHE = "policy-assistant-eval"
"""The folder below the system's temporary one where indexes are kept when no other place is named."""

DOCUMENTS, STORE = "documents", "index"


def open_texts(
    texts: Mapping[str, str], place: Path | None = None, within: Callable[[Embedder], Embedder] | None = None
) -> Assistant:
    """Return an assistant over ``texts``, each a document whose file bears its name; what is built is used again.

    Args:
        texts: Text by name; a name that is no plain ASCII word or longer than 40 characters is not the document's id.
        place: Folder where indexes of public sets are kept, each in a folder of its own; None for a temporary one.
        within: What gives the embedder that is asked instead of the one that builds.

    Raises:
        PlaceUnusable: The place cannot be written.
        CorpusError: The texts cannot be read.
        IndexRoomError: The index cannot be built or opened.
    """
    home = home_of(place, hash_texts(texts)[:12])
    return open_folder(write_texts(texts, home / DOCUMENTS), home, within)


def home_of(place: Path | None, name: str) -> Path:
    """Return the folder of what is called ``name`` in ``place``, or in the temporary one."""
    return (place or Path(tempfile.gettempdir()) / CACHE) / name


def open_folder(documents: Path, home: Path, within: Callable[[Embedder], Embedder] | None = None) -> Assistant:
    """Return an assistant over the files in ``documents``; its index is kept in ``home`` and used again.

    Raises:
        CorpusError: The files cannot be read.
        IndexRoomError: The index cannot be built or opened.
    """
    settings = load_settings()
    model = open_embedder(settings.model, settings.models)
    build_index(documents, home / STORE, model, progress=_bar())
    asked = model if within is None else within(model)
    index = open_index(home / STORE, settings.model, settings.models, documents, embedder=asked)
    return Assistant(index, load_knowledge(documents), settings.models, settings.max_question)


def hash_texts(texts: Mapping[str, str]) -> str:
    """Return a SHA-256 over names and texts, whatever their order."""
    digest = hashlib.sha256()
    for name, text in sorted(texts.items()):
        for part in (name.encode(), text.encode()):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def write_texts(texts: Mapping[str, str], folder: Path) -> Path:
    """Return ``folder`` with one file a text; a folder that stands is whole, since it is renamed into place last.

    Raises:
        PlaceUnusable: The folder cannot be written.
    """
    if folder.is_dir():
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".writing-") as temporary:
            made = Path(temporary) / folder.name
            made.mkdir()
            for name, text in texts.items():
                (made / f"{name}.txt").write_bytes(text.encode())
            made.rename(folder)
    except OSError as error:
        if folder.is_dir():  # another run has written the same texts meanwhile
            return folder
        told = describe_os_error(error)
        raise PlaceUnusable(
            f"无法写入“{folder}”：{told}。请检查磁盘空间与权限，或用 --index 另指一个文件夹。"
        ) from error
    return folder


def _bar() -> Callable[[int, int], None]:
    bar = tqdm(desc="建立索引", unit="段", file=sys.stderr, disable=None, leave=False)

    def advance(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)
        if done >= total:
            bar.close()

    return advance
