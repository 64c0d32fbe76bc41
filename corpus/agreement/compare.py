"""Two quantities in, whether they agree out, with signs, multipliers and units.

Example: “85%以上” and 85 agree, “85%以上” and 88 are loose, 85 and 88 differ; 0.2万公顷 and 3万亩 agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from corpus.agreement.models import Statement, Verdict
from corpus.models import Quantity, QuantityForm

_SCALES = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000), "万亿": Decimal(1_000_000_000_000)}
# Unit → (what it measures, how many of the smallest).
_UNITS = {
    "亩": ("area", "2000"), "公顷": ("area", "30000"), "平方公里": ("area", "3000000"), "平方米": ("area", "3"),
    "平方千米": ("area", "3000000"), "米": ("length", "1"), "公里": ("length", "1000"), "千米": ("length", "1000"),
    "km": ("length", "1000"), "公斤": ("mass", "1"), "千克": ("mass", "1"), "吨": ("mass", "1000"),
    "千瓦": ("power", "1"), "兆瓦": ("power", "1000"), "吉瓦": ("power", "1000000"),
    "吨标煤": ("coal", "1"), "吨标准煤": ("coal", "1"), "%": ("share", "1"), "个百分点": ("share", "1"),
}  # fmt: skip
_NEAR = Decimal("0.05")


def compare(one: Quantity, other: Quantity) -> Verdict | None:
    """Return whether two quantities agree; None where their units or forms cannot be compared."""
    if (one.form is QuantityForm.RATIO) != (other.form is QuantityForm.RATIO):
        return None
    factors = _factors(one, other)
    if one.low is None or other.low is None or factors is None:
        return None
    first, second = _interval(one, factors[0]), _interval(other, factors[1])
    if first == second or _same_figure(one, other, factors):
        return Verdict.AGREES
    low, high = max(first[0], second[0]), min(first[1], second[1])
    return Verdict.LOOSE if low <= high else Verdict.DIFFERS


def verdict_of(statements: Sequence[Statement]) -> tuple[Verdict, tuple[bool, ...]]:
    """Return the verdict on all statements together, and of each whether another contradicts it."""
    found = {Verdict.AGREES}
    differs = [False] * len(statements)
    for (i, one), (j, other) in combinations(enumerate(statements), 2):
        verdict = compare(one.quantity, other.quantity) if one.quantity and other.quantity else None
        found.add(verdict or Verdict.AGREES)
        if verdict is Verdict.DIFFERS:
            differs[i] = differs[j] = True
    worst = next(v for v in (Verdict.DIFFERS, Verdict.LOOSE, Verdict.AGREES) if v in found)
    return worst, tuple(differs)


def _same_figure(one: Quantity, other: Quantity, factors: tuple[Decimal, Decimal]) -> bool:
    """Return whether both name one figure, whatever their signs: 85%以上 and 85, 超过99% and 99%以上."""
    plain = one.low == one.high and other.low == other.high
    assert one.low is not None
    assert other.low is not None
    opposed = {one.sign[0], other.sign[0]} in ({"≥", "<"}, {">", "<"}, {">", "≤"}, {"≥", "≤"})
    return plain and not opposed and one.low * factors[0] == other.low * factors[1]


def _interval(quantity: Quantity, factor: Decimal) -> tuple[Decimal, Decimal]:
    assert quantity.low is not None
    assert quantity.high is not None
    low, high = quantity.low * factor, quantity.high * factor
    if quantity.form is QuantityForm.RATIO:
        return quantity.low / (quantity.high or 1), quantity.low / (quantity.high or 1)
    if quantity.sign in ("≥", ">"):
        return low, Decimal("Infinity")
    if quantity.sign in ("≤", "<"):
        return Decimal("-Infinity"), high
    return (low * (1 - _NEAR), high * (1 + _NEAR)) if quantity.sign == "≈" else (low, high)


def _factors(one: Quantity, other: Quantity) -> tuple[Decimal, Decimal] | None:
    """Return what brings both to one unit; None where they measure different things.

    What a rate is per may be said by the name (万元GDP能耗1.5吨标煤, 吨标煤/万元). A figure without a unit has that
    of the other.
    """
    scales = _SCALES[one.scale], _SCALES[other.scale]
    if not one.unit or not other.unit:
        return scales if one.scale == other.scale else None
    (first, per), (second, other_per) = _split(one.unit), _split(other.unit)
    if per and other_per and per != other_per:
        return None
    if first == second:
        return scales
    kind, size = _UNITS.get(first, (first, "1"))
    other_kind, other_size = _UNITS.get(second, (second, "1"))
    return (scales[0] * Decimal(size), scales[1] * Decimal(other_size)) if kind == other_kind else None


def _split(unit: str) -> tuple[str, str]:
    name, _, per = unit.partition("/")
    return name, per
