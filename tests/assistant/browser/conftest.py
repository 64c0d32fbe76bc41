"""The chat in a real Chromium: one page object for every test, that fails for any request off the host."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route

SIZES = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}


@dataclass
class Chat:
    """The page as a person uses it; ``strangers`` are addresses of other hosts that it asked for."""

    page: Page
    address: str
    strangers: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def ask(self, question: str) -> None:
        """Type a question and press Enter."""
        self.page.fill("#question textarea", question)
        self.page.press("#question textarea", "Enter")

    @property
    def answers(self) -> Locator:
        """The cards that hold answers."""
        return self.page.locator(".turn[data-state=done] .card:not(.standard)")

    def open_history(self) -> None:
        """Bring the list of conversations into view where it is folded away."""
        opener = self.page.locator(".masthead [data-history]")
        if opener.is_visible():
            opener.click()

    def new_talk(self) -> None:
        """Begin another conversation."""
        self.open_history()
        self.page.click("#again")

    def ready(self) -> None:
        """Wait until questions can be typed."""
        self.page.wait_for_function("window.sendQuestion && document.activeElement.name === 'question'")


@contextmanager
def opened_chat(browser: Browser, address: str, size: str, **settings: Any) -> Iterator[Chat]:
    """Open the chat; whatever it asks of another host is refused, remembered, and fails the test."""
    context = browser.new_context(viewport=SIZES[size], locale="zh-CN", has_touch=size == "phone", **settings)
    context.set_default_timeout(20_000)
    chat = Chat(context.new_page(), address)

    def keep_local(route: Route) -> None:
        if route.request.url.startswith((address, "data:", "blob:")):
            route.continue_()
        else:
            chat.strangers.append(route.request.url)
            route.abort()

    context.route("**/*", keep_local)
    chat.page.on("pageerror", lambda error: chat.faults.append(str(error)))
    chat.page.goto(address)
    chat.ready()
    yield chat
    context.close()
    assert chat.strangers == []
    assert chat.faults == []


@pytest.fixture
def open_chat(browser: Browser) -> Callable[..., Any]:
    """What opens the chat at an address and a size, as a context."""
    return lambda address, size="desk", **settings: opened_chat(browser, address, size, **settings)


@pytest.fixture(params=["desk", "phone"])
def chat(request: pytest.FixtureRequest, browser: Browser, chat_address: str) -> Iterator[Chat]:
    """The chat opened at one size."""
    with opened_chat(browser, chat_address, request.param) as opened:
        yield opened


@pytest.fixture
def desk(browser: Browser, chat_address: str) -> Iterator[Chat]:
    """The chat on a wide screen alone."""
    with opened_chat(browser, chat_address, "desk") as opened:
        yield opened


@pytest.fixture(params=["desk", "phone"])
def chat_of_two(request: pytest.FixtureRequest, browser: Browser, two_documents_address: str) -> Iterator[Chat]:
    """The same over two documents."""
    with opened_chat(browser, two_documents_address, request.param) as opened:
        yield opened


@pytest.fixture
def enter_review(chat_address: str) -> Callable[[Page], None]:
    """What signs a page in to the review."""

    def enter(page: Page) -> None:
        page.goto(f"{chat_address}review")
        page.fill("input[name=password]", "口令")
        page.keyboard.press("Enter")
        page.wait_for_selector("h1:has-text('反馈处理') + .lede:has-text('条反馈')")

    return enter
