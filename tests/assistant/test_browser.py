"""A person's way through the chat in a real Chromium, on a wide screen and on a phone, with no host but its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

pytestmark = pytest.mark.browser

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
OURS = {"documents", "talk", "doc"}
"""What the links of the page begin with: addresses of our own, beside it."""
SIZES = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(params=["desk", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser, chat_address: str) -> Iterator[Page]:
    """The chat opened at one size; whatever it asks of another host is refused, remembered, and fails the test."""
    yield from opened_page(request.param, browser, chat_address)


@pytest.fixture(params=["desk", "phone"])
def page_of_two(request: pytest.FixtureRequest, browser: Browser, two_documents_address: str) -> Iterator[Page]:
    """The same over two documents."""
    yield from opened_page(request.param, browser, two_documents_address)


def opened_page(size: str, browser: Browser, chat_address: str) -> Iterator[Page]:
    strangers: list[str] = []
    faults: list[str] = []

    def keep_local(route: Route) -> None:
        if route.request.url.startswith((chat_address, "data:", "blob:")):
            route.continue_()
        else:
            strangers.append(route.request.url)
            route.abort()

    context = browser.new_context(viewport=SIZES[size], locale="zh-CN", has_touch=size == "phone")
    context.set_default_timeout(20_000)
    context.route("**/*", keep_local)
    opened = context.new_page()
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.goto(chat_address)
    opened.wait_for_function("window.sendQuestion && document.activeElement.name === 'question'")
    yield opened
    context.close()
    assert strangers == []
    assert faults == []


def ask(page: Page, question: str) -> None:
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")


def new_talk(page: Page) -> None:
    if page.locator(".masthead [data-history]").is_visible():
        page.click(".masthead [data-history]")
    page.click("#again")


def answers(page: Page) -> Any:
    return page.locator(".card:not(.pending)")


def test_a_question_is_answered_and_its_source_highlights_the_quote(page: Page, scripted: Any) -> None:
    ask(page, "十大孔兑项目由哪个局牵头")
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
def test_the_panel_closes_and_gives_the_focus_back(page: Page, way: str) -> None:
    ask(page, "十大孔兑项目由哪个局牵头")
    page.locator(".lead .mark").nth(1).click()
    expect(page.locator(".sheet")).to_be_visible()

    page.click(".sheet .close") if way == "button" else page.keyboard.press("Escape")

    expect(page.locator(".sheet")).to_be_hidden()
    expect(page.locator(".lead .mark").nth(1)).to_be_focused()


def test_the_page_is_never_wider_than_the_screen(page: Page) -> None:
    ask(page, "十大孔兑项目由哪个局牵头")
    page.locator(".lead .mark").first.click()
    expect(page.locator(".source mark")).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_hostile_text_stays_text(page: Page) -> None:
    ask(page, "<script>window.hit=1</script><img src=x onerror='window.hit=1'> ${window.hit=1} {{hit}}")
    expect(answers(page)).to_have_count(1)
    page.locator(".cite").first.click()
    expect(page.locator(".source mark")).to_be_visible()

    assert page.evaluate("window.hit") is None
    assert page.locator("#layout script, #layout img").count() == 0
    assert {link.get_attribute("href").split("/")[0].split("?")[0] for link in page.locator("#layout a").all()} <= OURS
    expect(page.locator(".question")).to_contain_text("<script>window.hit=1</script>")


def test_a_follow_up_brings_the_earlier_questions(page: Page, scripted: Any) -> None:
    ask(page, "十大孔兑项目由哪个局牵头")
    expect(answers(page)).to_have_count(1)
    page.click(".ask.next")
    expect(answers(page)).to_have_count(2)

    expect(page.locator(".understood")).to_contain_text("理解为：十大孔兑的两个项目计划投资多少")
    assert scripted.asked.count(("这两个项目计划投资多少？", ("十大孔兑项目由哪个局牵头",))) >= 2  # tried, then asked


def test_an_example_is_asked_by_one_click_and_a_new_talk_brings_them_back(page: Page) -> None:
    page.locator(".ask.example").first.click()
    expect(answers(page)).to_have_count(1)

    new_talk(page)

    expect(answers(page)).to_have_count(0)
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
def test_what_cannot_be_answered_is_explained_and_nothing_is_lost(page: Page, question: str, said: str) -> None:
    ask(page, "十大孔兑项目由哪个局牵头")
    expect(answers(page)).to_have_count(1)

    ask(page, question)

    expect(page.locator("#notice")).to_contain_text(said)
    expect(answers(page)).to_have_count(1)
    assert page.locator("#question textarea").input_value() == question
    ask(page, "十大孔兑项目")
    expect(answers(page)).to_have_count(2)
    expect(page.locator("#notice .notice")).to_have_count(0)


def test_enter_that_chooses_a_word_of_an_input_method_does_not_send(page: Page) -> None:
    box = page.locator("#question textarea")
    box.fill("十大孔兑")
    box.evaluate(
        "box => box.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}))"
    )
    page.wait_for_timeout(400)
    expect(page.locator(".turn")).to_have_count(0)

    box.press("Shift+Enter")
    box.press("Enter")
    expect(answers(page)).to_have_count(1)


def test_with_one_document_there_is_no_choice_of_documents(page: Page) -> None:
    expect(page.locator("#question textarea")).to_be_visible()
    expect(page.locator("#search-range")).to_be_hidden()


def test_documents_are_chosen_by_keyboard_and_the_question_stays_within_them(
    page_of_two: Page, two_documents: Any
) -> None:
    page = page_of_two
    opener = page.locator("#search-range button")
    expect(opener).to_contain_text("检索范围：全部 2 个文件")
    ask(page, "十大孔兑项目由哪个局牵头")
    expect(answers(page)).to_have_count(1)
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
    ask(page, "十大孔兑项目由哪个局牵头")
    expect(answers(page)).to_have_count(2)

    assert list(two_documents.scopes[-1]) == ["adopted"]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
