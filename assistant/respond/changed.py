"""Changes asked of a table in, the rows that change so with both figures and the calculation out.

Example: 2024年比2020年提高最多 → 可再生能源装机容量在全市比重（13% → 40%，提高27个百分点）.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.models import Answer, AnswerKind, Calculation
from assistant.respond.compute import Computation
from assistant.respond.computed import row_table
from assistant.respond.evidence import cite, row_evidence
from assistant.respond.grouped import HOLDS
from assistant.respond.lookup import shown_name, unit_of, with_unit
from assistant.respond.query_words import SIGNS, counter, name_of, noun, plain, rounded
from assistant.respond.shown_sql import shown_sql
from assistant.understand.bounds import SCALES
from assistant.understand.changes import Changes
from assistant.understand.entities import Entity
from assistant.understand.query import Measure
from corpus.folding import fold
from corpus.models import Cell, Row
from index.facts import Facts


@dataclass(frozen=True, slots=True)
class Change:
    """A row with its two figures; ``size`` is what changes are compared by, in per cent where ``by_rate``."""

    row: Row
    cells: tuple[Cell, Cell]
    figures: tuple[Decimal, Decimal]
    size: Decimal

    @property
    def difference(self) -> Decimal:
        """Return the later figure less the earlier."""
        return self.figures[1] - self.figures[0]


def answer_changes(changes: Changes, facts: Facts, question: str, standalone: str) -> Answer:
    """Return the rows that change as asked, each with both figures; those without exact figures are said to be so."""
    found, unclear, sql = _find(changes, facts)
    kept = [change for change in found if _fits(changes, change)]
    if changes.picks:
        kept = sorted(kept, key=lambda c: (-changes.picks * abs(c.size), c.row.number))
        kept = kept[: changes.limit]
    query = changes.query
    columns = (changes.earlier.number, changes.later.number)
    items = "；".join(f"{_said(changes, change)}[{number}]" for number, change in enumerate(kept, 1))
    names = "、".join(_called(changes, row) for row in unclear)
    note = f"\n\n另有{len(unclear)}{counter(query)}没有两年都写明确数，无法比较：{names}。" if unclear else ""
    return Answer(
        question=question,
        standalone=standalone,
        kind=AnswerKind.LOOKUP,
        answer=f"{_head(changes, len(kept))}{'：' + items if items else ''}。{note}",
        citations=cite([row_evidence(query.document, query.table, change.row, columns) for change in kept]),
        table=row_table(query, [change.row for change in kept]) if kept else None,
        calculation=Calculation("；".join(_expression(changes, change) for change in kept), sql),
    )


def divide(changes: Changes, facts: Facts) -> tuple[dict[int, str], dict[int, str], str]:
    """Return the rows that change as asked and those that do not, by number as they are told, and the SQL.

    The others state no two exact figures.
    """
    found, _, sql = _find(changes, facts)
    fits: dict[int, str] = {}
    others: dict[int, str] = {}
    for change in found:
        (fits if _fits(changes, change) else others)[change.row.number] = _said(changes, change)
    return fits, others, sql


def said_change(changes: Changes) -> str:
    """Return how rows change: 2024年比2020年提高的指标."""
    return _head(changes, 0).removesuffix("没有")


def _find(changes: Changes, facts: Facts) -> tuple[list[Change], list[Row], str]:
    """Return the changes of the rows asked for, the rows that state no two exact figures, and the SQL."""
    ends = (changes.earlier.number, changes.later.number)
    queries = [replace(changes.query, measure_column=column, measure=Measure.FIGURE) for column in ends]
    computations = [Computation(query, facts) for query in queries]
    results = [computation.run(changes.query.conditions) for computation in computations]
    found, unclear = [], []
    for row, earlier, later in zip(results[0].rows, results[0].figures, results[1].figures, strict=True):
        cells = [cell for column in ends for cell in row.cells if cell.column == column]
        if changes.unit and not any(cell.quantity and cell.quantity.unit == changes.unit for cell in cells):
            continue
        if earlier is None or later is None or len(cells) < len(ends) or (changes.by_rate and not earlier):
            unclear.append(row)
            continue
        scales = [SCALES[cell.quantity.scale] if cell.quantity else Decimal(1) for cell in cells]
        earlier *= SCALES[computations[0].scale] / scales[0]
        later *= SCALES[computations[1].scale] / scales[1]
        size = rounded((later - earlier) * 100 / earlier) if changes.by_rate else later - earlier
        found.append(Change(row, (cells[0], cells[1]), (earlier, later), size))
    return found, unclear, ";\n".join(shown_sql(one, of_rows=True) for one in computations)


def _fits(changes: Changes, change: Change) -> bool:
    difference = change.difference
    if changes.direction is not None and (difference > 0) - (difference < 0) != changes.direction:
        return False
    if changes.direction is None and not difference:
        return False
    return not changes.sign or bool(HOLDS[changes.sign](abs(difference), changes.bound))


def _head(changes: Changes, count: int) -> str:
    over = f"{changes.later.name}比{changes.earlier.name}"
    word = {1: "提高", -1: "下降", 0: "没有变化", None: "有变化"}[changes.direction]
    kind = noun(changes.query)
    if changes.picks:
        size = "幅度" if changes.by_rate else "的百分点" if changes.unit == "%" else "的数值"
        how = "（按增减的百分比比较）" if changes.by_rate else ""
        return f"{over}{word}{size}{'最大' if changes.picks > 0 else '最小'}的{kind}{how}是"
    limit = f"{word}{SIGNS[changes.sign]}{plain(changes.bound)}{_points(changes.unit)}" if changes.sign else word
    return f"{over}{limit}的{kind}{f'共{count}{counter(changes.query)}' if count else '没有'}"


def _said(changes: Changes, change: Change) -> str:
    query, name = changes.query, _called(changes, change.row)
    earlier, later = (with_unit(cell.text, query.table, cell) for cell in change.cells)
    unit = _points(unit_of(query.table, change.cells[1]))
    if not change.difference:
        return f"{name}（{earlier} → {later}）"
    word = "提高" if change.difference > 0 else "下降"
    rate = f"，{'增长' if change.size > 0 else '下降'}{plain(abs(change.size))}%" if changes.by_rate else ""
    return f"{name}（{earlier} → {later}，{word}{plain(abs(change.difference))}{unit}{rate}）"


def _called(changes: Changes, row: Row) -> str:
    name = name_of(changes.query, row)
    return shown_name(Entity(name, fold(name), changes.query.document, changes.query.table, row))


def _points(unit: str) -> str:
    """Return the unit of a difference: of two percentages it is percentage points."""
    return "个百分点" if unit == "%" else unit


def _expression(changes: Changes, change: Change) -> str:
    earlier, later = change.figures
    unit = _points(unit_of(changes.query.table, change.cells[1]))
    name = _called(changes, change.row)
    return f"{name}：{plain(later)} - {plain(earlier)} = {plain(change.difference)}{unit}"
