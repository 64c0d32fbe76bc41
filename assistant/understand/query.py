"""What a question computes over the rows of a table, as a typed record.

Example: 能源局牵头的项目总投资多少 → 项目表, “牵头责任单位” = 能源局, sum of “2025年前计划投资”.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from corpus.models import ParsedDocument, Span, Table


class Operation(StrEnum):
    """What is computed of the rows."""

    LIST = "list"
    COUNT = "count"
    SUM = "sum"
    AVERAGE = "average"
    MAX = "max"
    MIN = "min"
    SHARE = "share"


class Measure(StrEnum):
    """What of a column is measured: its figure, or of a period its start, end or length in years."""

    FIGURE = "figure"
    START = "start"
    END = "end"
    LENGTH = "length"


OPPOSITES = {">": "<=", "<=": ">", "<": ">=", ">=": "<", "=": "!=", "!=": "="}
"""The sign that is true where another is not."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Rows whose ``column`` holds one of ``values`` (none if ``negated``), or a figure in ``sign`` to ``bound``.

    ``inside`` says that a value may be a part of any word, ``apart`` are longer names that hold one of the values and
    mean something else: 除甲区外的8个区 is not 甲区.
    ``whole`` says that a cell must be one of the values as it stands: 是否办结 is 否.
    ``exact`` says that a cell may hold nothing but the values, ``together`` that it must hold one of each of these.
    ``top`` keeps of the rows that meet the conditions before it those with so many of the largest figures (the smallest
    where it is negative): 销量前五的; the conditions behind it are asked of the rows kept.
    ``listed`` are the words for ``values`` or ``rows`` that are many: “责任单位”有2个, 计量单位为%.
    ``against`` is another column, which the figure of the same row is in ``sign`` to: 本年数大于上年数的.
    """

    column: int
    values: tuple[str, ...] = ()
    sign: str = ""
    bound: Decimal = Decimal(0)
    measure: Measure = Measure.FIGURE
    negated: bool = False
    apart: tuple[str, ...] = ()
    inside: bool = False
    rows: tuple[int, ...] = ()
    unit: str = ""
    exact: bool = False
    together: tuple[tuple[str, ...], ...] = ()
    empty: bool = False
    top: int = 0
    against: int | None = None
    whole: bool = False
    listed: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Conditions with the stretches of the question that they account for, and those that became no condition."""

    conditions: tuple[Condition, ...]
    spent: tuple[Span, ...]
    unheard: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Grouping:
    """What something is computed for each value of: a column, a level of group rows, or the start or end of a period.

    ``spans`` are where the question says so; ``is_subject`` that the groups are what is asked for (…的单位有哪些),
    ``is_counted`` that their number is (有多少个单位);
    ``is_shared_out`` that all of them together are shared out among them (平均每个局几个);
    ``apart`` are values that name several at once (全市9个旗区) and are no group of their own.
    """

    column: int
    measure: Measure = Measure.FIGURE
    spans: tuple[Span, ...] = ()
    is_subject: bool = False
    is_counted: bool = False
    is_shared_out: bool = False
    apart: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Having:
    """Groups whose number of rows (``counts``) or whose sum is in ``sign`` to ``bound``."""

    sign: str
    bound: Decimal
    counts: bool


@dataclass(frozen=True, slots=True)
class Query:
    """A computation over the rows of one table that meet all ``conditions``.

    ``group`` is what to compute for each value of, ``having`` what a group must come to, ``each`` says that the
    question wants a figure for each and not only the values; ``limit`` how many of an order are
    wanted and ``skip`` how many before them are not (第二大: limit 1, skip 1). ``names_measure`` says that the question
    names the measured column itself (投资最多 and not 项目最多), ``names_rows`` that it names rows by part of a name.
    ``stated`` is how many rows or groups the question says there are (三个项目).
    ``asks_whether`` says that it asks whether there are such rows at all (有没有); ``counter`` is the word by which it
    counts them, where that is another than 个 (几项).
    ``asked_column`` is the text column whose attribute the question names (牵头 → 牵头责任单位).
    ``whole`` are the conditions of the rows that a share is of, none where it is of all rows.
    ``also`` are further columns of figures of which the same is computed (收入和成本合计), ``beside`` those whose
    figures are asked of the rows found (收入最大的项目的成本).
    """

    document: ParsedDocument
    table: Table
    name_column: int
    conditions: tuple[Condition, ...]
    operations: tuple[Operation, ...]
    measure_column: int | None
    measure: Measure
    group: Grouping | None = None
    having: Having | None = None
    each: bool = False
    limit: int | None = None
    skip: int = 0
    names_measure: bool = False
    names_rows: bool = False
    asked_column: int | None = None
    asks_whether: bool = False
    counter: str = ""
    stated: int | None = None
    also: tuple[int, ...] = ()
    beside: tuple[int, ...] = ()
    whole: tuple[Condition, ...] = ()
    unexplained: tuple[Span, ...] = ()
