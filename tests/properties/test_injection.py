"""SQL in questions and in cells is text: nothing is changed, and what is answered is right or refused."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

from assistant.engine import Assistant
from assistant.models import AnswerKind
from assistant.settings import Settings
from index.build import build_index
from index.embedder import open_embedder
from index.errors import IndexBroken
from index.fact_store import SQLITE_FILE

ATTACKS = (
    """'; DROP TABLE "项目表"; --""",
    """') OR TRUE --""",
    """" UNION SELECT 文本 FROM 单元格目录 --""",
    "%",
    "_水利局",
    ":a ? %s {0}",
)
REGISTER = """# 某县项目清单

一、项目表

| 序号 | 项目名称 | 责任单位 | 总投资（万元） |
|---|---|---|---|
| 1 | 白水桥加固 | 县水利局 | 35.5 |
| 2 | 清水河堤防 | '; DROP TABLE "项目表"; -- | 120 |
| 3 | x%' OR '1'='1 | 县水利局 | 44.5 |
| 4 | 东线道路 | 县交通局'' | 300 |
"""


SHAPES = ("{}", "{}的项目有几个", "县水利局{}负责的项目总投资合计多少", "责任单位是{}的项目有哪些", "{}的总投资是多少")


@dataclass(frozen=True)
class Office:
    """An office whose register of projects holds hostile cells, and the file that its tables stand in."""

    assistant: Assistant
    tables: Path

    def dump(self) -> list[str]:
        """Return the whole database as SQL."""
        connection = sqlite3.connect(f"file:{self.tables}?mode=ro", uri=True)
        lines = list(connection.iterdump())
        connection.close()
        return lines


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, plan_settings: Settings) -> Iterator[Office]:
    folder, store = tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("store")
    (folder / "项目清单.md").write_text(REGISTER, encoding="utf-8")
    build_index(folder, store, open_embedder("default", plan_settings.models))
    opened = Assistant.open(settings=Settings(index=store, models=plan_settings.models))
    yield Office(opened, next(store.glob(f"generations/*/{SQLITE_FILE}")))
    opened.close()


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("shape", SHAPES)
def test_sql_in_a_question_changes_nothing_and_widens_nothing(office: Office, attack: str, shape: str) -> None:
    before = office.dump()

    answer = office.assistant.ask(shape.format(attack))

    assert office.dump() == before
    rows = {citation.locator for citation in answer.citations}
    assert len(rows) <= 2, answer.answer
    assert answer.kind is not AnswerKind.LOOKUP or said_rightly(attack, answer.answer), answer.answer


def said_rightly(attack: str, said: str) -> bool:
    """Whether an answer names the attack as a value of the register, or counts and adds the two rows of 县水利局."""
    return attack in REGISTER or "80万元" in said or "共2个" in said


# question | must stand in the answer: beside hostile cells the others are counted as ever
RIGHT = """
县水利局负责的项目总投资合计多少 | 80万元
县水利局负责的项目有几个 | 共2个
除县水利局外的项目有几个 | 共2个
所有项目的总投资合计多少 | 500万元
清水河堤防由哪个单位负责 | DROP TABLE
"""


@pytest.mark.parametrize(
    ("question", "said"), [tuple(part.strip() for part in line.split("|")) for line in RIGHT.strip().splitlines()]
)
def test_hostile_cells_are_counted_and_quoted_like_others(office: Office, question: str, said: str) -> None:
    assert said in office.assistant.ask(question).answer


@pytest.mark.parametrize("statement", ['DELETE FROM "项目表"', 'DROP TABLE "项目表"', 'UPDATE "项目表" SET "序号" = 1'])
def test_no_statement_can_write_through_the_connection_that_answers(office: Office, statement: str) -> None:
    before = office.dump()
    assert any('"项目表"' in line for line in before)

    with pytest.raises(IndexBroken, match="readonly"):
        office.assistant.index.facts.run(sa.text(statement))  # type: ignore[arg-type]

    assert office.dump() == before
