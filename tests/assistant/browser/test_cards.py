"""What answers show: tables that sort, files that open, charts that are saved, verdicts that are kept."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PIL import Image
from playwright.sync_api import expect

from assistant.conversations.database import open_database
from assistant.conversations.feedback import FeedbackStore

pytestmark = pytest.mark.browser


def column(chat: Any, number: int) -> list[str]:
    texts = chat.page.locator(f".sortable tbody tr td:nth-child({number})").all_text_contents()
    return [text.strip() for text in texts]


def test_a_table_sorts_by_number_and_by_word_and_back(chat: Any) -> None:
    chat.ask("图表：各项目投资")
    header = chat.page.locator("th", has_text="投资（亿元）")
    expect(header).to_have_attribute("aria-sort", "none")

    header.locator("button").click()
    expect(header).to_have_attribute("aria-sort", "ascending")
    assert column(chat, 2) == ["9", "35.79", "406"]
    header.locator("button").press("Enter")
    assert column(chat, 2) == ["406", "35.79", "9"]
    chat.page.locator("th button", has_text="项目").click()
    assert column(chat, 1) == ["丙项目", "甲项目", "乙项目"]  # by pinyin: bing, jia, yi
    expect(header).to_have_attribute("aria-sort", "none")
    expect(chat.page.locator("tfoot td").last).to_have_text("450.79")
    expect(chat.page.locator(".below")).to_contain_text("共 3 行")


def test_a_table_wider_than_its_place_says_so(open_chat: Any, chat_address: str) -> None:
    with open_chat(chat_address, "phone") as phone:
        phone.ask("图表：各项目投资")
        frame = phone.page.locator(".result .frame")
        expect(frame).not_to_have_attribute("data-wide", "")

        frame.locator("table").evaluate("table => (table.style.width = '900px')")
        expect(frame).to_have_attribute("data-wide", "")
        expect(frame).to_have_attribute("data-more-right", "")
        said = frame.evaluate("frame => getComputedStyle(frame, '::before').content")
        assert "左右滑动" in said

        frame.locator(".scroll").evaluate("box => (box.scrollLeft = 900)")
        expect(frame).not_to_have_attribute("data-more-right", "")
        expect(frame).to_have_attribute("data-more-left", "")


def test_a_folded_list_opens_by_the_keyboard_and_is_copied_whole(desk: Any) -> None:
    page = desk.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.ask("项目清单")
    expect(page.locator(".lead")).to_have_text("共8个。")
    expect(page.locator(".items .listed")).to_be_hidden()

    page.click("[data-copy-answer]")
    expect(page.locator("[data-copy-answer]")).to_have_text("已复制")
    assert "辛区某某综合治理重点建设项目" in page.evaluate("navigator.clipboard.readText()")
    page.locator(".items summary").press("Enter")
    expect(page.locator(".items .listed .mark")).to_have_count(8)


def test_exports_open_in_their_programs(desk: Any) -> None:
    desk.ask("图表：各项目投资")
    with desk.page.expect_download() as sheet:
        desk.page.click("text=导出 Excel")
    with desk.page.expect_download() as rows:
        desk.page.click("text=导出 CSV")

    book = openpyxl.load_workbook(io.BytesIO(Path(sheet.value.path()).read_bytes()))
    assert [cell.value for cell in book["结果"]["B"]] == ["投资（亿元）", 406, 9, 35.79, 450.79]
    assert book["来源"]["E2"].value == "水利局"
    assert sheet.value.suggested_filename == "图表：各项目投资.xlsx"
    assert Path(rows.value.path()).read_text(encoding="utf-8-sig").startswith("项目,投资（亿元）")


def test_a_chart_is_drawn_and_saved_as_a_picture(desk: Any) -> None:
    desk.ask("图表：各项目投资")
    desk.page.click("summary:has-text('图表')")
    bars = desk.page.locator(".chart .bar")
    expect(bars).to_have_count(3)
    widths = [float(bar.get_attribute("width")) for bar in bars.all()]
    assert widths[0] > widths[2] > widths[1]

    with desk.page.expect_download() as saved:
        desk.page.click("[data-picture]")

    picture = Image.open(io.BytesIO(Path(saved.value.path()).read_bytes())).convert("RGB")
    assert saved.value.suggested_filename == "投资（亿元）.png"
    assert picture.width > 900
    assert {(255, 255, 255), (31, 78, 140)} <= {colour for _, colour in picture.getcolors(1 << 20)}


def test_an_answer_without_three_numbers_has_no_chart(desk: Any) -> None:
    desk.ask("十大孔兑项目由哪个局牵头")
    expect(desk.answers).to_have_count(1)

    assert desk.page.locator(".chart").count() == 0


def test_a_conflict_stands_in_a_block_of_its_own_with_buttons(chat: Any) -> None:
    chat.ask("十大孔兑项目由哪个局牵头")

    block = chat.page.get_by_role("region", name="文件中的表述不一致")
    expect(block).to_be_visible()
    block.locator(".mark").nth(1).click()
    expect(chat.page.locator(".source mark")).to_have_text("牵头部门：市水利局")


def test_a_verdict_with_the_right_answer_is_kept(chat: Any, talks_folder: Path) -> None:
    chat.ask("十大孔兑项目由哪个局牵头")
    chat.page.click("[data-verdict=bad]")
    dialog = chat.page.locator("#wrong")
    expect(dialog).to_be_visible()
    dialog.locator("text=内容不全").click()
    dialog.locator("textarea").fill("水利局和市水利局是同一单位")
    dialog.locator("text=提交").click()
    expect(chat.page.locator(".verdict")).to_contain_text("已记录，谢谢指正。")
    expect(chat.page.locator("[data-verdict=bad]")).to_have_attribute("aria-pressed", "true")

    kept = FeedbackStore(open_database(talks_folder)).listed()[0]
    assert (kept.reason, kept.correction) == ("内容不全", "水利局和市水利局是同一单位")
    assert (kept.turn.question, kept.turn.stamp) == ("十大孔兑项目由哪个局牵头", "g1")
    assert kept.turn.answer


def test_a_dialog_left_by_escape_says_nothing(desk: Any, talks_folder: Path) -> None:
    before = len(FeedbackStore(open_database(talks_folder)).listed())
    desk.ask("十大孔兑项目由哪个局牵头")
    desk.page.click("[data-verdict=bad]")
    desk.page.keyboard.press("Escape")

    expect(desk.page.locator("#wrong")).to_be_hidden()
    expect(desk.page.locator("[data-verdict=bad]")).to_be_focused()
    assert len(FeedbackStore(open_database(talks_folder)).listed()) == before


def test_a_refusal_helps_on(chat: Any) -> None:
    chat.ask("施工单位是谁")

    card = chat.page.locator(".card.refusal")
    expect(card).to_contain_text("文件中没有找到依据")
    expect(card.locator(".missing")).to_contain_text("施工单位是谁")
    expect(chat.page.locator(".suggestions")).to_have_count(0)  # the fake answers none of what could be offered
