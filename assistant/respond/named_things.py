"""An understood question in, whether it is about the one thing that it names and not about rows in general out.

Example: 甲工程项目的投资, where a row is called so → about that row, although 甲工程 names a group of rows as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.understand.lexicon import Ask
from assistant.understand.plan import LookupPlan
from assistant.understand.query import Operation, Query
from assistant.understand.question import MentionKind, Question
from assistant.understand.understood import Understood
from assistant.understand.values import ValueMention
from corpus.folding import fold
from corpus.knowledge import AGENCY_ATTRIBUTES
from corpus.models import Span

_ORDERS, _COUNT = ("max", "min"), "count"
_HOW_MANY = re.compile(r"(?:多少|几)(?P<unit>[个项家处座件条套户亩人名])")
_WHICH_OF_THEM = re.compile(r"[中里](?:面)?(?:的)?(?:哪一?[位个名]|谁)(?:是|有|来自|属于|在|搞|做|研究)?")
_SEVERAL = 2
_ROWS = frozenset({"项目", "指标"})


def is_named_whole(plan: LookupPlan) -> bool:
    """Return whether the lookup explains the question, which holds the whole name of the one thing looked up."""
    return plan.is_complete and len(plan.targets) == 1 and plan.targets[0].entity.key in plan.question.key


def asks_of_one_thing(understood: Understood, mentions: Sequence[ValueMention]) -> bool:
    """Return whether the complete lookup answers before the query over rows does."""
    return _only_names_a_row(understood, mentions) or _names_one_thing(understood) or _asks_bodies(understood)


def sums_whole_table(understood: Understood) -> bool:
    """Return whether a sum over all rows is asked, and what seems to name one of them is the table's own name.

    甲县医疗重点项目总共多少资金, of 甲县医疗重点项目表, asks for no row 医疗人员培训.
    """
    plan, query = understood.plan, understood.query
    if query is None or plan is None or query.unexplained or query.operations != (Operation.SUM,):
        return False
    whole = query.names_measure and not query.conditions and query.group is None and not query.each
    said = "sum" in understood.question.named(MentionKind.OPERATION)
    return whole and said and not is_named_whole(plan) and fold(plan.named) in fold(query.table.name)


def ranks_rows(understood: Understood) -> bool:
    """Return whether the first or last of a table's rows is asked, which a word that several names share only calls."""
    plan, query = understood.plan, understood.query
    if query is None or plan is None or query.unexplained or len(plan.targets) == 1:
        return False
    of_table = all(target.entity.table is query.table and target.entity.row is not None for target in plan.targets)
    ranks = query.operations[0] in (Operation.MAX, Operation.MIN) and query.measure_column is not None
    return ranks and query.group is not None and of_table and len(plan.targets) == len(query.table.data_rows)


def asks_beyond(plan: LookupPlan) -> bool:
    """Return whether more is asked than a named row: 最高一档 of a row 一档, or how many 项 where nothing is in 项."""
    question, key = plan.question, plan.question.key
    start, operations = key.find(fold(plan.named)), (m for m in question.mentions if m.kind is MentionKind.OPERATION)
    if any(one.span.end == start and one.name in _ORDERS for one in operations):
        return True
    counted = _HOW_MANY.search(key)
    entity = plan.targets[0].entity
    if counted is None or question.years or question.named(MentionKind.ATTRIBUTE) or len(plan.targets) != 1:
        return False
    row, table = entity.row, entity.table
    if row is None or table is None:
        return False
    said = [*(column.name + column.unit for column in table.columns), *(cell.text for cell in row.cells)]
    return not any(counted["unit"] in text for text in said if fold(text) not in key)


def only_one_asked(plan: LookupPlan) -> LookupPlan:
    """Return the plan of those rows alone that hold what one of several is asked by: 甲、乙中哪位是氢能方面的."""
    key = plan.question.key
    match = _WHICH_OF_THEM.search(key)
    if match is None or len(plan.targets) < _SEVERAL:
        return plan
    said = [word.of(key) for word in plan.question.telling if word.start >= match.end()]
    rows = {one: "\n".join(fold(cell.text) for cell in one.entity.row.cells) for one in plan.targets if one.entity.row}
    for word in said:
        held = tuple(one for one in plan.targets if word in rows.get(one, ""))
        if held and len(held) < len(plan.targets):
            return replace(plan, targets=held)
    return plan


def names_nothing(query: Query, question: Question) -> bool:
    """Return whether only columns are named, and neither rows nor what they are called: 资金由谁承担."""
    lists = query.operations == (Operation.LIST,) and query.group is None and not query.conditions
    named = question.named(MentionKind.ATTRIBUTE)
    agencies = set(AGENCY_ATTRIBUTES) & set(named) and Ask.LIST not in question.asks
    rows = question.words or question.years or (question.named(MentionKind.CLASS_NOUN) and not agencies)
    return lists and not rows and bool(named) and Ask.WHO in question.asks


def _only_names_a_row(understood: Understood, mentions: Sequence[ValueMention]) -> bool:
    """Return whether all values that the question names are parts of the whole name of the row that it looks up.

    甲工程项目, a row of that name, is not all projects of 甲工程, unless they are listed, counted or added up;
    招生多少人 of a row counts no rows, though the value 小学 is part of its name.
    """
    plan, query, question = understood.plan, understood.query, understood.question
    if plan is None or query is None or not is_named_whole(plan) or plan.targets[0].entity.row is None:
        return False
    key = plan.targets[0].entity.key
    start = question.key.find(key)
    name = Span(start, start + len(key))
    by_value = all(c.values for c in query.conditions) and all(name.covers(mention.span) for mention in mentions)
    outside = {one.name for one in question.mentions if one.kind is MentionKind.OPERATION and not name.covers(one.span)}
    computes = outside - ({_COUNT} if question.named(MentionKind.ATTRIBUTE) else set()) or Ask.LIST in question.asks
    return start >= 0 and by_value and not computes


def _asks_bodies(understood: Understood) -> bool:
    """Return whether only the bodies of one clause are asked for (哪几家配合), and no count of its rows by body."""
    plan, query, question = understood.plan, understood.query, understood.question
    if plan is None or query is None or not plan.is_complete or query.group is None or len(plan.targets) != 1:
        return False
    rows = any(m.span.of(question.key) in _ROWS for m in question.mentions if m.kind is MentionKind.CLASS_NOUN)
    return plan.targets[0].entity.clause is not None and not rows and not query.names_measure


def _names_one_thing(understood: Understood) -> bool:
    """Return whether the query only picks what a complete lookup names: one row, or rows with nothing computed."""
    plan, query = understood.plan, understood.query
    if query is None or plan is None or not plan.is_complete or not query.names_rows:
        return False
    return len(plan.targets) == 1 or query.operations == (Operation.LIST,)
