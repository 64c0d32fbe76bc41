"""What is handed on of quantities and agencies stated more than once: each statement with its place, and the verdict.

Example: 能耗, 2024: “1.5吨标煤” in 二、 and “1.82” in 指标表 第17行 make one ``Finding`` that DIFFERS.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from corpus.models import Quantity, Span

_BOUND = re.compile(r"(?:及?以[上下内]|左右|上下)$")


class Topic(StrEnum):
    """What is stated: a figure, who leads or answers, how many there are, the total of a column, a name."""

    FIGURE = "figure"
    AGENCY = "agency"
    COUNT = "count"
    TOTAL = "total"
    NAME = "name"


class Verdict(StrEnum):
    """``LOOSE`` statements do not contradict each other and do not say the same: ≥85 and 88, two leaders and one."""

    AGREES = "agrees"
    LOOSE = "loose"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class StatedAt:
    """Where a statement stands: a clause by its id, or a cell by its table's id, data row (0: total row) and column."""

    clause: str = ""
    table: str = ""
    row: int = 0
    column: int = -1


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: ``span`` is what is quoted (“……能耗下降到1.5吨标煤”, or the cell), ``subject`` as written there.

    ``value`` and ``unit`` are as shown. ``year`` is empty where none governs it. ``scope`` is the work that it
    belongs to (heading or group), empty for the whole document. ``differs``: another statement says otherwise.
    """

    span: Span
    place: StatedAt
    subject: str
    value: str
    unit: str = ""
    year: str = ""
    scope: str = ""
    quantity: Quantity | None = None
    differs: bool = False

    @property
    def written(self) -> str:
        """Return value and unit as one writes them: 85%以上, 1.5吨标煤."""
        bound = _BOUND.search(self.value)
        return f"{self.value[: bound.start()]}{self.unit}{bound.group()}" if bound else self.value + self.unit


@dataclass(frozen=True, slots=True)
class Finding:
    """All statements of one thing in one document; ``subject`` is what a person calls it, ``keys`` what it is found by.

    ``role`` is the label of an agency's field or column (牵头部门).
    """

    document: str
    topic: Topic
    subject: str
    keys: tuple[str, ...]
    year: str
    role: str
    verdict: Verdict
    statements: tuple[Statement, ...]
