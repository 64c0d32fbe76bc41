"""What the assistant hands out: an answer with its evidence, in the row format machines depend on.

Example: ``Answer(kind=AnswerKind.LOOKUP, answer="…牵头责任单位是水利局。[1]", citations=(Citation(index=1, …),))``.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class AnswerKind(StrEnum):
    """What sort of answer it is; ``error`` appears in batch rows only."""

    LOOKUP = "lookup"
    PASSAGE = "passage"
    MIXED = "mixed"
    REFUSAL = "refusal"
    CLARIFY = "clarify"
    CHAT = "chat"
    ERROR = "error"


_BOUND = re.compile(r"及?(?:以[上下内]|左右|上下)$")


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a stated fact stands: ``quote == document.text[start:end]``; ``index`` is the mark [1] in the answer."""

    index: int
    document: str
    document_id: str
    status: str
    section: tuple[str, ...]
    locator: str
    quote: str
    start: int
    end: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class ResultTable:
    """Rows behind an answer, as shown; every cell is text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Calculation:
    """The expression with its numbers and unit, and the SQL that a person can run again."""

    expression: str
    sql: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One of several stated values of a quantity; ``citation`` is the index of a citation of the same answer."""

    value: str
    unit: str
    citation: int

    @property
    def written(self) -> str:
        """Return the value with its unit as people write it: 85以上 and % are 85%以上."""
        bound = _BOUND.search(self.value)
        at = bound.start() if bound else len(self.value)
        return self.value[:at] + self.unit + self.value[at:]


@dataclass(frozen=True, slots=True)
class Conflict:
    """One quantity that is stated differently in two or more places."""

    quantity: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """What an answer says of one quantity, kept apart from its words so that answers can be compared.

    ``subject`` names the thing that has it, where it is one thing, and ``label`` the quantity without it.
    """

    quantity: str
    statement: Statement
    subject: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; ``to_dict`` gives exactly the row of the answer contract, of which ``claims`` are no part."""

    question: str
    standalone: str
    kind: AnswerKind
    answer: str
    citations: tuple[Citation, ...] = ()
    table: ResultTable | None = None
    calculation: Calculation | None = None
    conflicts: tuple[Conflict, ...] = ()
    missing: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    timings_ms: dict[str, float] = field(default_factory=dict)
    id: str = ""
    claims: tuple[Claim, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the contract's row: plain JSON types, keys in the contract's order."""
        row = asdict(self)
        del row["claims"]
        order = ("id", "question", "standalone", "kind", "answer", "citations", "table", "calculation", "conflicts")
        head = {key: row.pop(key) for key in order}
        return {**head, **row, "kind": self.kind.value}
