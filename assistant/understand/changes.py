"""A question about how the rows of a table change over its years in, what is compared of which rows out.

Example: 2024年比2020年提高百分点最多的是哪个指标 → all rows of 指标表 in %, 2024年 less 2020年, the greatest rise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.understand.bounds import find_bounds
from assistant.understand.columns import year_of
from assistant.understand.growth_columns import says_growth
from assistant.understand.query import Operation, Query
from assistant.understand.query_planner import QueryPlanner
from assistant.understand.table_choice import Shortlist
from corpus.folding import fold
from corpus.models import Column, ColumnKind, Span
from corpus.numerals import parse_chinese_integer

_RISING = "提高|提升|增长|增加|上升|上涨|升高|增幅|涨幅|升幅|增速|增长率"
_FALLING = "下降|降低|减少|回落|降幅"
_EITHER = "变化|变动|变化幅度"
_ENDS = 2
_SAME = r"没有变化|没变化|没有变|持平|保持不变|不变"
_YEARS = re.compile(
    r"(?:从|自)?(?P<one>(?:19|20)\d\d)年?(?:到|至|比|较|相比|相较于?|和|与|-|—)(?P<other>(?:19|20)\d\d)年?"
    r"(?:期间|之间|相比|这?[一二三四五六七八九十]年)?"
)
_YEAR = re.compile(r"(?:比|较|相比|从|到)?(?P<year>(?:19|20)\d\d)年?(?:相比)?")
_CHANGE = re.compile(
    rf"(?:数值|目标值?|指标值)?(?:要|会|有所|呈|是)?(?:(?P<same>{_SAME})"
    rf"|(?:(?P<rise>{_RISING})|(?P<fall>{_FALLING})|(?P<either>{_EITHER}))"
    r"(?:了|得|的)*(?P<rate>比例|百分比|率)?(?P<points>个?百分点(?:数)?)?(?:幅度|数值)?(?:的|得)?"
    r"(?:最(?P<most>大|多|高|快|明显|显著)|最(?P<least>小|少|低|慢))?(?:的)?"
    r"(?:前?(?P<count>[一二两三四五六七八九十\d]+)[个项](?=指标|是|[？?。]|$))?)"
)
_HOW_MUCH = re.compile(
    rf"[，,](?:各|分别)?(?:是)?(?:要|会)?(?:{_RISING}|{_FALLING}|{_EITHER})了?(?:多少|几)(?:个?百分点)?(?=[？?。]|$)"
)
_IN_PER_CENT = re.compile(r"(?:以|按|用)(?:百分比|百分数|百分率|%)(?:来)?(?:计算?|表示|衡量|为单位|计量)的?")


@dataclass(frozen=True, slots=True)
class Changes:
    """How rows change from the column ``earlier`` to the column ``later``: those that rise, fall, or do either.

    ``direction`` is 1, -1 or 0 for rising, falling and unchanged, None for any change; ``picks`` is 1 for the greatest
    change, -1 for the least, 0 for all rows; ``sign`` and ``bound`` limit its size; ``unit`` is the unit of the rows
    asked for (empty for any), ``by_rate`` says that changes are compared in per cent of the earlier figure.
    """

    query: Query
    earlier: Column
    later: Column
    direction: int | None
    picks: int
    limit: int
    sign: str
    bound: Decimal
    unit: str
    by_rate: bool


def plan_changes(text: str, queries: QueryPlanner, shortlist: Shortlist) -> Changes | None:
    """Return what the question asks of changes; None where it asks for none or says more than is understood."""
    key = fold(text)
    in_per_cent = _IN_PER_CENT.search(key)
    key = _IN_PER_CENT.sub("", _HOW_MUCH.sub("", key))  # how much each changes is told with it
    change = _CHANGE.search(key)
    if change is None:
        return None
    years = _YEARS.search(key)
    bounds = find_bounds(key)
    spans = [Span(*change.span()), *(bound.span for bound in bounds)]
    spans += [Span(*years.span())] if years is not None else []
    if years is None:
        spans += [Span(*match.span()) for match in _YEAR.finditer(key)]
    rest = "".join("" if any(s.start <= at < s.end for s in spans) else c for at, c in enumerate(key))
    plans = [plan for plan in queries.plan(rest, shortlist, Operation.LIST) if not plan.unexplained]
    if len(plans) != 1 or len(bounds) > 1 or plans[0].names_rows:
        return None
    ends = _ends(plans[0], {match["year"] for match in _YEAR.finditer(key)}, key)
    if ends is None:
        return None
    amount = bounds[0].amount if bounds else None
    points = (
        change["points"] is not None
        or in_per_cent is not None
        or (amount is not None and amount.unit in ("个百分点", "百分点", "%"))
    )
    picks = 1 if change["most"] else -1 if change["least"] else 0
    return Changes(
        query=plans[0],
        earlier=ends[0],
        later=ends[1],
        direction=1 if change["rise"] else -1 if change["fall"] else 0 if change["same"] else None,
        picks=picks,
        limit=parse_chinese_integer(change["count"] or "一") or 1,
        sign=bounds[0].sign if bounds else "",
        bound=amount.number if amount is not None else Decimal(0),
        unit="%" if points else amount.unit if amount is not None else "",
        by_rate=bool(picks) and not points,
    )


def _ends(query: Query, years: set[str], key: str) -> tuple[Column, Column] | None:
    """Return the columns of the first and the last year compared, those that the question names or the only two."""
    columns = {year_of(c): c for c in query.table.columns if year_of(c) and c.kind is ColumnKind.NUMBER}
    wanted = sorted(years if len(years) > 1 else columns)
    if len(years) == 1 and not years <= set(wanted):
        return None
    if len(years) < _ENDS and says_growth(key, query.table):
        return None  # 2024年增长最快 is asked of the column that says so
    if len(wanted) != _ENDS or not set(wanted) <= set(columns):
        return None
    return columns[wanted[0]], columns[wanted[1]]
