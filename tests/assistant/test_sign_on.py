"""Behind an office's sign-on the proxy's header says who asks; without the setting it says nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from secrets import token_hex
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.conversations.database import open_database
from assistant.conversations.store import ConversationStore
from assistant.doors.visitors import COOKIE, UNKNOWN

HEADER = "X-Forwarded-User"
QUESTION = "十大孔兑项目由哪个局牵头"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("talks")


@pytest.fixture(scope="module")
def app(scripted: Any, place: Path, chat_over: Callable[..., FastAPI]) -> FastAPI:
    return chat_over(scripted, place, user_header=HEADER, admins=frozenset({"管理员"}))


@pytest.fixture
def signed_on(app: FastAPI) -> Callable[[str], TestClient]:
    """What opens the chat as a user whom the proxy names."""
    return lambda name: client_of(app, [(HEADER.encode(), name.encode())])


def client_of(app: FastAPI, headers: Any) -> TestClient:
    """Return a client that sends ``headers``, each as often as it is given."""
    client = TestClient(app)
    client.headers = headers
    return client


def kept_for(place: Path, user: str) -> str:
    """Keep a question of a user and return the conversation."""
    conversation = token_hex(16)
    ConversationStore(open_database(place)).begin(user, conversation, token_hex(16), QUESTION)
    return conversation


def ask_by_the_page(client: TestClient, conversation: str) -> None:
    """Ask as the page does, through the framework's queue."""
    event = next(
        one for one in client.get("/config").json()["dependencies"] if any(t[1] == "submit" for t in one["targets"])
    )
    sent = {"turn": token_hex(16), "conversation": conversation, "question": QUESTION, "replaces": ""}
    joined = {"data": [[]], "event_data": sent, "fn_index": event["id"], "trigger_id": event["targets"][0][0]}
    session = token_hex(8)
    assert client.post("/gradio_api/queue/join", json=joined | {"session_hash": session}).status_code == 200
    with client.stream("GET", f"/gradio_api/queue/data?session_hash={session}") as stream:
        assert any("process_completed" in line for line in stream.iter_lines())


def test_a_question_asked_by_the_page_is_kept_for_the_signed_on_user_alone(
    signed_on: Callable[[str], TestClient],
) -> None:
    conversation = token_hex(16)
    with signed_on("张三") as client:
        ask_by_the_page(client, conversation)
        listed = client.get("/talk").text

    assert QUESTION in listed
    assert "已登录：张三" in listed
    assert QUESTION not in signed_on("李四").get("/talk").text
    assert signed_on("李四").get(f"/talk/{conversation}").status_code == 404
    assert signed_on("张三").get(f"/talk/{conversation}").status_code == 200


def test_no_cookie_names_anybody_and_none_is_given(place: Path, signed_on: Callable[[str], TestClient]) -> None:
    other = "a" * 32
    conversation = kept_for(place, other)

    shown = signed_on("张三").get(f"/talk/{conversation}", headers={"cookie": f"{COOKIE}={other}"})

    assert shown.status_code == 404
    assert "set-cookie" not in signed_on("张三").get("/documents").headers


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [(HEADER, "")],
        [(HEADER, "  ")],
        [(HEADER, "zhang"), (HEADER, "li")],
        [(HEADER, "x" * 500)],
        [(HEADER.encode(), "甲\u200b乙".encode())],
    ],
)
def test_a_request_that_names_no_one_user_is_refused_in_chinese(app: FastAPI, headers: Any) -> None:
    client = client_of(app, headers)

    for path in ("/", "/documents", "/talk", "/doc/x", "/review"):
        page = client.get(path, headers={"accept": "text/html"})
        assert page.status_code == 401
        assert "需要登录" in page.text
    asked = client.post("/ask", json={"question": QUESTION})
    assert (asked.status_code, asked.json()) == (401, {"error": UNKNOWN})
    assert client.get("/health").status_code == 200
    assert client.get("/ui/pages.css").status_code == 200


def test_without_the_setting_the_header_is_ignored(
    scripted: Any, tmp_path: Path, chat_over: Callable[..., FastAPI]
) -> None:
    app = chat_over(scripted, tmp_path, admins=frozenset({"管理员"}))
    conversation = kept_for(tmp_path, "user:管理员")
    client = client_of(app, [(HEADER.encode(), "管理员".encode())])

    assert "set-cookie" in client.get("/documents").headers
    assert client.get(f"/talk/{conversation}").status_code == 404
    assert QUESTION not in client.get("/talk").text
    assert "请输入口令" in client.get("/review").text


def test_administrators_review_without_a_password_and_others_with_it(signed_on: Callable[[str], TestClient]) -> None:
    client = signed_on("李四")

    assert "共 0 条反馈" in signed_on("管理员").get("/review").text
    assert "请输入口令" in client.get("/review").text
    assert "policy-assistant eval" in signed_on("管理员").get("/review/report").text
    assert "共 0 条反馈" in client.post("/review/enter", data={"password": "口令"}).text


def test_where_administrators_are_named_and_no_password_is_set_none_is_asked(
    scripted: Any, tmp_path: Path, chat_over: Callable[..., FastAPI]
) -> None:
    app = chat_over(scripted, tmp_path, password="", user_header=HEADER, admins=frozenset({"admin"}))

    page = client_of(app, {HEADER: "zhang"}).get("/review").text

    assert "不在其中" in page
    assert "口令" not in page
    refused = client_of(app, {HEADER: "zhang"}).post("/review/enter", data={"password": "x"})
    assert refused.status_code == 403
    assert "共 0 条反馈" in client_of(app, {HEADER: "admin"}).get("/review").text


def test_each_signed_on_user_has_a_pace_of_their_own_behind_one_proxy(signed_on: Callable[[str], TestClient]) -> None:
    answers = [signed_on("忙人").post("/ask", json={"question": QUESTION}).status_code for _ in range(45)]

    assert answers[-1] == 429
    assert signed_on("闲人").post("/ask", json={"question": QUESTION}).status_code == 200
