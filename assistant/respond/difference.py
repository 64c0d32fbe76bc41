"""The two figures that a question compares in, their difference with the calculation out.

Example: 非化石能源消费比重2024年比2020年提高几个百分点 → 15 - 5.8 = 9.2个百分点.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from corpus.models import Quantity, QuantityForm

_WORDS = re.compile(r"(提高|提升|增长|增加|上升|下降|降低|减少|压减|相差|差)")
_FALLING = ("下降", "降低", "减少", "压减")


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the two figures: what it is called (“2024年”), as written, and the quantity."""

    label: str
    written: str
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Difference:
    """``text`` is the direct sentence without its marks, ``expression`` the calculation with its unit."""

    text: str
    expression: str


def find_difference(question: str, subject: str, earlier: Figure, later: Figure) -> Difference | None:
    """Return later minus earlier; None where a figure is no plain number or the two have different units.

    A difference of percentages is in percentage points. A bound (＞70) is not a figure one can subtract.
    """
    if not all(_is_plain(figure.quantity) for figure in (earlier, later)):
        return None
    if (earlier.quantity.unit, earlier.quantity.scale) != (later.quantity.unit, later.quantity.scale):
        return None
    assert earlier.quantity.low is not None
    assert later.quantity.low is not None
    change = later.quantity.low - earlier.quantity.low
    unit = later.quantity.scale + later.quantity.unit
    unit = "个百分点" if unit == "%" else unit
    asked = _WORDS.search(question)
    verb = asked.group() if asked else "相差"
    if verb in ("相差", "差"):
        said = f"相差{_plain(abs(change))}{unit}"
    else:
        rising = change >= 0
        named = verb if (verb in _FALLING) != rising else ("提高" if rising else "下降")
        said = f"{named}{_plain(abs(change))}{unit}"
    expression = f"{_plain(later.quantity.low)} - {_plain(earlier.quantity.low)} = {_plain(change)}{unit}"
    stated = f"{earlier.label}{earlier.written}，{later.label}{later.written}"
    text = f"“{subject}”{later.label}比{earlier.label}{said}（{stated}）。"
    return Difference(text, expression)


def _is_plain(quantity: Quantity) -> bool:
    return quantity.form is QuantityForm.NUMBER and quantity.sign == "=" and quantity.low is not None


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
