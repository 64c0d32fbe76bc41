"""The chat's page names no other host, and its source route shows only what the documents say."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from secrets import token_hex
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.conversations.database import open_database
from assistant.conversations.feedback import StandardAnswers
from assistant.conversations.store import ConversationStore
from assistant.doors.cards import range_name
from assistant.doors.talk import Asked, Delivery, Talk


@pytest.fixture(scope="module")
def client(chat_app: FastAPI) -> TestClient:
    return TestClient(chat_app)


def test_the_page_names_no_other_host(client: TestClient) -> None:
    page = client.get("/")

    hosts = set(re.findall(r"https?:(?:\\?/){2}([\w.-]+)", page.text))
    assert page.status_code == 200
    assert hosts <= {"testserver", "www.w3.org"}
    assert "connect-src" not in page.headers["content-security-policy"]
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert 'lang="zh-CN"' in page.text


def test_telemetry_and_the_makers_links_are_off(client: TestClient) -> None:
    config = client.get("/config").json()

    assert config["analytics_enabled"] is False
    assert config["footer_links"] == []
    assert not config.get("is_space")
    assert config["title"] == "政策文件问答"


def test_the_theme_asks_for_no_font(client: TestClient) -> None:
    theme = client.get("/theme.css").text

    assert "Noto Sans CJK SC" in theme
    assert "@font-face" not in theme
    assert set(re.findall(r"https?://([\w.-]+)", theme)) <= {"www.w3.org"}
    assert client.get("/config").json().get("stylesheets") in (None, [])


def test_the_api_is_served_beside_the_chat(client: TestClient) -> None:
    assert client.get("/health").json()["status"] == "ok"
    assert client.post("/ask", json={"question": "十大孔兑"}).json()["kind"] == "lookup"


def test_a_citation_opens_as_its_source(client: TestClient, scripted: Any) -> None:
    citation = scripted.ask("十大孔兑").citations[2]

    shown = client.post("/source", json=asdict(citation))

    assert shown.status_code == 200
    assert f"<mark>{citation.quote}</mark>" in shown.text


def test_a_citation_that_no_longer_fits_is_explained(client: TestClient, scripted: Any) -> None:
    citation = {**asdict(scripted.ask("十大孔兑").citations[0]), "quote": "<script>"}

    shown = client.post("/source", json=citation)

    assert shown.status_code == 409
    assert "请重新提问" in shown.text
    assert "<script>" not in shown.text


def asked_of(assistant: Any, tmp_path: Path, question: str, within: Sequence[str] = ()) -> Delivery:
    engine = open_database(tmp_path)
    talk = Talk(assistant, ConversationStore(engine), StandardAnswers(engine), "g1")
    return talk.ask("a" * 32, Asked(token_hex(16), token_hex(16), question), within)


def test_half_a_surrogate_pair_typed_into_the_box_does_not_reach_the_page(scripted: Any, tmp_path: Path) -> None:
    sent = asked_of(scripted, tmp_path, "\ud800十大孔兑项目由哪个局牵头")

    assert "都是<strong>水利局</strong>" in sent["html"]
    json.dumps(sent, ensure_ascii=False).encode()


def test_the_documents_chosen_reach_the_assistant_and_none_chosen_means_all(two_documents: Any, tmp_path: Path) -> None:
    asked_of(two_documents, tmp_path, "十大孔兑项目由哪个局牵头", ["adopted"])
    assert two_documents.scopes[-1] == ("adopted",)
    asked_of(two_documents, tmp_path, "十大孔兑项目由哪个局牵头")
    assert two_documents.scopes[-1] is None
    assert range_name([], 2) == "检索范围：全部 2 个文件"
    assert range_name(["adopted"], 2) == "检索范围：所选 1 个文件"
