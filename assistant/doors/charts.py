"""Comparable numbers in, a drawing of them as SVG out, made here without any script or service.

Example: three agencies with their sums in 亿元 → three bars, each with its name before and its number behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from assistant.doors.templating import render
from assistant.viewing.figures import Figures, Period

ROW, TOP = 30, 12
SLIM, BETWEEN = 17, 13
"""How far the bars of one thing are apart, and the room behind the last of them."""

LEGEND = 26
LENGTH, NUMBERS = 340, 96
"""How long the longest bar is, and the room for its number."""

CHARACTER, LONGEST_LABEL = 13.5, 16
LONGEST_TITLE = 40
YEAR = 40
"""How much room the name of a year needs."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: where it begins and how long it is, in the drawing's units; ``before`` counts the years behind it."""

    label: str
    lines: tuple[str, ...]
    text: str
    y: int
    x: float
    length: float
    before: int = 0


def draw_bars(figures: Figures, asked: str = "") -> str:
    """Return horizontal bars from a common zero line, in the order of the answer.

    Their title is what the figures are called, else the question: a picture is passed on without the page around it.
    """
    values = [one.value for one in figures.figures]
    low, high = min(Decimal(0), *values), max(Decimal(0), *values)
    scale = Decimal(LENGTH) / ((high - low) or 1)
    left = _room([one.label for one in figures.figures])
    years = figures.years
    bars = [
        Bar(
            f"{one.label} {one.year}".rstrip(),
            () if years and one.year != years[0] else name_lines(one.label, 2 if years else 1),
            f"{one.value:f}",
            _height(number, len(years)),
            left + float((min(one.value, Decimal(0)) - low) * scale),
            max(float(abs(one.value) * scale), 1.0),
            len(years) - 1 - years.index(one.year) if years else 0,
        )
        for number, one in enumerate(figures.figures)
    ]
    called = figures.name or shorten(asked.strip().rstrip("？?。！!"), LONGEST_TITLE)
    name = f"{called}（{figures.unit}）" if called else f"单位：{figures.unit}"
    size = {"left": left, "width": left + LENGTH + NUMBERS, "height": _height(len(bars), len(years)) + TOP}
    legend = [(year, left + number * 2 * YEAR) for number, year in enumerate(years)]
    return render("chart.html.j2", bars=bars, name=name, ticks=(), legend=legend, thick=14 if years else 18, **size)


def _height(number: int, years: int) -> int:
    """Return where the bar of that number begins; those of one thing stand together."""
    if not years:
        return TOP + number * ROW
    thing, series = divmod(number, years)
    return LEGEND + TOP + thing * (years * SLIM + BETWEEN) + series * SLIM


def draw_periods(periods: Sequence[Period]) -> str:
    """Return one line a thing over the years that it takes."""
    first, last = min(one.first for one in periods), max(one.last for one in periods)
    left = _room([one.label for one in periods])
    step = (LENGTH + NUMBERS) / (last - first + 1)
    bars = [
        Bar(
            one.label,
            name_lines(one.label, 1),
            "",
            TOP + ROW + number * ROW,
            left + (one.first - first) * step,
            (one.last - one.first + 1) * step,
        )
        for number, one in enumerate(periods)
    ]
    every = ceil(YEAR / step)
    ticks = [(year, left + (year - first) * step, step) for year in range(first, last + 1, every)]
    size = {"left": left, "width": left + LENGTH + NUMBERS + TOP, "height": TOP * 2 + ROW * (len(bars) + 1)}
    return render("chart.html.j2", bars=bars, name="时间安排（年）", ticks=ticks, legend=(), thick=18, **size)


def _room(labels: Sequence[str]) -> float:
    return min(max(map(len, labels)), LONGEST_LABEL) * CHARACTER + 16


def name_lines(name: str, most: int) -> tuple[str, ...]:
    """Return a name in at most so many lines; two bars leave room for two."""
    short = shorten(name, LONGEST_LABEL * most)
    step = ceil(len(short) / ceil(len(short) / LONGEST_LABEL))
    return tuple(short[start : start + step] for start in range(0, len(short), step))


def shorten(text: str, longest: int = LONGEST_LABEL) -> str:
    """Return ``text`` cut to ``longest`` characters."""
    return text if len(text) <= longest else text[: longest - 1] + "…"
