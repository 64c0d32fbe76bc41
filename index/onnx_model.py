"""Runs the made model: texts in, one unit vector a text out.

Example: ``embed(["query: 哪个部门牵头"])`` → an array (1, 384) whose row has length 1.

Each window of a text is run alone. Dynamic quantization scales activations over all that runs together, so in a batch a
text's vector would depend on its neighbours; alone it does not, and nothing is lost to padding. Several processors are
used by running several windows at a time, each on one thread that never spins.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelUnavailable
from index.model_card import GRAPH_FILE, VOCABULARY_FILE, ModelCard
from index.unigram import load_unigram


@dataclass(frozen=True, slots=True)
class _Window:
    """A stretch of text ``text`` that fits the model; ``weight`` is its number of tokens without the two marks."""

    text: int
    weight: int
    numbers: NDArray[np.int64]


class OnnxModel:
    """The model of one folder, loaded; safe to use from several threads at once."""

    def __init__(self, folder: Path, card: ModelCard) -> None:
        """Load graph and vocabulary.

        Raises:
            ModelUnavailable: a file is missing or damaged.
        """
        try:
            self._tokenizer = load_unigram(folder / VOCABULARY_FILE)
            self._session = _open_session(folder / GRAPH_FILE)
        except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
            message = f"无法载入向量模型 {folder}：{error}。请删除该文件夹后运行 policy-assistant index"
            raise ModelUnavailable(message) from error
        self._dimensions = card.dimensions
        self._content = card.positions - 2

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the unit vectors (texts, dimensions) of ``texts``, whose prefixes are already in place.

        A text longer than a window is embedded window by window; its vector is the average of theirs weighted by
        tokens (as the wheel's ``e5.c`` does), scaled to length 1.
        """
        windows = [window for number, text in enumerate(texts) for window in self._windows(number, text)]
        # Longest first: the last window to finish is then a short one and no thread waits long.
        windows.sort(key=lambda window: -len(window.numbers))
        sums = np.zeros((len(texts), self._dimensions), dtype=np.float64)
        for window, mean in zip(windows, self._run(windows), strict=True):
            sums[window.text] += window.weight * mean.astype(np.float64)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        units: NDArray[np.float32] = (sums / np.maximum(lengths, np.finfo(np.float64).tiny)).astype(np.float32)
        return units

    def count_tokens(self, text: str) -> int:
        """Return how many tokens ``text`` has, without marks and prefix."""
        return len(self._tokenizer.cut(text))

    def _windows(self, number: int, text: str) -> list[_Window]:
        numbers = self._tokenizer.cut(text)
        begin, end = self._tokenizer.begin, self._tokenizer.end
        starts = range(0, max(len(numbers), 1), self._content)
        parts = [numbers[start : start + self._content] for start in starts]
        return [_Window(number, max(len(part), 1), np.array([[begin, *part, end]], np.int64)) for part in parts]

    def _run(self, windows: Sequence[_Window]) -> list[NDArray[np.float32]]:
        if len(windows) <= 1:
            return [self._run_one(window) for window in windows]
        with ThreadPoolExecutor(max_workers=min(_processors(), len(windows))) as pool:
            return list(pool.map(self._run_one, windows))

    def _run_one(self, window: _Window) -> NDArray[np.float32]:
        found: NDArray[np.float32] = self._session.run(["mean"], {"input_ids": window.numbers})[0][0]
        return found


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _open_session(path: Path) -> Any:
    """Return an onnxruntime session on one thread; the graph is run as written, which costs no time at loading."""
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.log_severity_level = 3
    state = onnxruntime.capi.onnxruntime_pybind11_state
    # Its errors share no base but Exception.
    names = ["Fail", "InvalidArgument", "InvalidGraph", "InvalidProtobuf", "NoSuchFile", "NotImplemented"]
    names.append("RuntimeException")
    errors = tuple(getattr(state, name) for name in names)
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except errors as error:
        raise ValueError(str(error)) from error
