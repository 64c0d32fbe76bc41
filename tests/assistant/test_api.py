"""The API gives exactly the answer contract, and every failure as a Chinese message without a trace."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.doors.api import create_api
from assistant.doors.cli import print_hits
from assistant.doors.limits import TOO_FAST, Pace
from assistant.engine import Assistant
from corpus.models import ParsedDocument

KEYS = ["id", "question", "standalone", "kind", "answer", "citations"]
KEYS += ["table", "calculation", "conflicts", "missing", "suggestions", "timings_ms"]


@pytest.fixture(scope="module")
def client(scripted: Any) -> TestClient:
    return TestClient(create_api(scripted), raise_server_exceptions=False)


def test_an_answer_is_exactly_the_contracts_row(client: TestClient, scripted: Any, plan: ParsedDocument) -> None:
    response = client.post("/ask", json={"question": "十大孔兑项目由哪个局牵头", "id": "q7"})

    row = response.json()
    assert response.status_code == 200
    assert list(row) == KEYS
    assert row["id"] == "q7"
    assert row["kind"] == "lookup"
    citation = row["citations"][0]
    assert plan.text[citation["start"] : citation["end"]] == citation["quote"] == "水利局"


def test_history_reaches_the_assistant_oldest_first(client: TestClient, scripted: Any) -> None:
    client.post("/ask", json={"question": "十大孔兑由谁牵头", "history": ["甲", "乙"]})

    assert scripted.asked[-1] == ("十大孔兑由谁牵头", ("甲", "乙"))


def test_a_search_gives_the_contracts_rows(client: TestClient) -> None:
    rows = client.post("/search", json={"query": "防沙治沙", "k": 3}).json()["results"]

    assert [list(row) for row in rows] == [["rank", "score", "document_id", "section", "start", "end", "text"]]


def test_health_names_the_loaded_documents_with_their_status(client: TestClient) -> None:
    health = client.get("/health").json()

    assert health["status"] == "ok"
    assert [document["status"] for document in health["documents"]] == ["征求意见稿"]


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"question": ""}, 422, "请输入问题"),
        ({"question": "\x00\x07"}, 422, "请输入问题"),
        ({"question": "长" * 100_000}, 422, "问题太长"),
        ({"question": "甲", "histroy": []}, 422, "不认识的字段：“histroy”"),
        ({}, 422, "缺少：“question”"),
        ({"question": 7}, 422, "应为文字：“question”"),
        ({"question": "甲", "history": "乙"}, 422, "应为列表：“history”"),
        ([], 422, "应为 JSON 对象"),
        ({"question": "\ud800绿氢"}, 422, "含有无法识别的字符：“question”"),
        ({"question": "甲", "history": ["\udfff"]}, 422, "含有无法识别的字符"),
        ({"question": "甲", "id": "\ud800"}, 422, "含有无法识别的字符：“id”"),
        ({"question": "甲", "documents": ["\ud800"]}, 422, "含有无法识别的字符"),
        ({"question": "甲", "\ud800": 1}, 422, "含有无法识别的字符"),
        ({"question": "索引在哪"}, 503, "policy-assistant index"),
        ({"question": "故障"}, 500, "服务器内部错误"),
    ],
)
def test_a_bad_request_is_explained_in_chinese(client: TestClient, body: Any, status: int, said: str) -> None:
    response = client.post("/ask", content=json.dumps(body), headers={"content-type": "application/json"})

    assert response.status_code == status
    assert list(response.json()) == ["error"]
    assert said in response.json()["error"]
    assert "Traceback" not in response.text


@pytest.mark.parametrize(("documents", "said"), [(["没有的"], "没有编号为没有的的文件"), ([], "检索范围是空的")])
def test_a_scope_that_holds_no_document_is_refused(assistant: Assistant, documents: list[str], said: str) -> None:
    client = TestClient(create_api(assistant))

    for path, key in (("/ask", "question"), ("/search", "query")):
        response = client.post(path, json={key: "绿氢", "documents": documents})
        assert response.status_code == 422
        assert said in response.json()["error"]


def test_both_doors_give_the_same_row_of_a_hit(assistant: Assistant, capsys: pytest.CaptureFixture[str]) -> None:
    rows = TestClient(create_api(assistant)).post("/search", json={"query": "绿氢", "k": 2}).json()["results"]

    print_hits(assistant.search("绿氢", 2), as_json=True)
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == rows


@pytest.mark.parametrize("body", [b"{", b"", b"\xff\xfe{", b'{"question": "a"', b"null"])
def test_what_is_no_json_is_refused_in_chinese(client: TestClient, body: bytes) -> None:
    response = client.post("/ask", content=body, headers={"content-type": "application/json"})

    assert response.status_code in (400, 422)
    assert list(response.json()) == ["error"]


def test_a_body_above_the_limit_is_refused_before_it_is_read(client: TestClient) -> None:
    response = client.post("/ask", json={"question": "长" * 400_000})

    assert response.status_code == 413
    assert response.json() == {"error": "请求过大：最多 1024 KB。"}


def test_a_body_of_unannounced_length_is_counted(client: TestClient) -> None:
    def pieces() -> Iterator[bytes]:
        yield b'{"question": "'
        for _ in range(20):
            yield b"a" * 100_000

    response = client.post("/ask", content=pieces(), headers={"content-type": "application/json"})

    assert response.status_code == 413
    assert "请求过大" in response.json()["error"]


def test_a_search_above_the_limit_is_refused_too(client: TestClient) -> None:
    response = client.post("/search", json={"query": "长" * 400_000})

    assert response.status_code == 413
    assert "请求过大" in response.json()["error"]


def test_who_asks_too_often_waits_whatever_is_asked_and_others_do_not(scripted: Any) -> None:
    time = 0.0
    api = create_api(scripted, pace=Pace(burst=2, per_second=0.5, clock=lambda: time))
    client, other = TestClient(api), TestClient(api, client=("10.0.0.7", 5000))
    question = {"question": "十大孔兑"}

    answered = [client.post("/ask", json=question), client.post("/search", json={"query": "绿氢"})]
    refused = client.post("/ask", json=question, headers={"cookie": "policy_visitor=" + "0" * 32})

    assert [one.status_code for one in answered] == [200, 200]
    assert (refused.status_code, refused.json()) == (429, {"error": TOO_FAST})
    assert refused.headers["retry-after"] == "1"
    assert other.post("/ask", json=question).status_code == 200
    assert client.get("/health").status_code == 200
    time = 2.0
    assert client.post("/ask", json=question).status_code == 200


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/nowhere", 404), ("GET", "/ask", 405)])
def test_a_wrong_address_or_method_is_said_in_chinese(client: TestClient, method: str, path: str, status: int) -> None:
    response = client.request(method, path)

    assert response.status_code == status
    assert list(response.json()) == ["error"]


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
def test_no_page_that_loads_scripts_from_a_cdn_is_served(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
    assert set(client.get("/openapi.json").json()["paths"]) == {"/ask", "/search", "/health"}
