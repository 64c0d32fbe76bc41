"""An office's places and a condition on a place column in, the cells that take the place in without naming it out.

Example: 达拉特旗 → “全市9个旗区” and “除康巴什外的8个旗区” take it in, “全市8个旗区” does not say whether it does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.understand.attributes import Attributes
from assistant.understand.lexicon import Lexicon
from assistant.understand.query import Condition, Query
from assistant.understand.question import MentionKind, Question
from assistant.understand.values import ValueRef, holds_prose
from corpus.folding import fold
from corpus.knowledge import Place
from corpus.models import ColumnKind, ParsedDocument, Span, Table
from corpus.row_names import cell_text

_PLACE = "place"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a condition on a place means, as the cells write it.

    ``named`` is the condition that holds where the place is named, ``covering`` are the collectives in the column that
    take the place in, ``unsaid`` those that do not say whether they do; ``mentioning`` has one condition for each
    column of names or prose, and a row mentions the place where one of them holds.
    """

    named: Condition
    covering: tuple[str, ...]
    unsaid: tuple[str, ...]
    mentioning: tuple[Condition, ...]


class Places:
    """Knows which places are part of which, and which columns of the tables hold places."""

    def __init__(self, places: Sequence[Place], attributes: Attributes, lexicon: Lexicon) -> None:
        self._attributes = attributes
        self._words = lexicon.places
        self._cities = frozenset(word.key for word in lexicon.cities)
        self._by_name = {fold(name): place for place in places for name in place.names}
        self._collectives = tuple(place for place in places if place.members is not None)
        self._names = tuple(name for place in places for name in place.names)

    def members(self, documents: Sequence[ParsedDocument]) -> Iterator[tuple[str, ValueRef]]:
        """Yield every name of a place that a place column takes in, with the value that it would be there.

        A place that no cell names can be asked for all the same: 康巴什区, where the cells say 全市9个旗区.
        """
        for document in documents:
            for table in document.tables:
                for column in self._columns(table):
                    cells = {cell_text(row, column) for row in table.data_rows}
                    for member in self._members_of(cells):
                        ref = ValueRef(document.info.id, table.id, column, member.name)
                        yield from ((name, ref) for name in member.names)

    def _members_of(self, cells: set[str]) -> list[Place]:
        written = [one for one in self._collectives if any(name in cell for name in one.names for cell in cells)]
        names = dict.fromkeys(member for one in written for member in one.members or ())
        return [self._by_name[fold(name)] for name in names if fold(name) in self._by_name]

    def named_in(self, key: str) -> frozenset[str]:
        """Return the single places that a folded text names, each by its first name: 达旗 is 达拉特旗."""
        found, rest = set(), key
        for name in sorted(self._by_name, key=lambda name: (-len(name), name)):
            place = self._by_name[name]
            if name in rest:
                rest = rest.replace(name, "\n")
                found |= {place.name} if place.members is None else set()
        return frozenset(found)

    def last_in(self, key: str) -> Span | None:
        """Return where the last single place that a folded text names stands, the longest name that ends there."""
        found = [
            Span(at, at + len(name))
            for name, place in self._by_name.items()
            if place.members is None and (at := key.rfind(name)) >= 0
        ]
        return max(found, key=lambda span: (span.end, span.end - span.start), default=None)

    def is_city(self, word: str) -> bool:
        """Return whether a folded word is the short name of a province or city, known to the office or not: 桂林."""
        return word in self._cities

    def spread_in(self, key: str) -> frozenset[str] | None:
        """Return the single places that a folded text names or takes in; None where it does not say which."""
        written = [place for place in self._collectives if any(fold(name) in key for name in place.names)]
        if any(not place.members for place in written):
            return None
        known = (self._by_name.get(fold(member)) for place in written for member in place.members or ())
        return self.named_in(key) | {place.name for place in known if place is not None}

    @property
    def knows_any(self) -> bool:
        """Return whether the office has said which places it has."""
        return bool(self._by_name)

    def holds_places(self, table: Table, column: int) -> bool:
        """Return whether a column of a table is one of places."""
        return column in self._columns(table)

    def collectives(self, table: Table, column: int) -> tuple[str, ...]:
        """Return the names of several places at once, where ``column`` holds places."""
        names = tuple(name for place in self._collectives for name in place.names)
        return names if column in self._columns(table) else ()

    def covering_words(self, question: Question) -> tuple[Span, ...]:
        """Return the words that ask for all rows that take a place in, whether they name it or not: 覆盖达拉特旗的."""
        found = [(question.key.find(word.key), len(word.key)) for word in self._words]
        return tuple(Span(start, start + length) for start, length in found if start >= 0)

    def asks_written(self, question: Question, query: Query) -> bool:
        """Return whether the question names the place column, so that only what is written there counts."""
        headers = [fold(query.table.columns[column].name) for column in self._columns(query.table)]
        named = [m.span.of(question.key) for m in question.mentions if m.kind is MentionKind.ATTRIBUTE]
        return any(word in header for word in named for header in headers)

    def has_any(self, conditions: Sequence[Condition], table: Table) -> bool:
        """Return whether one of the conditions is on a place."""
        return any(self.scope(condition, table) is not None for condition in conditions)

    def scope(self, condition: Condition, table: Table) -> Scope | None:
        """Return what ``condition`` means of places; None where it is on no place that an office knows."""
        known = [place for value in condition.values if (place := self._by_name.get(fold(value))) is not None]
        single = [place for place in known if place.members is None]
        if condition.column not in self._columns(table) or not single or len(single) < len(set(condition.values)):
            return None
        apart = tuple(n for n in self._names if any(v in n and n not in p.names for p in single for v in p.names))
        cells = [cell_text(row, condition.column) for row in table.data_rows]
        written = [(n, c.members or ()) for c in self._collectives for n in c.names if any(n in cell for cell in cells)]
        names = tuple(name for place in single for name in place.names)
        return Scope(
            named=replace(condition, apart=apart),
            covering=tuple(n for n, members in written if any(place.name in members for place in single)),
            unsaid=tuple(name for name, members in written if not members),
            mentioning=tuple(Condition(column, names, apart=apart) for column in self._prose(table)),
        )

    def _columns(self, table: Table) -> list[int]:
        return [
            column.number
            for column in table.columns
            if column.kind is ColumnKind.TEXT and self._attributes.fits(_PLACE, column.name)
        ]

    def _prose(self, table: Table) -> list[int]:
        """Return the columns of names and of prose, where a place may be mentioned."""
        texts = [c.number for c in table.columns if c.kind is ColumnKind.TEXT and c.number not in self._columns(table)]
        return [
            number
            for number in texts
            if self._attributes.fits("name", table.columns[number].name)
            or holds_prose([cell_text(row, number) for row in table.data_rows])
        ]
