"""Bad questions and bad batch rows get a clear Chinese message; nothing else is lost."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from assistant.doors.batch import answer_file
from assistant.engine import Assistant
from assistant.errors import BatchInvalid, QuestionInvalid
from assistant.main import main
from assistant.settings import Settings


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

    assert answer_file(assistant, questions, out) == 5

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
    assert f"端口 {port}" in capsys.readouterr().err


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
