"""A question that asks whether a thing begins or ends in a year in, “是” or “不是” with its period out.

Example: 甲项目到2024年能完成吗, of 2022-2023 → 是。“甲项目”的建设时间是2022-2023。[1]
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
from assistant.understand.columns import Attributes, columns_of
from assistant.understand.lexicon import Ask
from assistant.understand.negations import limits_of
from assistant.understand.periods import find_periods
from assistant.understand.query import Condition, Measure
from assistant.understand.row_details import Target
from assistant.understand.understood import Understood
from corpus.models import Quantity, Span
from index.facts import Facts

_SIGNS = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_CAN, _DONE = ("能", "可以"), re.compile(r"了[吗么没]|已经?")


def answer_when(understood: Understood, attributes: Attributes, facts: Facts) -> Answer | None:
    """Return whether the one row named begins or ends as the question says; None where it asks no such thing."""
    plan, question = understood.plan, understood.question
    if plan is None or question.asks != {Ask.YES_NO} or len(plan.things) != 1 or limits_of(question):
        return None
    entity = plan.things[0]
    if entity.table is None or entity.row is None or not question.years:
        return None
    columns = columns_of("period", entity.table, (), attributes)
    if len(columns) != 1:
        return None
    found = find_periods(question, entity.table, columns[0])
    period = next((cell.quantity for cell in entity.row.cells if cell.column == columns[0]), None)
    if period is None or not found.conditions or not all(_explains(found.spans, span) for span in plan.unexplained):
        return None
    said = "".join(span.of(question.text) for span in found.spans)
    by_then = _DONE.search(question.key) is not None
    truth = _hold([_not_later(one, said, by_then) for one in found.conditions], period)
    if truth is False and len(found.spans) > 1:
        return None  # which of them is not so would have to be said
    asked = replace(plan, targets=(Target(entity, (columns[0],)),), unexplained=())
    answer = answer_lookup(asked, facts, understood.asked, understood.standalone)
    return worded(answer, truth, (said,))


def _explains(spans: Sequence[Span], word: Span) -> bool:
    return any(span.overlaps(word) for span in spans)


def _not_later(condition: Condition, said: str, by_then: bool) -> Condition:
    """Return the condition as 能 and 了 make it: what is done in 2023 can be done in 2024, and is done then."""
    can = condition.measure is Measure.END and any(word in said for word in _CAN)
    return replace(condition, sign="<=") if condition.sign == "=" and (can or by_then) else condition


def _hold(conditions: Sequence[Condition], period: Quantity) -> bool | None:
    """Return whether a period is as all ``conditions`` say; None where it tells no years."""
    if period.low is None or period.high is None:
        return None
    ends = {Measure.START: period.low, Measure.END: period.high, Measure.LENGTH: period.high - period.low + 1}
    return all(_SIGNS[one.sign](Decimal(ends[one.measure]), one.bound) for one in conditions)
