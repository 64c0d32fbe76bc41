"""Errors of the corpus room, each with a Chinese message that says what, where, and how to mend it.

Example: “文件“a.txt”无法解码：不是 UTF-8 或 GB18030 文本。请另存为 UTF-8 后重试。”

CorpusError
├── CorpusMissing      the folder does not exist or cannot be read
├── ManifestInvalid    manifest.toml is malformed or names what is not there
├── FileUndecodable    a file is not text in a known encoding
├── FileEmpty          a file holds no text
└── FormatUnknown      no reader takes this kind of file
"""

from __future__ import annotations


class CorpusError(Exception):
    """Base of what can go wrong while documents are read; ``str(error)`` is fit for the user's screen."""


class CorpusMissing(CorpusError):
    """The corpus folder does not exist or cannot be read."""


class ManifestInvalid(CorpusError):
    """The manifest is malformed, holds an unknown key, or disagrees with the files."""


class FileUndecodable(CorpusError):
    """A file is not text in a known encoding."""


class FileEmpty(CorpusError):
    """A file holds no text."""


class FormatUnknown(CorpusError):
    """No reader takes this kind of file."""
