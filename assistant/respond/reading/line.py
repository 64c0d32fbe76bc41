"""A row of numbers in, the log odds that a straight line through them gives out.

Example: what speaks for an answer, each number within four deviations of its mean, weighed and added up.

Few questions are known that documents do not answer, and trees learned from few are rough: the mean of both errs less.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from assistant.respond.reading.page_text import Numbers

FAR = 4.0
"""How many deviations from its mean a number counts at most."""


@dataclass(frozen=True, slots=True)
class Line:
    """The mean (``middle``), deviation (``scale``) and weight of each number, and what is added to the sum."""

    base: float
    middle: Numbers
    scale: Numbers
    weights: Numbers

    def score(self, rows: Numbers) -> Numbers:
        """Return the log odds of each row."""
        scores: Numbers = self.base + np.clip((rows - self.middle) / self.scale, -FAR, FAR) @ self.weights
        return scores


def read_line(data: Mapping[str, Any]) -> Line:
    """Return the line of ``{"base": …, "middle": […], "scale": […], "weights": […]}``."""
    return Line(float(data["base"]), *(np.array(data[name], float) for name in ("middle", "scale", "weights")))
