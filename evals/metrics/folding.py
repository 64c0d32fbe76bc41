"""How texts are made comparable before they are judged: an answer in, a search key out.

Example: ``fold("计划投资 **５０,３０６** 元。[1]") == "计划投资50306元。"``.
"""

from __future__ import annotations

import re
import unicodedata

_MARKS = re.compile(r"\[\d+\]|\*\*|`")
# “2024，368亿元” is two figures: a full-width comma groups full-width digits only, and a group follows 1–3 digits.
_GROUPED = re.compile(r"(?<!\d)(?:[0-9]{1,3}(?:,[0-9]{3})+|[０-９]{1,3}(?:[,，][０-９]{3})+)(?!\d)")
_QUOTES = re.compile("[“”‘’\"'「」]")
_DASHES = re.compile("[—–－−─~〜]+")
_TAIL = re.compile(r"\([^()]*\)$")


def plain(text: str) -> str:
    """Return ``text`` in half-width form without citation marks, emphasis and thousands separators."""
    ungrouped = _GROUPED.sub(lambda match: re.sub("[,，]", "", match[0]), _MARKS.sub("", text))
    return unicodedata.normalize("NFKC", ungrouped)


def fold(text: str) -> str:
    """Return ``plain(text)`` without blanks and quotation marks and with one kind of dash, for substring tests."""
    return _DASHES.sub("-", _QUOTES.sub("", "".join(plain(text).split())))


def name_key(name: str) -> str:
    """Return the key by which two row names are equal: folded, without a trailing note such as （%）."""
    key = fold(name)
    return _TAIL.sub("", key) or key
