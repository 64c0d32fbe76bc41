"""Two or more results of one question and how they are combined, as typed records.

Example: 绿氢产业项目和煤制烯烃哪个投资大 → the greater of two sides, each one row of 项目表 measured by its investment.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.understand.query import Query
from corpus.models import Quantity


class Combining(StrEnum):
    """What is made of the sides."""

    EACH = "each"
    TOTAL = "total"
    DIFFERENCE = "difference"
    GROWTH = "growth"
    RATIO = "ratio"
    PERCENT = "percent"
    GREATER = "greater"
    LESS = "less"
    RANK = "rank"


@dataclass(frozen=True, slots=True)
class Side:
    """One result: the rows of ``query``, counted or with their figures added up, or a figure ``given`` by the question.

    ``named`` says that the query's rows are named by the question and not found by conditions.
    """

    query: Query | None
    given: Quantity | None = None
    named: bool = False


@dataclass(frozen=True, slots=True)
class Combination:
    """An operation over ``sides`` in the order named; of a rank, the row and then the rows that it stands among.

    ``word`` is how the question puts it (多, 提高, 大); ``asks_whether`` says that it asks for yes or no.
    """

    operation: Combining
    sides: tuple[Side, ...]
    word: str = ""
    asks_whether: bool = False
