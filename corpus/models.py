"""What the reader understood of one document: decoded text in, clauses and typed tables with spans out.

Example: ``ParsedDocument.text[clause.span.start:clause.span.end]`` begins with “（一）强化荒漠化防治提质增效行动”.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters in ``ParsedDocument.text``; it never changes on the way to a citation."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the verbatim slice of ``text``."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Return whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Return whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """One manifest entry: what an office states about a file; empty strings where it states nothing."""

    id: str
    title: str
    file: str
    sha256: str
    status: str = ""
    issuer: str = ""
    number: str = ""
    date: str = ""
    origin: str = ""
    absent_annexes: tuple[str, ...] = ()
    table_names: tuple[tuple[str, str], ...] = ()
    """Pairs (caption, short name), so that a long caption can be cited as 项目表."""


class QuantityForm(StrEnum):
    """How a quantity is written."""

    NUMBER = "number"
    RANGE = "range"
    RATIO = "ratio"
    PERIOD = "period"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as written plus its exact value.

    ``low`` and ``high`` are before scaling (3.4 for 3.4万亩), equal for a plain number, the two ends of a range or
    period (2022, 2024), the two sides of a ratio (2.5, 1), None for words. ``sign`` is one of ``= ≥ > ≤ < ≈``.
    ``scale`` is the written multiplier (``万``, ``亿`` or empty); ``unit`` the unit without it (``亩``, ``元``, ``%``).
    """

    text: str
    form: QuantityForm
    low: Decimal | None = None
    high: Decimal | None = None
    sign: str = "="
    scale: str = ""
    unit: str = ""


class ClauseKind(StrEnum):
    """The kind of numbering that opens a clause, outermost first."""

    TITLE = "title"
    PREAMBLE = "preamble"
    PART = "part"  # 第一编
    CHAPTER = "chapter"  # 第一章
    SECTION = "section"  # 第一节
    ARTICLE = "article"  # 第一条
    HEADING = "heading"  # a Markdown heading without a number
    LEVEL1 = "level1"  # 一、
    LEVEL2 = "level2"  # （一）
    LEVEL3 = "level3"  # 1.
    LEVEL4 = "level4"  # （1）
    BULLET = "bullet"  # ——
    RUN = "run"  # 一是…；二是…, inside a paragraph
    ANNEX_LIST = "annex_list"  # 附件：1.… 2.…
    ANNEX = "annex"  # 附件4
    SIGNATURE = "signature"  # 落款: the issuing office and the date at the end of a text


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One value of a labelled field, e.g. 市林草局."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled field at the end of a clause, e.g. （牵头部门：市林草局，责任单位：市能源局）."""

    name: str
    span: Span
    values: tuple[FieldValue, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """One node of the clause tree; flat in reading order, linked by ``parent``.

    ``label`` is the numbering as written (“（一）”, “1.”, “第三条”, “——”), ``heading`` the heading's words without it
    (verbatim, may be empty), ``span`` the whole clause with its descendants, ``own`` the pieces of it that belong to
    no descendant and no table (heading included), ``path`` the addresses from the root to this clause
    (“三、主要任务”, “（一）强化荒漠化防治提质增效行动”).
    """

    id: str
    kind: ClauseKind
    label: str
    heading: str
    heading_span: Span
    span: Span
    own: tuple[Span, ...]
    parent: str | None
    path: tuple[str, ...]
    fields: tuple[Field, ...] = ()


class ColumnKind(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    NUMBER = "number"
    PERIOD = "period"
    ORDINAL = "ordinal"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``name`` is the header without line breaks and unit note (“2025年前计划投资”), ``unit`` its unit.

    ``header`` is empty where the source has no header row and the name is implied.
    """

    number: int
    name: str
    unit: str
    kind: ColumnKind
    header: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: ``text`` is free of line breaks and outer blanks, ``span`` gives the verbatim slice.

    ``carried`` is true where the value comes down from a vertically merged cell above (``span`` is that cell's).
    """

    column: int
    text: str
    span: Span
    quantity: Quantity | None = None
    carried: bool = False


class RowKind(StrEnum):
    """Data rows hold facts, group rows head a block of them, total rows sum them."""

    DATA = "data"
    GROUP = "group"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Group:
    """A group row over data rows: ``label`` 重点工程2, ``name`` 水土流失综合治理工程, ``level`` 0 the outermost."""

    label: str
    name: str
    level: int
    span: Span


@dataclass(frozen=True, slots=True)
class Row:
    """One row; ``number`` counts data rows from 1 and is 0 for group and total rows."""

    number: int
    kind: RowKind
    cells: tuple[Cell, ...]
    groups: tuple[Group, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class TotalCheck:
    """A stated total compared with the sum of the data rows above it, both in the column's unit."""

    column: int
    stated: Decimal
    computed: Decimal
    rows: int

    @property
    def agrees(self) -> bool:
        """Return whether the stated total equals the computed sum."""
        return self.stated == self.computed


@dataclass(frozen=True, eq=False)
class Table:
    """One table; ``name`` is what a citation calls it, ``path`` the address of the clause it stands in.

    It may key what is remembered of tables, and so equals itself alone: two copies are never compared cell by cell.
    """

    id: str
    name: str
    caption: str
    caption_span: Span | None
    clause: str
    path: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    span: Span
    checks: tuple[TotalCheck, ...] = ()

    @cached_property
    def data_rows(self) -> tuple[Row, ...]:
        """Return the rows that hold facts, in order."""
        return tuple(row for row in self.rows if row.kind is RowKind.DATA)


class Severity(StrEnum):
    """How much a remark of the reader matters to the person who judges it."""

    OK = "ok"
    NOTE = "note"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing the reader wants a person to see, in Chinese, e.g. “项目表：合计 2048.463 与 39 行之和一致”."""

    severity: Severity
    message: str
    span: Span | None = None


@dataclass(frozen=True, eq=False, slots=True)
class ParsedDocument:
    """A document as understood: the decoded text (never altered after decoding) and everything found in it.

    It may key what is remembered of documents, and so equals itself alone.
    """

    info: DocumentInfo
    text: str
    clauses: tuple[Clause, ...]
    tables: tuple[Table, ...]
    remarks: tuple[Remark, ...] = ()
