"""What two documents say of one thing in, the figures in which they differ out.

Example: 公示期不少于5个工作日, 公示期不少于7个工作日 → 5个工作日 and 7个工作日, 2个工作日 apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.models import Quantity, QuantityForm
from corpus.numbering import match_label
from corpus.numerals import find_quantities

_YEAR = 1900
_MONTH = re.compile(r"(?P<year>(?:19|20)\d\d)年(?P<month>1[0-2]|0?[1-9])月")
_DIGITS = re.compile(r"\d+")
_OF_DATE = _NEAR = 2
_ARTICLE = re.compile(r"第[一二三四五六七八九十百\d]+[条款项章]")


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure, how it is written and the characters before it."""

    quantity: Quantity
    said: str
    before: str


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure of two documents, as each writes it, and by how much they differ, with the unit."""

    first: str
    second: str
    expression: str
    difference: str


def figure_changes(one: str, other: str, *, computed: bool) -> tuple[FigureChange, ...]:
    """Return the figures that differ, in order; empty where the two texts have not as many figures of the same kinds.

    Of a computed answer the last figure of each is what it comes to.
    """
    if (apart := _months_apart(one, other)) is not None:
        return (apart,)
    first, second = _figures(one), _figures(other)
    if not computed and len(first) > 1 and [one.before for one in first] != [one.before for one in second]:
        return ()  # several figures are compared only where the same words stand before each
    if computed and first and second:
        first, second = first[-1:], second[-1:]
    if len(first) != len(second):
        return ()
    pairs = list(zip(first, second, strict=True))
    if not all(_are_alike(a.quantity, b.quantity) for a, b in pairs):
        return ()
    return tuple(_change(a, b) for a, b in pairs if a.quantity.low != b.quantity.low)


def _months_apart(one: str, other: str) -> FigureChange | None:
    """Return how many months lie between the only dates of two texts: 2026年10月, 2026年12月."""
    found = [list(_MONTH.finditer(text)) for text in (one, other)]
    if any(
        len(dates) != 1 or len(_DIGITS.findall(text)) != _OF_DATE
        for dates, text in zip(found, (one, other), strict=True)
    ):
        return None
    first, second = (dates[0] for dates in found)
    months = abs(12 * (int(second["year"]) - int(first["year"])) + int(second["month"]) - int(first["month"]))
    said = f"{months}个月"
    return (
        FigureChange(first.group(), second.group(), f"{first.group()}至{second.group()}：{said}", said)
        if months
        else None
    )


def _figures(text: str) -> list[_Figure]:
    label = match_label(text)
    text = _ARTICLE.sub("", text[label.length :] if label is not None else text)
    return [
        _Figure(one, span.of(text), text[: span.start][-_NEAR:])
        for one, span in find_quantities(text)
        if one.form is QuantityForm.NUMBER
        and one.low is not None
        and one.unit
        and not (one.unit == "年" and one.low >= _YEAR)
    ]


def _are_alike(one: Quantity, other: Quantity) -> bool:
    return (one.unit, one.scale, one.sign) == (other.unit, other.scale, other.sign)


def _change(one: _Figure, other: _Figure) -> FigureChange:
    assert one.quantity.low is not None
    assert other.quantity.low is not None
    low, high = sorted((one.quantity.low, other.quantity.low))
    unit = one.quantity.scale + one.quantity.unit
    unit = "个百分点" if unit == "%" else unit
    gap = f"{high - low:f}"
    return FigureChange(one.said, other.said, f"{high:f} - {low:f} = {gap}{unit}", f"{gap}{unit}")


def word_changes(labels: Sequence[str], changes: Sequence[FigureChange]) -> str:
    """Return the sentence that says in which figures two documents differ: …为7天，…为5天，相差2天."""
    if len(changes) == 1:
        one = changes[0]
        return f"数值不同：{labels[0]}为{one.first}，{labels[1]}为{one.second}，相差{one.difference}。"
    said = "；".join(f"{one.first}与{one.second}（相差{one.difference}）" for one in changes)
    return f"数值不同之处（{labels[0]}在前，{labels[1]}在后）：{said}。"
