"""What every room's tests share: the real plan, parsed once, and an index of it built once a session."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from assistant.engine import Assistant
from assistant.settings import Settings
from corpus.models import ParsedDocument
from corpus.parse import parse_corpus

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]

ROOT = Path(__file__).resolve().parent.parent
PLAN_FOLDER = ROOT / "corpus" / "documents"
MODEL_CACHE = ROOT / "index" / "store" / "models"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files from what is read now")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what drives a browser where no Chromium is installed; with CI=true that is an error, never a skip."""
    driving = [item for item in items if item.get_closest_marker("browser")]
    if not driving or shutil.which("chromium"):
        return
    if os.environ.get("CI") == "true":
        raise pytest.UsageError("chromium is missing; .ci/run installs it")
    for item in driving:
        item.add_marker(pytest.mark.skip(reason="chromium is not installed"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The installed Chromium, one for the whole run: its driver cannot be started twice in a process."""
    found = shutil.which("chromium")
    assert found
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=found, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def plan() -> ParsedDocument:
    """The plan as issued, parsed."""
    return parse_corpus(PLAN_FOLDER)[0]


@pytest.fixture(scope="session")
def plan_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of an index of the plan, built with the default model for this session."""
    from index.build import build_index
    from index.embedder import open_embedder

    store = tmp_path_factory.mktemp("索引 store")
    build_index(PLAN_FOLDER, store, open_embedder("default", MODEL_CACHE))
    return Settings(index=store, models=MODEL_CACHE)


@pytest.fixture(scope="session")
def assistant(plan_settings: Settings) -> Iterator[Assistant]:
    """An assistant over the plan."""
    opened = Assistant.open(settings=plan_settings)
    yield opened
    opened.close()
