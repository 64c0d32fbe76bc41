"""Reading a question and a passage together: what answers stands above what does not, and nothing is too long."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from corpus.models import Span
from index.embedder import Embedder, OnnxEmbedder, make_model
from index.errors import ModelUnavailable
from index.joint import load_joint
from index.model_card import JOINT_FILE, find_made, model_folder, read_card
from index.onnx_graph import numbers_of
from index.wheel_weights import find_weights, read_weights

CACHE = Path(__file__).resolve().parents[2] / "index" / "store" / "models"
PASSAGE = "拟入选名单在市政府网站公示，公示期不少于5个工作日；公示无异议的，由市财政局拨付补助资金。"


@pytest.fixture(scope="module")
def model() -> OnnxEmbedder:
    return OnnxEmbedder(make_model(CACHE))


@pytest.mark.parametrize(
    ("question", "near_miss"),
    [
        ("公示要挂几天？", "公示的联系电话是多少？"),
        ("钱由谁来发？", "钱最晚哪天发？"),
        ("名单登在哪里？", "名单上有多少家企业？"),
    ],
)
def test_what_is_answered_stands_above_what_is_not(model: OnnxEmbedder, question: str, near_miss: str) -> None:
    told, missed = (model.read_together(one, "", PASSAGE).answers for one in (question, near_miss))
    assert told > missed


@pytest.mark.parametrize(("question", "answer"), [("公示要挂几天？", "5个工作日"), ("钱由谁来发？", "市财政局")])
def test_the_best_tokens_are_those_of_the_answer(model: OnnxEmbedder, question: str, answer: str) -> None:
    read = model.read_together(question, "", PASSAGE)
    place = PASSAGE.index(answer)
    assert read.best(Span(place, place + len(answer))) == read.best()


@pytest.mark.parametrize("of_many", [False, True])
def test_of_few_and_of_many_documents_what_is_answered_stands_above(model: OnnxEmbedder, of_many: bool) -> None:
    told, missed = (
        model.read_together(one, "", PASSAGE, of_many).answers for one in ("公示要挂几天？", "公示的联系电话是多少？")
    )
    assert told > missed


def test_few_and_many_documents_are_read_by_weights_of_their_own(model: OnnxEmbedder) -> None:
    few, many = (model.read_together("公示要挂几天？", "", PASSAGE, of_many).answers for of_many in (False, True))
    assert few != many


def test_places_are_those_of_the_text_below_its_headings(model: OnnxEmbedder) -> None:
    read = model.read_together("公示要挂几天？", "某市人才工作办法\n第三章 公示", PASSAGE)
    assert read.places.min() >= 0
    assert read.places.max() == len(PASSAGE)
    assert len(read.places) == len(read.odds)


def test_what_is_too_long_is_cut_and_an_empty_text_read(model: OnnxEmbedder) -> None:
    assert np.isfinite(model.read_together("公示" * 5000, "章" * 5000, PASSAGE * 50).answers)
    empty = model.read_together("公示要挂几天？", "", "")
    assert np.isfinite(empty.answers)
    assert empty.best() < 0
    assert empty.amount(Span(0, 9)) == 0


def test_only_a_model_that_can_read_both_together_does() -> None:
    class Plain(Embedder):
        name, dimensions = "plain", 1

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [[1.0] for _ in texts]

        def embed_query(self, text: str) -> list[float]:
            return [1.0]

    assert Plain().read_together("问", "", "答") is None


def test_what_is_learned_fits_the_weights_of_the_wheel() -> None:
    weights, joint = read_weights(find_weights()), load_joint()
    assert joint.heads.shape == (3, weights.shape.hidden)
    for name, product in joint.added.items():
        assert product.shape == weights.matrices[name].bits.shape


def test_a_damaged_file_is_named_with_what_to_do(tmp_path: Path) -> None:
    made = make_model(CACHE)
    folder = model_folder(tmp_path)
    shutil.copytree(made, folder)
    graph = folder / JOINT_FILE
    graph.write_bytes(b"\0" * graph.stat().st_size)
    with pytest.raises(ModelUnavailable, match=r"无法载入向量模型.*请删除该文件夹"):
        OnnxEmbedder(folder).read_together("问", "", "答")


def test_a_model_without_its_second_graph_is_made_anew(tmp_path: Path) -> None:
    made = make_model(CACHE)
    folder = model_folder(tmp_path)
    shutil.copytree(made, folder)
    assert numbers_of(folder / JOINT_FILE).name in read_card(folder).sizes
    (folder / JOINT_FILE).unlink()
    assert find_made(tmp_path) is None
