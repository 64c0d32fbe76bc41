"""A question that asks whether a thing begins or ends in a year in, “是” or “不是” with its period out.

Example: 甲项目到2024年能完成吗, of 2022-2023 → 是。“甲项目”的建设时间是2022-2023。[1]

What is planned says nothing of what has been done: 甲项目完工了吗 is told its period alone.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.models import Answer
from assistant.respond.lookup import answer_lookup
from assistant.respond.whether import worded
from assistant.understand.attributes import Attributes
from assistant.understand.columns import columns_of
from assistant.understand.lexicon import Ask
from assistant.understand.negations import limits_of
from assistant.understand.periods import find_periods
from assistant.understand.query import Condition, Measure
from assistant.understand.question import MentionKind, Question
from assistant.understand.row_details import Target
from assistant.understand.understood import Understood
from corpus.models import ColumnKind, Quantity, Span, Table
from index.facts import Facts

_SIGNS = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_CAN, _DONE = ("能", "可以"), re.compile(r"了[吗么没]|已经|已(?=于|在|开|完|建|竣|启|结)")
_FINER = re.compile(r"年?(?:\d{1,2}月|[上下]半年|[一二三四1-4]?季度|年?初)")
"""What is said more exactly than by its year."""
_ENDS, _BEGINS = re.compile("[完竣止限]|结束"), re.compile("[开始]|动工|启动")
_PERIOD = "period"


def answer_when(understood: Understood, attributes: Attributes, facts: Facts) -> Answer | None:
    """Return whether the one row named begins or ends as the question says; None where it asks no such thing."""
    plan, question = understood.plan, understood.question
    if plan is None or question.asks != {Ask.YES_NO} or len(plan.things) != 1 or limits_of(question):
        return None
    entity = plan.things[0]
    if entity.table is None or entity.row is None or set(question.named(MentionKind.ATTRIBUTE)) - {_PERIOD}:
        return None
    columns = columns_of(_PERIOD, entity.table, (), attributes)
    if len(columns) != 1 or not question.years:
        return None
    found = find_periods(question, entity.table, columns[0])
    period = next((cell.quantity for cell in entity.row.cells if cell.column == columns[0]), None)
    explained = all(any(span.covers(word) for span in found.spans) for word in plan.unexplained)
    if period is None or not explained or len(found.spans) != 1 or _FINER.match(question.key, found.spans[0].end):
        return None
    conditions = [_not_later(one, question, found.spans[0]) for one in found.conditions]
    if not all(_is_told(one, entity.table, columns[0]) for one in conditions):
        return None
    is_done = _DONE.search(question.key.replace(entity.key, "")) is not None
    truth = None if is_done else _hold(conditions, period)
    asked = replace(plan, targets=(Target(entity, (columns[0],)),), unexplained=())
    answer = answer_lookup(asked, facts, understood.asked, understood.standalone)
    return worded(answer, truth, (found.spans[0].of(question.text),))


def _is_told(condition: Condition, table: Table, column: int) -> bool:
    """Return whether the column tells what a condition is about: 完成时限 tells no beginning, 工期 no year."""
    header = table.columns[column]
    if condition.sign not in _SIGNS or header.kind is not ColumnKind.PERIOD:
        return False
    if condition.measure is Measure.START:
        return _ENDS.search(header.name) is None
    return condition.measure is Measure.END and _BEGINS.search(header.name) is None


def _not_later(condition: Condition, question: Question, said: Span) -> Condition:
    """Return the condition as 能 makes it: what is done in 2023 can be done in 2024."""
    key = question.key
    can = any(word in said.of(key) or key[: said.start].endswith((word, f"{word}在")) for word in _CAN)
    ends = condition.measure is Measure.END and condition.sign == "="
    return replace(condition, sign="<=") if can and ends else condition


def _hold(conditions: Sequence[Condition], period: Quantity) -> bool | None:
    """Return whether a period is as all ``conditions`` say; None where it tells no years."""
    if period.low is None or period.high is None:
        return None
    if any(one.sign == "<" and one.bound == period.high for one in conditions):
        return None  # 2024年之前 may be meant with 2024 or without it
    ends = {Measure.START: period.low, Measure.END: period.high}
    return all(_SIGNS[one.sign](Decimal(ends[one.measure]), one.bound) for one in conditions)
