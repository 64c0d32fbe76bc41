"""A question which of several things grew more and tables with a column of growth in, the same asked of it out.

Example: 粮食和蔬菜产量哪个增长得快, of 产量 | 比上年增长（%） → 粮食和蔬菜比上年增长哪个高.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.columns import year_of_header
from corpus.folding import fold
from corpus.models import Column, ColumnKind, Table
from corpus.units import UNIT

_GROWTH = re.compile(r"增[长速幅]|涨幅|同比|环比")
_OF_WHAT = re.compile(
    r"(?:19|20)\d\d年?|计划|预期|预计|实际|完成|目标|年均|(?:比|较)上年末?|增长率|同比|环比|增长|速度|增速|增幅|涨幅|[（(].*|[%％±]"
)
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
_MUCH = r"(?:了|得|率|幅度?|速度?|的)*(?:是|为|有|达到?|到)?(?:多少|几|百分之[几多]|多大|多快)"
_ASKED = re.compile(
    rf"(?:预期|计划|预计|实际)?(?:同比|环比)?(?:增长|上涨|增加|下降|涨|降)(?!到|至){_MUCH}(?!(?!个?百分点|%|成|倍)[万亿]*{UNIT})"
    rf"|(?:预期|计划|预计|实际)?(?:增[速幅]|[涨降]幅|增长(?:率|速度)|同比|环比)(?:{_MUCH})?"
)
_FIGURE_ASKED = re.compile(r"多少|几")
_A_YEAR = re.compile(r"(?:19|20)\d\d")
_ON_AVERAGE = "年均"


def is_growth(header: str) -> bool:
    """Return whether a column says what its rows grew by: 比上年增长, 增速."""
    return _GROWTH.search(header) is not None


def grows(header: str) -> str:
    """Return what alone a column of growth is of, folded: 税收 of 税收同比增长; empty for 比上年增长."""
    return fold(_OF_WHAT.sub("", header))


def _is_said(header: str, key: str) -> bool:
    """Return whether a folded question speaks of what alone a column of growth is of; 比上年增长 is of any."""
    of = grows(header)
    return not of or (len(of) > 1 and of in key)


def says_growth(key: str, table: Table) -> bool:
    """Return whether a column of the table says what that grew by which a folded question speaks of."""
    return any(is_growth(column.name) and _is_said(column.name, key) for column in table.columns)


def _of_what_is_named(key: str, table: Table, grown: Sequence[Column]) -> list[Column]:
    """Return of several columns of growth those of what a folded question names, by their headers or their places.

    固定资产投资增速 is of what its header says; 同比增速 behind 社会消费品零售总额 is of that column.
    """
    said = [column for column in grown if grows(column.name)]
    if said or len({column.name for column in grown}) == len(grown) or not grown:
        return said or list(grown)
    before: dict[int, str] = {}
    measure = ""
    for column in table.columns:
        if column.kind is ColumnKind.NUMBER and not is_growth(column.name):
            measure = fold(column.name)
        before[column.number] = measure
    return [column for column in grown if before[column.number] and before[column.number] in key] or list(grown)


def growth_asked(key: str, table: Table) -> tuple[tuple[int, ...], bool]:
    """Return the columns of growth that a folded question asks for, and whether it asks for a figure besides.

    Of several they are those of the year that it names: 2024年增速 | 2025年计划增速. None are where it asks by how many
    of a unit something grew (增长多少亿元), or of something that a column of growth is not of.
    """
    if (asked := _ASKED.search(key)) is None:
        return (), False
    own = [c for c in table.columns if c.kind is ColumnKind.NUMBER and is_growth(c.name) and _is_said(c.name, key)]
    own = [c for c in own if (_ON_AVERAGE in c.name) == (_ON_AVERAGE in key)]
    own = _of_what_is_named(key, table, own)
    years = set(_A_YEAR.findall(key))
    of_years = [c for c in own if years.intersection(_A_YEAR.findall(c.name))]
    last = max((year for c in table.columns if (year := year_of_header(fold(c.name)))), default="")
    if years and not of_years and (not last or last in years):
        of_years = [c for c in own if not _A_YEAR.search(c.name)]
    besides = _FIGURE_ASKED.search(key[: asked.start()] + key[asked.end() :]) is not None
    return tuple(c.number for c in (of_years if years else own)), besides


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
