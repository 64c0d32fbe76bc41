"""Conversations live on: through a reload, a restart of the server, an edit, a stop and a lost connection."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

LEAD = "十大孔兑项目由哪个局牵头"


def test_a_conversation_survives_a_reload_with_its_sources(chat: Any) -> None:
    chat.ask(LEAD)
    expect(chat.answers).to_have_count(1)

    chat.page.reload()

    expect(chat.answers).to_have_count(1)
    chat.page.locator(".lead .mark").first.click()
    expect(chat.page.locator(".source mark")).to_have_text("水利局")


def test_a_conversation_survives_a_restart_of_the_server(
    scripted: Any, chat_over: Any, serve: Any, open_chat: Any, tmp_path: Path
) -> None:
    with serve(chat_over(scripted, tmp_path)) as first, open_chat(first) as chat:
        chat.ask(LEAD)
        expect(chat.answers).to_have_count(1)
        kept, name = chat.page.context.storage_state(), chat.page.url.split("?")[1]

    with serve(chat_over(scripted, tmp_path)) as second:
        with open_chat(second, storage_state=kept) as chat:
            chat.page.goto(f"{second}?{name}")
            expect(chat.answers).to_have_count(1)
            chat.ask("十大孔兑再问")
            expect(chat.answers).to_have_count(2)
            assert ("十大孔兑再问", (LEAD,)) in scripted.asked
        with open_chat(second) as stranger:
            stranger.page.goto(f"{second}?{name}")
            expect(stranger.page.locator("#notice")).to_contain_text("没有这个对话")
            expect(stranger.answers).to_have_count(0)


def test_conversations_are_found_renamed_exported_and_deleted(desk: Any) -> None:
    page = desk.page
    desk.ask(LEAD)
    expect(desk.answers).to_have_count(1)
    desk.new_talk()
    desk.ask("这两个项目计划投资多少？")
    expect(desk.answers).to_have_count(1)
    expect(page.locator(".history li")).to_have_count(2)

    page.fill("#find-talk", "哪个局")
    expect(page.locator(".history li")).to_have_count(1)
    page.click(".history .open")
    expect(page.locator(".question")).to_have_text(LEAD)

    page.click(".history .more summary")
    page.click("[data-rename]")
    page.fill("#rename input", "孔兑的牵头单位")
    page.keyboard.press("Enter")
    page.fill("#find-talk", "")
    expect(page.locator(".history .open").filter(has_text="孔兑的牵头单位")).to_have_count(1)

    item = page.locator(".history li", has_text="孔兑的牵头单位")
    item.locator("summary").click()
    with page.expect_download() as saved:
        item.locator("text=导出 Word").click()
    paper = docx.Document(str(saved.value.path()))
    assert LEAD in "\n".join(paragraph.text for paragraph in paper.paragraphs)

    item.locator("[data-delete]").click()  # the menu stays open behind the file
    expect(page.locator("#delete .what")).to_contain_text("孔兑的牵头单位")
    page.click("#delete .yes")
    expect(page.locator(".history li")).to_have_count(1)
    expect(page.locator(".welcome")).to_be_visible()
    assert "c=" not in page.url


def test_a_question_is_asked_again_in_other_words(chat: Any) -> None:
    page = chat.page
    chat.ask(LEAD)
    expect(chat.answers).to_have_count(1)
    chat.ask("十大孔兑第二问")
    expect(chat.answers).to_have_count(2)

    page.locator(".turn").first.hover()
    page.locator("[data-edit]").first.click()
    expect(page.locator("#question textarea")).to_have_value(LEAD)
    expect(page.locator(".turn.replaced")).to_have_count(2)
    chat.ask("十大孔兑改问")

    expect(page.locator(".question")).to_have_text(["十大孔兑改问"])
    expect(page.locator("#question .editing")).to_be_hidden()
    page.reload()
    expect(page.locator(".question")).to_have_text(["十大孔兑改问"])


def test_how_a_follow_up_was_understood_is_corrected_by_a_click(desk: Any) -> None:
    desk.ask(LEAD)
    expect(desk.answers).to_have_count(1)
    desk.ask("这两个项目计划投资多少？")
    desk.page.locator(".understood [data-edit]").click()

    expect(desk.page.locator("#question textarea")).to_have_value("十大孔兑的两个项目计划投资多少")
    desk.page.click("[data-cancel-edit]")
    expect(desk.page.locator("#question textarea")).to_have_value("")
    expect(desk.page.locator(".turn.replaced")).to_have_count(0)


@pytest.fixture
def held(scripted: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A question with 慢 waits until the event is set; others are answered at once."""
    go, answer = threading.Event(), type(scripted).ask

    def wait(self: Any, question: str, *rest: Any, **named: Any) -> Any:
        if "慢" in question:
            go.wait(20)
        return answer(self, question, *rest, **named)

    monkeypatch.setattr(type(scripted), "ask", wait)
    yield go
    go.set()


def test_a_question_is_stopped_and_stays_so(desk: Any, held: threading.Event) -> None:
    desk.ask("十大孔兑慢问")
    desk.page.click("[data-stop]")
    expect(desk.page.locator(".turn[data-state=stopped]")).to_have_count(1)
    expect(desk.page.locator("#question textarea")).to_have_value("十大孔兑慢问")

    held.set()
    desk.ask(LEAD)
    expect(desk.answers).to_have_count(1)
    desk.page.reload()
    expect(desk.page.locator(".turn[data-state=stopped]")).to_contain_text("已停止查找")
    expect(desk.answers).to_have_count(1)


def test_a_question_stopped_on_its_way_is_stopped_when_it_arrives(desk: Any, held: threading.Event) -> None:
    page, sent = desk.page, []
    page.route("**/queue/join*", lambda route: sent.append(route))
    desk.ask("十大孔兑慢问")
    with page.expect_response(lambda one: one.url.endswith("/stop") and one.status == 404):
        page.click("[data-stop]")
    with page.expect_response(lambda one: one.url.endswith("/stop") and one.ok):
        sent[0].continue_()
    page.unroute("**/queue/join*")
    held.set()

    page.reload()
    expect(page.locator(".turn[data-state=stopped]")).to_have_count(1)


def test_a_slow_question_of_one_does_not_stop_another(desk: Any, open_chat: Any, held: threading.Event) -> None:
    desk.ask("十大孔兑慢问")
    with open_chat(desk.address) as other:
        other.ask(LEAD)
        expect(other.answers).to_have_count(1)

    expect(desk.page.locator(".card.pending")).to_be_visible()
    held.set()
    expect(desk.answers).to_have_count(1)


def test_an_answer_that_came_while_the_page_was_away_is_there_after_a_reload(desk: Any, held: threading.Event) -> None:
    desk.ask("十大孔兑慢问")
    expect(desk.page.locator(".card.pending")).to_be_visible()
    desk.page.reload()
    expect(desk.page.locator(".card.pending")).to_be_visible()

    held.set()

    expect(desk.answers).to_have_count(1)


def test_a_question_typed_is_not_lost_with_the_connection(desk: Any) -> None:
    desk.page.context.set_offline(True)
    desk.ask(LEAD)
    expect(desk.page.locator("#notice")).to_contain_text("连接已断开，正在重试", timeout=15_000)
    assert not re.search(r"[A-Za-z]{5}", desk.page.inner_text("body"))  # no developer's words

    desk.page.context.set_offline(False)

    expect(desk.answers).to_have_count(1, timeout=15_000)


def test_half_a_question_outlives_a_reload(desk: Any) -> None:
    desk.page.locator("#question textarea").press_sequentially("十大孔")
    desk.page.reload()

    expect(desk.page.locator("#question textarea")).to_have_value("十大孔")


def test_the_list_of_documents_leads_to_asking_one_of_them(chat_of_two: Any, two_documents: Any) -> None:
    page = chat_of_two.page
    page.goto(f"{chat_of_two.address}documents")
    page.locator("text=只在这个文件中提问").last.click()
    chat_of_two.ready()

    expect(page.locator("#search-range button")).to_contain_text("所选 1 个文件")
    chat_of_two.ask(LEAD)
    expect(chat_of_two.answers).to_have_count(1)
    assert list(two_documents.scopes[-1]) == ["adopted"]
