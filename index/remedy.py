"""A store and its documents in, the command that builds that index anew out.

Example: a store of one's own gives ``policy-assistant index --corpus /办公/文件 --index /办公/索引``.
"""

from __future__ import annotations

import shlex
from pathlib import Path

import corpus

DEFAULT_CORPUS = Path(corpus.__file__ or "").resolve().parent / "documents"
DEFAULT_STORE = Path(__file__).resolve().parent / "store"


def rebuild_command(store: Path, documents: str | Path = "") -> str:
    """Return the command for a person to type; a folder that is the default one is left out.

    Args:
        store: Folder of the index.
        documents: Folder of the documents it holds or shall hold; empty where it is not known.
    """
    words = ["policy-assistant", "index"]
    if documents and Path(documents).resolve() != DEFAULT_CORPUS:
        words += ["--corpus", str(documents)]
    if store.resolve() != DEFAULT_STORE:
        words += ["--index", str(store)]
    return shlex.join(words)
