"""The rows and figures of a query that computes for each group in, the worded groups out.

Example: 哪个单位牵头的项目最多 → 项目最多的是水利局，9个; a row that names several places counts in each of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from operator import eq, ge, gt, le, lt

from assistant.respond.comparisons import is_plain
from assistant.respond.compute import Result
from assistant.respond.query_words import (
    counter,
    mean_of,
    measure_name,
    measures_rate,
    noun,
    plain,
    rounded,
    shown_figure,
)
from assistant.understand.attributes import GROUP_COLUMN
from assistant.understand.query import Having, Measure, Operation, Query
from assistant.understand.values import holds_prose
from corpus.cell_values import split_column
from corpus.models import Row
from corpus.row_names import cell_text
from index.chunks import group_word
from index.fact_tables import figure_values

HOLDS = {">": gt, ">=": ge, "<": lt, "<=": le, "=": eq}


@dataclass(frozen=True, slots=True)
class RowGroup:
    """One value with its rows and the figures that they state."""

    name: str
    rows: tuple[Row, ...]
    figures: tuple[Decimal, ...]


def word_groups(query: Query, result: Result) -> tuple[tuple[Row, ...], str, str]:
    """Return the rows shown, the text with a NUL where the marks go, and the expression."""
    assert query.group is not None
    every = groups_of(query, result)
    apart = [group for group in every if group.name in query.group.apart]
    groups = [group for group in every if _meets(query.having, group) and group not in apart]
    if not groups:
        return (), f"没有{group_title(query)}符合条件。", ""
    if query.group.is_shared_out:
        return _word_shared_out(query, result, groups)
    picked = next((one for one in (Operation.MAX, Operation.MIN) if one in query.operations), None)
    if picked is not None:
        groups = groups_in_order(query, groups, descending=picked is Operation.MAX)
    shown = groups[query.skip : query.skip + query.limit] if query.limit else groups
    if not shown:
        return (), f"没有这样的{group_title(query)}：写明确数的只有{len(groups)}个。", ""
    is_nth = query.limit == 1 and query.skip > 0
    if picked is not None and (query.limit is None or is_nth):
        best = [group for group in groups if group_figure(query, group) == group_figure(query, shown[0])]
        place = groups.index(best[0]) + 1
        word = f"排第{place}" if is_nth else "最多" if picked is Operation.MAX else "最少"
        what = _measured_name(query) if _is_summed(query) else noun(query) + ("数" if is_nth else "")
        what = f"没有单独排第{query.skip + 1}的，并列{what}" if is_nth and place != query.skip + 1 else what
        text = f"{what}{word}的是{'、'.join(group.name for group in best)}，{group_amount(query, best[0])}。\0"
        return rows_of_groups(best), text + _apart(query, apart), _expression(query, groups)
    return rows_of_groups(shown), _listed(query, shown) + _apart(query, apart), _expression(query, groups)


def _apart(query: Query, groups: list[RowGroup]) -> str:
    """Return the rows that name several groups at once and are counted in none."""
    said = "、".join(f"“{group.name}”{group_amount(query, group)}" for group in groups)
    return f"\n\n另有不分开写的，未计入以上各项：{said}。" if said else ""


def _listed(query: Query, groups: list[RowGroup]) -> str:
    names = [group.name for group in groups]
    if query.having is None and not _says_amounts(query):
        return f"共{len(names)}个：{'、'.join(names)}。\0"
    note = _counted_in_each(query, groups)
    parts = "；".join(f"{group.name}{group_amount(query, group)}" for group in groups)
    head = f"共{len(names)}个：" if query.having is not None else ""
    return f"{head}{parts}。\0{note}"


def _counted_in_each(query: Query, groups: list[RowGroup]) -> str:
    """Return the note that rows of several groups are counted in each; empty where there are none."""
    several = len({row.number for group in groups for row in group.rows}) < sum(len(group.rows) for group in groups)
    return f"\n\n一{counter(query)}{noun(query)}写有几个{group_title(query)}的，在每一个中都计入。" if several else ""


def _word_shared_out(query: Query, result: Result, groups: list[RowGroup]) -> tuple[tuple[Row, ...], str, str]:
    """Return the rows, what the groups come to together and on average, and the expression.

    Groups without such rows are counted in none and named; which group has most is told behind, where it is asked.
    """
    assert query.group is not None
    counts = Operation.COUNT in query.operations or not _is_summed(query)
    sums = _is_summed(query) and (Operation.SUM in query.operations or not counts)
    told = [_shared_out(query, groups, summed) for summed in (False, True) if (sums if summed else counts)]
    text = (
        f"{len(groups)}个{group_title(query)}{'，'.join(said for said, _ in told)}。\0{_counted_in_each(query, groups)}"
    )
    if left := _without_rows(query, groups):
        text += f"\n\n{left}没有这样的{noun(query)}，未计入平均。"
    plain_query = replace(query, group=replace(query.group, is_shared_out=False))
    if {Operation.MAX, Operation.MIN} & set(query.operations):
        text += f"\n\n{word_groups(plain_query, result)[1].replace(chr(0), '')}"
    shared = "；".join(expression for _, expression in told)
    return rows_of_groups(groups), text, f"{_expression(plain_query, groups)}；{shared}"


def _shared_out(query: Query, groups: list[RowGroup], summed: bool) -> tuple[str, str]:
    """Return what the groups come to together and on average, rows or their figures, worded and as an expression."""
    figures = [sum(group.figures, Decimal(0)) if summed else Decimal(len(group.rows)) for group in groups]
    total = sum(figures, Decimal(0))
    mean, about = mean_of(total, len(groups))
    unit = "" if summed else f"{counter(query)}{noun(query)}"
    whole, each = (f"{shown_figure(one, query) if summed else plain(one)}{unit}" for one in (total, mean))
    overlap = not summed and total > len(rows_of_groups(groups))
    what = f"的{measure_name(query)}合计" if summed else "各自的数目相加为" if overlap else "合计"
    return f"{what}{whole}，平均每个{about}{each}", f"{whole} ÷ {len(groups)} {'≈' if about else '='} {plain(mean)}"


def _without_rows(query: Query, groups: list[RowGroup]) -> str:
    """Return the names of the groups of the table that no row of the result belongs to; empty for none."""
    assert query.group is not None
    values = split_column(cell_text(row, query.group.column) for row in query.table.data_rows)
    every = dict.fromkeys(name for row in query.table.data_rows for name in _names_of(query, row, values))
    return "、".join(name for name in every if name not in {group.name for group in groups})


def groups_of(query: Query, result: Result) -> list[RowGroup]:
    """Return the groups of a query's rows in the order of the table; a row of several counts in each."""
    assert query.group is not None
    members: dict[str, list[tuple[Row, Decimal | None]]] = {}
    values = split_column(cell_text(row, query.group.column) for row in query.table.data_rows)
    for row, figure in zip(result.rows, result.figures, strict=True):
        for name in _names_of(query, row, values):
            members.setdefault(name, []).append((row, figure))
    names = sorted(members) if query.group.measure is not Measure.FIGURE else list(members)
    return [
        RowGroup(
            name,
            tuple(row for row, _ in members[name]),
            tuple(figure for _, figure in members[name] if figure is not None),
        )
        for name in names
    ]


def _names_of(query: Query, row: Row, values: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return which of a column's ``values`` (by cell) the row belongs to: several where its cell lists several."""
    assert query.group is not None
    column = query.group.column
    if column <= GROUP_COLUMN:
        return tuple(group.name for group in row.groups if group.level == GROUP_COLUMN - column)[:1] or ("（未分组）",)
    if query.group.measure is not Measure.FIGURE:
        quantity = next((cell.quantity for cell in row.cells if cell.column == column), None)
        year = None if quantity is None else quantity.low if query.group.measure is Measure.START else quantity.high
        return (f"{plain(year)}年" if year is not None else "（未写年份）",)
    if holds_prose([cell_text(one, column) for one in query.table.data_rows]):
        return (cell_text(row, column),)
    return values[cell_text(row, column)] or ("（空）",)


def _is_summed(query: Query) -> bool:
    return query.measure_column is not None and query.names_measure


def _says_amounts(query: Query) -> bool:
    assert query.group is not None
    summed = Operation.SUM in query.operations and _is_summed(query)
    if query.group.is_counted and not summed:
        return False
    counted = {Operation.COUNT, Operation.MAX, Operation.MIN} & set(query.operations)
    return query.each or _is_summed(query) or bool(counted)


def group_amount(query: Query, group: RowGroup) -> str:
    """Return what the group comes to, as the question asks: 7个, 1541.12亿元, both, an average or a share."""
    said = []
    if Operation.COUNT in query.operations or not _is_summed(query):
        said.append(f"{len(group.rows)}{counter(query)}")
    if _is_summed(query):
        mean = "平均" if len(group.figures) > 1 and measures_rate(query) else ""
        said.append(mean + shown_figure(_figure(query, group), query) if group.figures else "没有写明确数")
    share = ""
    if Operation.SHARE in query.operations and (whole := _whole(query)):
        share = f"（占{plain(rounded(group_figure(query, group) * 100 / whole))}%）"
    return "、".join(said) + share


def _whole(query: Query) -> Decimal:
    """Return what all rows of the table come to, which shares are of."""
    if not _is_summed(query):
        return Decimal(len(query.table.data_rows))
    cells = [
        cell.quantity for row in query.table.data_rows for cell in row.cells if cell.column == query.measure_column
    ]
    figures = [quantity for quantity in cells if quantity is not None and quantity.low is not None]
    scales = {quantity.scale for quantity in figures}
    scale = scales.pop() if len(scales) == 1 else ""
    return sum(
        (figure_values(quantity, scale)[0] or Decimal(0) for quantity in figures if is_plain(quantity)), Decimal(0)
    )


def _figure(query: Query, group: RowGroup) -> Decimal:
    total = sum(group.figures, Decimal(0))
    return rounded(total / len(group.figures)) if _is_averaged(query) and len(group.figures) > 1 else total


def _is_averaged(query: Query) -> bool:
    """Return whether a group comes to the mean of its figures: where that is asked, and of rates always."""
    return Operation.AVERAGE in query.operations or measures_rate(query)


def group_figure(query: Query, group: RowGroup) -> Decimal:
    """Return what a group is ranked by: its figure in the column's own scale and unit, or how many rows it has."""
    return _figure(query, group) if _is_summed(query) else Decimal(len(group.rows))


def groups_in_order(query: Query, groups: list[RowGroup], descending: bool) -> list[RowGroup]:
    """Return the groups that come to something, the largest (or smallest) first."""
    stated = [group for group in groups if group.figures or not _is_summed(query)]
    return sorted(stated, key=lambda group: group_figure(query, group), reverse=descending)


def _meets(having: Having | None, group: RowGroup) -> bool:
    if having is None:
        return True
    return bool(HOLDS[having.sign](len(group.rows) if having.counts else sum(group.figures, Decimal(0)), having.bound))


def rows_of_groups(groups: list[RowGroup]) -> tuple[Row, ...]:
    """Return the rows of all ``groups``, each once, in the order of the table."""
    rows = {row.number: row for group in groups for row in group.rows}
    return tuple(rows[number] for number in sorted(rows))


def group_title(query: Query) -> str:
    """Return what the groups are called: the column’s name, or the label of group rows without its number."""
    assert query.group is not None
    if query.group.column > GROUP_COLUMN:
        return f"“{query.table.columns[query.group.column].name}”"
    level = GROUP_COLUMN - query.group.column
    labels = (group_word(group) for row in query.table.data_rows for group in row.groups if group.level == level)
    return f"“{next(labels, '')}”"


def _measured_name(query: Query) -> str:
    return f"{measure_name(query)}{'平均' if _is_averaged(query) else '合计'}"


def _expression(query: Query, groups: list[RowGroup]) -> str:
    return "；".join(f"{group.name}：{group_amount(query, group)}" for group in groups)
