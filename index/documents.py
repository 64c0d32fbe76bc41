"""Parsed documents in, one JSON file out, and back: answering never parses again.

Example: documents.json of a plan of 23,000 characters has some 400 KB and is read in a few milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from corpus.models import ParsedDocument
from index.collecting import uncollected
from index.errors import IndexBroken
from index.stamp import mending_command


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[tuple[ParsedDocument, ...]]:
    return TypeAdapter(tuple[ParsedDocument, ...])


def write_documents(documents: Sequence[ParsedDocument], file: Path) -> None:
    """Write the documents to ``file``."""
    file.write_bytes(_adapter().dump_json(tuple(documents)))


def read_documents(file: Path) -> tuple[ParsedDocument, ...]:
    """Return the documents as they were parsed, equal in every field.

    Raises:
        IndexBroken: If the file is missing or damaged.
    """
    try:
        with uncollected():
            return _adapter().validate_json(file.read_bytes())
    except (OSError, ValidationError) as error:
        raise IndexBroken(f"索引已损坏：{file}。请运行 {mending_command(file.parent)} 重建。") from error
