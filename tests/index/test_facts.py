"""Tables in SQL: exact, readable, read-only, and deaf to what cells say."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from corpus.models import Column, ColumnKind, ParsedDocument
from index.errors import DatabaseUnavailable, IndexBroken
from index.fact_store import SQLITE_FILE, reading_engine, write_facts, writing_engine
from index.fact_tables import Names, TableRef, figure_values, plan_tables
from index.facts import Facts

Open = Callable[..., Facts]
HOSTILE = """x'); DROP TABLE "项目表"; -- %s %(a)s :b \\' " 100%"""


@pytest.fixture
def open_facts(tmp_path: Path) -> Iterator[Open]:
    opened: list[Facts] = []

    def write(*documents: ParsedDocument) -> Facts:
        engine = writing_engine(tmp_path)
        write_facts(engine, documents)
        engine.dispose()
        opened.append(Facts.open(tmp_path))
        return opened[-1]

    yield write
    for facts in opened:
        facts.close()


def _table(facts: Facts, name: str) -> TableRef:
    return next(ref for ref in facts.tables() if ref.name == name)


def test_what_is_read_is_what_was_planned(open_facts: Open, real_plan: ParsedDocument) -> None:
    assert open_facts(real_plan).tables() == plan_tables([real_plan])


def test_cells_come_back_in_row_order_with_sql_that_a_person_can_run(open_facts: Open, plan: ParsedDocument) -> None:
    facts = open_facts(plan)
    found = facts.select(_table(facts, "项目表"), [2, 3], [3, 2])
    assert found.columns == ("项目名称", "牵头责任单位")
    assert found.rows == (("十大孔兑综合治理项目", "水利局"), ("沙棘生态减沙工程", "水利局"))
    assert '"行号" IN (3, 2)' in found.sql


def test_the_shown_sql_gives_the_same_rows_in_plain_sqlite(
    open_facts: Open, real_plan: ParsedDocument, tmp_path: Path
) -> None:
    facts = open_facts(real_plan)
    for ref in facts.tables():
        found = facts.select(ref, [column.number for column in ref.columns])
        connection = sqlite3.connect(tmp_path / SQLITE_FILE)
        assert tuple(connection.execute(found.sql).fetchall()) == found.rows
        connection.close()


def test_figures_are_exact_integers_with_their_digits(open_facts: Open, real_plan: ParsedDocument) -> None:
    facts = open_facts(real_plan)
    ref = _table(facts, "项目表")
    column = next(column for column in ref.columns if column.unit == "亿元")
    table = facts.table(ref)
    ((total,),) = facts.run(sa.select(sa.func.sum(table.c[column.low]))).rows
    assert isinstance(total, int)
    assert column.to_decimal(total) == Decimal("2048.463")
    assert column.scale == "亿"


def test_every_figure_of_the_plan_survives_the_database(open_facts: Open, real_plan: ParsedDocument) -> None:
    facts = open_facts(real_plan)
    for ref, source in zip(facts.tables(), real_plan.tables, strict=True):
        table = facts.table(ref)
        for column in (column for column in ref.columns if column.is_numeric):
            stored = dict(facts.run(sa.select(table.c["行号"], table.c[column.low])).rows)
            for row in source.data_rows:
                figure = next((cell.quantity for cell in row.cells if cell.column == column.number), None)
                low = stored[row.number]
                expected = figure_values(figure, column.scale)[0] if figure else None
                assert (None if low is None else column.to_decimal(low)) == expected


def test_a_column_of_mixed_multipliers_is_multiplied_out(open_facts: Open, real_plan: ParsedDocument) -> None:
    facts = open_facts(real_plan)
    ref = next(ref for ref in facts.tables() if any(column.units for column in ref.columns))
    column = next(column for column in ref.columns if column.units)
    table = facts.table(ref)
    wanted = sa.select(table.c[column.low]).where(table.c[column.sql_name] == "3.2")
    ((scaled,),) = facts.run(wanted).rows
    assert isinstance(scaled, int)
    assert column.to_decimal(scaled) == 320_000_000  # 3.2 亿元 in 元, beside rows in 元 and 万元


def test_groups_are_columns_that_can_be_filtered(open_facts: Open, real_plan: ParsedDocument) -> None:
    facts = open_facts(real_plan)
    ref = _table(facts, "项目表")
    assert [group.word for group in ref.groups] == ["重点行动", "重点工程"]
    table = facts.table(ref)
    work = next(group for group in ref.groups if group.word == "重点工程")
    counted = facts.run(sa.select(sa.func.count(sa.distinct(table.c[work.label_sql_name]))))
    assert counted.rows == ((24,),)


def test_signs_and_each_rows_own_unit_are_kept(open_facts: Open, real_plan: ParsedDocument) -> None:
    facts = open_facts(real_plan)
    ref = next(ref for ref in facts.tables() if any(column.units for column in ref.columns))
    column = [column for column in ref.columns if column.units][-1]
    table = facts.table(ref)
    found = facts.run(sa.select(table.c[column.sql_name], table.c[column.sign], table.c[column.units]))
    assert ("＞70", ">", "%") in found.rows


@pytest.mark.parametrize("statement", ["DELETE FROM 项目表", "DROP TABLE 项目表", "CREATE TABLE x (a)"])
def test_the_reading_connection_cannot_write(
    open_facts: Open, plan: ParsedDocument, tmp_path: Path, statement: str
) -> None:
    open_facts(plan)
    engine = reading_engine(tmp_path)
    with pytest.raises(sa.exc.OperationalError, match="readonly"), engine.connect() as connection:
        connection.execute(sa.text(statement))
    engine.dispose()


def test_hostile_cells_and_headers_do_nothing_and_come_back_whole(open_facts: Open, make_document: type[Any]) -> None:
    columns = (Column(1, HOSTILE, "", ColumnKind.TEXT), Column(2, '"', "", ColumnKind.TEXT))
    maker = make_document()
    maker.table("项目表", (Column(1, "名称", "", ColumnKind.TEXT),), [["甲"]])
    maker.table(HOSTILE, columns, [[HOSTILE, "b"], ["丙", HOSTILE]])
    facts = open_facts(maker.made())
    first, second = facts.tables()
    assert facts.select(first, [1]).rows == (("甲",),)
    assert facts.select(second, [1, 2]).rows == ((HOSTILE, "b"), ("丙", HOSTILE))
    table = facts.table(second)
    found = facts.run(sa.select(table.c["行号"]).where(table.c[second.column(1).sql_name] == HOSTILE))
    assert found.rows == ((1,),)
    assert "100%" in found.sql
    assert "100%%" not in found.sql


def test_equal_names_are_told_apart(open_facts: Open, make_document: type[Any]) -> None:
    columns = (Column(1, "名称", "", ColumnKind.TEXT), Column(2, "名称", "", ColumnKind.TEXT))
    maker = make_document()
    maker.table("表", columns, [["甲", "乙"]])
    maker.table("表", (*columns, Column(3, "行号", "", ColumnKind.TEXT)), [["丙", "丁", "戊"]])
    facts = open_facts(maker.made())
    assert [ref.sql_name for ref in facts.tables()] == ["表", "表_2"]
    assert facts.select(facts.tables()[1], [1, 2, 3]).rows == (("丙", "丁", "戊"),)


def test_a_table_named_like_the_catalogue_does_not_disturb_it(open_facts: Open, make_document: type[Any]) -> None:
    maker = make_document()
    maker.table("表格目录", (Column(1, "名称", "", ColumnKind.TEXT),), [["甲"]])
    assert [ref.sql_name for ref in open_facts(maker.made()).tables()] == ["表格目录_2"]


def test_figures_too_long_for_exact_integers_stay_text(open_facts: Open, make_document: type[Any]) -> None:
    maker = make_document()
    maker.table("表", (Column(1, "数", "米", ColumnKind.NUMBER),), [["123456789012345678901234"], ["0.001"]])
    facts = open_facts(maker.made())
    (ref,) = facts.tables()
    assert not ref.columns[0].is_numeric
    assert facts.select(ref, [1]).rows[0] == ("123456789012345678901234",)


def test_names_fit_into_postgresql() -> None:
    names = Names(prefix="g12345678_")
    given = [names.give("重点行动及工程项目表" * 5) for _ in range(12)]
    assert len(set(given)) == 12
    assert max(len(name.encode()) for name in given) <= 63


def test_no_rows_asked_for_are_no_rows(open_facts: Open, plan: ParsedDocument) -> None:
    facts = open_facts(plan)
    assert facts.select(facts.tables()[0], [1], []).rows == ()


def test_an_unknown_column_is_an_error(open_facts: Open, plan: ParsedDocument) -> None:
    facts = open_facts(plan)
    with pytest.raises(KeyError):
        facts.select(facts.tables()[0], [99])


def test_a_missing_database_is_named_with_the_mending_command(tmp_path: Path) -> None:
    facts = Facts.open(tmp_path)
    with pytest.raises(IndexBroken, match="policy-assistant index"):
        facts.tables()
    facts.close()


@pytest.mark.parametrize("address", ["mysql://a/b", "sqlite:///x.db", "不是地址"])
def test_addresses_other_than_postgresql_are_refused_in_chinese(tmp_path: Path, address: str) -> None:
    with pytest.raises(DatabaseUnavailable, match="数据库"):
        writing_engine(tmp_path, address)


def test_threads_that_ask_first_get_the_same_tables(open_facts: Open, real_plan: ParsedDocument) -> None:
    facts = open_facts(real_plan)
    everyone_is_here = threading.Barrier(8)

    def ask(_: int) -> list[int]:
        everyone_is_here.wait()
        return [id(facts.table(ref)) for ref in facts.tables()]

    with ThreadPoolExecutor(8) as pool:
        assert len({tuple(seen) for seen in pool.map(ask, range(8))}) == 1
