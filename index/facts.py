"""Tables, columns and rows in, their values out of SQL, with the statement as a person can read and run it again.

Example: 项目表, 牵头责任单位, rows 3 and 6 → (("水利局",), ("水利局",)) and
SELECT "项目表"."牵头责任单位" FROM "项目表" WHERE "项目表"."行号" IN (3, 6) ORDER BY "项目表"."行号".
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.elements import ColumnElement

from corpus.models import ColumnKind
from index.errors import IndexBroken
from index.fact_store import catalogue, fact_table, reading_engine, table_prefix
from index.fact_tables import COLUMNS, GROUPS, ROW_NUMBER, TABLES, ColumnRef, GroupRef, TableRef
from index.stamp import mending_command

Value = str | int | None


@dataclass(frozen=True)
class FactRows:
    """The result of one query; ``write`` writes its statement, which takes longer than to find the rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    write: Callable[[], str]

    @cached_property
    def sql(self) -> str:
        """Return the statement with its values filled in, for a person."""
        return self.write()


class Facts:
    """The tables of one generation, opened for reading only; safe for many threads."""

    def __init__(self, engine: sa.Engine, prefix: str = "", mend: str = "policy-assistant index") -> None:
        """Use ``engine`` (see ``Facts.open``) for the tables that begin with ``prefix``; ``mend`` rebuilds them."""
        self._engine, self._mend = engine, mend
        self._lock = threading.Lock()
        self._prefix = prefix
        self._metadata = sa.MetaData()
        self._tables: dict[str, sa.Table] = {}

    @classmethod
    def open(cls, folder: Path, database: str = "", generation: str = "") -> Facts:
        """Open the facts of the generation in ``folder`` or, with a PostgreSQL URL, in that database."""
        return cls(reading_engine(folder, database), table_prefix(database, generation), mending_command(folder))

    def tables(self) -> tuple[TableRef, ...]:
        """Return all tables in the order of the documents.

        Raises:
            IndexBroken: If the database cannot be read.
        """
        with self._lock:
            return self._refs

    def ref(self, document_id: str, table_id: str) -> TableRef:
        """Return one document's table.

        Raises:
            KeyError: If there is no such table.
            IndexBroken: If the database cannot be read.
        """
        with self._lock:
            return self._by_place[document_id, table_id]

    def table(self, ref: TableRef) -> sa.Table:
        """Return the SQLAlchemy table to build a statement from; its column names are those of ``ref``."""
        # One table object for all threads: two of the same name in one statement would be two tables.
        with self._lock:
            if ref.sql_name not in self._tables:
                self._tables[ref.sql_name] = fact_table(ref, self._metadata)
            return self._tables[ref.sql_name]

    def select(self, table: TableRef, columns: Sequence[int], rows: Sequence[int] | None = None) -> FactRows:
        """Return the texts of these columns (by column number) in these data rows, by row number; None for all rows.

        Raises:
            KeyError: If the table has no such column.
            IndexBroken: If the database cannot be read.
        """
        source = self.table(table)
        wanted: list[ColumnElement[Any]] = [source.c[table.column(number).sql_name] for number in columns]
        statement = sa.select(*wanted).order_by(source.c[ROW_NUMBER])
        if rows is not None:
            statement = statement.where(source.c[ROW_NUMBER].in_(list(rows)))
        return self.run(statement)

    def run(self, statement: sa.Select[Any]) -> FactRows:
        """Execute a statement built from SQLAlchemy objects; its values travel as parameters, never as text.

        Raises:
            IndexBroken: If the database cannot be read.
        """
        columns, rows = self._execute(statement)
        return FactRows(columns, rows, partial(self.to_sql, statement))

    def to_sql(self, statement: sa.Select[Any]) -> str:
        """Return a statement as a person can run it: values filled in and quoted."""
        return str(statement.compile(dialect=self._shown, compile_kwargs={"literal_binds": True}))

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def _execute(self, statement: sa.Select[Any]) -> tuple[tuple[str, ...], tuple[tuple[Value, ...], ...]]:
        try:
            with self._engine.connect() as connection:
                result = connection.execute(statement)
                return tuple(result.keys()), tuple(tuple(row) for row in result)
        except sa.exc.OperationalError as error:
            raise IndexBroken(f"表格数据库无法读取：{error.orig}。请运行 {self._mend} 重建。") from error
        except sa.exc.DatabaseError as error:
            raise IndexBroken(f"表格数据库已损坏：{error.orig}。请运行 {self._mend} 重建。") from error

    @cached_property
    def _shown(self) -> sa.Dialect:
        """The dialect that a person reads, with what it has learned of the types."""
        dialects = {"postgresql": postgresql.dialect, "sqlite": sqlite.dialect}
        # A named style: in the drivers' own styles “%” would be doubled, which a person must not see.
        shown: sa.Dialect = dialects[self._engine.dialect.name](paramstyle="named")
        return shown

    @cached_property
    def _by_place(self) -> dict[tuple[str, str], TableRef]:
        return {(ref.document_id, ref.table_id): ref for ref in self._refs}

    @cached_property
    def _refs(self) -> tuple[TableRef, ...]:
        known = catalogue(sa.MetaData(), self._prefix)
        columns: dict[tuple[str, str], list[ColumnRef]] = {}
        groups: dict[tuple[str, str], list[GroupRef]] = {}
        for document, table, *rest in self._all(known[COLUMNS], "列"):
            columns.setdefault((document, table), []).append(_to_column(*rest))
        for document, table, *rest in self._all(known[GROUPS], "层"):
            groups.setdefault((document, table), []).append(GroupRef(*rest))
        return tuple(
            TableRef(
                document,
                table,
                name,
                sql_name,
                tuple(columns[document, table]),
                tuple(groups.get((document, table), ())),
                rows,
            )
            for _, document, table, name, sql_name, rows in self._all(known[TABLES], "序")
        )

    def _all(self, table: sa.Table, order: str) -> tuple[tuple[Any, ...], ...]:
        return self._execute(sa.select(table).order_by(table.c[order]))[1]


def _to_column(number: int, name: str, unit: str, kind: str, sql_name: str, digits: int, *rest: str) -> ColumnRef:
    return ColumnRef(number, name, unit, ColumnKind(kind), sql_name, digits, *rest)
