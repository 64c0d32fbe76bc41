"""A question that asks whether a row or a work has a value in, “是” or “不是” with what its cell says out.

Example: 甲项目是不是由水利局牵头 → 不是。“甲项目”的牵头责任单位是能源局。[1]

A cell that holds the value within a longer one, or several places at once without naming them, decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from assistant.models import Answer
from assistant.respond.lookup import answer_lookup
from assistant.respond.refusal import widen
from assistant.respond.whether import worded
from assistant.respond.whether_post import answer_post
from assistant.respond.whether_when import answer_when
from assistant.understand.attributes import GROUP_COLUMN, Attributes
from assistant.understand.columns import columns_of
from assistant.understand.entities import Entity
from assistant.understand.lexicon import Ask
from assistant.understand.negations import limits_of
from assistant.understand.places import Places
from assistant.understand.plan import LookupPlan
from assistant.understand.query import Condition
from assistant.understand.question import MentionKind, Question
from assistant.understand.row_details import Target
from assistant.understand.understood import Understood
from assistant.understand.values import ValueMention
from corpus.cell_values import AGENCY, RANKS, split_column
from corpus.folding import fold
from corpus.knowledge import AGENCY_ATTRIBUTES
from corpus.models import ColumnKind, Span
from corpus.row_names import cell_text
from index.facts import Facts

_LONG_CELL = 40
_PLACE = "place"
_OF_ANY = frozenset({"name", "ordinal"})
_LOCATED = ("在", "位于", "建在", "落在", "设在")


class WhetherValue:
    """Confirms or denies that a named thing has a value in a column, a field or a group."""

    def __init__(
        self,
        attributes: Attributes,
        places: Places,
        values_in: Callable[[Question], Sequence[ValueMention]],
        facts: Facts,
    ) -> None:
        """Take what the tables call things, and what finds the values that a question names."""
        self._attributes, self._places, self._values_in, self._facts = attributes, places, values_in, facts

    def answer(self, understood: Understood) -> Answer | None:
        """Return whether the one thing named is as the question says: by its period, its post, or its values.

        None if it is not asked.
        """
        of_row = (answer(understood, self._attributes, self._facts) for answer in (answer_when, answer_post))
        return next(filter(None, of_row), None) or self._of_values(understood, self._values_in(understood.question))

    def _of_values(self, understood: Understood, values: Sequence[ValueMention]) -> Answer | None:
        """Return whether the one thing named has all ``values`` that stand beside its name; None if it is not asked."""
        plan, question = understood.plan, understood.question
        if plan is None or question.asks != {Ask.YES_NO} or len(plan.things) != 1 or limits_of(question):
            return None
        entity = plan.things[0]
        if question.named(MentionKind.OPERATION) or question.years or not (plan.is_close or entity.key in question.key):
            return None
        named = _name_in(question.key, entity.key, plan)
        beside = [value for value in values if not named.overlaps(value.span)] or _strangers(plan)
        left = [span for span in plan.unexplained if not any(value.span.overlaps(span) for value in beside)]
        if not beside or left or not named.end:
            return None
        columns = dict.fromkeys(column for value in beside for column in self._columns(question, entity, named, value))
        if len(columns) != 1:
            return None
        (column,) = columns
        found = [self._has(entity, column, value, question.key) for value in beside]
        if None in found and _is_long(entity, column):
            return None
        asked = replace(plan, targets=(Target(entity, (column,)),), unexplained=())
        answer = answer_lookup(asked, self._facts, understood.asked, understood.standalone)
        denied = [v.span.of(question.text) for v, so in zip(beside, found, strict=True) if so is False]
        return worded(answer, None if None in found and not denied else not denied, denied)

    def _columns(self, question: Question, entity: Entity, named: Span, value: ValueMention) -> Iterator[int]:
        """Yield the columns, levels of groups or fields that the question may take the value to stand in."""
        taken = (named, value.span)
        mentions = [m for m in question.mentions if m.kind is MentionKind.ATTRIBUTE and m.name not in _OF_ANY]
        asked = [m.name for m in mentions if not any(span.overlaps(m.span) for span in taken)]
        if question.key[: value.span.start].endswith(_LOCATED) and not asked:
            asked = [_PLACE]
        if entity.clause is not None:
            fields = enumerate(entity.clause.fields)
            yield from (n for n, one in fields if any(self._attributes.fits(name, one.name) for name in asked))
            return
        assert entity.table is not None
        if asked:
            yield from (c for name in asked for c in columns_of(name, entity.table, (), self._attributes) if c != -1)
            return
        here = (entity.document.info.id, entity.table.id)
        yield from (ref.column for ref in value.refs if (ref.document_id, ref.table_id) == here)

    def _has(self, entity: Entity, column: int, value: ValueMention, key: str) -> bool | None:
        """Return whether the thing has the value there; None where what stands there does not decide it."""
        names = {value.span.of(key), *(fold(ref.text) for ref in value.refs)}
        names |= {name[1:] for name in names if name[0] in RANKS and len(name) > 2}
        parts = _parts(entity, column)
        if parts is None:
            return None
        held = {fold(part) for part in parts}
        held |= {part[1:] for part in held if part[0] in RANKS and len(part) > 2}
        if names & held:
            return True
        text = "\n".join(held)
        return None if any(name in text for name in names) else self._is_outside(entity, column, names)

    def _is_outside(self, entity: Entity, column: int, names: set[str]) -> bool | None:
        """Return False, or for a place what the names of several at once (全市9个旗区) say of it."""
        if entity.table is None or entity.row is None or column < 0:
            return False
        cell = cell_text(entity.row, column)
        scope = self._places.scope(Condition(column, tuple(names)), entity.table)
        if scope is not None and any(name in cell for name in scope.covering):
            return True
        together = scope.unsaid if scope is not None else self._places.collectives(entity.table, column)
        return None if any(name in cell for name in together) else False


def _strangers(plan: LookupPlan) -> list[ValueMention]:
    """Return what is named as an agency and stands in no table, where one is asked for: 由公安局牵头吗."""
    asked = any(name in AGENCY_ATTRIBUTES for name in plan.question.named(MentionKind.ATTRIBUTE))
    words = [widen(plan.question.key, span) for span in plan.unexplained] if asked else []
    return [ValueMention(span, ()) for span in words if AGENCY.search(span.of(plan.question.key))]


def _name_in(key: str, name: str, plan: LookupPlan) -> Span:
    """Return where the thing is named: by its whole name or by what the lookup found of it; empty for in pieces."""
    for called in (name, fold(plan.named)):
        if called and (start := key.find(called)) >= 0:
            return Span(start, start + len(called))
    return Span(0, 0)


def _is_long(entity: Entity, column: int) -> bool:
    return column >= 0 and any(len(part) > _LONG_CELL for part in _parts(entity, column) or ())


def _parts(entity: Entity, column: int) -> tuple[str, ...] | None:
    """Return the single values that stand in a column, a level of groups or a field; None where there are none."""
    if entity.clause is not None:
        return tuple(value.text for value in entity.clause.fields[column].values)
    if entity.row is None or entity.table is None:
        return None
    if column <= GROUP_COLUMN:
        return (
            tuple(n for g in entity.row.groups if GROUP_COLUMN - g.level == column for n in (g.name, g.label)) or None
        )
    if column < 0 or entity.table.columns[column].kind is not ColumnKind.TEXT:
        return None
    cells = split_column(cell_text(row, column) for row in entity.table.data_rows)
    return cells[cell_text(entity.row, column)] or None
