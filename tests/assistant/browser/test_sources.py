"""The panel of sources: the highlighted text is the quote at its offsets, its link opens for a colleague."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from corpus.models import ParsedDocument

pytestmark = pytest.mark.browser


def test_each_citation_marks_exactly_the_text_at_its_offsets(chat: Any, scripted: Any, plan: ParsedDocument) -> None:
    chat.ask("十大孔兑项目由哪个局牵头")
    chat.page.locator(".lead .mark").first.click()

    for number, citation in enumerate(scripted.ask("十大孔兑").citations, 1):
        expect(chat.page.locator(".position")).to_have_text(f"{number} / 3")
        expect(chat.page.locator(".source .address").last).to_contain_text(citation.locator)
        marks = chat.page.locator(".source mark")
        expect(marks.first).to_be_in_viewport()
        assert "".join(marks.all_text_contents()) == plan.text[citation.start : citation.end]
        if number < 3:
            chat.page.click("[data-panel=next]")


def test_the_tree_is_open_at_the_citation_and_other_clauses_unfold(chat: Any) -> None:
    chat.ask("十大孔兑项目由哪个局牵头")
    chat.page.locator(".answer li .mark").click()

    expect(chat.page.locator(".tree .here")).to_have_text("2.水土流失综合治理工程")
    assert chat.page.locator(".tree details[open] > summary").all_text_contents() == [
        "三、主要任务",
        "（一）强化荒漠化防治提质增效行动",
    ]
    chat.page.locator(".tree summary", has_text="3.退化草原生态修复治理工程").click()
    expect(chat.page.locator(".tree .folded .line").first).to_contain_text("加大草原保护修复力度")


def test_the_quote_is_copied_with_its_source_and_the_link_opens_it_for_a_colleague(
    desk: Any, open_chat: Any, scripted: Any, plan: ParsedDocument
) -> None:
    page = desk.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.ask("十大孔兑项目由哪个局牵头")
    page.locator(".answer li .mark").click()
    page.click("[data-copy]")
    expect(page.locator("[data-copy]")).to_have_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"“牵头部门：市水利局”（《{plan.info.title}》（征求意见稿）三、（一）2.）"

    page.click("[data-copy-link]")
    expect(page.locator("[data-copy-link]")).to_have_text("已复制")
    link = page.evaluate("navigator.clipboard.readText()")
    citation = scripted.ask("十大孔兑").citations[2]
    assert parse_qs(urlsplit(link).query)["at"] == [f"{citation.start}-{citation.end}"]
    with open_chat(desk.address) as colleague:
        colleague.page.goto(link)
        marks = colleague.page.locator("mark")
        expect(marks.first).to_be_in_viewport()
        assert "".join(marks.all_text_contents()) == citation.quote
        assert marks.first.get_attribute("data-start") == str(citation.start)


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_link_to_a_cell_brings_the_cell_into_view(open_chat: Any, chat_address: str, size: str, plan: Any) -> None:
    with open_chat(chat_address, size) as chat:
        chat.page.goto(f"{chat_address}doc/{plan.info.id}#t3/30/4")

        cell = chat.page.locator('[id="t3/30/4"]')
        expect(cell).to_be_in_viewport(ratio=1)
        expect(cell).to_have_class("short target")
        assert chat.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_without_scripts_a_documents_page_is_whole(browser: Any, chat_address: str, plan: ParsedDocument) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{chat_address}doc/{plan.info.id}")

    expect(page.locator(".text .line").last).to_be_visible()
    assert page.locator("table.grid tr.data").count() == sum(len(table.data_rows) for table in plan.tables)
    context.close()
