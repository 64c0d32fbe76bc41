"""The chat under many people in, how long each waited and what memory it took out, beside a bare echo of the framework.

Example: ``python -m evals.load`` → 30 人 × 20 问，p50 0.31 s，p95 0.62 s，出错 0；对空白应用的倍数 3.1。
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from secrets import token_hex
from statistics import median, quantiles
from time import perf_counter
from typing import Any

import httpx

from evals.case_files import load_cases
from evals.load_server import Server, chat_server, echo_server

SESSIONS, QUESTIONS = 30, 20
_WAIT_S = 120.0
Payload = Callable[[str, str], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Load:
    """What one server did under load: seconds of each answer, how many failed, its memory in MiB."""

    seconds: tuple[float, ...]
    failed: int
    before_mib: float
    after_mib: float

    @property
    def p50(self) -> float:
        """Return the median wait in seconds."""
        return median(self.seconds)

    @property
    def p95(self) -> float:
        """Return the wait that one answer in twenty exceeds, in seconds."""
        return quantiles(self.seconds, n=20)[-1]


def ask_chat(question: str, conversation: str) -> dict[str, Any]:
    """Return what the page sends when a question is asked."""
    sent = {"turn": token_hex(16), "conversation": conversation, "question": question, "replaces": ""}
    return {"data": [[]], "event_data": sent}


def ask_echo(question: str, _: str) -> dict[str, Any]:
    """Return what the bare page sends when a text is entered."""
    return {"data": [question]}


def put_under_load(server: Server, payload: Payload, questions: Sequence[str], sessions: int) -> Load:
    """Return how ``sessions`` people fared who ask all ``questions`` one after the other, all at the same time."""
    event = _submit_event(server)
    _session(server, event, payload, questions[:2])  # what the first question loads is no part of the load
    before = server.memory_mib()
    with ThreadPoolExecutor(sessions) as people:
        runs = list(people.map(lambda _: _session(server, event, payload, questions), range(sessions)))
    waits = [wait for run in runs for wait in run]
    done = tuple(wait for wait in waits if wait is not None)
    return Load(done, len(waits) - len(done), before, server.memory_mib())


def _submit_event(server: Server) -> dict[str, Any]:
    config = httpx.get(f"{server.address}/config", timeout=_WAIT_S, trust_env=False).json()
    events = [one for one in config["dependencies"] if any(target[1] == "submit" for target in one["targets"])]
    return {"fn_index": events[0]["id"], "trigger_id": events[0]["targets"][0][0]}


def _session(server: Server, event: dict[str, Any], payload: Payload, questions: Sequence[str]) -> list[float | None]:
    """Return the seconds of each answer of one person, None where it failed."""
    waits: list[float | None] = []
    with httpx.Client(base_url=server.address, timeout=_WAIT_S, trust_env=False) as client:
        client.get("/")
        conversation, page = token_hex(16), token_hex(8)
        for question in questions:
            started = perf_counter()
            asked = event | payload(question, conversation) | {"session_hash": page}
            waits.append(perf_counter() - started if _answered(client, asked) else None)
    return waits


def _answered(client: httpx.Client, asked: dict[str, Any]) -> bool:
    """Return whether the server answered: the event ended well and brought something to show."""
    if client.post("/gradio_api/queue/join", json=asked).status_code != httpx.codes.OK:
        return False
    address = f"/gradio_api/queue/data?session_hash={asked['session_hash']}"
    with client.stream("GET", address) as stream:
        for line in stream.iter_lines():
            message = json.loads(line.removeprefix("data: ")) if line.startswith("data: ") else {}
            if message.get("msg") == "process_completed":
                return bool(message["success"]) and _shows(message["output"]["data"][0])
    return False


def _shows(delivered: object) -> bool:
    return "html" in delivered if isinstance(delivered, dict) else bool(delivered)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure both servers in one run and print the figures; return 1 where a question failed."""
    parser = argparse.ArgumentParser(description="问答页面的负载测试")
    parser.add_argument("--sessions", type=int, default=SESSIONS, help="同时提问的人数")
    parser.add_argument("--questions", type=int, default=QUESTIONS, help="每人提问的次数")
    given = parser.parse_args(arguments)
    questions = [case.question for case in load_cases() if not case.history][: given.questions]
    with echo_server() as server:
        echo = put_under_load(server, ask_echo, questions, given.sessions)
    with chat_server() as server:
        chat = put_under_load(server, ask_chat, questions, given.sessions)
    print(f"{given.sessions} 人同时提问，每人 {len(questions)} 问：")
    for name, load in (("空白应用", echo), ("问答页面", chat)):
        memory = f"内存 {load.before_mib:.0f} → {load.after_mib:.0f} MiB"
        print(f"{name}：p50 {load.p50:.3f} s，p95 {load.p95:.3f} s，出错 {load.failed}，{memory}")
    print(f"倍数：p50 {chat.p50 / echo.p50:.2f}，p95 {chat.p95 / echo.p95:.2f}")
    return 1 if chat.failed else 0


if __name__ == "__main__":
    sys.exit(main())
