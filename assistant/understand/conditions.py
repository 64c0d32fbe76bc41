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
    rf"(?P<number>\d+(?:\.\d+)?|{_COUNT})(?P<unit>亿元|万元|亿|万|元|%)(?P<after>及?以上|及?以下|以内)?"
)
_SIGNS = {
    **dict.fromkeys(("不低于", "不少于", "至少", ">=", "≥", "以上", "及以上"), ">="),
    **dict.fromkeys(("不超过", "不高于", "不大于", "至多", "<=", "≤", "以下", "及以下", "以内"), "<="),
    **dict.fromkeys(("超过", "大于", "高于", "多于", ">"), ">"),
    **dict.fromkeys(("不足", "小于", "低于", "少于", "<"), "<"),
}
_TOP = re.compile(rf"前({_COUNT})[名个位大家项]?|最[大多高小少低]的?({_COUNT})[个项]")
_NTH = re.compile(rf"第({_COUNT})[大多高小少低]|[多大高]的第({_COUNT})")
_ORDERED = re.compile(r"从[大高多]到[小低少]|从[小低少]到[大高多]|由[大高]到[小低]|排序|排列")
_BEGIN, _END = re.compile(r"开始|开工|启动|起"), re.compile(r"完工|建成|完成|结束|竣工|截止")
_NOT = re.compile(r"(?:除了?|除去|不是|不由|不含|不包括|非)$")
_NEGATION = re.compile(r"除|不是|不由|不含|不包括|没有|以外|之外")
_SCALES = {"": Decimal(1), "万": Decimal(10**4), "亿": Decimal(10**8)}


@dataclass(frozen=True, slots=True)
class Found:
    """Conditions with the stretches of the question that they account for."""

    conditions: tuple[Condition, ...]
    spent: tuple[Span, ...]


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
    spans = [Span(*match.span()) for pattern in (_TOP, _NTH) for match in pattern.finditer(question.key)]
    conditions = _merge([condition for part in parts for condition in part.conditions])
    return Found(conditions, (*(span for part in parts for span in part.spent), *spans))


def unheard_negation(question: Question, conditions: Sequence[Condition]) -> tuple[Span, ...]:
    """Return where the question negates something that became no negated condition: it must not be passed over."""
    if any(condition.negated for condition in conditions):
        return ()
    return tuple(Span(*match.span()) for match in _NEGATION.finditer(question.key))


def find_limits(key: str, rows: int) -> Limits:
    """Return the limits that “前三”, “第二大” or an order of all ``rows`` (从大到小) state."""
    if match := _NTH.search(key):
        return Limits(1, (parse_chinese_integer(match[1] or match[2]) or 1) - 1)
    if match := _TOP.search(key):
        return Limits(parse_chinese_integer((match[1] or match[2]).replace("两", "二")), 0)
    return Limits(rows if _ORDERED.search(key) else None, 0)


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
    for mention in mentions:
        refs = [ref for ref in mention.refs if (ref.document_id, ref.table_id) == place]
        if not refs:
            continue
        columns = list(dict.fromkeys(ref.column for ref in refs))
        meant = [c for c in columns if c >= 0 and any(attributes.fits(n, table.columns[c].name) for n in named)]
        column = (meant or columns)[0]
        negated = _NOT.search(question.key[: mention.span.start]) is not None
        values = tuple(ref.text for ref in refs if ref.column == column)
        conditions.append(Condition(column, values, negated=negated))
        spent.append(mention.span)
    return Found(tuple(conditions), tuple(spent))


def _on_figures(question: Question, table: Table, measured: int | None) -> Found:
    conditions: list[Condition] = []
    spent: list[Span] = []
    for match in _COMPARISON.finditer(question.key) if measured is not None else ():
        sign = _SIGNS.get(match["before"] or match["after"] or "")
        assert measured is not None
        bound = _bound(match, table.columns[measured].unit)
        if sign and bound is not None:
            conditions.append(Condition(measured, sign=sign, bound=bound))
            spent.append(Span(*match.span()))
    return Found(tuple(conditions), tuple(spent))


def _on_periods(question: Question, table: Table) -> Found:
    """A year with “开始” or “完工” behind it bounds the start or end of the period: 2021年开始, 2025年前完工."""
    periods = [column.number for column in table.columns if column.kind is ColumnKind.PERIOD]
    conditions: list[Condition] = []
    spent: list[Span] = []
    for year, span in question.year_spans() if periods else ():
        after = question.key[span.end : span.end + 10]
        sign = "<=" if re.match(r"年?(?:底)?(?:以前|之前|前)", after) else "="
        measure = Measure.START if _BEGIN.search(after) else Measure.END if _END.search(after) else None
        if measure is not None:
            conditions.append(Condition(periods[0], sign=sign, bound=Decimal(year), measure=measure))
            spent.append(span)
    return Found(tuple(conditions), tuple(spent))


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
