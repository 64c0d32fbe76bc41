"""The units of measure in, patterns of the figures that answer a noun of measure out.

Example: 治理面积是多少 is answered by 365平方公里, which does not say 面积.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from corpus.units import MEASURE_WORDS

MEASURES = {
    "面积": "亩",
    "长度": "公里",
    "重量": "吨",
    "产量": "吨",
    "年产量": "吨",
    "年产": "吨",
    "产能": "吨",
    "装机": "千瓦",
    "人口": "人",
    "人数": "人",
    "金额": "元",
}
"""What is measured, and a unit of what it is measured in."""
_THING = "个"
_REMEMBERED = 256
_SAME = (
    ("天", "日", "个工作日", "工作日", "工日", "小时", "周", "个月"),
    ("小时", "个小时", "分钟", "天", "日"),
    ("年", "周年", "个月"),
    ("岁", "周岁"),
    ("人", "名", "位"),
    ("户", "家", "个"),
    ("支", "个"),
)
"""Units that a question and a document use of the same things."""


def figure_in(unit: str, alike: Callable[[str], tuple[str, ...]]) -> re.Pattern[str]:
    """Return the pattern of a figure in ``unit`` or in another unit of its dimension, which ``alike`` gives.

    个 counts whatever another counter counts.
    """
    return _figure(unit, alike(unit))


@lru_cache(maxsize=_REMEMBERED)
def _figure(unit: str, alike: tuple[str, ...]) -> re.Pattern[str]:
    said = {unit, *alike, *(other for group in _SAME if unit in group for other in group)}
    if unit == _THING:
        said |= MEASURE_WORDS | {"人", "户"}
    units = "|".join(map(re.escape, sorted(said, key=lambda one: (-len(one), one))))
    # 2026年 is a year and no number of years.
    return re.compile(
        rf"(?!(?:19|20)\d\d年)(?:(?<!\d)\d+(?:,\d{{3}})*(?:\.\d+)?[余多]?|[一二两三四五六七八九十百]+)[万亿千百余多]*(?:{units})"
    )


def measured(alike: Callable[[str], tuple[str, ...]]) -> Mapping[str, re.Pattern[str]]:
    """Return the pattern of what answers each noun of measure."""
    return {noun: figure_in(unit, alike) for noun, unit in MEASURES.items()}
