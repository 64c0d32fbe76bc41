"""The units that an office knows in, figures of one unit as exact figures of another out.

Example: 35.79亿元 → 357900万元; 40万亩 → 800/3平方公里, shown as ≈ 266.67.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from corpus.folding import fold
from corpus.knowledge import Unit
from corpus.models import Span
from corpus.units import UNIT

_SCALES = {
    "万亿": 10**12,
    "亿": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "万": 10**4,
    "千": 10**3,
    "百": 100,
}
_SCALE = "|".join(_SCALES)
_FIGURE = re.compile(rf"(?<![\d.])(\d+(?:,\d{{3}})*(?:\.\d+)?)\s*((?:{_SCALE})?(?:{UNIT}))", re.IGNORECASE)
_DIGITS = 8
_ROUNDED = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Figure:
    """A plain figure of a text with its unit as written: 35.79, 亿元."""

    value: Decimal
    unit: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a written unit is: so many (``factor``) of the dimension's own unit, ``per`` something (吨/万元: 万元)."""

    factor: Fraction
    dimension: str
    per: str


class Units:
    """Exchanges figures between units of one dimension."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._units: dict[str, Unit] = {}
        for unit in units:
            for name in (unit.name, *unit.aliases):
                self._units[fold(name)] = unit

    @property
    def pattern(self) -> str:
        """Return a pattern of every unit that can be exchanged, folded, with a scale before it; longest first."""
        known = {unit.name for unit in self._units.values() if unit.dimension}
        names = [name for name, unit in self._units.items() if unit.name in known or self._meaning(name) is not None]
        names = [name for name in names if name not in _SCALES]
        one = "|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name))))
        return rf"(?:{_SCALE})?(?:{one})|(?:万亿|[万亿])(?=$|[？?。，,的呢啊])"

    def name(self, unit: str) -> str:
        """Return the full name of a unit (万 → 万元); a unit that is none of the names as it is."""
        known = self._units.get(fold(unit))
        return known.name if known is not None and not known.dimension else unit

    def convert(self, value: Decimal, source: str, target: str) -> Fraction | None:
        """Return ``value`` (in ``source``) in ``target``; None where the units are of different kinds.

        A rate keeps what it is per: 吨/万元 can be asked for in 公斤 or 公斤/万元.
        """
        ratio = self.ratio(source, target)
        return None if ratio is None else Fraction(value) * ratio

    def ratio(self, source: str, target: str) -> Fraction | None:
        """Return how many ``target`` one ``source`` is (10000 for 亿元 and 万元); None for units of different kinds."""
        of, to = self._meaning(fold(source)), self._meaning(fold(target))
        if of is None or to is None or of.dimension != to.dimension or to.per not in ("", of.per):
            return None
        return of.factor / to.factor

    def dimension(self, unit: str) -> str:
        """Return what a unit measures (面积); empty for one that cannot be exchanged."""
        meaning = self._meaning(fold(unit))
        return meaning.dimension if meaning is not None else ""

    def alike(self, unit: str) -> tuple[str, ...]:
        """Return the names of all units of the dimension of ``unit``, folded; none where it cannot be exchanged."""
        dimension = self.dimension(unit)
        return tuple(name for name, known in self._units.items() if dimension and known.dimension == dimension)

    def figures(self, text: str) -> tuple[Figure, ...]:
        """Return the figures of ``text`` whose units can be exchanged, in order."""
        found = ((match, self._meaning(fold(match[2]))) for match in _FIGURE.finditer(text))
        return tuple(
            Figure(Decimal(match[1].replace(",", "")), match[2], Span(*match.span()))
            for match, meaning in found
            if meaning is not None
        )

    def _meaning(self, key: str) -> _Meaning | None:
        head, _, per = key.partition("/")
        unit = self._units.get(head)
        if unit is not None and unit.dimension and unit.factor:
            return _Meaning(Fraction(unit.factor), unit.dimension, per)
        if unit is not None and fold(unit.name) != head:
            return self._meaning(fold(unit.name) + (f"/{per}" if per else ""))
        scale = next((scale for scale in _SCALES if head.startswith(scale)), "")
        rest = self._meaning(key.removeprefix(scale)) if scale and len(head) > len(scale) else None
        return None if rest is None else _Meaning(rest.factor * _SCALES[scale], rest.dimension, rest.per)


def shown(value: Fraction) -> tuple[str, bool]:
    """Return a figure as written and whether that is exact: (357900, True), (266.67, False)."""
    plain = Decimal(value.numerator) / Decimal(value.denominator)
    exact = Fraction(plain) == value and -int(plain.normalize().as_tuple().exponent) <= _DIGITS
    written = plain.normalize() if exact else _rounded(plain)
    return f"{written:f}", exact


def _rounded(value: Decimal) -> Decimal:
    """Return two digits behind the point, more where fewer than three would tell nothing (0.000123)."""
    if value >= 1:
        return value.quantize(_ROUNDED, ROUND_HALF_UP)
    return value.quantize(Decimal(1).scaleb(value.adjusted() - 2), ROUND_HALF_UP)
