"""The text of a cell in, the exact figure it states out; read apart from the product, so that gold has its own witness.

Example: “1,234.50” is 1234.50; “＞70” is 70 with a bound; “2022-2024” and “2.5:1” are no figures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_FIGURE = re.compile(
    r"(?P<sign>[≥≤><＞＜约]|不低于|不超过)?\s*(?P<number>-?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?)\s*"
    r"(?P<unit>[%％‰]|[^\d\s,，.:：\-—~至（）()]{1,6}?)?(?P<after>以上|以下|左右)?"
)
_YEARS = re.compile(r"(?P<first>(?:19|20)\d\d)年?(?:\s*(?:-|－|–|—|~|～|至|到)+\s*(?P<last>(?:19|20)\d\d)年?)?")
_MOST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its number, the unit written in the cell itself, and whether it is only a bound (＞70)."""

    number: Decimal
    unit: str = ""
    bound: bool = False


def read_figure(text: str) -> Figure | None:
    """Return the figure that the whole cell states, or None."""
    match = _FIGURE.fullmatch(text.strip())
    if match is None:
        return None
    number = Decimal(re.sub("[,，]", "", match["number"]))
    return Figure(number, (match["unit"] or "").replace("％", "%"), bool(match["sign"] or match["after"]))


def read_years(text: str) -> tuple[str, str] | None:
    """Return first and last year of a cell such as 2022-2024 or 2023年, or None."""
    match = _YEARS.fullmatch(text.strip())
    return (match["first"], match["last"] or match["first"]) if match else None


def year_writings(first: str, last: str) -> tuple[str, ...]:
    """Return the ways in which an answer may write a span of years."""
    if first == last:
        return (first,)
    return tuple(
        form.format(first, last) for form in ("{}-{}", "{}年至{}年", "{}年-{}年", "{}至{}", "{}到{}", "{}年到{}年")
    )


def writings(number: Decimal) -> tuple[str, ...]:
    """Return ``number`` as an answer may write it: in full where that is short, and rounded to one to four decimals."""
    exponent = number.as_tuple().exponent
    short = isinstance(exponent, int) and exponent >= -_MOST_DIGITS
    rounded = [number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) for digits in range(1, _MOST_DIGITS + 1)]
    return tuple(dict.fromkeys(plain(one) for one in ([number] if short else []) + rounded))


def plain(number: Decimal) -> str:
    """Return the number without exponent."""
    return format(number, "f")
