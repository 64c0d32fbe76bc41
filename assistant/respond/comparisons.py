"""A bound on the figures of a column in, the SQL test of a row out: what a cell states must make the bound true.

Example: “超过90” holds for 95, ≥95 and 92-98, and not for ≤95 or 85-95, of which nobody can say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

import sqlalchemy as sa

from assistant.understand.query import Condition, Measure
from corpus.models import Quantity, QuantityForm
from corpus.numerals import split_unit
from index.fact_tables import MULTIPLIERS, ColumnRef

_LARGEST = Decimal(2**63 - 1)


def is_plain(quantity: Quantity) -> bool:
    """Return whether a quantity is one exact number, which can be added and ranked; ≥95, 约3, 2-4 and 2.5:1 are not."""
    return quantity.sign == "=" and quantity.low == quantity.high and quantity.form is not QuantityForm.RATIO


def measured(
    ref: ColumnRef, source: sa.Table, measure: Measure, quantities: Sequence[Quantity]
) -> sa.ColumnElement[Any]:
    """Return what is measured of each row; NULL for a cell that states no plain number."""
    low, high = source.c[ref.low], source.c[ref.high]
    if measure is Measure.FIGURE and not all(map(is_plain, quantities)):
        return sa.case((sa.and_(source.c[ref.sign] == "=", low == high), low))
    if measure is Measure.LENGTH:
        return high - low + 1
    return high if measure is Measure.END else low


def compare(
    condition: Condition, ref: ColumnRef, source: sa.Table, quantities: Sequence[Quantity]
) -> sa.ColumnElement[bool]:
    """Return the test that a row meets ``condition``, whose bound is in the unit of the column's header.

    Where the header has none it is a bare number, of the cells that are in the condition's own unit.
    """
    if condition.unit:
        held = compare(replace(condition, unit=""), ref, source, quantities)
        return sa.and_(source.c[ref.units] == condition.unit, held)
    if condition.sign == "!=":
        return sa.not_(compare(replace(condition, sign="="), ref, source, quantities))
    bound = _in_figures(condition.bound, ref) if condition.measure is Measure.FIGURE else condition.bound
    # A bound finer than the column is moved to the nearest figure on the side that keeps the comparison true.
    under, over = (int(bound.to_integral_value(way)) for way in (ROUND_FLOOR, ROUND_CEILING))
    if condition.measure is not Measure.FIGURE or all(map(is_plain, quantities)):
        left = measured(ref, source, condition.measure, quantities)
        is_equal = left == under if under == over else sa.false()
        return {"=": is_equal, ">": left > under, ">=": left >= over, "<": left < over, "<=": left <= under}[
            condition.sign
        ]
    sign = source.c[ref.sign]
    low = sa.case((sign.not_in(("≤", "<", ":")), source.c[ref.low]))
    high = sa.case((sign.not_in(("≥", ">", ":")), source.c[ref.high]))
    return {
        "=": sa.and_(sign == "=", low == under, high == over),
        ">": sa.or_(low > under, sa.and_(sign == ">", low >= over)),
        ">=": low >= over,
        "<": sa.or_(high < over, sa.and_(sign == "<", high <= under)),
        "<=": high <= under,
    }[condition.sign]


def _in_figures(bound: Decimal, ref: ColumnRef) -> Decimal:
    """Return a bound as the column's whole numbers hold it, no larger than they can be."""
    header, _ = split_unit(ref.unit)  # no scale where the header has no unit
    shift = MULTIPLIERS[header] - MULTIPLIERS[ref.scale]
    return max(-_LARGEST, min(bound.scaleb(ref.digits + shift), _LARGEST))
