"""Two quantities in, whether they agree out, with signs, multipliers and units.

Example: “85%以上” and 85 agree, “85%以上” and 88 are loose, 85 and 88 differ; 0.2万公顷 and 3万亩 agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

from corpus.agreement.models import Statement, Verdict
from corpus.conversion import Units
from corpus.models import Quantity, QuantityForm

_NEAR = Fraction(1, 20)
_UP, _DOWN = ("≥", ">"), ("≤", "<")

_Interval = tuple[Fraction | None, Fraction | None]
"""From, to; None where a side is open."""


def compare(one: Quantity, other: Quantity, units: Units) -> Verdict | None:
    """Return whether two quantities agree; None where their units or forms cannot be compared.

    One figure under two signs (85%以上 and 85, 超过99% and 99%以上) agrees, unless the signs point apart. Two bounds
    of one side (50%以上 and 99%以上) are two targets, though one figure can meet both.
    """
    if one.low is None or other.low is None or (one.form is QuantityForm.RATIO) != (other.form is QuantityForm.RATIO):
        return None
    ratio = _ratio(one, other, units)
    if ratio is None:
        return None
    first, second = _interval(one, ratio), _interval(other, Fraction(1))
    apart = (one.sign in _UP and other.sign in _DOWN) or (one.sign in _DOWN and other.sign in _UP)
    figures = {Fraction(one.low) * ratio, Fraction(other.low)}
    plain = one.form is QuantityForm.NUMBER and other.form is QuantityForm.NUMBER
    if first == second or (plain and not apart and len(figures) == 1):
        return Verdict.AGREES
    if plain and any({one.sign, other.sign} <= set(side) for side in (_UP, _DOWN)):
        return Verdict.DIFFERS
    lows = [low for low in (first[0], second[0]) if low is not None]
    highs = [high for high in (first[1], second[1]) if high is not None]
    return Verdict.LOOSE if not lows or not highs or max(lows) <= min(highs) else Verdict.DIFFERS


def verdict_of(statements: Sequence[Statement], units: Units) -> tuple[Verdict, tuple[bool, ...]]:
    """Return the verdict on all statements together, and of each whether another contradicts it."""
    found = {Verdict.AGREES}
    differs = [False] * len(statements)
    for (i, one), (j, other) in combinations(enumerate(statements), 2):
        verdict = compare(one.quantity, other.quantity, units) if one.quantity and other.quantity else None
        found.add(verdict or Verdict.AGREES)
        if verdict is Verdict.DIFFERS:
            differs[i] = differs[j] = True
    worst = next(v for v in (Verdict.DIFFERS, Verdict.LOOSE, Verdict.AGREES) if v in found)
    return worst, tuple(differs)


def _interval(quantity: Quantity, ratio: Fraction) -> _Interval:
    assert quantity.low is not None
    assert quantity.high is not None
    low, high = Fraction(quantity.low) * ratio, Fraction(quantity.high) * ratio
    if quantity.form is QuantityForm.RATIO:
        share = low / high if high else low
        return share, share
    if quantity.sign in _UP:
        return low, None
    if quantity.sign in _DOWN:
        return None, high
    return (low * (1 - _NEAR), high * (1 + _NEAR)) if quantity.sign == "≈" else (low, high)


def _ratio(one: Quantity, other: Quantity, units: Units) -> Fraction | None:
    """Return how many of the second's units one of the first's is; None where they measure different things.

    What a rate is per may be said by the name (万元GDP能耗1.5吨标煤, 吨标煤/万元). A figure without a unit has that
    of the other.
    """
    if not one.unit or not other.unit:
        return Fraction(1) if one.scale == other.scale else None
    (first, _, per), (second, _, other_per) = one.unit.partition("/"), other.unit.partition("/")
    if per and other_per and per != other_per:
        return None
    if first == second and one.scale == other.scale:
        return Fraction(1)
    # What counts things (家, 项) has no entry of its own: only its multiplier is exchanged, as that of 元 is.
    same = ("元", "元") if first == second else (first, second)
    return units.ratio(one.scale + same[0], other.scale + same[1])
