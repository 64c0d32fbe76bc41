"""A folded header in, what its column counts out.

Example: 床位数 → 床位.
"""

from __future__ import annotations

import re

_COUNT = re.compile(r"(?P<of>[0-9a-z]{0,4}[\u3400-\u9fff]{2,8}?)(?:总数|个数|数量?)")


def count_of(header: str) -> str:
    """Return what a folded header counts; empty where it counts nothing."""
    match = _COUNT.fullmatch(header)
    return match["of"] if match is not None else ""
