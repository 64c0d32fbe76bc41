"""What several answers say of one quantity in, whether they agree out.

Example: 1.82吨标煤/万元 and 1.75吨标煤/万元 differ; 水利局 and 市水利局 are one agency and agree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from assistant.models import Statement
from corpus.agreement.compare import compare
from corpus.agreement.models import StatedAt, Verdict
from corpus.agreement.models import Statement as Said
from corpus.agreement.subjects import Subjects
from corpus.cell_values import split_values
from corpus.conversion import Units
from corpus.folding import fold
from corpus.models import Quantity, QuantityForm, Span
from corpus.numerals import parse_quantity

_OF_YEAR = re.compile(r"((?:19|20)\d\d)年?(?:度|底|末)?(?:的?目标值?|规划值?|计划值?)?$")


@dataclass(frozen=True, slots=True)
class Gap:
    """Two figures in one ``unit``; ``converted`` is how the second is written where that is another."""

    first: Decimal
    second: Decimal
    unit: str
    converted: str = ""

    @property
    def expression(self) -> str:
        """Return the difference with its numbers: 1020000万元 = 102亿元；102 - 90 = 12亿元."""
        low, high = sorted((self.first, self.second))
        told = f"{self.converted} = {_plain(self.second)}{self.unit}；" if self.converted else ""
        return f"{told}{_plain(high)} - {_plain(low)} = {self.difference}"

    @property
    def difference(self) -> str:
        """Return by how much they differ, with the unit."""
        return f"{_plain(abs(self.first - self.second))}{self.unit}"


class Claims:
    """Compares values with an office's units and the names that it has for things and agencies."""

    def __init__(self, units: Units, agencies: Iterable[Sequence[str]], subjects: Callable[[], Subjects]) -> None:
        """Take what makes one key of all names of a thing when it is first needed."""
        self._units, self._subjects = units, subjects
        self._called = {fold(name): fold(names[0]) for names in agencies for name in names}

    def agree(self, statements: Sequence[Statement]) -> bool:
        """Return whether all values are the same, however they are written."""
        return all(self._is_same(one, other) for one, other in combinations(statements, 2))

    def key(self, quantity: str) -> str:
        """Return the key under which a quantity is found in other documents: a year's target is the year's figure."""
        return _OF_YEAR.sub(r"\1年", self._subjects().alike(fold(quantity)))

    def are_alike(self, one: Statement, other: Statement) -> bool:
        """Return whether two statements are figures of one kind, which can be compared."""
        first, second = _quantity(one), _quantity(other)
        return first is not None and second is not None and compare(first, second, self._units) is not None

    def gap(self, statements: Sequence[Statement]) -> Gap | None:
        """Return the two plain figures stated in the unit of the first; None where there are more or others."""
        apart = list(dict.fromkeys(replace(one, citation=0) for one in statements))
        figures = [(one, figure) for one in apart if (figure := _quantity(one)) is not None and _is_plain(figure)]
        if len(apart) != 2 or len(figures) != 2:
            return None
        (first, known), (second, other) = figures
        ratio = Fraction(1) if first.unit == second.unit else self._ratio(other, known)
        if ratio is None or known.low is None or other.low is None:
            return None
        exact = Fraction(other.low) * ratio
        converted = Decimal(exact.numerator) / Decimal(exact.denominator)
        return Gap(known.low, converted, known.scale + known.unit or first.unit, "" if ratio == 1 else written(second))

    def _ratio(self, one: Quantity, other: Quantity) -> Fraction | None:
        return self._units.ratio(one.scale + one.unit, other.scale + other.unit)

    def _is_same(self, one: Statement, other: Statement) -> bool:
        """Two bounds that one figure can meet (不超过11%, 9%) are two values: each document sets its own."""
        if self._names(one) == self._names(other):
            return True
        first, second = _quantity(one), _quantity(other)
        if first is None or second is None:
            return False
        if one.unit == other.unit:
            first, second = replace(first, unit="", scale=""), replace(second, unit="", scale="")
        return compare(first, second, self._units) is Verdict.AGREES

    def _names(self, one: Statement) -> frozenset[str]:
        """Return the values that a statement lists, an agency by its first name."""
        keys = [fold(name) for name in split_values(one.value + one.unit)]
        return frozenset(self._called.get(key, key) for key in keys)


def written(one: Statement) -> str:
    """Return value and unit as one writes them: 85%以上."""
    return Said(Span(0, 0), StatedAt(), "", one.value.rstrip("。"), one.unit).written


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _quantity(one: Statement) -> Quantity | None:
    found = parse_quantity(one.value, one.unit)
    return None if found is None or found.low is None else replace(found, unit=found.unit or one.unit)


def _is_plain(quantity: Quantity | None) -> bool:
    return quantity is not None and quantity.form is QuantityForm.NUMBER and quantity.sign == "="
