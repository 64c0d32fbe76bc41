"""The row that machines read has exactly the agreed keys."""

from __future__ import annotations

import json

import pytest

from assistant.engine import Assistant, Request
from assistant.models import Statement

KEYS = ["id", "question", "standalone", "kind", "answer", "citations", "table", "calculation", "conflicts"]
KEYS += ["missing", "suggestions", "timings_ms"]
CITATION = ["index", "document", "document_id", "status", "section", "locator", "quote", "start", "end", "page"]


def test_an_answer_row_has_the_contract_s_keys_in_order(assistant: Assistant) -> None:
    row = json.loads(json.dumps(assistant.ask("十大孔兑项目由哪个局牵头").to_dict()))

    assert list(row) == KEYS
    assert list(row["citations"][0]) == CITATION
    assert row["citations"][0]["status"] == "征求意见稿"
    assert row["timings_ms"]["total"] > 0


def test_the_pipeline_is_a_runnable(assistant: Assistant) -> None:
    pipeline = assistant.as_runnable()

    answers = pipeline.batch([Request("绿氢产业项目由谁牵头"), Request("投资呢", ("绿氢产业项目由谁牵头",))])

    assert "能源局" in answers[0].answer
    assert "170.58" in answers[1].answer
    assert [chunk.kind for chunk in pipeline.stream(Request("你好"))] == ["chat"]


def test_the_retriever_gives_langchain_documents_with_their_place(assistant: Assistant) -> None:
    documents = assistant.index.retriever(3).invoke("库布齐沙漠治理")

    assert len(documents) == 3
    text = assistant.documents[0].text
    assert all(text[d.metadata["start"] : d.metadata["end"]] == d.page_content for d in documents)


@pytest.mark.parametrize(
    ("value", "unit", "written"), [("85以上", "%", "85%以上"), ("88", "%", "88%"), ("市水利局", "", "市水利局")]
)
def test_a_bound_stands_behind_the_unit(value: str, unit: str, written: str) -> None:
    assert Statement(value, unit, 1).written == written
