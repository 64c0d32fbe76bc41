"""The assistant is offered to other programs as tools, and can be warmed up."""

from __future__ import annotations

from typing import NoReturn

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from assistant.respond.reading import pages
from assistant.settings import Settings


def test_the_pipeline_is_a_langchain_tool(assistant: Assistant) -> None:
    tools = {tool.name: tool for tool in assistant.as_tools()}
    row = tools["ask_policy"].invoke({"question": "十大孔兑项目由哪个局牵头"})
    assert "水利局" in row["answer"]
    assert tools["search_policy"].invoke({"query": "淤地坝"})[0]["rank"] == 1


def test_what_is_warmed_up_reads_no_page_anew(plan_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Assistant.open(settings=plan_settings)
    opened.warm_up()
    monkeypatch.setattr(pages, "cut_segments", _fail)
    try:
        assert opened.ask("要打造哪“三区”").kind is AnswerKind.PASSAGE
    finally:
        opened.index.close()


def _fail(*_: object) -> NoReturn:
    raise AssertionError("a page is read")
