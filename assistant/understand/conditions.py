"""A question and a table in, the conditions that it sets on the table's rows out.

Example: 水利局牵头、投资超过10亿元的项目 → “牵头责任单位” holds 水利局, “2025年前计划投资” > 10.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from assistant.understand.attributes import Attributes
from assistant.understand.bounds import SCALES, Amount, closing_spans, find_bounds
from assistant.understand.change_rows import find_changes
from assistant.understand.column_pairs import are_joined, figures_named, find_pairs
from assistant.understand.columns import columns_of, of_the_year, year_of
from assistant.understand.dates import OfDates, find_dates, is_dated_by
from assistant.understand.kinds_of_places import on_kinds_of_places
from assistant.understand.negations import EITHER, limits_of
from assistant.understand.orders import order_spans
from assistant.understand.periods import find_periods
from assistant.understand.query import Condition, Found
from assistant.understand.question import MentionKind, Question
from assistant.understand.row_units import find_row_units
from assistant.understand.several_values import find_several_values
from assistant.understand.value_conditions import on_values
from assistant.understand.values import ValueMention
from assistant.understand.whole_cells import find_whole_cells
from corpus.columns import LEVELS
from corpus.folding import fold
from corpus.models import ColumnKind, Span, Table
from corpus.numerals import parse_chinese_integer, split_unit
from corpus.row_names import name_column
from corpus.units import UNIT

_ALL_OF_THEM = re.compile(
    r"(?:[这那]?[两三四五六]个?(?:旗县?区?|县|区|市|地方|地区|单位|部门|局|家)?[里中]?)?[都均](?=写|有|列|在|出现|提|涉及|包含|参与)|同时|都有|均有|都涉及|均涉及|都包含|都写|都参与|都列|都在|都出现|都提|均写|均列|均在|既.+又|兼有|兼顾|共同|联合|一同|(?<!加在)(?<!加到)(?<!合在)(?<!放在)(?<!加)一起"
)
_QUOTED = re.compile(
    r"(?:一?[栏列项])?(?:里面?|中|当中|内)?(?:带有?|含有?|包含|有|提到|提及|出现|写到|写有|写着?|填|涉及)?了?"
    r"[“\"「『](?P<word>[^”\"」』]{1,20})[”\"」』](?:[一二两三四]?个?字|字样)?"
)
_WRITTEN = "(?:用[到上]?|使用|动用|填写?|写明?|写出|给出|明确|注明|标明|列出?|设定?|定|说明)了?"
_LACKING = rf"(?:还|都)?(?:没有(?:{_WRITTEN})?|无|(?:没|未|尚未){_WRITTEN})(?:具体|明确)?的?"
_TWO_ROLES = re.compile(r"(?:牵头|负责|主管|主办|承担)(?:和|或者?|与|、|及|以及)(?P<other>配合|参与|协办|协助)的")
_STATED_FIGURE = re.compile(
    rf"(?:的?数量?)?(?:有|为|是|都?达到?|等于)?(?P<number>[\d一二两三四五六七八九十]+)(?P<unit>{UNIT})(?=的|[，,。？?]|$)"
)
_BOTH = re.compile(r"(?:[都均]|全都)要?")
_SEVERAL = 2
_ACTS = frozenset({"牵头", "负责", "主管", "主办", "投资", "开工", "完工", "开始", "结束"})
_HAS = re.compile(r"(?<![没只还未])(?<!没有)(?:有|含|安排了?|用[到上]?了?|使用了?|动用了?|争取了?|获得了?)")
_HAS_END = re.compile(r"的|[，,。？?\s]|$|支持|投入|安排")
_NO_VALUE = re.compile(rf"{_LACKING}(?:数值|数字|数据|数|值|确数|量化)?|是空的|为空|空缺|空白|缺失")


def find_conditions(
    question: Question,
    mentions: Sequence[ValueMention],
    document_id: str,
    table: Table,
    attributes: Attributes,
    measured: int | None,
) -> Found:
    """Return all conditions on values, words, figures (of the column ``measured``), periods and empty cells."""
    periods = _on_periods(question, table)
    several = find_several_values(question, table, attributes)
    dates = find_dates(question.key, table) if not periods.spent else OfDates()
    dated = [mention.span for mention in mentions if any(mention.span.overlaps(span) for span in dates.spans)]
    mentions = [mention for mention in mentions if mention.span not in dated]
    parts: tuple[Found, ...] = (
        Found(dates.conditions, (*dates.spans, *dated)),
        on_values(question, mentions, (document_id, table.id), table, attributes),
        _on_words(question, table, attributes),
        _on_figures(question, table, attributes, measured, (*periods.spent, *dates.spans, *several.spent)),
        periods,
        _on_empty_cells(question, table, attributes),
        _on_filled_cells(question, table),
        on_kinds_of_places(question, table, attributes),
        _on_pairs(question, table, attributes),
        _on_whole_cells(question, mentions, table, attributes),
        several,
        find_changes(question, table),
        find_row_units(question, table, attributes),
    )
    parts = (*parts, _on_stated_figures(question, table, attributes, [s for part in parts for s in part.spent]))
    conditions = list(dict.fromkeys(condition for part in parts for condition in part.conditions))
    if not _ALL_OF_THEM.search(question.key):
        conditions = list(_merge(conditions))
    spent = [span for part in parts for span in part.spent]
    spent += [Span(*match.span()) for match in _ALL_OF_THEM.finditer(question.key)] if conditions else []
    unheard = [span for part in parts for span in part.unheard]
    # What is negated and became no negated condition must not be passed over.
    named = [*(mention.span for mention in mentions), *spent]
    unheard += [span for span in limits_of(question) if not any(s.overlaps(span) for s in named)]
    unheard += _alternatives(question.key)
    return Found(tuple(conditions), (*spent, *order_spans(question.key)), tuple(unheard))


def _alternatives(key: str) -> list[Span]:
    """Return where 或 joins two bounds, or two roles: all conditions of a query must hold at once."""
    spans = sorted({bound.span for bound in find_bounds(key)})
    gaps = [Span(first.end, second.start) for first, second in pairwise(spans)]
    # 甲局牵头和配合的 are rows of two columns, of which a query holds one.
    roles = [Span(*match.span("other")) for match in _TWO_ROLES.finditer(key)]
    return [*(gap for gap in gaps if "或" in gap.of(key)), *roles]


def figure_column(question: Question, table: Table, attributes: Attributes, place: int) -> int | None:
    """Return the column of figures named last before ``place``; None where none is named there."""
    named = [m for m in question.mentions if m.kind is MentionKind.ATTRIBUTE and m.span.end <= place]
    for mention in reversed(named):
        numbers = [c for c in table.columns if c.kind is ColumnKind.NUMBER and attributes.fits(mention.name, c.name)]
        exact = [column for column in numbers if fold(column.name) == mention.span.of(question.key)]
        if numbers:
            dated = of_the_year(question.key[: mention.span.end], table, [column.number for column in numbers])
            return (exact or [table.columns[number] for number in dated])[0].number
    return None


def states_bound(question: Question) -> bool:
    """Return whether the question bounds a figure or names a year: 超过1亿元, 2025年."""
    return bool(question.years or find_bounds(question.key))


def _on_words(question: Question, table: Table, attributes: Attributes) -> Found:
    """A quoted word behind a text column's attribute must stand in that column: 建设内容提到“盐碱化”."""
    conditions: list[Condition] = []
    spent: list[Span] = []
    for match in _QUOTED.finditer(question.key):
        asked = [m for m in question.mentions if m.kind is MentionKind.ATTRIBUTE and m.span.end <= match.start()]
        texts = [column for column in table.columns if column.kind is ColumnKind.TEXT]
        fitting = [c.number for m in asked[-1:] for c in texts if attributes.fits(m.name, c.name)]
        if fitting and asked[-1].span.end == match.start():
            word = question.text[match.start("word") : match.end("word")]
            conditions.append(Condition(fitting[0], (word,)))
            spent.append(Span(*match.span()))
    return Found(tuple(conditions), tuple(spent))


def _on_figures(
    question: Question, table: Table, attributes: Attributes, measured: int | None, of_periods: Sequence[Span]
) -> Found:
    conditions: list[Condition] = []
    spent: list[Span] = []
    unheard: list[Span] = []
    for bound in find_bounds(question.key):
        if any(bound.span.overlaps(span) for span in of_periods):
            continue
        column = figure_column(question, table, attributes, bound.span.start)
        column = measured if column is None else column
        columns = _bounded_alike(question, table, attributes, bound.span.start) or (() if column is None else (column,))
        found = [_figure_condition(bound.sign, bound.amount, table, number) for number in columns]
        held = [condition for condition in found if condition is not None]
        if not held or len(held) < len(found):
            unheard.append(bound.span)
        else:
            conditions += held
            spent.append(bound.span if len(held) == 1 else Span(bound.span.start - 1, bound.span.end))
    spent += closing_spans(question.key) if conditions else []
    return Found(tuple(conditions), tuple(spent), tuple(unheard))


def _bounded_alike(question: Question, table: Table, attributes: Attributes, place: int) -> tuple[int, ...]:
    """Return the columns that stand side by side before 都 and a bound at ``place``: 收入和成本都超过10亿元."""
    named = [one for one in figures_named(question, table, attributes) if one[0].span.end <= place]
    if len(named) < _SEVERAL or not _BOTH.fullmatch(question.key, named[-1][0].span.end, place):
        return ()
    joined = [named[-1]]
    for one in reversed(named[:-1]):
        if not are_joined(question.key, one[0].span, joined[0][0].span):
            break
        joined.insert(0, one)
    return tuple(column for _, column in joined) if len(joined) >= _SEVERAL else ()


def _on_stated_figures(question: Question, table: Table, attributes: Attributes, bounded: Sequence[Span]) -> Found:
    """A number in the very unit of the column named before it is its figure, no number of rows: 必选项有7项的."""
    conditions, spent = [], []
    for mention, column in figures_named(question, table, attributes):
        match = _STATED_FIGURE.match(question.key, mention.span.end)
        if match is None or any(Span(*match.span()).overlaps(span) for span in bounded):
            continue
        number = parse_chinese_integer(match["number"])
        if number is not None and match["unit"] == table.columns[column].unit:
            conditions.append(Condition(column, sign="=", bound=Decimal(number)))
            spent.append(Span(*match.span()))
    return Found(tuple(conditions), tuple(spent))


def _figure_condition(sign: str, amount: Amount, table: Table, column: int) -> Condition | None:
    """Return the bound in the column's unit; None where the question's unit is of another kind.

    A column without a unit of its own holds figures in several: the bound then is on those of the unit asked.
    """
    scale, own = split_unit(table.columns[column].unit)
    asked = "%" if amount.unit in ("个百分点", "百分点") else amount.unit
    if table.columns[column].unit:
        if asked and asked != own and not own.startswith(f"{asked}/"):
            return None
        # A bare number is in the column's own unit, scale included: 超过10 of a column in 亿元.
        own_scale = SCALES[scale] if amount.scale or asked else SCALES[""]
        return Condition(column, sign=sign, bound=amount.number * SCALES[amount.scale] / own_scale)
    cells = [cell.quantity for row in table.data_rows for cell in row.cells if cell.column == column]
    units = {quantity.unit for quantity in cells if quantity is not None and quantity.low is not None}
    if units == {""}:
        if amount.scale:
            return None  # whether the figures are in 万 or 亿 is not said
        asked = ""  # the table states no unit at all: the number is taken as it stands
    fitting = {unit for unit in units if unit == asked or unit.startswith(f"{asked}/")} if asked else units
    if not fitting or (len(fitting) > 1 and sign != "="):
        return None
    unit = next(iter(fitting)) if len(fitting) == 1 and len(units) > 1 else ""
    return Condition(column, sign=sign, bound=amount.number * SCALES[amount.scale], unit=unit)


def _on_pairs(question: Question, table: Table, attributes: Attributes) -> Found:
    pairs = find_pairs(question, table, attributes)
    return Found(pairs.conditions, pairs.spent, pairs.unheard)


def _on_whole_cells(
    question: Question, mentions: Sequence[ValueMention], table: Table, attributes: Attributes
) -> Found:
    found = find_whole_cells(question, [mention.span for mention in mentions], table, attributes)
    return Found(found.conditions, found.spent, found.unheard)


def _on_periods(question: Question, table: Table) -> Found:
    periods = [column.number for column in table.columns if column.kind is ColumnKind.PERIOD]
    if not periods or is_dated_by(table, question.key):
        return Found((), ())
    found = find_periods(question, table, periods[0])
    return Found(found.conditions, found.spans)


def _on_empty_cells(question: Question, table: Table, attributes: Attributes) -> Found:
    """没有填写建设地点的, 2024年没有给出具体数值的: rows whose cell says nothing of what is asked."""
    names = name_column(table, attributes.header_words("name"))
    for match in _NO_VALUE.finditer(question.key):
        if any(either.start() <= match.start() < either.end() for either in EITHER.finditer(question.key)):
            continue
        beside = [
            mention
            for mention in question.mentions
            if mention.kind in (MentionKind.ATTRIBUTE, MentionKind.YEAR)
            and (mention.span.start == match.end() or mention.span.end == match.start())
            and mention.span.of(question.key) not in _ACTS
            and not mention.span.of(question.key).startswith("哪")  # 哪几个旗区没有项目 asks of no empty cell
        ]
        years = tuple(c.number for c in table.columns if year_of(c) in question.years)
        columns = [c for m in beside for c in columns_of(m.name, table, years, attributes) if c >= 0] or list(years)
        columns = [number for number in columns if number != names]  # no row is without its name
        if columns:
            condition = Condition(columns[0], empty=True)
            return Found((condition,), (Span(*match.span()), *(mention.span for mention in beside)))
    return Found((), ())


def _on_filled_cells(question: Question, table: Table) -> Found:
    """有社会资本的, 哪些项目有上级资金: rows with a figure above nought in the one column of figures called so."""
    for match in _HAS.finditer(question.key):
        called = [
            (column.number, word)
            for column in table.columns
            if column.kind is ColumnKind.NUMBER
            for word in fold(column.name).split(LEVELS)
            if len(word) > 2
            and question.key.startswith(word, match.end())
            and _HAS_END.match(question.key, match.end() + len(word))
        ]
        if len({number for number, _ in called}) == 1:
            number, word = called[0]
            condition = Condition(number, sign=">", bound=Decimal(0))
            return Found((condition,), (Span(match.start(), match.end() + len(word)),))
    return Found((), ())


def _merge(conditions: Sequence[Condition]) -> tuple[Condition, ...]:
    """Values of the same column are alternatives (农牧局和水利局); other conditions must all hold."""
    merged: dict[tuple[int, bool, bool, bool], Condition] = {}
    rest: list[Condition] = []
    for condition in conditions:
        if condition.values:
            place = (condition.column, condition.negated, condition.exact, condition.whole)
            known = merged.get(place, replace(condition, values=()))
            together = (*known.together, condition.values) if condition.exact else ()
            merged[place] = replace(known, values=(*known.values, *condition.values), together=together)
        else:
            rest.append(condition)
    return (*merged.values(), *rest)
