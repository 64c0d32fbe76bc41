"""Errors of the index room, each with a Chinese message that names the command that mends it.

Example: “尚未建立索引：index/store。请先运行 policy-assistant index。”

IndexRoomError
├── IndexMissing       nothing has been built at this place
├── IndexStale         built by another model, dictionary or code version, or from other documents
├── IndexBroken        half-written or damaged
├── BuildBusy          another build is under way
├── BuildFailed        the disk is full or cannot be written
├── DatabaseUnavailable  a database address is unusable or its driver is missing
└── ModelUnavailable   the embedding model cannot be made or loaded
"""

from __future__ import annotations


class IndexRoomError(Exception):
    """Base of what can go wrong with the index; ``str(error)`` is fit for the user's screen."""


class IndexMissing(IndexRoomError):
    """Nothing has been built at this place."""


class IndexStale(IndexRoomError):
    """The index was built by another model, dictionary or code version, or from other documents."""


class IndexBroken(IndexRoomError):
    """The index is half-written or damaged."""


class BuildBusy(IndexRoomError):
    """Another build is under way in the same folder."""


class BuildFailed(IndexRoomError):
    """The build could not be written; the previous index still answers."""


class DatabaseUnavailable(IndexRoomError):
    """The database address is not one we can use, or its driver is not installed."""


class ModelUnavailable(IndexRoomError):
    """The embedding model cannot be made or loaded."""
