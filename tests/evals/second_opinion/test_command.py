"""``policy-assistant eval --judge``: what it adds to a run, what it never changes, what it says where none is set."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.settings import Settings, load_settings
from evals.run import NOT_PASSED, main
from evals.second_opinion.report import TITLE
from evals.second_opinion.settings import JudgeSettings

ROOT = Path(__file__).resolve().parents[3]
RIGHT = '{"says_gold": true, "statements": [{"text": "陈述", "supported": true}], "reason": "一致"}'
WRONG = '{"says_gold": false, "statements": [{"text": "陈述", "supported": false}], "reason": "不符"}'


@pytest.fixture
def command(plan_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """The command over two questions, one of them answered wrongly, with a baseline of its own."""
    from evals import run
    from evals.case_files import load_sets, select_cases

    one, two = select_cases(load_sets(), ["attr-01", "attr-02"])
    other = two.expected.model_copy(update={"phrases": ("不会有的词",)})
    wrong = two.model_copy(update={"expected": other, "must": True})
    monkeypatch.setattr(run, "load_sets", lambda name="": (one, wrong))
    for key in [key for key in os.environ if key.startswith("POLICY_JUDGE_")]:
        monkeypatch.delenv(key)

    def call(*arguments: str) -> int:
        return main([*arguments, "--index", str(plan_settings.index), "--baseline", str(tmp_path / "baseline.json")])

    return call


def settled(folder: Path, name: str) -> dict[str, Any]:
    """Return a written run without what differs between any two runs: times."""
    data = json.loads((folder / name).read_text(encoding="utf-8"))
    for row in (*data["cases"], *data["scores"].values()):
        for key in ("milliseconds", "p50", "p95"):
            row.pop(key, None)
        row.get("row", {}).pop("timings_ms", None)
    return data


@pytest.mark.parametrize("said", [RIGHT, WRONG, "坏了"])
def test_whatever_the_model_says_gate_exit_code_and_baseline_are_the_same(
    command: Callable[..., int],
    fake_openai: Callable[..., Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    said: str,
) -> None:
    baseline = tmp_path / "baseline.json"

    def all_of_it(*judge: str) -> tuple[list[int], str, dict[str, Any]]:
        baseline.unlink(missing_ok=True)
        alone = command("--gate", "--json", str(tmp_path / "gate.json"), *judge)
        codes = [alone, command("--update-baseline", "x", *judge), command("--gate", *judge), command(*judge)]
        return codes, baseline.read_text(encoding="utf-8"), settled(tmp_path, "gate.json")

    without = all_of_it()
    with fake_openai(lambda _: said) as server:
        monkeypatch.setenv("POLICY_JUDGE_URL", server.url)
        monkeypatch.setenv("POLICY_JUDGE_MODEL", "fake")
        with_model = all_of_it("--judge")
    assert server.requests
    assert without[0] == [NOT_PASSED, 0, 0, 0]
    assert with_model[:2] == without[:2]
    assert with_model[2].pop("second_opinion")["model"] == "fake"
    assert with_model[2] == without[2]


def test_the_opinions_are_in_every_output(
    command: Callable[..., int],
    fake_openai: Callable[..., Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    html, data = tmp_path / "r.html", tmp_path / "r.json"
    with fake_openai(lambda _: WRONG) as server:
        monkeypatch.setenv("POLICY_JUDGE_URL", server.url)
        monkeypatch.setenv("POLICY_JUDGE_MODEL", "fake")
        assert command("--judge", "--html", str(html), "--json", str(data)) == 0
    assert f"{TITLE}（fake）：已评判 2" in capsys.readouterr().out
    told = json.loads(data.read_text(encoding="utf-8"))["second_opinion"]
    assert (told["read"], told["disagreements"][0]["id"]) == (2, "attr-01")
    assert TITLE in html.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "没有向任何地方发送内容"),
        ({"URL": "http://127.0.0.1:9/v1"}, "POLICY_JUDGE_MODEL"),
        ({"URL": "127.0.0.1:9", "MODEL": "m"}, "POLICY_JUDGE_URL"),
        ({"URL": "http://127.0.0.1:9/v1", "MODEL": "m", "TIMEOUT": "0"}, "POLICY_JUDGE_TIMEOUT"),
        ({"URL": "http://127.0.0.1:9/v1", "MODEL": "m", "PARALLEL": "many"}, "POLICY_JUDGE_PARALLEL"),
        ({"URL": "http://127.0.0.1:9/v1", "MODELL": "m"}, "未知的设置：POLICY_JUDGE_MODELL"),
    ],
)
def test_without_a_model_nothing_is_asked_and_the_settings_are_named(
    command: Callable[..., int],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    settings: dict[str, str],
    said: str,
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(f"POLICY_JUDGE_{name}", value)
    assert command("--judge") == 1
    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""


def test_settings_of_the_model_trouble_no_other_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_JUDGE_URL", "http://127.0.0.1:9/v1")
    assert load_settings().host == "127.0.0.1"


@pytest.mark.parametrize("arguments", [["--data", "."], ["--template", "a.xlsx"], ["--generate", "a.jsonl"]])
def test_a_model_judges_runs_alone(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*arguments, "--judge"])
    assert ended.value.code == 2


def test_every_setting_of_the_model_is_in_the_documents() -> None:
    said = (ROOT / "docs" / "evals.md").read_text(encoding="utf-8")
    assert [name for name in JudgeSettings.model_fields if f"`POLICY_JUDGE_{name.upper()}`" not in said] == []
