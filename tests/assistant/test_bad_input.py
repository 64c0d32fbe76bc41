"""Bad questions and bad batch rows get a clear Chinese message; nothing else is lost."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from assistant.conversations.database import open_database
from assistant.conversations.migrations import VERSION
from assistant.doors.batch import Written, answer_file
from assistant.engine import Assistant
from assistant.errors import BatchInvalid, QuestionInvalid
from assistant.main import main
from assistant.models import Answer
from assistant.settings import Settings
from index.errors import ModelUnavailable


@pytest.mark.parametrize("question", ["", "   ", "\x00\x07", "\u200b\ufeff"])
def test_a_question_without_text_is_refused(assistant: Assistant, question: str) -> None:
    with pytest.raises(QuestionInvalid, match="请输入问题"):
        assistant.ask(question)


def test_a_question_of_100000_characters_is_refused_with_its_length(assistant: Assistant) -> None:
    with pytest.raises(QuestionInvalid, match="100000字"):
        assistant.ask("问" * 100_000)


def test_control_characters_inside_a_question_do_no_harm(assistant: Assistant) -> None:
    assert "能源局" in assistant.ask("绿氢\x00产业\u202e项目由谁牵头").answer


HOSTILE = ["'; DROP TABLE 项目表; --", '" OR 1=1', "NEAR(a b) AND *", "<script>alert(1)</script>"]


@pytest.mark.parametrize("question", HOSTILE)
def test_hostile_questions_are_only_text(assistant: Assistant, question: str) -> None:
    assert not assistant.ask(question).citations


def test_a_broken_row_becomes_an_error_row_and_the_run_goes_on(assistant: Assistant, tmp_path: Path) -> None:
    questions, out = tmp_path / "问题.jsonl", tmp_path / "答案.jsonl"
    rows = ['{"id": "1", "question": "绿氢产业项目由谁牵头", "extra": 1}', '{"id": "2", "question"', '{"id": "3"}']
    rows += ['{"id": "4", "question": ""}', "", '{"id": 5, "question": "投资呢", "history": ["绿氢产业项目由谁牵头"]}']
    questions.write_text("\n".join(rows), encoding="utf-8")

    assert answer_file(assistant, questions, out) == Written(5, 3)

    written = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["kind"] for row in written] == ["lookup", "error", "error", "error", "lookup"]
    assert [row["id"] for row in written] == ["1", "", "3", "4", "5"]
    assert "第2行" in written[1]["answer"]


def test_an_undecodable_batch_file_is_named(assistant: Assistant, tmp_path: Path) -> None:
    questions = tmp_path / "q.jsonl"
    questions.write_bytes(b"\xff\xfe\x00\x81")

    with pytest.raises(BatchInvalid, match="UTF-8"):
        answer_file(assistant, questions, tmp_path / "out.jsonl")


def test_a_port_in_use_is_named_with_the_next_one(plan_settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code = main(["serve", "--port", str(port), "--index", str(plan_settings.index)])

    assert code == 1
    assert f"端口 {port} 无法使用（已被其他程序占用）" in capsys.readouterr().err


def test_a_missing_index_names_the_command_that_builds_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "你好", "--index", str(tmp_path / "没有")]) == 1
    assert "policy-assistant index" in capsys.readouterr().err


def test_a_missing_corpus_folder_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corpus", "list", "--corpus", str(tmp_path / "没有")]) == 1
    assert "没有" in capsys.readouterr().err


def test_an_unknown_setting_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POLICY_PROT", "1")

    assert main(["corpus", "list"]) == 1
    assert "POLICY_PROT" in capsys.readouterr().err


def answered(assistant: Assistant, tmp_path: Path, text: str) -> list[dict[str, object]]:
    """Return the answer rows of a batch file with this text."""
    questions, out = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    questions.write_bytes(text.encode())
    answer_file(assistant, questions, out)
    return [json.loads(line) for line in out.read_bytes().decode().split("\n") if line]


@pytest.mark.parametrize("inside", ["\u2028", "\u2029", "\u0085"])
def test_only_a_line_feed_ends_a_batch_row(assistant: Assistant, tmp_path: Path, inside: str) -> None:
    text = (
        f'{{"id": "甲{inside}乙", "question": "绿氢产业项目{inside}由谁牵头"}}\r\n{{"id": "2", "question": "你好"}}\r\n'
    )

    assert [row["id"] for row in answered(assistant, tmp_path, text)] == [f"甲{inside}乙", "2"]


def test_a_batch_row_without_an_id_has_an_empty_one(assistant: Assistant, tmp_path: Path) -> None:
    rows = answered(assistant, tmp_path, '{"id": null, "question": "你好"}\n{"id": null}\n{"id": ["1"]}\n')

    assert [(row["id"], row["kind"]) for row in rows] == [("", "chat"), ("", "error"), ("", "error")]


@pytest.mark.parametrize(
    "row", ['{"id": "\\ud800", "question": "你好"}', '{"question": "\\udc00你好"}', "[" * 100_000, '{"id": ' * 9999]
)
def test_a_row_that_no_reader_takes_loses_no_other(assistant: Assistant, tmp_path: Path, row: str) -> None:
    rows = answered(assistant, tmp_path, row + '\n{"id": "2", "question": "你好"}')

    assert [row["kind"] for row in rows] == ["error", "chat"]


@pytest.mark.parametrize("row", ['{"id": 7, "question": 123}', '{"id": 7, "question": "你好", "history": [5]}'])
def test_a_question_that_is_no_text_is_an_error_row(assistant: Assistant, tmp_path: Path, row: str) -> None:
    (answer,) = answered(assistant, tmp_path, row)

    assert (answer["id"], answer["kind"]) == ("7", "error")
    assert "不是有效的问题" in str(answer["answer"])


def test_a_batch_stays_within_its_documents(assistant: Assistant, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text('{"question": "绿氢产业项目由谁牵头"}', encoding="utf-8")

    with pytest.raises(QuestionInvalid, match="没有编号为nosuch的文件"):
        answer_file(assistant, tmp_path / "q.jsonl", tmp_path / "a.jsonl", ["nosuch"])
    assert not (tmp_path / "a.jsonl").exists()


def test_a_batch_goes_on_where_a_part_of_the_model_is_damaged(
    assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = assistant.ask

    def fail(question: str, *rest: Any) -> Answer:
        if question == "甲":
            raise ModelUnavailable("无法载入向量模型")
        return ask(question, *rest)

    monkeypatch.setattr(assistant, "ask", fail)
    rows = answered(assistant, tmp_path, '{"question": "甲"}\n{"question": "谢谢"}\n')

    assert [row["kind"] for row in rows] == ["error", "chat"]
    assert rows[0]["answer"] == "第1行：无法载入向量模型"


def test_a_batch_says_how_many_rows_are_errors(
    plan_settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "q.jsonl").write_text('{"question": "你好"}\n{}\n', encoding="utf-8")
    batch = ["--batch", str(tmp_path / "q.jsonl"), "--out", str(tmp_path / "a.jsonl")]

    assert main(["ask", *batch, "--index", str(plan_settings.index)]) == 0
    assert "2 行，其中 1 行出错" in capsys.readouterr().out
    assert main(["ask", *batch, "--index", str(plan_settings.index), "--document", "nosuch"]) == 1


def test_a_missing_batch_file_is_explained_in_chinese(assistant: Assistant, tmp_path: Path) -> None:
    with pytest.raises(BatchInvalid, match="文件或文件夹不存在"):
        answer_file(assistant, tmp_path / "没有.jsonl", tmp_path / "a.jsonl")


def test_an_unknown_or_empty_scope_is_refused(
    assistant: Assistant, plan_settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(QuestionInvalid, match="检索范围是空的"):
        assistant.ask("绿氢产业项目由谁牵头", documents=[])
    assert main(["ask", "你好", "--document", "nosuch", "--index", str(plan_settings.index)]) == 1
    assert "没有编号为nosuch的文件" in capsys.readouterr().err


def test_half_a_surrogate_pair_is_left_out_of_a_question(assistant: Assistant) -> None:
    answer = assistant.ask("\ud800绿氢产业项目由谁牵头\udfff", ["\udc00"])

    assert "能源局" in answer.answer
    json.dumps(answer.to_dict(), ensure_ascii=False).encode()
    with pytest.raises(QuestionInvalid, match="请输入问题"):
        assistant.ask("\ud800")


def test_a_search_for_no_results_is_refused(assistant: Assistant) -> None:
    with pytest.raises(QuestionInvalid, match="返回条数"):
        assistant.search("绿氢", 0)


def test_only_the_last_questions_of_a_long_history_are_read(assistant: Assistant) -> None:
    last = "绿氢产业项目由谁牵头"
    long_ago = ["煤制烯烃项目由谁牵头" * 10_000] * 500

    assert assistant.ask("投资呢", [*long_ago, last]).answer == assistant.ask("投资呢", [last]).answer


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the console command in a process of its own."""
    command = [sys.executable, "-m", "assistant", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_arguments_that_are_no_text_are_answered_without_a_trace(plan_settings: Settings) -> None:
    asked = run("ask", "绿氢产业项目\udcff由谁牵头", "--after", "\udcfe", "--json", "--index", plan_settings.index)
    scoped = run("ask", "你好", "--document", "\udcff", "--index", plan_settings.index)
    nowhere = run("doctor", "--corpus", "/\udcff", "--index", plan_settings.index)

    assert "能源局" in json.loads(asked.stdout)["answer"]
    assert "没有编号为" in scoped.stderr and "找不到文件夹" in nowhere.stdout
    assert "Traceback" not in asked.stderr + scoped.stderr + nowhere.stderr


def test_a_reader_that_goes_away_gets_no_trace() -> None:
    shown = subprocess.Popen(
        [sys.executable, "-m", "assistant", "corpus", "show"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert shown.stdout is not None and shown.stderr is not None
    shown.stdout.close()
    with shown.stderr as errors:
        assert errors.read() == b""
    shown.wait()

    assert shown.returncode == 141


def test_a_missing_folder_is_said_before_the_model_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def make(*_: object) -> None:
        raise AssertionError("the model was made first")

    monkeypatch.setattr("index.embedder.make_model", make)

    assert main(["index", "--corpus", str(tmp_path / "没有"), "--index", str(tmp_path / "库")]) == 1


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """A folder with one good file and two bad ones, its index, and what building it said on standard error."""
    folder = tmp_path_factory.mktemp("办公 文件")
    (folder / "a.txt").write_text("某县办法\n\n第一条 供水由县水务局负责。\n", encoding="utf-8")
    (folder / "b.docx").write_bytes(b"PK")
    (folder / "c.txt").write_bytes(b"")
    store = folder.parent / f"{folder.name} 索引"
    done = run("index", "--corpus", folder, "--index", store)
    assert done.returncode == 0, done.stderr
    return folder, store, done.stderr


def test_files_that_cannot_be_read_are_named(
    office: tuple[Path, Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    folder, store, said = office

    assert "未读取：不支持的文件格式：“b.docx”" in said and "“c.txt”没有任何文字" in said
    for command in (["corpus", "list"], ["corpus", "check"], ["doctor", "--index", str(store)]):
        main([*command, "--corpus", str(folder)])
        shown = capsys.readouterr().out
        assert "b.docx" in shown and "c.txt" in shown, command


def test_the_doctor_opens_an_index_as_the_engine_does(
    office: tuple[Path, Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    folder, store, _ = office

    assert main(["doctor", "--index", str(store)]) == 0
    shown = capsys.readouterr().out
    assert "索引可用" in shown and str(folder) in shown
    assert main(["ask", "供水由谁负责", "--index", str(store)]) == 0


def test_the_doctor_tries_the_database_of_the_talks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], plan_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(folder: Path) -> str:
        monkeypatch.setenv("POLICY_CONVERSATIONS", str(folder))
        main(["doctor", "--index", str(plan_settings.index)])
        return next(line for line in capsys.readouterr().out.splitlines() if "对话" in line)

    assert told(tmp_path / "talks").startswith("[正常] 对话数据库尚未建立，可写入")
    engine = open_database(tmp_path / "talks")
    assert told(tmp_path / "talks").startswith(f"[正常] 对话数据库可读写，版本 {VERSION}")
    with engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE chat_schema"))
    engine.dispose()
    assert told(tmp_path / "talks").startswith("[提醒] 对话数据库可读写，但格式较旧（版本 1）")
    (tmp_path / "file").write_text("")
    assert told(tmp_path / "file").startswith("[错误] 对话记录无法保存到")


def test_a_changed_folder_is_mended_by_the_command_that_is_named(
    office: tuple[Path, Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    folder, store, _ = office
    (folder / "d.txt").write_text("某县细则\n\n第一条 甲。\n", encoding="utf-8")

    assert main(["ask", "供水由谁负责", "--index", str(store)]) == 1
    said = capsys.readouterr().err
    assert f"policy-assistant index --corpus '{folder}' --index '{store}'" in said
    (folder / "d.txt").unlink()


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"POLICY_USER_HEADER": "X User:"}, "应为请求头的名称"),
        ({"POLICY_ADMIN_USERS": "zhang"}, "须同时设置 POLICY_USER_HEADER"),
    ],
)
def test_a_sign_on_that_cannot_work_is_refused_at_the_start(
    settings: dict[str, str], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)

    assert main(["serve"]) == 1
    assert said in capsys.readouterr().err


def test_administrators_are_named_with_commas_of_either_script() -> None:
    assert Settings(user_header="X-User", admin_users=" zhang，li,王五、").admins == {"zhang", "li", "王五"}


def test_a_setting_out_of_range_is_explained_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--port", "70000"]) == 1
    assert "port（不能大于 65535）" in capsys.readouterr().err
