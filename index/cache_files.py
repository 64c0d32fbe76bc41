"""Bytes and a name in, a cache file out that is whole or not there.

Example: two processes that sort jieba-0.42.1's dictionary at once each write a draft; the last one's stays.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def keep_file(file: Path, data: bytes) -> None:
    """Write a cache file whole or not at all; a folder that cannot be written only costs time at the next start."""
    draft = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(data)
        draft.replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
