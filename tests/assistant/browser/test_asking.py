"""A person asks in a real Chromium, on a wide screen and on a phone: sources, follow-ups, refusals, the keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

OURS = {"documents", "talk", "doc"}
"""What the links of the page begin with: addresses of our own, beside it."""


def test_a_question_is_answered_and_its_source_highlights_the_quote(chat: Any, scripted: Any) -> None:
    page = chat.page
    chat.ask("十大孔兑项目由哪个局牵头")
    expect(page.locator(".lead")).to_contain_text("都是水利局")

    page.locator(".lead .mark").first.click()
    expect(page.locator(".source mark")).to_have_text("水利局")
    expect(page.locator(".source mark")).to_be_in_viewport()
    expect(page.locator(".source tr.cited td").first).to_have_text("3")
    expect(page.locator(".source .status")).to_have_text("征求意见稿")

    page.click("[data-panel=next]")
    expect(page.locator(".source tr.cited td").first).to_have_text("6")
    page.click("[data-panel=next]")
    expect(page.locator(".source .passage mark")).to_have_text("牵头部门：市水利局")
    assert page.locator(".source mark").text_content() == "牵头部门：市水利局"
    expect(page.locator("[data-panel=next]")).to_be_disabled()


@pytest.mark.parametrize("way", ["button", "escape"])
def test_the_panel_closes_and_gives_the_focus_back(chat: Any, way: str) -> None:
    page = chat.page
    chat.ask("十大孔兑项目由哪个局牵头")
    page.locator(".lead .mark").nth(1).click()
    expect(page.locator(".sheet")).to_be_visible()

    page.click(".sheet .close") if way == "button" else page.keyboard.press("Escape")

    expect(page.locator(".sheet")).to_be_hidden()
    expect(page.locator(".lead .mark").nth(1)).to_be_focused()


def test_the_page_is_never_wider_than_the_screen(chat: Any) -> None:
    page = chat.page
    chat.ask("十大孔兑项目由哪个局牵头")
    page.locator(".lead .mark").first.click()
    expect(page.locator(".source mark")).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_hostile_text_stays_text(chat: Any) -> None:
    page = chat.page
    chat.ask("<script>window.hit=1</script><img src=x onerror='window.hit=1'> ${window.hit=1} {{hit}}")
    expect(chat.answers).to_have_count(1)
    page.locator(".cite").first.click()
    expect(page.locator(".source mark")).to_be_visible()

    assert page.evaluate("window.hit") is None
    assert page.locator("#layout script, #layout img").count() == 0
    assert {link.get_attribute("href").split("/")[0].split("?")[0] for link in page.locator("#layout a").all()} <= OURS
    expect(page.locator(".question")).to_contain_text("<script>window.hit=1</script>")


def test_a_follow_up_brings_the_earlier_questions(chat: Any, scripted: Any) -> None:
    page = chat.page
    chat.ask("十大孔兑项目由哪个局牵头")
    expect(chat.answers).to_have_count(1)
    page.click(".ask.next")
    expect(chat.answers).to_have_count(2)

    expect(page.locator(".understood")).to_contain_text("理解为：十大孔兑的两个项目计划投资多少")
    assert scripted.asked.count(("这两个项目计划投资多少？", ("十大孔兑项目由哪个局牵头",))) >= 2  # tried, then asked


def test_an_example_is_asked_by_one_click_and_a_new_talk_brings_them_back(chat: Any) -> None:
    page = chat.page
    page.locator(".ask.example").first.click()
    expect(chat.answers).to_have_count(1)

    chat.new_talk()

    expect(chat.answers).to_have_count(0)
    expect(page.locator(".ask.example").first).to_be_visible()
    expect(page.locator("#question textarea")).to_be_focused()


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("", "请输入问题"),
        ("   ", "请输入问题"),
        ("\x01\x02", "请输入问题"),
        ("长" * 100_000, "问题太长"),
        ("索引在哪", "policy-assistant index"),
        ("故障", "出错了"),
    ],
)
def test_what_cannot_be_answered_is_explained_and_nothing_is_lost(chat: Any, question: str, said: str) -> None:
    page = chat.page
    chat.ask("十大孔兑项目由哪个局牵头")
    expect(chat.answers).to_have_count(1)

    chat.ask(question)

    expect(page.locator("#notice")).to_contain_text(said)
    assert "Error" not in page.inner_text("body")
    expect(chat.answers).to_have_count(1)
    assert page.locator("#question textarea").input_value() == question
    chat.ask("十大孔兑项目")
    expect(chat.answers).to_have_count(2)
    expect(page.locator("#notice .notice")).to_have_count(0)


def test_enter_that_chooses_a_word_of_an_input_method_does_not_send(chat: Any) -> None:
    page = chat.page
    box = page.locator("#question textarea")
    box.fill("十大孔兑")
    box.evaluate(
        "box => box.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}))"
    )
    page.wait_for_timeout(400)
    expect(page.locator(".turn")).to_have_count(0)

    box.press("Shift+Enter")
    box.press("Enter")
    expect(chat.answers).to_have_count(1)


def test_with_one_document_there_is_no_choice_of_documents(chat: Any) -> None:
    page = chat.page
    expect(page.locator("#question textarea")).to_be_visible()
    expect(page.locator("#search-range")).to_be_hidden()


def test_documents_are_chosen_by_keyboard_and_the_question_stays_within_them(
    chat_of_two: Any, two_documents: Any
) -> None:
    chat, page = chat_of_two, chat_of_two.page
    opener = page.locator("#search-range button")
    expect(opener).to_contain_text("检索范围：全部 2 个文件")
    chat.ask("十大孔兑项目由哪个局牵头")
    expect(chat.answers).to_have_count(1)
    assert two_documents.scopes[-1] is None

    opener.focus()
    page.keyboard.press("Enter")
    boxes = page.locator("#search-range input[type=checkbox]")
    expect(boxes).to_have_count(2)
    expect(boxes.nth(1)).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(boxes.nth(1)).to_be_focused()
    page.keyboard.press("Space")
    expect(opener).to_contain_text("检索范围：所选 1 个文件")
    chat.ask("十大孔兑项目由哪个局牵头")
    expect(chat.answers).to_have_count(2)

    assert list(two_documents.scopes[-1]) == ["adopted"]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
