"""Comparable numbers in, a drawing of them as SVG out, made here without any script or service.

Example: three agencies with their sums in 亿元 → three bars, each with its name before and its number behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.doors.templating import render
from assistant.viewing.figures import Figures, Period

WIDTH, ROW, TOP = 720, 30, 12
LABELS, NUMBERS = 230, 96
LONGEST_LABEL = 16


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: where it begins and how long it is, in the drawing's units."""

    label: str
    short: str
    text: str
    y: int
    x: float
    length: float


def draw_bars(figures: Figures) -> str:
    """Return horizontal bars from a common zero line, in the order of the answer."""
    low = min(Decimal(0), *(one.value for one in figures.figures))
    high = max(Decimal(0), *(one.value for one in figures.figures))
    scale = Decimal(WIDTH - LABELS - NUMBERS) / ((high - low) or 1)
    bars = [
        Bar(
            one.label,
            _short(one.label),
            f"{one.value:f}",
            TOP + number * ROW,
            float(LABELS + (min(one.value, Decimal(0)) - low) * scale),
            max(float(abs(one.value) * scale), 1.0),
        )
        for number, one in enumerate(figures.figures)
    ]
    name = f"{figures.name}（{figures.unit}）" if figures.name else f"单位：{figures.unit}"
    return render("chart.html.j2", bars=bars, name=name, width=WIDTH, height=TOP * 2 + ROW * len(bars), ticks=())


def draw_periods(periods: Sequence[Period]) -> str:
    """Return one line a thing over the years that it takes."""
    first, last = min(one.first for one in periods), max(one.last for one in periods)
    step = (WIDTH - LABELS - 20) / (last - first + 1)
    bars = [
        Bar(
            one.label,
            _short(one.label),
            "",
            TOP + ROW + number * ROW,
            LABELS + (one.first - first) * step,
            (one.last - one.first + 1) * step,
        )
        for number, one in enumerate(periods)
    ]
    ticks = [(year, LABELS + (year - first) * step, step) for year in range(first, last + 1)]
    height = TOP * 2 + ROW * (len(bars) + 1)
    return render("chart.html.j2", bars=bars, name="时间安排（年）", width=WIDTH, height=height, ticks=ticks)


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…"
