"""Everybody can use it: no serious finding of axe on any page, light and dark, keyboard alone, zoomed in."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


def serious(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desk", "phone"])
def test_the_chat_has_no_serious_finding(open_chat: Any, chat_address: str, scheme: str, size: str) -> None:
    with open_chat(chat_address, size, color_scheme=scheme, reduced_motion="reduce") as chat:
        page = chat.page
        assert serious(page) == []
        chat.ask("图表：各项目投资")
        expect(chat.answers).to_have_count(1)
        page.click("summary:has-text('图表')")
        chat.ask("施工单位是谁")
        expect(chat.answers).to_have_count(2)
        chat.ask("十大孔兑项目由哪个局牵头")
        expect(chat.answers).to_have_count(3)
        page.wait_for_timeout(300)
        assert serious(page) == []
        page.locator(".lead .mark").first.click()
        expect(page.locator(".source mark").first).to_be_visible()
        assert serious(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_other_pages_have_no_serious_finding(
    browser: Any, chat_address: str, plan: Any, scheme: str, enter_review: Any
) -> None:
    context = browser.new_context(color_scheme=scheme, locale="zh-CN")
    page = context.new_page()
    for path in ("documents", f"doc/{plan.info.id}?at=2104-2120#a2/d3", "review"):
        page.goto(chat_address + path)
        assert serious(page) == [], path
    enter_review(page)
    assert serious(page) == []
    context.close()


def test_everything_is_reached_by_keyboard_with_a_visible_focus(desk: Any) -> None:
    page = desk.page
    desk.ask("十大孔兑项目由哪个局牵头")
    expect(desk.answers).to_have_count(1)
    page.locator("#again").focus()
    seen: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                "(() => { const at = document.activeElement, style = getComputedStyle(at);"
                " return [at.className || at.name || at.tagName, style.outlineStyle !== 'none'"
                " || at.matches('.composer textarea')].join('|'); })()"
            )
        )
    reached = {one.split("|")[0] for one in seen}
    assert {"open", "quiet", "mark", "cite", "ask next", "question", "send"} <= reached
    assert [one for one in seen if one.endswith("|false") and not one.startswith("talking")] == []  # the body

    page.locator(".lead .mark").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".source mark")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".sheet")).to_be_hidden()
    expect(page.locator(".lead .mark").first).to_be_focused()


@pytest.mark.parametrize("zoom", [1.25, 1.5, 2.0])
def test_zoomed_in_nothing_is_cut_off(open_chat: Any, chat_address: str, zoom: float) -> None:
    with open_chat(chat_address) as chat:
        chat.page.set_viewport_size({"width": int(1440 / zoom), "height": int(900 / zoom)})
        chat.ask("十大孔兑项目由哪个局牵头")
        expect(chat.answers).to_have_count(1)
        assert chat.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        chat.page.locator(".lead .mark").first.click()
        expect(chat.page.locator(".source mark")).to_be_in_viewport()
        expect(chat.page.locator(".sheet .close")).to_be_in_viewport()


def test_a_long_letter_is_pasted_whole_and_the_box_grows_to_a_limit(desk: Any) -> None:
    box = desk.page.locator("#question textarea")
    letter = "尊敬的领导：\n" + "关于项目的请示。\n" * 100
    box.fill(letter)

    height = desk.page.evaluate("document.querySelector('#question textarea').offsetHeight")
    assert 100 < height <= 0.35 * 900
    box.press("Shift+Enter")
    assert box.input_value() == letter + "\n"
    expect(desk.page.locator(".turn")).to_have_count(0)
