"""Random queries over random tables give what pandas gives, whatever the cells say; the oracle knows no product code.

A figure counts where one exact number is written; a bound holds where what is written makes it true.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject, SearchStrategy

from assistant.models import Answer, AnswerKind
from assistant.respond.compute import Computation
from assistant.respond.computed import answer_query
from assistant.understand.attributes import GROUP_COLUMN
from assistant.understand.query import Condition, Grouping, Measure, Operation, Query
from corpus.cell_values import RANKS
from corpus.models import ColumnKind
from index.fact_store import SQLITE_FILE, write_facts, writing_engine
from index.facts import Facts

SEVERAL = settings(
    settings.get_profile("properties"),
    max_examples=80,
    report_multiple_bugs=False,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)
QUERIES_A_TABLE = 8
INFINITE = Decimal("Infinity")
STATES_NOTHING = ("", "\\")
"""The drawn texts that are told as no value: a backslash is written where nothing is to be stated."""
AMOUNT = re.compile(r"(-?[\d.]+)(万|亿)?(?:元|年|%)?")


@dataclass(frozen=True)
class Opened:
    """A drawn table in the real SQL store, and as a frame: per column its text, ends in plain units, sign."""

    drawn: Any
    facts: Facts
    file: Path
    frame: pd.DataFrame


@dataclass(frozen=True)
class Asked:
    """What of a query varies."""

    conditions: tuple[Condition, ...]
    operations: tuple[Operation, ...]
    measure_column: int | None
    measure: Measure
    group: Grouping | None
    limit: int | None
    skip: int

    def query(self, opened: Opened) -> Query:
        return Query(
            document=opened.drawn.document,
            table=opened.drawn.table,
            name_column=0,
            each=self.group is not None,
            names_measure=self.measure_column is not None,
            names_rows=False,
            asked_column=None,
            unexplained=(),
            **vars(self),
        )


def to_frame(drawn: Any) -> pd.DataFrame:
    rows = []
    for number, (cells, groups) in enumerate(zip(drawn.cells, drawn.groups, strict=True), start=1):
        row: dict[Any, Any] = {"row": number}
        for column, cell in enumerate(cells):
            row["text", column] = cell.text
            row["sign", column] = ":" if cell.is_ratio else cell.sign
            row["low", column] = None if cell.low is None else cell.low.scaleb(cell.power)
            row["high", column] = None if cell.high is None else cell.high.scaleb(cell.power)
        row |= {("group", level): groups[level] if level < len(groups) else "" for level in range(2)}
        rows.append(row)
    return pd.DataFrame(rows).astype(object)


def holds_value(text: str, value: str, listed: set[str]) -> bool:
    """A cell holds a value unless every place where it stands is inside a listed name of another thing.

    Another thing is called by one or two characters more, and no more than the value has; a rank of government is no
    other name.
    """
    more = {name: name.replace(value, "", 1) for name in listed if value in name and name != value}
    others = [name for name, rest in more.items() if len(rest) <= min(2, len(value)) and rest not in RANKS]
    inside = {at + n for other in others for at in places(text, other) for n in range(len(other))}
    return any(at not in inside for at in places(text, value))


def listed_names(texts: list[str]) -> set[str]:
    """The names that the cells of a column list; cells of prose (long, or with full stops) list none."""
    prose = any(mark in text for text in texts for mark in "。；") or median(map(len, texts)) > 40
    return set() if prose else {part for text in texts for part in re.split(r"[、，,；;/\s]+", text)}


def places(text: str, part: str) -> list[int]:
    return [at for at in range(len(text) - len(part) + 1) if text.startswith(part, at)]


def meets(row: Any, condition: Condition, power: int) -> bool:
    """Whether what the cell states makes the bound true."""
    low, high, sign = (row[part, condition.column] for part in ("low", "high", "sign"))
    if low is None or sign == ":":
        return False
    bound = condition.bound
    if condition.measure is not Measure.FIGURE:
        low = high = {"start": low, "end": high, "length": high - low + 1}[condition.measure.value]
    else:
        bound = bound.scaleb(power)
    least = low if sign in "=≈≥>" else -INFINITE
    most = high if sign in "=≈≤<" else INFINITE
    return {
        "=": sign == "=" and low == high == bound,
        ">": least > bound or (sign == ">" and least == bound),
        ">=": least >= bound,
        "<": most < bound or (sign == "<" and most == bound),
        "<=": most <= bound,
    }[condition.sign]


def select(opened: Opened, conditions: tuple[Condition, ...]) -> pd.DataFrame:
    """The rows that meet all conditions."""
    frame, columns = opened.frame, opened.drawn.table.columns
    for condition in conditions:
        if condition.sign:
            power = {"万元": 4, "亿元": 8}.get(columns[condition.column].unit, 0)
            keep = [meets(row, condition, power) for _, row in frame.iterrows()]
        elif condition.empty or condition.exact:
            keep = [text in (condition.values or STATES_NOTHING) for text in frame["text", condition.column]]
        elif condition.column <= GROUP_COLUMN:
            keep = [name in condition.values for name in frame["group", GROUP_COLUMN - condition.column]]
        else:
            listed = listed_names(list(opened.frame["text", condition.column]))
            keep = [
                any(holds_value(text, value, listed) for value in condition.values)
                for text in frame["text", condition.column]
            ]
        frame = frame[pd.Series([kept is not condition.negated for kept in keep], frame.index, dtype=bool)]
    return frame


def measured(frame: pd.DataFrame, query: Query) -> pd.Series:
    """The figure measured of each row, in plain units; None where no exact number is written."""
    column = query.measure_column
    low, high, sign = (frame[part, column] for part in ("low", "high", "sign"))
    if query.measure is Measure.FIGURE:
        return low.where((sign == "=") & (low == high), None)
    end = {"start": low, "end": high}.get(query.measure.value)
    return end if end is not None else (high - low + 1).where(low.notna(), None)


@st.composite
def conditions(draw: st.DrawFn, opened: Opened) -> Condition:
    table = opened.drawn.table
    column = draw(st.sampled_from(table.columns[1:]))
    levels = len(max(opened.drawn.groups, key=len))
    texts = list(opened.frame["text", column.number])
    if levels and draw(st.integers(0, 3)) == 0:
        level = draw(st.integers(0, levels - 1))
        names = [name for name in opened.frame["group", level] if name]
        values = tuple(draw(st.lists(st.sampled_from([*names, "别的"]), min_size=1, max_size=2)))
        return Condition(GROUP_COLUMN - level, values, negated=draw(st.booleans()))
    if column.kind is ColumnKind.TEXT and draw(st.integers(0, 3)) == 0:
        whole = draw(st.sampled_from([*filter(None, texts), ""]))
        return Condition(
            column.number, (whole,) * bool(whole), exact=True, empty=not whole, negated=draw(st.booleans())
        )
    if column.kind is ColumnKind.TEXT:
        parts = [part for text in texts for part in re.split(r"[、，,；;/\s]+", text) if part]
        values = tuple(
            draw(st.lists(st.sampled_from([*dict.fromkeys(parts), "李村", "%", "A组"]), min_size=1, max_size=2))
        )
        return Condition(column.number, values, negated=draw(st.booleans()))
    sign = draw(st.sampled_from(("=", ">", ">=", "<", "<=")))
    if column.kind is ColumnKind.PERIOD:
        measure = draw(st.sampled_from((Measure.START, Measure.END, Measure.LENGTH)))
        bound = draw(st.integers(0, 9) if measure is Measure.LENGTH else st.integers(2014, 2040))
        return Condition(column.number, sign=sign, bound=Decimal(bound), measure=measure)
    written = [cell[column.number].low for cell in opened.drawn.cells if cell[column.number].low is not None]
    near = st.sampled_from([*written, Decimal(10)]).flatmap(
        lambda figure: st.sampled_from(("0", "0.0001", "-0.0001", "1")).map(lambda step: figure + Decimal(step))
    )
    return Condition(column.number, sign=sign, bound=draw(st.one_of(near, st.just(Decimal(10) ** 30))))


def has_bounds(opened: Opened, condition: Condition) -> bool:
    """A bound needs figures, and a unit in the header to be compared in."""
    column = opened.drawn.table.columns[condition.column] if condition.column >= 0 else None
    if not condition.sign or column is None:
        return True
    return bool(column.unit) and opened.facts.tables()[0].column(column.number).is_numeric


@st.composite
def queries(draw: st.DrawFn, opened: Opened) -> Asked:
    table = opened.drawn.table
    ref = opened.facts.tables()[0]
    can_measure = [
        (column.number, measure)
        for column in table.columns
        if ref.column(column.number).is_numeric and not ref.column(column.number).units
        for measure in ([*Measure][1:] if column.kind is ColumnKind.PERIOD else [Measure.FIGURE])
    ]
    measure_column, measure = draw(st.sampled_from([*can_measure, (None, Measure.FIGURE)]))
    computed = [*Operation] if measure_column is not None else [Operation.LIST, Operation.COUNT]
    operation = draw(st.sampled_from(computed))
    chosen = tuple(
        draw(st.lists(conditions(opened), max_size=2).filter(lambda c: all(has_bounds(opened, x) for x in c)))
    )
    assume(chosen or operation is not Operation.SHARE)
    groups = [GROUP_COLUMN - level for level in range(len(max(opened.drawn.groups, key=len)))]
    groups += [column.number for column in table.columns[1:] if column.kind is ColumnKind.TEXT]
    grouped = operation in (Operation.COUNT, Operation.SUM, Operation.MAX, Operation.MIN)
    ordered = operation in (Operation.MAX, Operation.MIN)
    group = draw(st.sampled_from([None, *map(Grouping, groups)])) if grouped else None
    limit = draw(st.sampled_from((None, 1, 2, 5))) if ordered else None
    return Asked(
        conditions=chosen,
        operations=(operation,),
        measure_column=measure_column,
        measure=measure,
        group=group,
        limit=limit,
        skip=draw(st.integers(0, 3)) if limit else 0,
    )


@pytest.fixture(scope="session")
def open_drawn(folders: Iterator[Path]) -> Callable[[Any], Opened]:
    def put(drawn: Any) -> Opened:
        folder = next(folders)
        engine = writing_engine(folder)
        write_facts(engine, [drawn.document])
        engine.dispose()
        return Opened(drawn, Facts.open(folder), folder / SQLITE_FILE, to_frame(drawn))

    return put


@SEVERAL
@given(data=st.data())
def test_a_random_query_gives_what_pandas_gives(
    data: DataObject, tables: SearchStrategy[Any], open_drawn: Callable[[Any], Opened]
) -> None:
    opened = open_drawn(data.draw(tables))
    before = opened.file.read_bytes()
    for _ in range(QUERIES_A_TABLE):
        query = data.draw(queries(opened)).query(opened)
        frame = select(opened, query.conditions)
        figures = measured(frame, query) if query.measure_column is not None else frame["row"].map(lambda _: None)

        result = Computation(query, opened.facts).run(query.conditions)
        assert [row.number for row in result.rows] == list(frame["row"])
        assert [figure is None for figure in result.figures] == [figure is None for figure in figures]

        answer = answer_query(query, opened.facts, "问", "问")
        check_answer(opened, query, frame.assign(figure=figures), answer)
    opened.facts.close()
    assert opened.file.read_bytes() == before


def check_answer(opened: Opened, query: Query, frame: pd.DataFrame, answer: Answer) -> None:
    operation = query.operations[0]
    stated = frame[frame["figure"].notna()]
    needs = query.group is None and operation not in (Operation.LIST, Operation.COUNT)
    if frame.empty or (needs and len(stated) <= query.skip):
        # Whether any cell is empty is a question of its own: that none is, is its answer.
        asks_of_none = frame.empty and any(condition.empty for condition in query.conditions)
        assert answer.kind is (AnswerKind.LOOKUP if asks_of_none else AnswerKind.REFUSAL)
        assert not answer.citations
        return
    assert answer.kind is AnswerKind.LOOKUP
    text, shown = answer.answer, cited_rows(opened, answer)
    total = sum(stated["figure"], Decimal(0))
    if query.group is not None:
        column = query.group.column
        listed = listed_names(list(opened.frame["text", column])) if column > GROUP_COLUMN else set()
        check_groups(query, frame, text, shown, listed)
    elif operation in (Operation.MAX, Operation.MIN):
        assert shown == expected_order(query, stated)
    else:
        assert shown == list(frame["row"])
        check_one_figure(opened, query, stated, text, total)
    if operation is Operation.SUM and query.group is None and _RATE not in text:
        check_sql(opened, answer, len(frame), total)


_RATE = "是比率，不能相加"


def check_one_figure(opened: Opened, query: Query, stated: pd.DataFrame, text: str, total: Decimal) -> None:
    operation = query.operations[0]
    if _RATE in text:  # 40% and 30% make no 70%: each is told
        assert query.table.columns[query.measure_column or 0].unit == "%"
    elif operation is Operation.SUM:
        assert amount(text.split("合计")[1]) == total
    elif operation is Operation.AVERAGE:
        said = text.split("平均约")[1]
        assert is_rounded(amount(said), total / len(stated), said)
    elif operation is Operation.SHARE:
        everything = measured(opened.frame, query)
        whole = sum(everything[everything.notna()], Decimal(0))
        if not whole:
            assert "无法计算" in text
            return
        said = text.rsplit("的", 1)[1]
        assert is_rounded(amount(said), total * 100 / whole, said)
    else:
        assert f"共{len(opened.frame) if not query.conditions else len(select(opened, query.conditions))}个" in text


def check_groups(query: Query, frame: pd.DataFrame, text: str, shown: list[int], listed: set[str]) -> None:
    members: dict[str, list[Any]] = {}
    for _, row in frame.iterrows():
        for name in group_names(query, row, listed):
            members.setdefault(name, []).append(row)
    totals = {name: group_total(query, rows) for name, rows in members.items()}
    stated = {name: total for name, total in totals.items() if total is not None}
    if query.operations[0] in (Operation.COUNT, Operation.SUM):
        assert set(shown) == set(frame["row"])
        for name, total in stated.items():
            said = [text[at + len(name) :] for at in places(text, name)]
            if averages(query) and sum(row["figure"] is not None for row in members[name]) > 1:
                told = any(is_rounded(amount(one[2:]), total, one[2:]) for one in said if one[:2] == "平均")
            else:
                told = any(amount(one) == total for one in said)
            assert told, (name, total)
        return
    largest = query.operations[0] is Operation.MAX
    order = sorted(stated, key=lambda name: stated[name], reverse=largest)
    wanted = order if query.limit is None else order[query.skip :][: query.limit]
    if query.limit is None or (query.limit == 1 and query.skip):  # the first, or one behind it: with its equals
        wanted = [name for name in order if stated[name] == stated[wanted[0]]] if wanted else []
    assert set(shown) == {row["row"] for name in wanted for row in members[name]}
    assert wanted or text.startswith("没有")


def group_names(query: Query, row: Any, listed: set[str]) -> list[str]:
    """The groups of a row: the group rows above it, else each of the names that its cell lists."""
    assert query.group is not None
    if query.group.column <= GROUP_COLUMN:
        return [row["group", GROUP_COLUMN - query.group.column] or "（未分组）"]
    text = row["text", query.group.column]
    parts = re.split(r"[、，,；;/\s]+", text) if listed else [text]
    return list(dict.fromkeys(filter(None, parts))) or ["（空）" if listed else ""]


def averages(query: Query) -> bool:
    """Whether the figure of a group is a mean: rates make no sum."""
    column = query.measure_column if query.operations[0] is not Operation.COUNT else None
    return column is not None and query.table.columns[column].unit == "%"


def group_total(query: Query, rows: list[Any]) -> Decimal | None:
    """How many rows a group has, what they add up to or their mean rate; None where they state no figure."""
    if query.measure_column is None or query.operations[0] is Operation.COUNT:
        return Decimal(len(rows))
    figures = [row["figure"] for row in rows if row["figure"] is not None]
    total = sum(figures, Decimal(0))
    return None if not figures else total / len(figures) if averages(query) else total


def expected_order(query: Query, stated: pd.DataFrame) -> list[int]:
    """The rows wanted of the order, equals in table order; with no number wanted the first and its equals."""
    pairs = sorted(
        zip(stated["figure"], stated["row"], strict=True),
        key=lambda pair: (-pair[0] if query.operations[0] is Operation.MAX else pair[0], pair[1]),
    )
    if query.limit is None:
        return [row for figure, row in pairs if figure == pairs[0][0]]
    return [row for _, row in pairs][query.skip : query.skip + query.limit]


def amount(text: str) -> Decimal:
    """The amount that a text begins with, multiplied out; NaN where it begins with none."""
    match = AMOUNT.match(text)
    return Decimal(match[1]).scaleb({"万": 4, "亿": 8}.get(match[2], 0)) if match else Decimal("NaN")


def is_rounded(said: Decimal, exact: Decimal, text: str) -> bool:
    """Whether ``said`` is ``exact`` rounded to hundredths of what is written, or to three digits that say something."""
    match = AMOUNT.match(text)
    assert match
    step = Decimal("0.01").scaleb({"万": 4, "亿": 8}.get(match[2], 0))
    return abs(said - exact) <= min(step / 2, max(abs(exact) / 100, step * Decimal("1e-6")))


def cited_rows(opened: Opened, answer: Answer) -> list[int]:
    document = opened.drawn.document
    assert all(document.text[one.start : one.end] == one.quote for one in answer.citations)
    return [
        next(row.number for row in opened.drawn.table.rows if row.span.start <= one.start and one.end <= row.span.end)
        for one in answer.citations
    ]


def check_sql(opened: Opened, answer: Answer, rows: int, total: Decimal) -> None:
    """The statement that is shown, run as it stands by another program, counts and sums the same."""
    assert answer.calculation is not None
    connection = sqlite3.connect(opened.file)
    ((count, found),) = connection.execute(answer.calculation.sql).fetchall()
    connection.close()
    assert count == rows
    shown = amount(answer.answer.split("合计")[1])
    assert shown == total
    assert float(AMOUNT.match(answer.answer.split("合计")[1])[1]) == pytest.approx(found)  # type: ignore[index]
