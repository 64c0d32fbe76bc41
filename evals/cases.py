"""What a question of a set says: one row of a stranger's data in, a validated case out.

Example: ``{"id": "attr-01", "question": "十大孔兑项目由哪个局牵头", "category": "attribute", …}`` becomes a ``Case``.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from assistant.models import AnswerKind

Alternatives = str | tuple[str, ...]
"""One required phrase: a string, or several of which one suffices (水利局 / 市水利局)."""


class Category(StrEnum):
    """What a question tests."""

    ATTRIBUTE = "attribute"
    INDICATOR = "indicator"
    AGGREGATE = "aggregate"
    RANKING = "ranking"
    LIST = "list"
    TEXT = "text"
    CONFLICT = "conflict"
    ALIAS = "alias"
    FOLLOWUP = "followup"
    REFUSAL = "refusal"
    PREMISE = "premise"
    CHAT = "chat"


class Source(StrEnum):
    """Where the label of a question comes from."""

    HAND = "hand"
    """Written and checked by a person who keeps the project's own sets."""

    OFFICE = "office"
    """Written by an office for its own documents."""

    GENERATED = "generated"
    """Proposed by the generator with gold values computed from the parsed grid."""


class Split(StrEnum):
    """What a question may be used for."""

    DEV = "dev"
    TEST = "test"


class Wording(StrEnum):
    """How a twin says what its base question says."""

    SYNONYM = "synonym"
    SPOKEN = "spoken"
    SHORT_OR_TYPO = "short_or_typo"
    REORDERED = "reordered"


SUPPORTED = (AnswerKind.LOOKUP, AnswerKind.PASSAGE, AnswerKind.MIXED)
"""Kinds that state a fact; what a case allows when it names no kind."""


class _Strict(BaseModel):
    """A frozen record of a stranger's data in which an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Value(_Strict):
    """A figure that the answer must state; several numbers or units are alternatives (rounding, 个/项)."""

    number: Alternatives
    unit: Alternatives = ""

    @field_validator("number")
    @classmethod
    def _is_decimal(cls, number: Alternatives) -> Alternatives:
        for text in alternatives(number):
            try:
                finite = Decimal(text).is_finite()
            except InvalidOperation as error:
                raise ValueError(f"“{text}”不是数") from error
            if not finite:
                raise ValueError(f"“{text}”不是数")
        return number


class SetOf(_Strict):
    """The column whose other cells count as wrong when they are listed."""

    table: str
    column: str


class Expected(_Strict):
    """What a right answer has; every part that is given must fit.

    Attributes:
        kind: Allowed kinds; empty means any kind that states a fact.
        phrases: Each must be in the answer.
        first: Each must be in the answer's first sentence, because that is the direct answer.
        forbidden: None may be in the answer.
        values: Each figure must be in the answer with its unit.
        set: Exactly these row names must be listed.
        set_of: Where the names come from, so that extra ones are noticed in running text too.
        count: The N of “共 N 项” that the answer must state.
        missing: Each must be in one entry of the answer's ``missing``.
        conflict: True: the answer must report an inconsistency; False: it must not.
    """

    kind: tuple[AnswerKind, ...] = ()
    phrases: tuple[Alternatives, ...] = ()
    first: tuple[Alternatives, ...] = ()
    forbidden: tuple[str, ...] = ()
    values: tuple[Value, ...] = ()
    set: tuple[str, ...] = ()
    set_of: SetOf | None = None
    count: int | None = None
    missing: tuple[Alternatives, ...] = ()
    conflict: bool | None = None

    @model_validator(mode="after")
    def _asks_something(self) -> Expected:
        if not self.model_dump(exclude_defaults=True):
            raise ValueError("没有写明怎样才算答对")
        return self

    @property
    def kinds(self) -> tuple[AnswerKind, ...]:
        """Return the allowed kinds with the default filled in."""
        return self.kind or SUPPORTED


class Evidence(_Strict):
    """A place that a citation must show: a quote, a clause by its address, or a row or cell of a table.

    Attributes:
        quote: Words of the document; ``occurrence`` tells which of several, from 0.
        clause: An address as an answer prints it, e.g. “三、（一）2.” or “第三条”.
        table: The name of a table, with ``row`` the number of its data row from 1 and perhaps ``column``.
        document: The id or title of the document; empty: whichever holds the place first.
    """

    quote: str = ""
    occurrence: int = Field(default=0, ge=0)
    clause: str = ""
    table: str = ""
    row: int = Field(default=0, ge=0)
    column: str = ""
    document: str = ""

    @model_validator(mode="after")
    def _is_one_place(self) -> Evidence:
        if sum(map(bool, (self.quote, self.clause, self.table))) != 1:
            raise ValueError("依据要么写 quote，要么写 clause，要么写 table 和 row")
        if self.table and not self.row:
            raise ValueError("表格依据要写数据行号 row（从 1 起）")
        if not self.table and (self.row or self.column):
            raise ValueError("行号和列名只与表格依据 table 同用")
        return self

    @property
    def address(self) -> str:
        """Return the place as a person reads it: “…”, 三、（一）2., 项目表第3行牵头责任单位."""
        return self.quote or self.clause or f"{self.table}第{self.row}行{self.column}"


class Case(_Strict):
    """One question with its gold answer and gold evidence.

    Attributes:
        history: The earlier questions of the conversation, oldest first; the case judges the last one.
        in_full: The same question as one would ask it at the start of a conversation. Where that is answered wrongly
            too, the conversation is not what failed.
        must: This question may never be lost: the gate fails where it was answered rightly and no longer is.
    """

    id: str = Field(min_length=1)
    question: str
    history: tuple[str, ...] = ()
    in_full: str = ""
    category: Category
    split: Split = Split.DEV
    expected: Expected
    evidence: tuple[Evidence, ...] = ()
    evidence_mode: Literal["all", "any"] = "all"
    source: Source
    must: bool = False
    note: str = ""
    twin_of: str = ""
    wording: Wording | None = None

    @property
    def declines(self) -> bool:
        """Return whether the only right answer is a refusal or small talk, so that no citation is asked."""
        return not set(self.expected.kinds) & set(SUPPORTED)

    @property
    def must_refuse(self) -> bool:
        """Return whether a refusal is an allowed and no answer of fact is."""
        return self.declines and AnswerKind.REFUSAL in self.expected.kinds


def alternatives(phrase: Alternatives) -> tuple[str, ...]:
    """Return the phrase's alternatives as a tuple."""
    return (phrase,) if isinstance(phrase, str) else phrase
