"""Runs the made model: texts in, one unit vector a text out, and what each of its tokens is matched by.

Example: ``embed(["query: 哪个部门牵头"])`` → one ``Embedded``, its vector of 384 numbers and length 1.

Each window of a text is run alone. Dynamic quantization scales activations over all that runs together, so in a batch a
text's vector would depend on its neighbours; alone it does not, and nothing is lost to padding. Several processors are
used by running several windows at a time, each on one thread that never spins.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from index.adapter import FOUND, JOINT
from index.errors import ModelUnavailable
from index.joint import load_bias
from index.joint_model import JointModel, ReadTogether
from index.model_card import FOUND_FILE, GRAPH_FILE, JOINT_FILE, VOCABULARY_FILE, ModelCard
from index.onnx_session import open_session, processors
from index.unigram import load_unigram

_DAMAGED = (OSError, ValueError, KeyError, zipfile.BadZipFile)


@dataclass(frozen=True, slots=True)
class _Window:
    """A stretch of text ``text`` that fits the model; ``places`` are where its tokens begin and end in the text."""

    text: int
    numbers: NDArray[np.int64]
    places: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Embedded:
    """A text's unit ``vector``; where each token begins and ends (tokens, 2), and what it is matched by, as it comes.

    ``matched`` is (tokens, numbers of a token), without the two marks of each window.
    """

    vector: NDArray[np.float32]
    places: NDArray[np.int32]
    matched: NDArray[np.float32]


class OnnxModel:
    """The model of one folder, loaded; safe to use from several threads at once."""

    def __init__(self, folder: Path, card: ModelCard) -> None:
        """Load graph and vocabulary.

        Raises:
            ModelUnavailable: a file is missing or damaged.
        """
        try:
            self._tokenizer = load_unigram(folder / VOCABULARY_FILE)
            self._session = open_session(folder / GRAPH_FILE)
        except _DAMAGED as error:
            raise ModelUnavailable(_damaged(folder, error)) from error
        self._folder, self._loading = folder, Lock()
        self._joint: dict[bool, JointModel] = {}
        self._dimensions = card.dimensions
        self._content = card.positions - 2

    def embed(self, texts: Sequence[str]) -> list[Embedded]:
        """Return what the model makes of each of ``texts``, whose prefixes are already in place.

        A text longer than a window is embedded window by window; its vector is the average of theirs weighted by
        tokens (as the wheel's ``e5.c`` does), scaled to length 1.
        """
        windows = [window for number, text in enumerate(texts) for window in self._windows(number, text)]
        # Longest first: the last window to finish is then a short one and no thread waits long.
        by_length = sorted(range(len(windows)), key=lambda place: -len(windows[place].places))
        found = dict(zip(by_length, self._run([windows[place] for place in by_length]), strict=True))
        sums = np.zeros((len(texts), self._dimensions), dtype=np.float64)
        parts: list[list[tuple[NDArray[np.int32], NDArray[np.float32]]]] = [[] for _ in texts]
        for place, window in enumerate(windows):
            mean, matched = found[place]
            sums[window.text] += max(len(window.places), 1) * mean.astype(np.float64)
            parts[window.text].append((window.places, matched[1:-1]))
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        units = (sums / np.maximum(lengths, np.finfo(np.float64).tiny)).astype(np.float32)
        return [
            Embedded(unit, np.concatenate([one for one, _ in own]), np.concatenate([one for _, one in own]))
            for unit, own in zip(units, parts, strict=True)
        ]

    def read_together(self, question: str, above: str, text: str, of_many: bool) -> ReadTogether:
        """Return what ``text``, below the headings ``above``, is to ``question``.

        ``of_many`` asks the weights that learned from what searches among many documents find.

        Raises:
            ModelUnavailable: the files of that part are damaged.
        """
        return self._load_joint(of_many).read(question, above, text)

    def _load_joint(self, of_many: bool) -> JointModel:
        """Return what reads both together, loaded when it is first asked: an index is built without it."""
        with self._loading:
            if of_many not in self._joint:
                file, weights = (FOUND_FILE, FOUND) if of_many else (JOINT_FILE, JOINT)
                try:
                    self._joint[of_many] = JointModel(self._folder / file, self._tokenizer, load_bias(weights))
                except _DAMAGED as error:
                    raise ModelUnavailable(_damaged(self._folder, error)) from error
            return self._joint[of_many]

    def count_tokens(self, text: str) -> int:
        """Return how many tokens ``text`` has, without marks and prefix."""
        return len(self._tokenizer.cut(text))

    def _windows(self, number: int, text: str) -> list[_Window]:
        pieces = self._tokenizer.cut_with_places(text)
        begin, end = self._tokenizer.begin, self._tokenizer.end
        windows = []
        for start in range(0, max(len(pieces), 1), self._content):
            part = pieces[start : start + self._content]
            numbers = np.array([[begin, *(piece for piece, _, _ in part), end]], np.int64)
            windows.append(_Window(number, numbers, np.array([p[1:] for p in part], np.int32).reshape(-1, 2)))
        return windows

    def _run(self, windows: Sequence[_Window]) -> list[tuple[NDArray[np.float32], NDArray[np.float32]]]:
        if len(windows) <= 1:
            return [self._run_one(window) for window in windows]
        with ThreadPoolExecutor(max_workers=min(processors(), len(windows))) as pool:
            return list(pool.map(self._run_one, windows))

    def _run_one(self, window: _Window) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        mean, matched = self._session.run(["mean", "matched"], {"input_ids": window.numbers})
        return mean[0], matched[0]


def _damaged(folder: Path, error: Exception) -> str:
    return f"无法载入向量模型 {folder}：{error}。请删除该文件夹后运行 policy-assistant index"
