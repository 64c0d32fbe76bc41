"""The text of a cell in, the single values that it lists out; what values may begin with without being others.

Example: “达拉特旗、杭锦旗” lists two places; 市水利局 and 水利局 are one agency within one office's documents.
"""

from __future__ import annotations

import re

RANKS = tuple("市区旗县省州盟")
"""The ranks of government that may stand before the name of an agency."""

_SEPARATOR = re.compile(r"[、，,；;/\s]+")


def split_values(cell: str) -> tuple[str, ...]:
    """Return the values of a cell that lists several, e.g. 达拉特旗、杭锦旗."""
    return tuple(part for part in _SEPARATOR.split(cell) if part)
