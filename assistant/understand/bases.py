"""A name of a measured quantity in, the part of it that only says what is measured against out.

Example: in 卫生支出占地方财政支出的比重 the basis is 地方财政支出, in 万元工业增加值用水量 it is 工业增加值.
Who asks for the basis alone (工业增加值是多少) does not ask for the share or the rate.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.models import Span

_SHARE = re.compile(r"[占在]([^占在]{2,}?)的?(?:比重|比例|比率|占比|份额|百分比|比)$")
_RATE = re.compile(
    r"^(?:每|单位|平均每)?[十百千万亿]*元?((?:地区|国内)?生产总值|gdp|[^\W\d_]{0,4}(?:人口|增加值|产值|营业收入|面积))"
)
_SAYS_SHARE = re.compile("占|比重|比例|比率|百分|份额")
_SAYS_RATE = re.compile(r"每|单位|(?<![\d.多少几十百千])[万亿]元|平均|人均|均")
_OF_ALL = re.compile("占(?:全部|所有|总)")
_ONLY_SHARE = re.compile("[的数量额]?[占在]?全?(?:部|年|市)?的?(?:比重|比例|比率|占比|份额|百分比)?")
_NOTES = re.compile(r"[（(][^（()）]*[）)]\s*$")


def names_only_the_basis(key: str, name: str, blocks: Sequence[Span]) -> bool:
    """Return whether all that a folded question shares with a folded ``name`` is what its quantity is measured against.

    Who says that a share or a rate is meant (占GDP多少, 每千人口) may leave out the rest, but 占全部的比重 is of all
    rows and names none.
    """
    if _OF_ALL.search(key) and all(_ONLY_SHARE.fullmatch(block.of(key)) for block in blocks):
        return True
    return any(
        not says.search(key) and all(block.of(key) in whole for block in blocks) for whole, says in _bases_of(name)
    )


@lru_cache(maxsize=4096)
def _bases_of(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the parts of a folded name that hold a basis, with the words that say the rest of it."""
    core = _NOTES.sub("", name).strip()
    shares, rates = _SHARE.search(core), _RATE.search(core)
    found = []
    if shares is not None and shares.start(1):
        found.append((shares[0], _SAYS_SHARE))
    # The name is longer than its prefix and basis: 常住人口 is a quantity of its own.
    if rates is not None and rates.start(1) and rates.end() < len(core):
        found.append((rates[1], _SAYS_RATE))
    return tuple(found)
