"""A store folder in, its generations out: which one answers, where a new one goes, which may be removed.

Example: ``CURRENT`` holds “20240501T093000-3fa2c1”; the folder of that name under ``generations/`` is the index.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from index.errors import IndexMissing
from index.remedy import rebuild_command

CURRENT = "CURRENT"
STAMP_FILE = "stamp.json"
FOLDER = "generations"
LOCK_FILE, EMBEDDINGS_FILE, MODELS_FOLDER = "build.lock", "embeddings.sqlite", "models"
"""What lies in a store beside its generations and is shared by all of them."""

DOCUMENTS_FILE, FINDINGS_FILE, DICTIONARY_FILE, WORDS_FILE, TOKENS_FILE, VECTORS_FOLDER = (
    "documents.json",
    "findings.json",
    "dictionary.json",
    "words.sqlite",
    "tokens.sqlite",
    "chroma",
)
"""What lies in a generation's folder, beside its stamp and (without PostgreSQL) its facts."""


def current_generation(store: Path) -> Path:
    """Return the folder of the generation that answers now.

    Raises:
        IndexMissing: If nothing has been built in ``store``.
    """
    try:
        name = (store / CURRENT).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise IndexMissing(f"尚未建立索引：{store}。请先运行 {rebuild_command(store)}。") from error
    folder = store / FOLDER / Path(name).name
    if not name or not folder.is_dir():
        raise IndexMissing(f"索引不存在：{folder}。请先运行 {rebuild_command(store)}。")
    return folder


def new_generation(store: Path, now: datetime) -> Path:
    """Make and return an empty folder for a build that starts now."""
    folder = store / FOLDER / f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    folder.mkdir(parents=True)
    return folder


def switch_to(store: Path, generation: Path) -> None:
    """Make ``generation`` the one that answers, in one step that a crash cannot halve."""
    flush_tree(generation)
    draft = store / f"{CURRENT}.tmp"
    with draft.open("w", encoding="utf-8") as file:
        file.write(generation.name)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(store / CURRENT)
    _flush(store)


def flush_tree(folder: Path) -> None:
    """Have the disk hold everything in ``folder`` before anything points to it."""
    for path in folder.rglob("*"):
        _flush(path)
    _flush(folder)
    _flush(folder.parent)


def _flush(path: Path) -> None:
    # Some file systems cannot flush a folder; its files are flushed all the same.
    tolerated = contextlib.suppress(OSError) if path.is_dir() else contextlib.nullcontext()
    handle = os.open(path, os.O_RDONLY)
    try:
        with tolerated:
            os.fsync(handle)
    finally:
        os.close(handle)


def others(store: Path, keep: Iterable[Path]) -> Iterator[Path]:
    """Yield the generation folders that are not in ``keep``: leftovers of dead builds and old generations."""
    kept = {path.name for path in keep}
    folder = store / FOLDER
    if folder.is_dir():
        yield from sorted(path for path in folder.iterdir() if path.is_dir() and path.name not in kept)


def empty_generation(folder: Path) -> None:
    """Remove what lies in a generation's folder, its stamp first: from then on it is a dead build's leftover."""
    (folder / STAMP_FILE).unlink(missing_ok=True)
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def remove_generation(folder: Path) -> None:
    """Remove a generation's folder; what cannot be removed now is left to the next build."""
    shutil.rmtree(folder, ignore_errors=True)
