"""The same index and question give the same bytes: asked again, in another order, in a process with other hashes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from assistant.engine import Assistant
from assistant.settings import Settings

QUESTIONS = Path(__file__).parents[2] / "evals" / "questions"
AGAIN, ELSEWHERE = 6, 15
"""Of how many questions one is asked again, and in another process: a sample, for time."""

Asked = tuple[str, list[str]]
ASK = """
import json, sys
from pathlib import Path
from assistant.engine import Assistant
from assistant.settings import Settings
store, models = map(Path, sys.argv[1:])
assistant = Assistant.open(settings=Settings(index=store, models=models))
for line in sys.stdin:
    question, history = json.loads(line)
    row = assistant.ask(question, history).to_dict()
    print(json.dumps(row | {"timings_ms": None}, ensure_ascii=False), flush=True)
"""


def asked() -> list[Asked]:
    """Every question of the evaluation, with what was asked before it."""
    files = sorted(QUESTIONS.glob("*.jsonl"))
    cases = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [(case["question"], case.get("history", [])) for case in cases]


def row(assistant: Assistant, case: Asked) -> str:
    return json.dumps({**assistant.ask(*case).to_dict(), "timings_ms": None}, ensure_ascii=False)


def test_a_question_asked_again_gives_the_same_bytes(assistant: Assistant) -> None:
    cases = asked()[::AGAIN]
    first = [row(assistant, case) for case in cases]

    assert [row(assistant, case) for case in reversed(cases)][::-1] == first


def test_eight_askers_at_once_get_the_bytes_that_each_gets_alone(assistant: Assistant) -> None:
    cases = asked()[::AGAIN]
    alone = [row(assistant, case) for case in cases]

    with ThreadPoolExecutor(8) as askers:
        assert list(askers.map(lambda case: row(assistant, case), cases)) == alone


def test_another_process_with_other_hashes_gives_the_same_bytes(assistant: Assistant, plan_settings: Settings) -> None:
    cases = asked()[::ELSEWHERE]
    lines = "\n".join(json.dumps(case) for case in cases)
    here = [row(assistant, case) for case in cases]

    for seed in ("1", "2"):
        found = subprocess.run(
            [sys.executable, "-c", ASK, str(plan_settings.index), str(plan_settings.models)],
            input=lines,
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        assert found.stdout.splitlines() == here
