"""A question in, what it asks of the years in which things begin, end and run out, as conditions.

Example: 2021年开工 → start = 2021; 2025年以后才完工 → end > 2025; 2026年还在建 → start ≤ 2026 and end ≥ 2026;
建设期3年以上 → length ≥ 3 (first and last year count); 到2025年结束 → end = 2025, 到2025年完工 → end ≤ 2025.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.understand.query import OPPOSITES, Condition, Measure
from assistant.understand.question import Question
from corpus.models import Span, Table
from corpus.numerals import parse_chinese_integer

_BEGIN = r"开始(?:建设|实施)?|开工(?:建设)?|启动|动工|开建|起步|上马|起(?!来)"
_END = (
    r"(?:全部|全都|能|可以|才|要|会|就|应该|该|应|须|计划)*"
    r"(?:完工|完(?=的|[，,。？?]|$)|建成|完成|结束|竣工|建完|截止|到期|收尾|投用|收官)"
)
_UNDONE = r"(?:还|都)?(?:完不了工|完不成|不能完工|没(?:有|能)?完工|未(?:能)?完工|建不完|建不成|没(?:有)?建成|未建成)"
_RUNNING = (
    r"(?:底|末)?(?:还|仍|仍然|正|正在|依然)?(?:处于|处在)?(?:在建(?:设)?(?:期(?:内|之内|中))?|没出建设期|没有?结束|"
    r"未结束|建设期内|在实施|实施中|建设中)(?:的)?"
)
_YEAR = r"(?:19|20)\d\d"
_SPANNED = re.compile(
    rf"(?P<not>(?:(?<!是)并?不是|并非|不为|不等于)(?:在|从|由|于)?)?(?:从|自)?(?P<from>{_YEAR})年?(?:-|－|–|—|~|至|到)+(?P<to>{_YEAR})年?(?:期间|之间)?(?:建设|实施)?(?=[的有]|[，,。？?]|$|项目)"
)
_ONE = re.compile(
    rf"(?P<not>(?<![是有在])(?:不是|并非|未能?|没有?|不)(?:在|从|由|于)?)?(?P<by>[拖延]到|到|至|截至|截止到?|要到|在|从|自|于)?(?P<year>{_YEAR})年?"
    r"(?P<where>底(?:以?前|之前)|末(?:以?前|之前)|(?:及)?(?:以前|之前|前)|(?P<from_then>(?:及|或者?|和)(?:以后|之后|更晚))|(?:以后|之后|后)|底|末|起)?"
    rf"(?:，|,)?(?P<event>(?P<running>{_RUNNING})|(?P<undone>{_UNDONE})|(?:就|才|要|计划|都)*(?P<begin>{_BEGIN})"
    rf"|(?P<end>{_END})|(?P<plain>(?:要|计划)?(?:建设|实施|施工)(?=的)))(?:建设|实施)?"
)
_ABOUT = re.compile(
    rf"(?P<event>(?P<begin>开工|开始|启动|动工|起始)|(?P<end>完工|建成|竣工|结束|完成|截止))(?:的?(?:年份|时间|年度|年))?"
    rf"(?:是|为|在|于|到|至)+(?P<year>{_YEAR})年?(?P<where>(?:以前|之前|前)|(?:以后|之后|后))?"
)
_LASTING = re.compile(
    rf"(?:(?:建设期限?|工期|建设时间|建设周期|实施期)?(?:要|会|将|一直)*(?:延续|持续|延伸|跨|建设?|干|做|排|安排|拖)"
    rf"|(?P<until>建设期限?|工期|建设时间|建设周期|实施期|时间)是?)到了?(?P<year>{_YEAR})年?"
    r"(?P<where>底|末)?(?P<later>(?P<with>及|或者?|和|甚至)?(?:以后|之后|更晚|更久)(?P<included>[（(]含[^（）()]*[）)])?)?"
)
_BEYOND = re.compile(
    rf"(?:建设期限?|工期|建设时间|建设周期|实施期)(?:要|会)?(?:超过|超出|晚于|迟于)了?(?P<year>{_YEAR})年?(?:底|末)?"
)
_LENGTH = re.compile(
    r"(?:建设期限?|建设周期|工期|周期|建设时间|实施期)(?:是|为|有|达到?|长达|在)?(?P<sign>超过|不到|不足|大于|小于|不超过|不少于|至少)?"
    r"(?P<number>\d{1,2}|[一二两三四五六七八九十]+)年(?P<after>及?以上|及?以下|以内)?"
)
_LENGTH_SIGNS = {
    **dict.fromkeys(("超过", "大于"), ">"),
    **dict.fromkeys(("不到", "不足", "小于"), "<"),
    **dict.fromkeys(("不超过", "以下", "及以下", "以内"), "<="),
    **dict.fromkeys(("不少于", "至少", "以上", "及以上"), ">="),
}
_LAST_YEAR = re.compile(r"结束|截止|到期|收尾|收官")
"""What lasts to a year and no longer: 到2025年结束, but 到2025年建成 may be done before."""


@dataclass(frozen=True, slots=True)
class PeriodConditions:
    """Conditions on periods with the stretches that say them."""

    conditions: tuple[Condition, ...]
    spans: tuple[Span, ...]


def find_periods(question: Question, table: Table, column: int) -> PeriodConditions:
    """Return what the question asks of the periods in ``column`` of ``table``."""
    conditions: list[Condition] = []
    spans: list[Span] = []
    key = question.key
    for match in _SPANNED.finditer(key):
        low, high = Decimal(match["from"]), Decimal(match["to"])
        if match["not"]:
            conditions.append(_other_than(table, column, low, high))
        else:
            conditions += [_bound(column, Measure.START, "=", low), _bound(column, Measure.END, "=", high)]
        spans.append(Span(*match.span()))
    for pattern in (_ONE, _ABOUT):
        for match in pattern.finditer(key):
            span = Span(*match.span())
            if not any(span.overlaps(other) for other in spans):
                conditions += _of_year(match, column)
                spans.append(span)
    for match in _LASTING.finditer(key):
        if not any(Span(*match.span()).overlaps(other) for other in spans):
            included = match["with"] or match["included"]
            sign = ">" if match["later"] and not included else "=" if match["until"] and not included else ">="
            conditions.append(_bound(column, Measure.END, sign, Decimal(match["year"])))
            spans.append(Span(*match.span()))
    for match in _BEYOND.finditer(key):
        conditions.append(_bound(column, Measure.END, ">", Decimal(match["year"])))
        spans.append(Span(*match.span()))
    for match in _LENGTH.finditer(key):
        years = Decimal(parse_chinese_integer(match["number"]) or 0)
        sign = _LENGTH_SIGNS.get(match["sign"] or match["after"] or "", "=")
        conditions.append(_bound(column, Measure.LENGTH, sign, years))
        spans.append(Span(*match.span()))
    return PeriodConditions(tuple(conditions), tuple(spans))


def _other_than(table: Table, column: int, low: Decimal, high: Decimal) -> Condition:
    """Return the condition that a cell is none that states the period from ``low`` to ``high``: 不是2022-2024."""
    cells = (cell for row in table.data_rows for cell in row.cells if cell.column == column)
    same = [c.text for c in cells if c.quantity is not None and (c.quantity.low, c.quantity.high) == (low, high)]
    values = tuple(dict.fromkeys(same)) or (f"{low}-{high}",)
    return Condition(column, values, whole=True, negated=True)


def _of_year(match: re.Match[str], column: int) -> list[Condition]:
    said = match.groupdict()
    year = Decimal(match["year"])
    if said.get("running") or said.get("plain"):
        return [_bound(column, Measure.START, "<=", year), _bound(column, Measure.END, ">=", year)]
    if said.get("undone"):
        return [_bound(column, Measure.END, ">", year)]
    measure = Measure.START if said.get("begin") else Measure.END
    sign = _sign(said, measure)
    return [_bound(column, measure, OPPOSITES[sign] if said.get("not") else sign, year)]


def _sign(said: dict[str, str | None], measure: Measure) -> str:
    """Return how a year bounds: 2025年前 < 2025, 2025年底前 ≤ 2025, 到2025年底 ≤ 2025, 2025年以后 > 2025."""
    where, by = said.get("where") or "", said.get("by") or ""
    if where[:1] in ("底", "末") and len(where) > 1:
        return "<="
    if "前" in where:
        return "<"
    if said.get("from_then"):
        return ">="
    if "后" in where:
        return ">"
    if where == "起" and measure is Measure.END:
        return ">="
    event = said.get("event") or ""
    waits = "才" in event or by in ("要到", "拖到", "延到") or (not where and _LAST_YEAR.search(event) is not None)
    return "<=" if by in ("到", "至", "截至", "截止", "截止到") and measure is Measure.END and not waits else "="


def _bound(column: int, measure: Measure, sign: str, bound: Decimal) -> Condition:
    return Condition(column, sign=sign, bound=bound, measure=measure)
