"""The assistant is offered to other programs as tools."""

from __future__ import annotations

from assistant.engine import Assistant


def test_the_pipeline_is_a_langchain_tool(assistant: Assistant) -> None:
    tools = {tool.name: tool for tool in assistant.as_tools()}
    row = tools["ask_policy"].invoke({"question": "十大孔兑项目由哪个局牵头"})
    assert "水利局" in row["answer"]
    assert tools["search_policy"].invoke({"query": "淤地坝"})[0]["rank"] == 1
