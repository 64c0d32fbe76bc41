"""The units of measure in, patterns of the figures that answer a noun of measure out.

Example: 治理面积是多少 is answered by 365平方公里, which does not say 面积.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

MEASURES = {
    "面积": "亩",
    "长度": "公里",
    "重量": "吨",
    "产量": "吨",
    "年产": "吨",
    "产能": "吨",
    "装机": "千瓦",
    "人口": "人",
    "人数": "人",
}
"""What is measured, and a unit of what it is measured in."""


def figure_in(unit: str, alike: Callable[[str], tuple[str, ...]]) -> re.Pattern[str]:
    """Return the pattern of a figure in ``unit`` or in another unit of its dimension, which ``alike`` gives."""
    units = "|".join(map(re.escape, sorted({unit, *alike(unit)}, key=len, reverse=True)))
    return re.compile(rf"(?:\d[\d,.]*[余多]?|[一二两三四五六七八九十百]+)[万亿千百余多]*(?:{units})")


def measured(alike: Callable[[str], tuple[str, ...]]) -> Mapping[str, re.Pattern[str]]:
    """Return the pattern of what answers each noun of measure."""
    return {noun: figure_in(unit, alike) for noun, unit in MEASURES.items()}
