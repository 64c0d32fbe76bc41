"""A question which of several things grew more and tables with a column of growth in, the same asked of it out.

Example: 粮食和蔬菜产量哪个增长得快, of 产量 | 比上年增长（%） → 粮食和蔬菜比上年增长哪个高.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.folding import fold
from corpus.models import ColumnKind, Table

_GROWTH = re.compile(r"增[长速幅]|涨幅|同比|环比")
_OF_WHAT = re.compile(r"(?:比|较)上年末?|同比|环比|增长|速度|增速|增幅|涨幅|率|[（(].*|[%％±]")
_WHICH = r"(?:哪一?[个种项类]|谁)"
_GROWS = r"(?:增长|增速|增幅|涨幅|增长速度|涨|长)"
_FORMS = (
    re.compile(
        rf"的?(?:{_WHICH})的?{_GROWS}(?:得|更|要|比较)*(?P<more>[快高大多慢低小少])(?:一?些|一?点)?(?=[？?。]*$)"
    ),
    re.compile(
        rf"的?{_GROWS}(?:是)?(?:{_WHICH})(?:更|要|比较)*(?P<more>[快高大多慢低小少])(?:一?些|一?点)?(?=[？?。]*$)"
    ),
)
_LESS = frozenset("慢低小少")


def is_growth(header: str) -> bool:
    """Return whether a column says what its rows grew by: 比上年增长, 增速."""
    return _GROWTH.search(header) is not None


def grows(header: str) -> str:
    """Return what alone a column of growth is of, folded: 税收 of 税收同比增长; empty for 比上年增长."""
    return fold(_OF_WHAT.sub("", header))


class GrowthColumns:
    """Knows the tables that have one column of growth."""

    def __init__(self, tables: Sequence[Table]) -> None:
        headers = [[c.name for c in one.columns if c.kind is ColumnKind.NUMBER] for one in tables]
        grown = {tuple(name for name in names if is_growth(name)): names for names in headers}
        self._columns = {fold(own[0]): tuple(map(fold, names)) for own, names in grown.items() if len(own) == 1}

    def asked(self, text: str) -> str:
        """Return ``text`` asked of the column of growth, without what grows; empty where it asks of none."""
        match = next((found for form in _FORMS if (found := form.search(text))), None)
        if match is None or len(self._columns) != 1:
            return ""
        (growth, names), *_ = self._columns.items()
        before = text[: match.start()]
        if grows(growth) not in before:
            return ""
        for name in names:
            before = re.sub(rf"的?{re.escape(name)}$", "", before)
        return f"{before}{growth}哪个{'低' if match['more'] in _LESS else '高'}"
