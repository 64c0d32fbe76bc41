"""Making the default model: once, whole or not at all, checked, and with a slower model where int8 strays."""

from __future__ import annotations

import logging
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index import model_card, model_setup
from index.adapter import load_adapter
from index.embedder import make_model, open_embedder
from index.errors import ModelUnavailable
from index.model_card import CARD_FILE, GRAPH_FILE, find_made, model_folder, read_card
from index.onnx_graph import Precision, save_graph
from index.onnx_model import OnnxModel
from index.wheel_weights import find_weights, read_weights

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / "index" / "store" / "models"
# A set-up whose slow comparison with PyTorch is replaced, that kills itself after the step named in its arguments.
QUICK_SETUP = """
import os, signal, sys
from pathlib import Path
import numpy as np
from index import model_setup
model_setup.write_reference = lambda _weights, folder: folder.mkdir()
model_setup.embed_with_reference = lambda _folder, texts: np.zeros((len(texts), 384), np.float32)
model_setup._embed_with_engine = lambda _texts: None
model_setup.LEAST_COSINE = -1.0
def progress(done, _total):
    print(done, flush=True)
    if done == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
model_setup.make_model(Path(sys.argv[1]), progress)
"""


def run_setup(cache: Path, kill_after: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", QUICK_SETUP, str(cache), str(kill_after)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def references(monkeypatch: pytest.MonkeyPatch) -> dict[str, np.ndarray]:
    """Replaces the slow reference of set-up by vectors that the test puts under "pytorch"."""
    given: dict[str, np.ndarray] = {}

    def embed(_folder: Path, _texts: Sequence[str]) -> np.ndarray:
        return given["pytorch"]

    monkeypatch.setattr(model_setup, "write_reference", lambda _weights, folder: folder.mkdir())
    monkeypatch.setattr(model_setup, "embed_with_reference", embed)
    monkeypatch.setattr(model_setup, "_embed_with_engine", lambda _texts: None)
    return given


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A cache with a copy of the made model, to be damaged."""
    made = make_model(CACHE)
    folder = model_folder(tmp_path)
    folder.mkdir()
    for name in (CARD_FILE, *read_card(made).sizes):
        shutil.copy(made / name, folder)
    return tmp_path


def test_a_made_model_is_found_and_not_made_again() -> None:
    steps: list[int] = []
    assert make_model(CACHE, lambda done, _total: steps.append(done)) == make_model(CACHE)
    assert len(steps) in (0, 5)


def test_a_killed_setup_leaves_nothing_that_is_taken_for_a_model(tmp_path: Path) -> None:
    cache = tmp_path / "缓存 cache"
    for step in (1, 2, 4):
        killed = run_setup(cache, kill_after=step)
        killed.communicate(timeout=120)
        assert killed.returncode == -signal.SIGKILL
        assert find_made(cache) is None
    assert run_setup(cache, kill_after=0).communicate(timeout=120)[0].split() == ["1", "2", "3", "4", "5"]
    assert find_made(cache) == model_folder(cache)
    assert [path.name for path in cache.iterdir() if path.is_dir()] == [model_folder(cache).name]


def test_two_setups_at_once_make_the_model_once(tmp_path: Path) -> None:
    running = [run_setup(tmp_path, kill_after=0) for _ in range(2)]
    steps = [process.communicate(timeout=200)[0].split() for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert sorted(steps, key=len) == [[], ["1", "2", "3", "4", "5"]]


def test_vectors_that_disagree_with_the_reference_are_refused(
    references: dict[str, np.ndarray], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    references["pytorch"] = np.full((len(model_setup._SAMPLES), 384), 384**-0.5, np.float32)
    with pytest.raises(ModelUnavailable, match="校验未通过"):
        model_setup.make_model(tmp_path)
    assert [path for path in tmp_path.iterdir() if path.is_dir()] == []


def test_where_int8_strays_the_fp32_model_is_taken_with_a_warning(
    references: dict[str, np.ndarray], tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_model(CACHE)
    whole = tmp_path / "whole"
    whole.mkdir()
    shutil.copy(made / "vocabulary.npz", whole)
    adapter = load_adapter()
    save_graph(adapter.apply(read_weights(find_weights())), adapter.matching, Precision.FP32, whole / GRAPH_FILE)
    texts = ["passage: " + text for text in model_setup._SAMPLES]
    references["pytorch"] = np.stack([one.vector for one in OnnxModel(whole, read_card(made)).embed(texts)])
    monkeypatch.setattr(model_setup, "LEAST_COSINE", 0.9999)
    with caplog.at_level(logging.WARNING):
        card = read_card(model_setup.make_model(tmp_path / "cache"))
    assert card.precision == "fp32"
    assert card.name != read_card(made).name
    assert "改用 fp32 精度" in caplog.text


def test_a_full_disk_is_named_and_leaves_nothing(
    references: dict[str, np.ndarray], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    references["pytorch"] = np.zeros((1, 384), np.float32)
    monkeypatch.setattr(model_setup, "save_graph", fail)
    with pytest.raises(ModelUnavailable, match=r"无法写入向量模型缓存.*磁盘空间"):
        model_setup.make_model(tmp_path)
    assert [path for path in tmp_path.iterdir() if path.is_dir()] == []


def test_a_model_made_with_another_adapter_is_not_taken(damaged: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_made(damaged) is not None
    monkeypatch.setattr(model_card, "adapter_identity", lambda: "another")
    assert find_made(damaged) is None


def test_a_cache_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("")
    with pytest.raises(ModelUnavailable, match="无法写入向量模型缓存"):
        make_model(tmp_path / "cache")


def test_a_model_with_a_file_cut_short_is_not_taken_for_whole(damaged: Path) -> None:
    folder = model_folder(damaged)
    with (folder / "weights.bin").open("r+b") as file:
        file.truncate(1000)
    assert find_made(damaged) is None
    with pytest.raises(ModelUnavailable, match=r"大小不符.*policy-assistant index"):
        read_card(folder)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"name": 1}'])
def test_an_unreadable_card_is_not_taken_for_a_model(damaged: Path, text: str) -> None:
    (model_folder(damaged) / CARD_FILE).write_text(text)
    assert find_made(damaged) is None


@pytest.mark.parametrize("name", ["model.onnx", "vocabulary.npz"])
def test_a_damaged_file_of_the_right_size_is_refused_with_what_to_do(damaged: Path, name: str) -> None:
    path = model_folder(damaged) / name
    path.write_bytes(b"\x07" * path.stat().st_size)
    with pytest.raises(ModelUnavailable, match=r"无法载入向量模型.*policy-assistant index"):
        open_embedder("default", damaged)
