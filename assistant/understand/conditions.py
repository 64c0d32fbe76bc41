"""A question and a table in, the conditions that it sets on the table's rows out.

Example: 水利局牵头、投资超过10亿元的项目 → “牵头责任单位” holds 水利局, “2025年前计划投资” > 10.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.understand.columns import Attributes
from assistant.understand.query import Condition, Measure
from assistant.understand.question import MentionKind, Question
from assistant.understand.values import ValueMention
from corpus.models import ColumnKind, Span, Table
from corpus.numerals import parse_chinese_integer

_COUNT = r"[一二两三四五六七八九十百千\d]+"
_COMPARISON = re.compile(
    r"(?P<before>不低于|不少于|至少|不超过|不高于|不大于|至多|超过|大于|高于|多于|不足|小于|低于|少于|>=|<=|>|<|≥|≤)?"
    rf"(?P<number>\d+(?:\.\d+)?|{_COUNT})"
    r"(?P<unit>亿元|万元|亿|万|元|%|个百分点|平方公里|公里|万亩|亩|公顷|万吨|吨|万千瓦|千瓦|个|项|家|年|人|岁)"
    r"(?P<after>及?以上|及?以下|以内)?"
)
_SIGNS = {
    **dict.fromkeys(("不低于", "不少于", "至少", ">=", "≥", "以上", "及以上"), ">="),
    **dict.fromkeys(("不超过", "不高于", "不大于", "至多", "<=", "≤", "以下", "及以下", "以内"), "<="),
    **dict.fromkeys(("超过", "大于", "高于", "多于", ">"), ">"),
    **dict.fromkeys(("不足", "小于", "低于", "少于", "<"), "<"),
}
_TOP = re.compile(rf"前({_COUNT})[名个位大家项]?|最[大多高小少低]的?({_COUNT})[个项]")
_NTH = re.compile(
    rf"(?:排名?|名列|位列|位居)?第({_COUNT})(?:[大多高小少低]|名|位)(?!表)|[多大高]的第({_COUNT})|排名?第({_COUNT})"
)
_ORDERED = re.compile(
    r"(?:按|从|由)?[大高多]到[小低少](?:排列|排序)?|[小低少]到[大高多](?:排列|排序)?|排个序|排一下序|排序|排列"
)
_BEGIN, _END = re.compile(r"开始|开工|启动|起"), re.compile(r"完工|建成|完成|结束|竣工|截止")
_NOT = re.compile(r"(?:除了?|除去|不是|不由|不在|不属于|未在|不含|不包括|非)$")
_EITHER = re.compile(r"是不是|有没有|能不能|会不会|要不要|对不对|该不该")
_OUTSIDE = re.compile(r"[以之]?外")
_JOINT = re.compile(r"[和与及或、,，]|以及")
_NEGATION = re.compile(r"除|不(?!低于|少于|超过|高于|大于|足|断|同)|未|没|无|以外|之外|只|仅")
_BOUNDS = (
    (re.compile(r"年?底?(?:以前|之前|前)"), "<="),
    (re.compile(r"年?底?(?:以后|之后|后)"), ">="),
)
_REACH = 10
_SCALES = {"": Decimal(1), "万": Decimal(10**4), "亿": Decimal(10**8)}


@dataclass(frozen=True, slots=True)
class Found:
    """Conditions with the stretches of the question that they account for, and those that became no condition."""

    conditions: tuple[Condition, ...]
    spent: tuple[Span, ...]
    unheard: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """How many rows of an order are wanted (None: the first, with its equals) and how many before them are not."""

    limit: int | None
    skip: int


def find_conditions(
    question: Question,
    mentions: Sequence[ValueMention],
    document_id: str,
    table: Table,
    attributes: Attributes,
    measured: int | None,
) -> Found:
    """Return all conditions on values, figures (of the column ``measured``) and periods."""
    parts = (
        _on_values(question, mentions, (document_id, table.id), table, attributes),
        _on_figures(question, table, measured),
        _on_periods(question, table),
    )
    spans = [Span(*match.span()) for pattern in (_TOP, _NTH, _ORDERED) for match in pattern.finditer(question.key)]
    conditions = _merge([condition for part in parts for condition in part.conditions])
    unheard = [span for part in parts for span in part.unheard]
    if not any(condition.negated for condition in conditions):
        # What is negated and became no negated condition must not be passed over.
        unheard += [s for s in limiting_words(question.key) if not any(m.span.covers(s) for m in mentions)]
    return Found(conditions, (*(span for part in parts for span in part.spent), *spans), tuple(unheard))


def find_limits(key: str, rows: int) -> Limits:
    """Return the limits that “前三”, “第二大” or an order of all ``rows`` (从大到小) state."""
    if match := _NTH.search(key):
        return Limits(1, max(parse_chinese_integer(match[1] or match[2] or match[3]) or 1, 1) - 1)
    if match := _TOP.search(key):
        return Limits(parse_chinese_integer((match[1] or match[2]).replace("两", "二")), 0)
    return Limits(rows if _ORDERED.search(key) else None, 0)


def states_bound(key: str) -> bool:
    """Return whether the question bounds a figure or a year: 超过1亿元, 2025年."""
    return any(match["before"] or match["after"] for match in _COMPARISON.finditer(key)) or "20" in key


def bound_spans(key: str) -> tuple[Span, ...]:
    """Return where figures are bounded: 超过1亿元."""
    return tuple(Span(*m.span()) for m in _COMPARISON.finditer(key) if m["before"] or m["after"])


def order_spans(key: str) -> tuple[Span, ...]:
    """Return where an order or a place in one is asked for: 前三, 第二大, 从大到小."""
    return tuple(Span(*match.span()) for pattern in (_TOP, _NTH, _ORDERED) for match in pattern.finditer(key))


def limiting_words(key: str) -> tuple[Span, ...]:
    """Return where the question negates or narrows (不, 没有, 除, 只), apart from 是不是 and 有没有."""
    asking = [Span(*match.span()) for match in _EITHER.finditer(key)]
    found = [Span(*match.span()) for match in _NEGATION.finditer(key)]
    return tuple(span for span in found if not any(either.overlaps(span) for either in asking))


def states_order(key: str) -> bool:
    """Return whether the question asks for an order or a place in one."""
    return any(pattern.search(key) for pattern in (_TOP, _NTH, _ORDERED))


def _on_values(
    question: Question, mentions: Sequence[ValueMention], place: tuple[str, str], table: Table, attributes: Attributes
) -> Found:
    """Where a value stands in several columns, the one whose attribute the question names is meant, else the first."""
    conditions: list[Condition] = []
    spent: list[Span] = []
    named = question.named(MentionKind.ATTRIBUTE)
    previous: Span | None = None
    negated = False
    for mention in mentions:
        between = question.key[previous.end : mention.span.start] if previous is not None else ""
        # 除水利局和能源局外: the second value is under the same 除 as the first.
        if previous is None or not _JOINT.fullmatch(between):
            negation = _NOT.search(question.key[: mention.span.start])
            negated = negation is not None
            spent += [Span(*negation.span())] if negation is not None else []
        if negated and (outside := _OUTSIDE.match(question.key, mention.span.end)):
            spent.append(Span(*outside.span()))
        previous = mention.span
        refs = [ref for ref in mention.refs if (ref.document_id, ref.table_id) == place]
        if not refs:
            continue
        columns = list(dict.fromkeys(ref.column for ref in refs))
        meant = [c for c in columns if c >= 0 and any(attributes.fits(n, table.columns[c].name) for n in named)]
        column = (meant or columns)[0]
        values = tuple(ref.text for ref in refs if ref.column == column)
        conditions.append(Condition(column, values, negated=negated))
        spent.append(mention.span)
    return Found(tuple(conditions), tuple(spent))


def _on_figures(question: Question, table: Table, measured: int | None) -> Found:
    conditions: list[Condition] = []
    spent: list[Span] = []
    unheard: list[Span] = []
    for match in _COMPARISON.finditer(question.key):
        sign = _SIGNS.get(match["before"] or match["after"] or "")
        bound = _bound(match, table.columns[measured].unit) if measured is not None else None
        if sign and bound is not None and measured is not None:
            conditions.append(Condition(measured, sign=sign, bound=bound))
            spent.append(Span(*match.span()))
        elif sign:
            unheard.append(Span(*match.span()))
    return Found(tuple(conditions), tuple(spent), tuple(unheard))


def _on_periods(question: Question, table: Table) -> Found:
    """A year with “开始” or “完工” behind it bounds the start or end of the period: 2021年开始, 2025年前完工."""
    periods = [column.number for column in table.columns if column.kind is ColumnKind.PERIOD]
    conditions: list[Condition] = []
    spent: list[Span] = []
    unheard: list[Span] = []
    for year, span in question.year_spans():
        after = question.key[span.end : span.end + _REACH]
        measure = Measure.START if _BEGIN.search(after) else Measure.END if _END.search(after) else None
        if measure is not None and periods:
            sign = next((sign for pattern, sign in _BOUNDS if pattern.match(after)), "=")
            conditions.append(Condition(periods[0], sign=sign, bound=Decimal(year), measure=measure))
            spent.append(span)
        elif measure is not None:
            unheard.append(span)
    return Found(tuple(conditions), tuple(spent), tuple(unheard))


def _merge(conditions: Sequence[Condition]) -> tuple[Condition, ...]:
    """Values of the same column are alternatives (农牧局和水利局); other conditions must all hold."""
    merged: dict[tuple[int, bool], Condition] = {}
    rest: list[Condition] = []
    for condition in conditions:
        if condition.values:
            place = (condition.column, condition.negated)
            known = merged[place].values if place in merged else ()
            merged[place] = Condition(condition.column, (*known, *condition.values), negated=condition.negated)
        else:
            rest.append(condition)
    return (*merged.values(), *rest)


def _bound(match: re.Match[str], unit: str) -> Decimal | None:
    """Return the bound in the column's ``unit``; None where the question's unit is of another kind."""
    number = match["number"]
    value = Decimal(number) if number[0].isdigit() else Decimal(parse_chinese_integer(number) or 0)
    (asked_scale, asked), (own_scale, own) = _split(match["unit"]), _split(unit)
    if asked and asked != own and not own.startswith(f"{asked}/"):
        return None
    return value * _SCALES[asked_scale] / _SCALES[own_scale]


def _split(unit: str) -> tuple[str, str]:
    scale = unit[:1] if unit[:1] in _SCALES else ""
    return scale, unit.removeprefix(scale)
