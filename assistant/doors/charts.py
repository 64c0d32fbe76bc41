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
LENGTH, NUMBERS = 340, 96
"""How long the longest bar is, and the room for its number."""

CHARACTER, LONGEST_LABEL = 13.5, 16
LONGEST_TITLE = 40
YEAR = 40
"""How much room the name of a year needs."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: where it begins and how long it is, in the drawing's units."""

    label: str
    short: str
    text: str
    y: int
    x: float
    length: float


def draw_bars(figures: Figures, asked: str = "") -> str:
    """Return horizontal bars from a common zero line, in the order of the answer.

    Their title is what the figures are called, else the question: a picture is passed on without the page around it.
    """
    values = [one.value for one in figures.figures]
    low, high = min(Decimal(0), *values), max(Decimal(0), *values)
    scale = Decimal(LENGTH) / ((high - low) or 1)
    left = _room([one.label for one in figures.figures])
    bars = [
        Bar(
            one.label,
            shorten(one.label),
            f"{one.value:f}",
            TOP + number * ROW,
            left + float((min(one.value, Decimal(0)) - low) * scale),
            max(float(abs(one.value) * scale), 1.0),
        )
        for number, one in enumerate(figures.figures)
    ]
    called = figures.name or shorten(asked.strip().rstrip("？?。！!"), LONGEST_TITLE)
    name = f"{called}（{figures.unit}）" if called else f"单位：{figures.unit}"
    size = {"left": left, "width": left + LENGTH + NUMBERS, "height": TOP * 2 + ROW * len(bars)}
    return render("chart.html.j2", bars=bars, name=name, ticks=(), **size)


def draw_periods(periods: Sequence[Period]) -> str:
    """Return one line a thing over the years that it takes."""
    first, last = min(one.first for one in periods), max(one.last for one in periods)
    left = _room([one.label for one in periods])
    step = (LENGTH + NUMBERS) / (last - first + 1)
    bars = [
        Bar(
            one.label,
            shorten(one.label),
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
    return render("chart.html.j2", bars=bars, name="时间安排（年）", ticks=ticks, **size)


def _room(labels: Sequence[str]) -> float:
    return min(max(map(len, labels)), LONGEST_LABEL) * CHARACTER + 16


def shorten(text: str, longest: int = LONGEST_LABEL) -> str:
    """Return ``text`` cut to ``longest`` characters."""
    return text if len(text) <= longest else text[: longest - 1] + "…"
