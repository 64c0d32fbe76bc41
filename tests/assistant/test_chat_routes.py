"""Conversations, feedback and the review over HTTP: each visitor's own, forged requests refused, no trace shown."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex
from typing import Any

import openpyxl
import pytest
from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.testclient import TestClient

from assistant.conversations.database import open_database
from assistant.conversations.eval_rows import CATEGORIES
from assistant.conversations.feedback import FeedbackStore, StandardAnswers
from assistant.conversations.store import ConversationStore
from assistant.doors.limits import TOO_FAST, Pace
from assistant.doors.reviewers import DAY_S, Reviewers
from assistant.doors.same_origin import is_foreign
from assistant.doors.talk import Asked, Talk
from assistant.doors.visitors import COOKIE
from corpus.models import ParsedDocument, Span
from corpus.parse import Failure, find_unread
from evals.case_files import load_cases
from evals.cases import Category
from evals.places import find_places


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("talks")


@pytest.fixture(scope="module")
def app(scripted: Any, place: Path, chat_over: Any) -> FastAPI:
    return chat_over(scripted, place)


@pytest.fixture
def talk(scripted: Any, place: Path) -> Talk:
    engine = open_database(place)
    return Talk(scripted, ConversationStore(engine), StandardAnswers(engine), "g1")


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """A visitor with the cookie that the first page gave."""
    with TestClient(app, raise_server_exceptions=False) as opened:
        opened.get("/documents")
        yield opened


def asked(talk: Talk, client: TestClient, question: str = "十大孔兑项目由哪个局牵头") -> tuple[str, str]:
    turn, conversation = token_hex(16), token_hex(16)
    sent = talk.ask(client.cookies[COOKIE], Asked(turn, conversation, question))
    assert "html" in sent
    return turn, conversation


def test_the_first_page_names_the_visitor_once_in_a_cookie_that_no_script_reads(app: FastAPI) -> None:
    client = TestClient(app)
    first = client.get("/documents")

    cookie = first.headers["set-cookie"]
    assert re.match(rf"{COOKIE}=[0-9a-f]{{32}}; Path=/; Max-Age=\d+; HttpOnly; SameSite=Lax$", cookie)
    assert "set-cookie" not in client.get("/documents").headers
    assert "set-cookie" in TestClient(app, cookies={COOKIE: "../../etc"}).get("/documents").headers


def test_a_conversation_is_listed_shown_renamed_and_deleted(client: TestClient, talk: Talk) -> None:
    turn, conversation = asked(talk, client)

    assert "十大孔兑项目由哪个局牵头" in client.get("/talk").text
    assert f'data-turn="{turn}"' in client.get(f"/talk/{conversation}").text
    assert client.post(f"/talk/{conversation}/title", json={"title": "孔兑<b>"}).status_code == 204
    listed = client.get("/talk?words=孔兑<").text
    assert "孔兑&lt;b&gt;" in listed
    assert "<b>" not in listed
    assert client.post(f"/talk/{conversation}/delete", json={}).status_code == 204
    assert client.get(f"/talk/{conversation}").status_code == 404


def test_another_visitor_gets_nothing_of_it(client: TestClient, app: FastAPI, talk: Talk) -> None:
    turn, conversation = asked(talk, client)
    other = TestClient(app)
    other.get("/documents")

    for path in (f"/talk/{conversation}", f"/talk/turn/{turn}", f"/talk/turn/{turn}/table.xlsx"):
        assert other.get(path).status_code == 404
    for path in (f"/talk/{conversation}/export.docx", f"/talk/{conversation}/export.md", f"/talk/turn/{turn}/next"):
        assert other.get(path).status_code == 404
    for path, body in ((f"/talk/{conversation}/delete", {}), (f"/talk/turn/{turn}/verdict", {"verdict": "good"})):
        assert other.post(path, json=body).status_code == 404
    assert conversation not in other.get("/talk").text


def test_without_a_cookie_nothing_is_kept_under_a_shared_name(app: FastAPI, talk: Talk) -> None:
    sent = talk.ask("", Asked(token_hex(16), token_hex(16), "十大孔兑项目由哪个局牵头"))

    assert "都是" in sent["html"]
    assert talk.store.conversations("") == ()
    assert "table.xlsx" not in sent["html"]


@pytest.mark.parametrize(
    ("question", "said"), [("  ", "请输入问题"), ("长" * 3000, "问题太长"), ("索引", "policy-assistant index")]
)
def test_what_cannot_be_answered_is_told_and_not_kept(client: TestClient, talk: Talk, question: str, said: str) -> None:
    conversation = token_hex(16)

    sent = talk.ask(client.cookies[COOKIE], Asked(token_hex(16), conversation, question))

    assert said in sent["notice"]
    assert client.get(f"/talk/{conversation}").status_code == 404


@pytest.mark.parametrize("name", ["x", "../../x", "A" * 32, "0" * 33, ""])
def test_a_name_that_is_none_of_ours_is_refused(client: TestClient, talk: Talk, name: str) -> None:
    sent = talk.ask(client.cookies[COOKIE], Asked(name, token_hex(16), "十大孔兑"))

    assert "刷新" in sent["notice"]


def test_asked_in_other_words_a_question_takes_the_place_of_the_old_one(
    client: TestClient, talk: Talk, scripted: Any
) -> None:
    first, conversation = asked(talk, client)
    visitor = client.cookies[COOKIE]
    talk.ask(visitor, Asked(token_hex(16), conversation, "十大孔兑的第二问"))

    talk.ask(visitor, Asked(token_hex(16), conversation, "十大孔兑改问", replaces=first))

    assert [turn.question for turn in talk.store.turns(visitor, conversation)] == ["十大孔兑改问"]
    assert scripted.asked[-1] == ("十大孔兑改问", ())


def test_an_edit_that_fails_leaves_the_conversation_as_it_was(client: TestClient, talk: Talk) -> None:
    first, conversation = asked(talk, client)
    visitor = client.cookies[COOKIE]

    sent = talk.ask(visitor, Asked(token_hex(16), conversation, "长" * 3000, replaces=first))

    assert "问题太长" in sent["notice"]
    assert [turn.id for turn in talk.store.turns(visitor, conversation)] == [first]


def test_questions_that_could_follow_were_tried_first(client: TestClient, talk: Talk, scripted: Any) -> None:
    turn, _ = asked(talk, client)
    before = len(scripted.asked)

    shown = client.get(f"/talk/turn/{turn}/next").text

    offered = re.findall(r'data-ask="([^"]+)"', shown)
    assert 0 < len(offered) <= 3
    assert set(offered) <= {question for question, _ in scripted.asked[before:]}
    assert "森林" not in shown


def test_tables_and_conversations_come_as_files(client: TestClient, talk: Talk) -> None:
    turn, conversation = asked(talk, client)

    sheet = client.get(f"/talk/turn/{turn}/table.xlsx")
    assert openpyxl.load_workbook(io.BytesIO(sheet.content))["结果"]["B2"].value == "水利局"
    assert "attachment" in sheet.headers["content-disposition"]
    assert client.get(f"/talk/turn/{turn}/table.csv").content.startswith(b"\xef\xbb\xbf")
    assert client.get(f"/talk/turn/{turn}/table.exe").status_code == 404
    assert client.get(f"/talk/{conversation}/export.md").text.startswith("# 十大孔兑")
    assert client.get(f"/talk/{conversation}/export.docx").content.startswith(b"PK")


@pytest.mark.parametrize(
    ("headers", "foreign"),
    [
        ({}, False),
        ({"sec-fetch-site": "same-origin", "origin": "http://x"}, False),
        ({"sec-fetch-site": "cross-site"}, True),
        ({"sec-fetch-site": "same-site"}, True),
        ({"origin": "http://here:80", "host": "here:80"}, False),
        ({"origin": "https://office.example", "host": "10.0.0.1", "x-forwarded-host": "office.example"}, False),
        ({"origin": "http://elsewhere", "host": "here:80"}, True),
        ({"origin": "null", "host": "here:80"}, True),
    ],
)
def test_a_request_that_another_site_made_is_known(headers: dict[str, str], foreign: bool) -> None:
    assert is_foreign(Headers(headers)) is foreign


def test_a_forged_request_changes_nothing(client: TestClient, talk: Talk) -> None:
    _, conversation = asked(talk, client)

    forged = client.post(f"/talk/{conversation}/delete", json={}, headers={"sec-fetch-site": "cross-site"})
    asks = client.post("/gradio_api/queue/join", json={}, headers={"origin": "http://elsewhere"})

    assert (forged.status_code, asks.status_code) == (403, 403)
    assert client.get(f"/talk/{conversation}").status_code == 200


def test_a_visitor_in_a_hurry_waits_and_others_do_not() -> None:
    time = 0.0
    pace = Pace(burst=2, per_second=0.5, clock=lambda: time)

    assert [pace.allows("a") for _ in range(3)] == [True, True, False]
    assert pace.allows("b")
    time = 2.0
    assert [pace.allows("a"), pace.allows("a")] == [True, False]


def test_too_many_questions_at_once_are_told_to_wait(talk: Talk) -> None:
    visitor, conversation = token_hex(16), token_hex(16)

    sent = [talk.ask(visitor, Asked(token_hex(16), conversation, "十大孔兑")) for _ in range(60)]

    assert sent[-1]["notice"] == TOO_FAST
    assert "html" in sent[20]


@pytest.mark.parametrize("body", [{"verdict": "so-so"}, {"verdict": "bad", "reason": "长" * 300}, {"extra": 1}, "x"])
def test_a_malformed_verdict_is_refused_in_chinese(client: TestClient, talk: Talk, body: Any) -> None:
    turn, _ = asked(talk, client)

    refused = client.post(f"/talk/turn/{turn}/verdict", json=body)

    assert refused.status_code == 422
    assert "请求格式不正确" in refused.json()["error"]


def test_feedback_becomes_an_eval_question_and_a_reviewed_answer(
    client: TestClient, talk: Talk, place: Path, tmp_path: Path, plan: ParsedDocument
) -> None:
    turn, conversation = asked(talk, client)
    given = {"verdict": "bad", "reason": "内容不全", "correction": "水利局<script>"}
    assert client.post(f"/talk/turn/{turn}/verdict", json=given).status_code == 204
    number = FeedbackStore(open_database(place)).listed()[0].id

    assert client.post(f"/review/{number}/standard", data={"answer": "x", "author": "y"}).status_code == 200
    assert not StandardAnswers(open_database(place)).listed()  # not signed in
    assert "口令不正确" in client.post("/review/enter", data={"password": "错"}).text
    page = client.post("/review/enter", data={"password": "口令"}).text
    assert "水利局&lt;script&gt;" in page
    assert "<script>" not in page.replace('<script type="module"', "")
    assert "索引版本 g1" in page
    assert f'href="./doc/{plan.info.id}?at=' in page and '#t3/3/4"' in page

    form = {"category": "attribute", "phrases": "水利局\n\n", "note": "n", "places": ["0", "2", "77"]}
    client.post(f"/review/{number}/question", data=form)
    sets = tmp_path / "feedback.jsonl"
    sets.write_text(client.get("/review/questions.jsonl").text, encoding="utf-8")
    (case,) = load_cases(sets)
    assert (case.question, case.expected.phrases) == ("十大孔兑项目由哪个局牵头", ("水利局",))
    cell, sentence = case.evidence
    assert (cell.table, cell.row, cell.column) == ("项目表", 3, "牵头责任单位")
    assert (sentence.quote, sentence.document) == ("牵头部门：市水利局", plan.info.id)
    citations = talk.store.turn(client.cookies[COOKIE], turn).answer.citations
    for gold, citation in zip(find_places(case, [plan]), (citations[0], citations[2]), strict=True):
        assert gold.spans == (Span(citation.start, citation.end),)

    page = client.post(f"/review/{number}/standard", data={"answer": "经审定：水利局。", "author": "张三"}).text
    assert "已设为审定答复" in page
    shown = client.get(f"/talk/{conversation}").text
    assert shown.index("经审定：水利局。") < shown.index("都是<strong>")
    assert re.search(r"张三审定 · \d{4}-\d\d-\d\d", shown)
    standard = StandardAnswers(open_database(place)).listed()[0]
    client.post(f"/review/standards/{standard.id}/withdraw")
    assert "经审定" not in client.get(f"/talk/{conversation}").text


def test_a_question_to_be_declined_becomes_a_row_that_names_what_is_missing(
    client: TestClient, talk: Talk, place: Path, tmp_path: Path
) -> None:
    turn, _ = asked(talk, client, "施工单位是谁")
    client.post(f"/talk/turn/{turn}/verdict", json={"verdict": "good"})
    number = FeedbackStore(open_database(place)).listed()[0].id
    client.post("/review/enter", data={"password": "口令"})

    client.post(f"/review/{number}/question", data={"category": "refusal", "phrases": "施工单位"})

    sets = tmp_path / "feedback.jsonl"
    rows = [json.loads(line) for line in client.get("/review/questions.jsonl").text.splitlines()]
    sets.write_text(json.dumps(rows[-1], ensure_ascii=False), encoding="utf-8")
    (case,) = load_cases(sets)
    assert case.must_refuse
    assert case.expected.missing == ("施工单位",)


def test_every_category_offered_is_one_of_the_question_sets() -> None:
    assert set(CATEGORIES) <= {category.value for category in Category}


def test_a_reviewers_token_holds_for_a_day_and_for_this_start() -> None:
    time = 1000.0
    reviewers = Reviewers("口令", clock=lambda: time)
    token = reviewers.admit("口令")

    assert reviewers.knows(token)
    assert not Reviewers("口令").knows(token)
    assert not any(reviewers.knows(forged) for forged in ("", ".", "9999999999.", token[:-1], "x" + token, "甲.乙"))
    assert reviewers.admit("口") == ""
    assert Reviewers("").admit("") == ""
    time += DAY_S + 1
    assert not reviewers.knows(token)


def test_the_report_is_for_administrators_and_nothing_in_it_runs(client: TestClient, place: Path) -> None:
    assert "口令" in client.get("/review/report").text  # sent to the way in
    client.post("/review/enter", data={"password": "口令"})
    missing = client.get("/review/report")
    assert missing.status_code == 404 and "policy-assistant eval --html" in missing.text

    (place / "report.html").write_text("<h1>问答回归评测报告</h1><script>alert(1)</script>", encoding="utf-8")
    shown = client.get("/review/report")
    assert "问答回归评测报告" in shown.text
    assert shown.headers["content-security-policy"].startswith("default-src 'none'")


def test_passwords_cannot_be_tried_without_end(client: TestClient) -> None:
    answers = [client.post("/review/enter", data={"password": str(number)}).status_code for number in range(12)]

    assert answers[-1] == 429


def test_the_list_of_documents_counts_clauses_and_tables_and_names_what_was_not_taken(
    scripted: Any, tmp_path: Path, chat_over: Any, plan: ParsedDocument
) -> None:
    refused = [Failure("旧稿<b>.docx", "不支持的文件格式：“旧稿<b>.docx”。")]
    app = chat_over(scripted, tmp_path, built="2026-05-04T01:02:03+00:00", unread=lambda: refused)

    page = TestClient(app).get("/documents").text

    assert f"<dd>{len(plan.clauses)} 条</dd>" in page
    assert f"<dd>{len(plan.tables)} 个：" in page
    assert "索引建立于 2026-05-0" in page
    assert "另有 1 个文件没有收录" in page
    assert "<dt>旧稿&lt;b&gt;.docx</dt><dd>不支持的文件格式：“旧稿&lt;b&gt;.docx”。</dd>" in page
    assert "没有收录" not in TestClient(chat_over(scripted, tmp_path)).get("/documents").text


def test_a_folder_that_went_away_is_said_on_the_list_of_documents(
    scripted: Any, tmp_path: Path, chat_over: Any
) -> None:
    app = chat_over(scripted, tmp_path, unread=lambda: find_unread(tmp_path / "gone", ()))

    assert "找不到文件夹" in TestClient(app).get("/documents").text


def test_a_fault_shows_no_trace(client: TestClient, talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(ConversationStore, "conversations", fail)

    answered = client.get("/talk")

    assert answered.status_code == 500
    assert "secret" not in answered.text
    assert "服务器内部错误" in answered.json()["error"]
