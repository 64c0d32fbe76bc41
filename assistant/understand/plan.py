"""A question in, the plan that explains most of it out: which rows and clauses, and which of their attributes.

Example: 十大孔兑项目由哪个局牵头 → two rows of 项目表, column “牵头责任单位”, nothing unexplained.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.understand.columns import Attributes, asked_columns, year_of
from assistant.understand.entities import Catalogue, Entity, Link
from assistant.understand.lexicon import Ask, Lexicon
from assistant.understand.question import MentionKind, Question, read_question
from assistant.understand.support import unsupported
from corpus.folding import fold
from corpus.models import Clause, Span

_SPOKEN_FOR = (MentionKind.ATTRIBUTE, MentionKind.OPERATION, MentionKind.ASK, MentionKind.YEAR)
_ASKED_FIELDS = ("lead_agency", "responsible_agency")
_MOST_READINGS = 8


@dataclass(frozen=True, slots=True)
class Target:
    """One reading of the question: an entity and the columns (rows) or field numbers (clauses) that answer it."""

    entity: Entity
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LookupPlan:
    """Equally good readings of a question about attributes.

    ``named`` is what the question calls them, ``unexplained`` what none of them supports.
    """

    question: Question
    targets: tuple[Target, ...]
    named: str
    unexplained: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Return whether every word of the question is explained and something was asked that exists."""
        return bool(self.targets) and not self.unexplained


class Planner:
    """Reads questions against one set of documents."""

    def __init__(
        self, catalogue: Catalogue, attributes: Attributes, lexicon: Lexicon, synonyms: Sequence[Sequence[str]]
    ) -> None:
        self._catalogue = catalogue
        self._attributes = attributes
        self._lexicon = lexicon
        self._synonyms = tuple(tuple(fold(word) for word in group) for group in synonyms)

    def read(self, text: str, names: frozenset[Span] = frozenset()) -> Question:
        """Return ``text`` with its mentions marked."""
        return read_question(text, self._lexicon, self._attributes.words, names)

    def plan_lookup(self, text: str, documents: Sequence[str] | None = None) -> LookupPlan | None:
        """Return the plan for a question about attributes of named rows or clauses, None where it names none."""
        first = self.read(text)
        spoken_for = [mention.span for mention in first.mentions if mention.kind in _SPOKEN_FOR]
        links = self._catalogue.link(first.key, spoken_for, documents)
        if not links or len(links) > _MOST_READINGS:
            return None
        names = frozenset(block for link in links for block in link.blocks)
        question = self.read(text, names)
        readings = [(link, self._unexplained(question, link)) for link in links]
        fewest = min(_length(left) for _, left in readings)
        kept = [link for link, left in readings if _length(left) == fewest]
        unexplained = next(left for _, left in readings if _length(left) == fewest)
        targets = tuple(target for link in kept if (target := self._target(question, link.entity)).columns)
        named = "".join(question.text[block.start : block.end] for block in sorted(names))
        return LookupPlan(question, targets, named, tuple(_name(question, span) for span in unexplained))

    def _target(self, question: Question, entity: Entity) -> Target:
        if entity.table is not None:
            return Target(entity, asked_columns(entity.table, question, self._attributes))
        assert entity.clause is not None
        return Target(entity, self._asked_fields(question, entity.clause))

    def _asked_fields(self, question: Question, clause: Clause) -> tuple[int, ...]:
        asked: tuple[str, ...] = question.named(MentionKind.ATTRIBUTE)
        if not asked and Ask.WHO in question.asks:
            asked = _ASKED_FIELDS
        return tuple(
            number
            for number, item in enumerate(clause.fields)
            if any(self._attributes.fits(attribute, item.name) for attribute in asked)
        )

    def _unexplained(self, question: Question, link: Link) -> tuple[Span, ...]:
        named = {position for block in link.blocks for position in range(block.start, block.end)}
        spans = [span for span in question.content() if not named.issuperset(range(span.start, span.end))]
        spans = [piece for span in spans for piece in _outside(span, named)]
        years = [
            mention.span
            for mention in question.mentions
            if mention.kind is MentionKind.YEAR and not _has_year_column(link.entity, mention.name)
        ]
        return unsupported(question.key, [*spans, *years], context_of(link.entity), self._synonyms)


def context_of(entity: Entity) -> str:
    """Return the folded text that may explain words beside an entity's name: its row or clause, headers, headings."""
    document = entity.document
    parts = [document.info.title]
    if entity.table is not None and entity.row is not None:
        parts += [entity.table.caption, entity.table.name, *entity.table.path]
        parts += [column.name + column.unit for column in entity.table.columns]
        parts += [cell.text for cell in entity.row.cells]
        parts += [group.label + group.name for group in entity.row.groups]
    if entity.clause is not None:
        parts += [*entity.clause.path, *(span.of(document.text) for span in entity.clause.own)]
    return fold("\n".join(parts))


def _has_year_column(entity: Entity, year: str) -> bool:
    return entity.table is not None and any(year_of(column) == year for column in entity.table.columns)


def _outside(span: Span, covered: set[int]) -> list[Span]:
    pieces: list[Span] = []
    start: int | None = None
    for position in range(span.start, span.end + 1):
        inside = position < span.end and position not in covered
        if inside and start is None:
            start = position
        elif not inside and start is not None:
            pieces.append(Span(start, position))
            start = None
    return pieces


def _length(spans: Sequence[Span]) -> int:
    return sum(span.end - span.start for span in spans)


def _name(question: Question, span: Span) -> str:
    return question.text[span.start : span.end]
