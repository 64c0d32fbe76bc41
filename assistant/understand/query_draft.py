"""What has been read of a question over one table so far, as a record that each rule of reading passes on.

Example: of 能源局牵头的项目总投资多少 the conditions on 能源局, then the column 2025年前计划投资, and 0 words left.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from assistant.understand.orders import Limits
from assistant.understand.query import Condition, Found, Grouping, Having, Measure, Operation
from assistant.understand.question import Question
from assistant.understand.values import ValueMention
from corpus.models import ParsedDocument, Span, Table

PICKING = frozenset({Operation.MAX, Operation.MIN, Operation.AVERAGE})
"""What needs a figure of each row."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A query in the making.

    ``around`` are the folded words around the table's rows, ``found`` what the conditions on cells account for.
    ``left`` are the words that nothing explains yet, ``unheard`` what was read and can not be computed.
    ``stated`` are the places that say how many rows there are, ``numbers`` words that may say so (三个县域中心).
    """

    question: Question
    mentions: Sequence[ValueMention]
    document: ParsedDocument
    table: Table
    around: str
    operations: tuple[Operation, ...]
    column: int | None = None
    measure: Measure = Measure.FIGURE
    found: Found = field(default_factory=lambda: Found((), ()))
    conditions: tuple[Condition, ...] = ()
    group: Grouping | None = None
    having: Having | None = None
    left: tuple[Span, ...] = ()
    unheard: tuple[Span, ...] = ()
    stated: tuple[Span, ...] = ()
    numbers: tuple[Span, ...] = ()
    number: int | None = None
    names_rows: bool = False
    limits: Limits = field(default_factory=Limits)
    whole: tuple[Condition, ...] = ()

    @property
    def key(self) -> str:
        """Return the folded question."""
        return self.question.key

    def without(self, words: Collection[Span]) -> Draft:
        """Return the draft with ``words`` explained."""
        return replace(self, left=tuple(span for span in self.left if span not in words))

    def without_touching(self, places: Sequence[Span]) -> Draft:
        """Return the draft with the words explained that overlap one of ``places``."""
        return replace(self, left=tuple(span for span in self.left if not is_spent(span, places)))

    def without_within(self, places: Sequence[Span]) -> Draft:
        """Return the draft with the words explained that lie within one of ``places``."""
        return replace(self, left=tuple(s for s in self.left if not any(place.covers(s) for place in places)))

    def leaving(self, words: Sequence[Span]) -> Draft:
        """Return the draft with ``words`` left to be explained as well."""
        return replace(self, left=(*self.left, *words))


def is_spent(span: Span, spent: Sequence[Span]) -> bool:
    """Return whether ``span`` overlaps one of ``spent``."""
    return any(span.overlaps(other) for other in spent)
