"""``policy-assistant eval`` as an office runs it: what it accepts, what it writes, and with which code it ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.errors import QuestionInvalid
from assistant.settings import Settings
from evals.baseline import load_baseline
from evals.run import NOT_PASSED, main
from evals.stamp import describe_settings

ASKED = ["--only", "attr-01", "--only", "attr-02"]


@pytest.fixture
def run_eval_command(plan_settings: Settings, tmp_path: Path) -> Callable[..., int]:
    """The command over the session's index, with a baseline of its own."""

    def run(*arguments: str) -> int:
        return main([*arguments, "--index", str(plan_settings.index), "--baseline", str(tmp_path / "baseline.json")])

    return run


@pytest.fixture
def two_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two questions as if they were all sets."""
    from evals import run
    from evals.case_files import load_sets, select_cases

    two = select_cases(load_sets(), ["attr-01", "attr-02"])
    monkeypatch.setattr(run, "load_sets", lambda name="": two)


def test_a_baseline_is_set_for_a_reason_and_passes_its_own_gate(
    run_eval_command: Callable[..., int], two_questions: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_eval_command("--update-baseline", "第一次建立") == 0
    kept = load_baseline(tmp_path / "baseline.json")
    assert kept is not None
    assert [update.reason for update in kept.updates] == ["第一次建立"]
    assert {"corpus_hash", "model", "commit", "index", "settings", "date"} <= set(kept.stamp)
    assert run_eval_command("--gate") == 0
    assert "门槛：通过" in capsys.readouterr().out


def test_a_lost_must_question_ends_the_gate_with_its_own_code_and_is_in_every_output(
    run_eval_command: Callable[..., int],
    two_questions: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run_eval_command("--update-baseline", "x") == 0
    understood = Assistant.answer
    monkeypatch.setattr(Assistant, "answer", lambda self, question, *rest: understood(self, "总投资多少", *rest))
    html, data = tmp_path / "report.html", tmp_path / "run.json"
    assert run_eval_command("--gate", "--html", str(html), "--json", str(data)) == NOT_PASSED
    told = capsys.readouterr().out
    assert "门槛：未通过" in told
    assert "必答题丢失" in told
    assert "attr-01 答案" in json.loads(data.read_text(encoding="utf-8"))["gate"]["lost"]
    assert "暂勿上线" in html.read_text(encoding="utf-8")


def test_an_answer_that_raises_an_error_fails_the_gate_and_sets_no_baseline(
    run_eval_command: Callable[..., int], two_questions: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise QuestionInvalid("坏了。")

    monkeypatch.setattr(Assistant, "answer", fail)
    assert run_eval_command() == 1
    assert run_eval_command("--gate") == NOT_PASSED
    assert run_eval_command("--update-baseline", "x") == 1
    assert not (tmp_path / "baseline.json").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--update-baseline", ""], "写明原因"),
        (["--update-baseline", " "], "写明原因"),
        (["--update-baseline"], "--update-baseline"),
        (["--update-baseline", "x", "--only", "attr-01"], "全部题目"),
        (["--update-baseline", "x", "--set", "plan"], "全部题目"),
        (["--update-baseline", "x", "--data", "."], "全部题目"),
        (["--update-baseline", "x", "--gate"], "不能同时用"),
        (["--data", ".", "--gate"], "没有基线"),
        (["--data", ".", "--html", "a.html"], "没有基线"),
    ],
)
def test_unusable_arguments_end_with_2_and_say_why(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_a_question_is_shown_with_what_was_expected_beside_what_came(
    run_eval_command: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_eval_command("--show", "attr-01") == 0
    shown = capsys.readouterr().out
    for part in ("✓✓ attr-01", "应有", "实得", "首句含：水利局", "标准依据", "✓ [1]", "理解：", "计划："):
        assert part in shown
    assert all("│" in line for line in shown.splitlines() if line.startswith(("应有", "标准依据", "类型：")))


@pytest.mark.parametrize("option", ["--json", "--html"])
def test_a_file_that_cannot_be_written_is_said_in_chinese(
    run_eval_command: Callable[..., int], option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_eval_command(*ASKED, option, str(tmp_path / "nowhere" / "file")) == 1
    assert "无法写入" in capsys.readouterr().err


def test_the_stamp_names_settings_that_shape_answers_and_no_place_or_password(tmp_path: Path) -> None:
    assert describe_settings(Settings(index=tmp_path, port=8080)) == ""
    told = describe_settings(Settings(max_question=500, database="postgresql://me:secret@host/db", chroma="http://c:1"))
    assert told == "chroma=另设，database=另设，max_question=500"
