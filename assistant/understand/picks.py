"""A question and what was read of it in, the rows that an order picks before anything is computed of them out.

Example: 投资前五的项目中水利局牵头的有几个 → the five largest of “2025年前计划投资”, then those of 水利局, counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.understand.attributes import Attributes
from assistant.understand.bounds import find_bounds
from assistant.understand.conditions import figure_column
from assistant.understand.orders import Pick, find_limits, find_pick, order_spans
from assistant.understand.query import Condition, Operation
from assistant.understand.question import Question
from assistant.understand.values import ValueMention
from corpus.models import Span, Table

_ORDERS = frozenset({Operation.MAX, Operation.MIN})
_THE_ONE = re.compile(r"最[大多高小少低](?=的[^占，,。；;]{0,6}占)")  # 投资最大的项目占
_OF_ALL = frozenset({Operation.AVERAGE, Operation.SHARE})


@dataclass(frozen=True, slots=True)
class Scope:
    """The conditions with the picked rows among them, what is computed of them, and where the pick stands.

    ``unheard`` are stretches that say of which rows and were not understood.
    """

    conditions: tuple[Condition, ...]
    operations: tuple[Operation, ...]
    spent: Span | None = None
    unheard: tuple[Span, ...] = ()


def scope_of(
    question: Question,
    mentions: Sequence[ValueMention],
    conditions: tuple[Condition, ...],
    operations: tuple[Operation, ...],
    table: Table,
    attributes: Attributes,
    measured: int | None,
    grouped: bool,
) -> Scope:
    """Return which rows are picked first: those of 前五的项目中, or those that are averaged: 投资前三的平均.

    Where groups are computed (``grouped``), 最大的行动占… is one of them and picks no row.
    """
    pick = find_pick(question.key)
    others = tuple(operation for operation in operations if operation not in _ORDERS)
    if pick is None:
        falling = Operation.MIN in operations
        of_picked = len(others) < len(operations) and _OF_ALL & set(others)
        pick = _averaged(question.key, falling, grouped) if of_picked else None
        if pick is None:
            return Scope(conditions, operations)
    behind = [mention for mention in mentions if mention.span.start >= pick.span.end]
    if not pick.is_ordered_again and not behind and not others:
        return Scope(conditions, operations)  # 前五的项目里: the list itself
    column = figure_column(question, table, attributes, pick.span.start)
    column = measured if column is None and not pick.is_ordered_again else column
    top = (Condition(column, top=-pick.count if pick.falling else pick.count),) if column is not None else ()
    if pick.is_ordered_again:
        return Scope((*conditions, *top), operations, pick.span if top else None)
    held = {ref.text for mention in behind for ref in mention.refs}
    after = tuple(c for c in conditions if c.values and held.issuperset(c.values))
    before = tuple(c for c in conditions if c not in after)
    mixed = any(not held.isdisjoint(c.values) for c in before)
    bounded = any(bound.span.start >= pick.span.end for bound in find_bounds(question.key))
    # 占能源局总投资的比例: of another whole than all rows.
    parted = Operation.SHARE in others and any(mention.span.start > question.key.rfind("占") for mention in mentions)
    unheard = (pick.span,) if mixed or bounded or parted or not top else ()
    return Scope((*before, *top, *after), others or (Operation.LIST,), pick.span, unheard)


def _averaged(key: str, falling: bool, grouped: bool) -> Pick | None:
    """Return the rows that an order with a limit picks, wherever it stands; None where it states no limit."""
    limits, spans = find_limits(key, 0), order_spans(key)
    if not spans and not grouped and (one := _THE_ONE.search(key)):
        return Pick(Span(*one.span()), 1, falling, is_ordered_again=False)
    if not limits.limit or limits.skip or not spans:
        return None
    return Pick(spans[0], limits.limit, falling, is_ordered_again=False)
