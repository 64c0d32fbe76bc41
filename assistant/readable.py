r"""Text from outside in, the same text without what can neither be shown nor written out.

Example: “绿氢\x00项目” → “绿氢项目”; half a surrogate pair, which no encoding can write, goes as well.
"""

from __future__ import annotations

import re

_HALVES = re.compile(r"[\ud800-\udfff]")
_UNREADABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\ufeff\ud800-\udfff]")


_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")


def readable(text: str) -> str:
    """Return ``text`` without control characters, invisible marks and lone surrogates, and without outer space."""
    return _UNREADABLE.sub("", text).strip()


def untagged(text: str) -> str:
    """Return ``text`` with the tags of a markup language made blanks: pasted with a question, they ask nothing."""
    return _TAG.sub(" ", text).strip() or text


def writable(text: str) -> str:
    """Return ``text`` without lone surrogates alone: nothing else keeps it from being written as UTF-8."""
    return _HALVES.sub("", text)
