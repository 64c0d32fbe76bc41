"""Number exactness: an answer and its gold figures in, the share of figures it states exactly out.

Example: “共投资68.65亿元” states ``Value(number="68.650", unit="亿元")``, “共投资68.65万元” has its value and its unit
and another scale, “共投资68.65” its value alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evals.cases import Value, alternatives
from evals.metrics.folding import plain

_NUMBER = re.compile(r"(?<![\d.])\d+(?:\.\d+)?")
_BELOW_ZERO = re.compile(r"(?<![\d.A-Za-z])[-−](\d+(?:\.\d+)?[^\d]{0,8})")
_SCALES = {"": Decimal(1), "万": Decimal(10) ** 4, "亿": Decimal(10) ** 8}
_DIGITS = "零一二三四五六七八九"
_SIGNED = re.compile(r"(?:^|[\s:,;。(是为约达到长])[-−]$")
_RANGE_START = re.compile(r"\d[万亿%]?[-–—~至]$")
_MOMENTS = ("年", "月", "日")
_OTHER_UNITS = re.compile("个(?:百分点|月|小时|季度|工作日)|吨标|[人车亩台户辆]次")
"""What begins like a unit and is another one: 5个百分点 is not 5个."""


@dataclass(frozen=True, slots=True)
class NumberScores:
    """The shares of gold figures whose parts an answer states, each in 0…1; ``exact`` needs all on one figure."""

    exact: float
    value: float
    unit: float
    scale: float


def number_scores(answer: str, values: Sequence[Value]) -> NumberScores | None:
    """Return the shares of ``values`` that ``answer`` states, exactly and by part; None where no figure is asked for.

    Formula: |{v : v stated}| / |values|. A figure is stated when an equal decimal stands in the answer, directly
    followed by its unit; 万 and 亿 are converted (0.5亿元 = 5000万元). A figure below zero, the end of a range
    (7-8.9亿元) and a unit that only begins alike (个百分点) state another figure. Source: execution accuracy of
    text-to-SQL (Yu et al. 2018, Spider), applied to the figure as the reader sees it.

    A figure's *value* is stated when its digits stand in the answer, whatever stands behind them (6.59 for 6.59亿元
    and for 65900万元); its *unit* when such digits are followed by the unit, 万 and 亿 apart (元); its *scale* when
    digits and 万 or 亿 make the same number (0.5亿 = 5000万), whatever the unit.
    """
    if not values:
        return None
    marks = [_parts(answer, value) for value in values]
    share = [sum(mark[part] for mark in marks) / len(marks) for part in range(4)]
    return NumberScores(*share)


def states_value(answer: str, value: Value) -> bool:
    """Return whether ``answer`` states one of the value's numbers with one of its units."""
    pairs = ((number, unit) for number in alternatives(value.number) for unit in alternatives(value.unit))
    return any(states_number(answer, Decimal(number), unit) for number, unit in pairs)


def states_number(answer: str, number: Decimal, unit: str) -> bool:
    """Return whether ``answer`` states ``number`` with ``unit``; whole numbers under 100 may be in words (九个)."""
    if number < 0:
        # A minus that stands behind a word or figure is a dash: “2020-2024”.
        return states_number("；".join(_BELOW_ZERO.findall(plain(answer))), -number, unit)
    text = plain(answer)
    scale, base = _split_unit(plain(unit))
    if not base:
        return any(Decimal(match[0]) == number for match in _NUMBER.finditer(text) if not _is_negative(text, match))
    wanted = number * _SCALES[scale]
    if any(figure == wanted and _follows(rest, base) for figure, rest in _figures(text, base)):
        return True
    return bool(scale == "" and any(re.search(rf"(?<![{_DIGITS}十百]){word}{base}", text) for word in _words(number)))


def _parts(answer: str, value: Value) -> tuple[bool, bool, bool, bool]:
    """Return whether the figure is stated exactly, and whether its value, unit and scale are."""
    if states_value(answer, value):
        return True, True, True, True
    text, found = plain(answer), (False, False, False)
    for number in alternatives(value.number):
        for unit in alternatives(value.unit):
            for match in _NUMBER.finditer(text):
                new = _compared(Decimal(match[0]), text[match.end() :].lstrip(), Decimal(number), plain(unit))
                found = (found[0] or new[0], found[1] or new[1], found[2] or new[2])
    return False, *found


def _compared(figure: Decimal, rest: str, number: Decimal, unit: str) -> tuple[bool, bool, bool]:
    (scale, base), (wanted_scale, wanted_base) = _split_unit(rest), _split_unit(unit)
    value = any(figure * one == number * other for one in _SCALES.values() for other in _SCALES.values())
    same_unit = _follows(base, wanted_base)
    return value, value and same_unit, figure * _SCALES[scale] == number * _SCALES[wanted_scale]


def _figures(text: str, base: str) -> Iterator[tuple[Decimal, str]]:
    """Yield each figure of ``text``, scaled, with the text after it; not those below zero, nor the end of a range."""
    for match in _NUMBER.finditer(text):
        if _is_negative(text, match) or (base not in _MOMENTS and _RANGE_START.search(text[: match.start()])):
            continue
        rest = text[match.end() : match.end() + 20].lstrip()
        yield Decimal(match[0]), rest
        scale, scaled_rest = _split_unit(rest)
        if scale:
            yield Decimal(match[0]) * _SCALES[scale], scaled_rest


def _is_negative(text: str, match: re.Match[str]) -> bool:
    """Return whether a minus stands before the figure; behind a word or a figure it would be a dash."""
    return bool(_SIGNED.search(text[: match.start()]))


def _follows(rest: str, base: str) -> bool:
    """Return whether the unit ``base`` and no longer one stands at the beginning of ``rest``."""
    other = _OTHER_UNITS.match(rest)
    return rest.startswith(base) and not (other and len(other[0]) > len(base))


def _split_unit(unit: str) -> tuple[str, str]:
    return (unit[0], unit[1:]) if unit[:1] in ("万", "亿") else ("", unit)


def _words(number: Decimal) -> tuple[str, ...]:
    """Return how a whole number under 100 is written in Chinese; nothing for other numbers."""
    if number != number.to_integral_value() or not 0 < number < 100:
        return ()
    tens, ones = divmod(int(number), 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    word = head + (_DIGITS[ones] if ones else "")
    return (word, "两") if number == 2 else (word,)
