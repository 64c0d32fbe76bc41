"""Takes the settings' index; writes the pictures of docs/screens.md, taken of the served chat in a real Chromium.

Example: ``python .ci/screens.py`` writes docs/screenshots/chat-1440.png and the others.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from evals.load_server import chat_server

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu"]
WIDE, PHONE = (1440, 900), (390, 844)

LEAD = "十大孔兑项目由哪个局牵头"
LIST = "水利局牵头的项目有哪些"
GROUPS = "每个牵头单位的投资合计是多少"
CONFLICT = "单位GDP能耗2024年目标"
TIMES = "水利局牵头的项目的建设时间分别是什么时候"
PASSAGE = "示范区建设督查考核机制怎么建立"
REFUSED = "绿氢产业项目的施工单位是谁"
YEARS = "市生态环境局负责的指标2020年和2024年分别是多少"
DENIED = "绿氢产业项目由水利局牵头吗"
RANKED = "投资最大的三个项目是哪些"


@dataclass(frozen=True, slots=True)
class Screen:
    """One picture: its name, the size of the window, what a person does before it is taken."""

    name: str
    size: tuple[int, int]
    act: Callable[[Page], object]
    dark: bool = False
    path: str = ""


def asked(*questions: str, then: str = "", last: bool = False) -> Callable[[Page], object]:
    """Return what asks the questions and clicks ``then``."""

    def act(page: Page) -> None:
        page.wait_for_function("window.sendQuestion && document.activeElement.name === 'question'")
        for number, question in enumerate(questions, 1):
            page.fill("#question textarea", question)
            page.press("#question textarea", "Enter")
            page.wait_for_function(f"document.querySelectorAll('.turn[data-state=done]').length >= {number}")
            page.wait_for_selector(".turn:last-child .next-questions", timeout=5000, state="attached")
        if then:
            found = page.locator(then)
            (found.last if last else found.first).click()

    return act


def nothing(page: Page) -> None:
    """Look only."""


def reviewed(page: Page) -> None:
    """Sign in to the review and open the first entry."""
    page.fill("input[name=password]", "load")
    page.keyboard.press("Enter")
    page.locator("summary:has-text('处理')").first.click()


def timed(page: Page) -> None:
    """Ask when things are done and bring the drawing into view."""
    asked(TIMES)(page)
    page.locator(".chart").first.evaluate("chart => chart.scrollIntoView({ block: 'center' })")


def compared(page: Page) -> None:
    """Ask for figures of two years and bring the drawing into view."""
    asked(YEARS)(page)
    page.locator(".chart").first.evaluate("chart => chart.scrollIntoView({ block: 'center' })")


def ranked(page: Page) -> None:
    """Ask for the largest and unfold how they were found."""
    asked(RANKED, then="summary:has-text('计算过程')")(page)
    page.locator("pre").first.evaluate("query => query.scrollIntoView({ block: 'center' })")


def settled(page: Page) -> None:
    """Make the first entry a reviewed answer and ask its question again."""
    reviewed(page)
    page.locator("input[name=author]").first.fill("张三")
    page.locator("button:has-text('设为审定答复')").first.click()
    page.locator("a.home").click()
    asked(LIST)(page)


def judged(page: Page) -> None:
    """Say what is wrong with an answer."""
    asked(LIST, then="[data-verdict=bad]")(page)
    page.locator("#wrong textarea").fill("还应列出市水利局在正文中牵头的工程。")


def submitted(page: Page) -> None:
    """Send what is wrong with an answer."""
    judged(page)
    page.locator("#wrong .yes").click()


SCREENS = (
    Screen("empty-1440", WIDE, asked()),
    Screen("empty-390", PHONE, asked()),
    Screen("chat-1440", WIDE, asked(LEAD, then=".lead .mark")),
    Screen("chat-390", PHONE, asked(LEAD)),
    Screen("source-390", PHONE, asked(CONFLICT, then=".conflicts .mark")),
    Screen("list-1440", WIDE, asked(LIST)),
    Screen("chart-1440", WIDE, asked(GROUPS)),
    Screen("chart-dark-1440", WIDE, asked(GROUPS), dark=True),
    Screen("timeline-1440", WIDE, timed),
    Screen("years-1440", WIDE, compared),
    Screen("ranking-1440", WIDE, ranked),
    Screen("list-390", PHONE, asked(LIST)),
    Screen("conflict-1440", WIDE, asked(CONFLICT, then=".conflicts .mark")),
    Screen("passage-dark-1440", WIDE, asked(PASSAGE, then=".lead .mark"), dark=True),
    Screen("refusal-1440", WIDE, asked(REFUSED, then=".nearest .cite", last=True)),
    Screen("refusal-390", PHONE, asked(REFUSED)),
    Screen("correction-1440", WIDE, asked(DENIED)),
    Screen("feedback-1440", WIDE, judged),
    Screen("", WIDE, submitted),  # no picture: the review needs something to show
    Screen("documents-1440", WIDE, nothing, path="documents"),
    Screen("document-1440", WIDE, nothing, path="doc/{document}#a3/b1/n2"),
    Screen("document-dark-390", PHONE, nothing, dark=True, path="doc/{document}#t3/3/4"),
    Screen("review-1440", WIDE, reviewed, path="review"),
    Screen("standard-1440", WIDE, settled, path="review"),
)


def take(browser: Browser, address: str, screen: Screen, document: str) -> None:
    """Open a fresh window, act, and keep what is seen."""
    width, height = screen.size
    scheme = "dark" if screen.dark else "light"
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="zh-CN", color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(f"{address}/{screen.path.format(document=document)}")
    screen.act(page)
    page.wait_for_timeout(700)
    if screen.name:
        page.screenshot(path=FOLDER / f"{screen.name}.png")
    context.close()


def main() -> int:
    """Take every picture."""
    chromium = shutil.which("chromium")
    if not chromium:
        print("没有找到 chromium。", file=sys.stderr)
        return 1
    with chat_server() as server, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page()
        page.goto(f"{server.address}/documents")
        document = (page.locator(".entry h2 a").first.get_attribute("href") or "").removeprefix("doc/")
        for screen in SCREENS:
            take(browser, server.address, screen, document)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
