"""Parsed documents in, a database of their tables out: SQLite in the generation's folder, or PostgreSQL.

Example: a plan with three tables gives "项目表", "指标体系", "专家名单" and the catalogue 文件目录, 表格目录, 列目录,
分组目录, 单元格目录, which says where in the source each cell stands.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

from corpus.models import ParsedDocument, Quantity, Row
from index.errors import DatabaseUnavailable
from index.fact_tables import (
    CELLS,
    COLUMNS,
    DOCUMENTS,
    GROUPS,
    ROW_NUMBER,
    TABLES,
    TableRef,
    plan_tables,
    row_values,
)

SQLITE_FILE = "facts.sqlite"
SqlRow = dict[str, str | int | None]


def table_prefix(database: str, generation: str) -> str:
    """Return what sets a generation's tables apart: nothing in a file of its own, a short tag in a shared database."""
    return f"g{hashlib.sha256(generation.encode()).hexdigest()[:8]}_" if database else ""


def writing_engine(folder: Path, database: str = "") -> sa.Engine:
    """Return an engine that may write.

    Raises:
        DatabaseUnavailable: If ``database`` is no PostgreSQL URL or its driver is not installed.
    """
    if database:
        return _postgresql_engine(database)
    engine = sa.create_engine(URL.create("sqlite", database=str(folder / SQLITE_FILE)), poolclass=sa.NullPool)
    # Left to itself the driver begins a transaction at the first row: every table would be one of its own.
    sa.event.listen(engine, "connect", lambda connection, _: setattr(connection, "isolation_level", None))
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


def reading_engine(folder: Path, database: str = "") -> sa.Engine:
    """Return an engine whose connections cannot write, whatever statement they are given.

    Raises:
        DatabaseUnavailable: If ``database`` is no PostgreSQL URL or its driver is not installed.
    """
    if database:
        return _postgresql_engine(database).execution_options(postgresql_readonly=True)
    path = f"file:{quote(str((folder / SQLITE_FILE).resolve()))}?mode=ro&uri=true"
    engine = sa.create_engine(f"sqlite:///{path}", pool_size=8, max_overflow=64)
    sa.event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA query_only = ON").close())
    return engine


def _postgresql_engine(database: str) -> sa.Engine:
    try:
        url = make_url(database)
    except sa.exc.ArgumentError as error:
        raise DatabaseUnavailable("数据库地址无法识别。应形如 postgresql://用户:密码@主机:5432/库名。") from error
    if url.get_backend_name() not in ("postgresql", "postgres"):
        raise DatabaseUnavailable(
            f"不支持的数据库：{url.get_backend_name()}。请使用 PostgreSQL 地址，或留空以使用 SQLite。"
        )
    try:
        return sa.create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise DatabaseUnavailable(
            "缺少 PostgreSQL 驱动。请运行 pip install 'policy-assistant[postgresql]'。"
        ) from error


def fact_table(ref: TableRef, metadata: sa.MetaData) -> sa.Table:
    """Return the SQLAlchemy table of a document's table."""
    columns: list[sa.Column[Any]] = [sa.Column(ROW_NUMBER, sa.Integer, primary_key=True, autoincrement=False)]
    for group in ref.groups:
        columns += [sa.Column(group.sql_name, sa.Text), sa.Column(group.label_sql_name, sa.Text)]
    for column in ref.columns:
        columns.append(sa.Column(column.sql_name, sa.Text))
        if column.is_numeric:
            columns += [sa.Column(name, sa.BigInteger) for name in (column.low, column.high)]
            columns += [sa.Column(name, sa.Text) for name in (column.sign, column.units) if name]
    return sa.Table(ref.sql_name, metadata, *columns)


def catalogue(metadata: sa.MetaData, prefix: str = "") -> dict[str, sa.Table]:
    """Return the tables that say what the others hold and where it stands in the sources."""
    text, number = sa.Text, sa.Integer
    layout: dict[str, dict[str, type[sa.Text] | type[sa.Integer]]] = {
        DOCUMENTS: {"文件": text, "标题": text, "状态": text, "文号": text, "发文机关": text, "日期": text},
        TABLES: {"序": number, "文件": text, "表": text, "名称": text, "表名": text, "行数": number},
        COLUMNS: {"文件": text, "表": text, "列": number, "名称": text, "单位": text, "类型": text, "列名": text}
        | {"小数位": number, "倍数": text, "数": text, "上限": text, "符号": text, "各行单位": text},
        GROUPS: {"文件": text, "表": text, "层": number, "名称": text, "列名": text, "编号列名": text},
        CELLS: {"文件": text, "表": text, "行": number, "列": number, "文本": text, "起": number, "止": number}
        | {"承上": number, "形式": text, "符号": text, "下限": text, "上限": text, "倍数": text, "单位": text},
    }
    return {
        name: sa.Table(prefix + name, metadata, *(sa.Column(column, kind) for column, kind in columns.items()))
        for name, columns in layout.items()
    }


def write_facts(engine: sa.Engine, documents: Sequence[ParsedDocument], prefix: str = "") -> tuple[TableRef, ...]:
    """Write the tables of all documents and their catalogue in one transaction; return what was written.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: If the database refuses; nothing is left behind then.
    """
    refs = plan_tables(documents, prefix)
    metadata = sa.MetaData()
    tables = catalogue(metadata, prefix)
    facts = {(ref.document_id, ref.table_id): fact_table(ref, metadata) for ref in refs}
    with engine.begin() as connection:
        metadata.create_all(connection)
        _insert(connection, tables[DOCUMENTS], map(_document_row, documents))
        for order, ref in enumerate(refs):
            key: SqlRow = {"文件": ref.document_id, "表": ref.table_id}
            table_row: SqlRow = {"序": order, "名称": ref.name, "表名": ref.sql_name, "行数": ref.rows}
            _insert(connection, tables[TABLES], [key | table_row])
            _insert(connection, tables[COLUMNS], [key | row for row in _column_rows(ref)])
            _insert(connection, tables[GROUPS], [key | row for row in _group_rows(ref)])
        sources = ((document, table) for document in documents for table in document.tables)
        for ref, (document, table) in zip(refs, sources, strict=True):
            fact = facts[document.info.id, table.id]
            blank = dict.fromkeys(fact.columns.keys())
            rows = table.data_rows
            _insert(connection, fact, [blank | row_values(ref, row.number, row.cells, row.groups) for row in rows])
            _insert(connection, tables[CELLS], _cell_rows(document.info.id, table.id, rows))
    return refs


def drop_facts(database: str, generation: str) -> None:
    """Remove a generation's tables from a shared database.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: If the database cannot be reached.
    """
    prefix = table_prefix(database, generation)
    engine = writing_engine(Path(), database)
    try:
        with engine.begin() as connection:
            for name in sa.inspect(connection).get_table_names():
                if prefix and name.startswith(prefix):
                    sa.Table(name, sa.MetaData()).drop(connection)
    finally:
        engine.dispose()


def _insert(connection: sa.Connection, table: sa.Table, rows: Iterable[SqlRow]) -> None:
    batch = list(rows)
    if batch:
        connection.execute(sa.insert(table), batch)


def _document_row(document: ParsedDocument) -> SqlRow:
    info = document.info
    names = {"文件": info.id, "标题": info.title, "状态": info.status}
    return {**names, "文号": info.number, "发文机关": info.issuer, "日期": info.date}


def _column_rows(ref: TableRef) -> list[SqlRow]:
    return [
        {
            "列": column.number,
            "名称": column.name,
            "单位": column.unit,
            "类型": column.kind.value,
            "列名": column.sql_name,
            "小数位": column.digits,
            "倍数": column.scale,
            "数": column.low,
            "上限": column.high,
            "符号": column.sign,
            "各行单位": column.units,
        }
        for column in ref.columns
    ]


def _group_rows(ref: TableRef) -> list[SqlRow]:
    return [
        {"层": group.level, "名称": group.word, "列名": group.sql_name, "编号列名": group.label_sql_name}
        for group in ref.groups
    ]


def _cell_rows(document_id: str, table_id: str, rows: Iterable[Row]) -> Iterator[SqlRow]:
    for row in rows:
        for cell in row.cells:
            place: SqlRow = {"文件": document_id, "表": table_id, "行": row.number, "列": cell.column}
            text: SqlRow = {"文本": cell.text, "起": cell.span.start, "止": cell.span.end, "承上": int(cell.carried)}
            yield {**place, **text, **_quantity_values(cell.quantity)}


def _quantity_values(quantity: Quantity | None) -> SqlRow:
    if quantity is None:
        return dict.fromkeys(("形式", "符号", "下限", "上限", "倍数", "单位"))
    low, high = (None if value is None else f"{value:f}" for value in (quantity.low, quantity.high))
    form = {"形式": quantity.form.value, "符号": quantity.sign, "下限": low, "上限": high}
    return {**form, "倍数": quantity.scale, "单位": quantity.unit}
