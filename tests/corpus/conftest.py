"""The plan as parsed, the golden files, and a door for documents written in a test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.models import DocumentInfo, ParsedDocument
from corpus.parse import parse_corpus, parse_document

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ROOT / "corpus" / "documents"
GOLDEN = ROOT / "tests" / "golden"


@pytest.fixture(scope="session")
def plan() -> ParsedDocument:
    return parse_corpus(DOCUMENTS)[0]


@pytest.fixture
def parse() -> Callable[..., ParsedDocument]:
    def parse(text: str | bytes, file: str = "sample.txt") -> ParsedDocument:
        data = text if isinstance(text, bytes) else text.encode()
        return parse_document(DocumentInfo("sample", "", file, ""), data)

    return parse


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare with a golden file; ``pytest tests/corpus --update-golden`` rewrites it."""

    def check(name: str, actual: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.write_text(actual, encoding="utf-8")
        assert path.is_file(), f"{name} is missing: run pytest tests/corpus --update-golden"
        assert actual == path.read_text(encoding="utf-8")

    return check
