"""A query or its rows in, the Chinese words for them out.

Example: “牵头责任单位” holds 能源局 → “牵头责任单位”含能源局的项目; a sum of 1541.12 → 1541.12亿元.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from assistant.respond.comparisons import is_plain
from assistant.respond.lookup import unit_of, with_unit
from assistant.understand.attributes import GROUP_COLUMN
from assistant.understand.bounds import SCALES
from assistant.understand.query import Condition, Measure, Query
from assistant.understand.table_frame import measured_cells, stem_of
from corpus.models import ColumnKind, Row, Table

_SHOWN_TERMS = 40
_LONG_CELL = 40
_ROUNDED = Decimal("0.01")
_RATE_UNIT = re.compile(r"/|[%％‰]")
_RATE_HEADER = re.compile(r"每(?![年月])|[人户亩]均|单价|均价")
SIGNS = {">=": "不低于", "<=": "不超过", ">": "超过", "<": "低于", "=": "为", "!=": "不是"}
_TIMES = {">=": "不早于", "<=": "不晚于", ">": "晚于", "<": "早于", "=": "为", "!=": "不是"}


def described(query: Query) -> str:
    """Return the conditions in words: “牵头责任单位”为水利局的项目."""
    parts = []
    for condition in query.conditions:
        if condition.column <= GROUP_COLUMN:
            parts.append(f"属于{'、'.join(dict.fromkeys(condition.values))}")
            continue
        name = query.table.columns[condition.column].name
        if condition.listed:
            parts.append(condition.listed)
        elif condition.top:
            parts.append(f"“{name}”{'最大' if condition.top > 0 else '最小'}的{abs(condition.top)}{counter(query)}")
        elif condition.against is not None:
            parts.append(f"“{name}”{SIGNS[condition.sign]}“{query.table.columns[condition.against].name}”")
        elif condition.rows or condition.empty:
            parts.append(
                f"“{name}”{_written(query, condition)}"
                if condition.empty
                else f"第{'、'.join(map(str, condition.rows))}行{'以外' if condition.negated else ''}"
            )
        elif condition.values:
            word = _held(condition)
            parts.append(f"“{name}”{word}{'、'.join(dict.fromkeys(condition.values))}")
        else:
            unit = "年" if condition.measure is not Measure.FIGURE else query.table.columns[condition.column].unit
            what = _of_period(query.table, condition.column, condition.measure)
            sign = (SIGNS if condition.measure in (Measure.FIGURE, Measure.LENGTH) else _TIMES)[condition.sign]
            scale = _scale_of(condition) if condition.unit else ""
            bound = plain(condition.bound / SCALES[scale])
            parts.append(f"“{name}”{what}{sign}{bound}{scale}{condition.unit or unit}")
    if any(condition.top for condition in query.conditions):
        # 最大的3个项目; 最大的5个中“牵头责任单位”含水利局的项目.
        at = next(place for place, condition in enumerate(query.conditions) if condition.top) + 1
        head, tail = "、".join(parts[:at]), "、".join(parts[at:])
        return f"{head}中{tail}的{noun(query)}" if tail else head + noun(query)
    return "、".join(parts) + ("的" if parts else query.table.name + "的") + noun(query)


def _scale_of(condition: Condition) -> str:
    """Return the largest scale that a bound in a bare unit (5000000000元) is whole in."""
    return next((scale for scale in ("亿", "万") if condition.bound and not condition.bound % SCALES[scale]), "")


def _held(condition: Condition) -> str:
    if condition.whole:
        return "不是" if condition.negated else "为"
    return "不含" if condition.negated else "只有" if condition.exact else "含"


def _written(query: Query, condition: Condition) -> str:
    """Return whether cells state something: a figure of 0 counts as none where the column has any."""
    value = _value_word(query, condition)
    if not condition.negated:
        return f"没有写明{value}"
    return "写明不为0的数值" if value.endswith("0") else f"写明{value}"


def _value_word(query: Query, condition: Condition) -> str:
    if query.table.columns[condition.column].kind is not ColumnKind.NUMBER:
        return "内容"
    cells = (cell.quantity for row in query.table.data_rows for cell in row.cells if cell.column == condition.column)
    return "数值或为0" if any(quantity is not None and quantity.low == 0 for quantity in cells) else "数值"


def noun(query: Query) -> str:
    """Return what the table's rows are called: 项目, 指标."""
    header = query.table.columns[query.name_column].name
    if header == "姓名":
        stem = stem_of(query.table)
        return stem if stem and header not in stem else "人"
    return header.removesuffix("名称").rstrip("/、") or "行"


def counter(query: Query) -> str:
    """Return the word that counts the rows: as the question does (几项), else 个, 项, 位."""
    if query.counter:
        return query.counter
    person = query.table.columns[query.name_column].name == "姓名"
    return "位" if person else "项" if noun(query) == "指标" else "个"


def name_of(query: Query, row: Row) -> str:
    """Return the cell that names the row."""
    return next((cell.text for cell in row.cells if cell.column == query.name_column), "")


def measure_name(query: Query) -> str:
    """Return the measured column's header, of a period with what of it is measured."""
    assert query.measure_column is not None
    name = query.table.columns[query.measure_column].name
    return name + _of_period(query.table, query.measure_column, query.measure)


def _of_period(table: Table, column: int, measure: Measure) -> str:
    """Return what of a column's periods is measured; nothing where each is one year, which begins and ends at once."""
    periods = (cell.quantity for row in table.data_rows for cell in row.cells if cell.column == column)
    if all(one is None or one.low == one.high for one in periods) and measure is not Measure.LENGTH:
        return ""
    return {Measure.START: "起始年", Measure.END: "结束年", Measure.LENGTH: "跨度"}.get(measure, "")


def shown_figure(figure: Decimal | int, query: Query) -> str:
    """Return a figure of the measured column with its unit."""
    assert query.measure_column is not None
    unit = "年" if query.measure is not Measure.FIGURE else unit_of_measure(query)
    return f"{plain(Decimal(figure))}{unit}"


def plain(figure: Decimal) -> str:
    """Return a figure without an exponent or empty decimals."""
    written = f"{figure:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _figures_beside(query: Query, row: Row) -> str:
    """Return the figures that the question asks of the rows found, each under its header."""
    cells = [(query.table.columns[cell.column], cell) for cell in row.cells if cell.column in query.beside]
    return "".join(f"，{column.name}：{with_unit(cell.text, query.table, cell)}" for column, cell in cells)


def beside_it(query: Query, row: Row) -> str:
    """Return what the question asks of a row found besides the figure that it is found by."""
    return _figures_beside(query, row) + _asked_cell(query, row)


def _asked_cell(query: Query, row: Row) -> str:
    """Return the cell that the question asks of the rows found (由谁牵头), unless it is a condition already."""
    held = {condition.column for condition in query.conditions}
    if query.asked_column is None or query.asked_column in {query.name_column, *held}:
        return ""
    column = query.table.columns[query.asked_column]
    text = next((cell.text for cell in row.cells if cell.column == column.number), "")
    return f"，{column.name}：{text}" if len(text) <= _LONG_CELL else ""


def stated_figure(query: Query, row: Row, figure: Decimal) -> str:
    """Return a row's figure with its unit; of a period the period as well, whose start, end or length it is."""
    if query.measure is Measure.FIGURE:
        return shown_figure(figure, query)
    period = next((cell.text for cell in row.cells if cell.column == query.measure_column), "")
    return f"{period}，{shown_figure(figure, query)}" if query.measure is Measure.LENGTH else period


def unit_of_measure(query: Query) -> str:
    """Return the unit that the measured figures are in."""
    assert query.measure_column is not None
    column = query.table.columns[query.measure_column]
    cells = [cell.quantity for row in query.table.data_rows for cell in row.cells if cell.column == column.number]
    figures = [quantity for quantity in cells if quantity is not None and quantity.low is not None]
    if not figures:
        return column.unit
    # Where scales are mixed (万元 and 亿元) the figures are multiplied out.
    scales, units = ({q.scale for q in figures}, {q.unit for q in figures if is_plain(q)})
    return (scales.pop() if len(scales) == 1 else "") + (units.pop() if len(units) == 1 else "")


def is_rate(unit: str, header: str = "") -> bool:
    """Return whether figures are so much for each of something (元/户, %, 每亩补贴), which add up to nothing."""
    return bool(_RATE_UNIT.search(unit) or _RATE_HEADER.search(header))


def measures_rate(query: Query) -> bool:
    """Return whether the measured column holds rates, so that its figures are told row by row and never added."""
    if query.measure_column is None or query.measure is not Measure.FIGURE:
        return False
    return is_rate(unit_of_measure(query), query.table.columns[query.measure_column].name)


def not_added(query: Query) -> str:
    """Return why the figures measured add up to nothing, in words; empty where they do add up.

    Indicators each measure something else: without one unit, 6.8 beds and 76.8 years are no 83.6.
    """
    if measures_rate(query):
        return "是比率，不能相加"
    if query.measure_column is None or query.measure is not Measure.FIGURE or noun(query) != "指标":
        return ""
    units = {unit_of(query.table, cell) for cell in measured_cells(query)}
    rates = [is_rate(unit) for unit in units]
    if any(rates):
        return "是比率，不能相加" if all(rates) else "中有比率，不能相加"
    return "" if len(units - {""}) == 1 and "" not in units else "没有共同的单位，不能相加"


def terms(figures: Sequence[Decimal]) -> str:
    """Return figures as the terms of a sum."""
    shown = [f"{figure.normalize():f}" for figure in figures[:_SHOWN_TERMS]]
    return " + ".join(shown) + (" + …" if len(figures) > _SHOWN_TERMS else "")


def mean_of(total: Decimal, number: int) -> tuple[Decimal, str]:
    """Return a mean as it is told, and 约 where it is rounded."""
    mean = rounded(total / number)
    return mean, "" if mean * number == total else "约"


def rounded(value: Decimal) -> Decimal:
    """Return ``value`` to two digits after the point, or to three that say something: 0.0015 is not 0."""
    return value.quantize(min(_ROUNDED, Decimal(1).scaleb(value.adjusted() - 2)), ROUND_HALF_UP)
