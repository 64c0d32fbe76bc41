"""A question and a cell's text in, which characters of both explain each other out.

Example: 期末待抵扣增值税的账面余额 and 账面余额 → all of the cell, four characters of the question.

Stretches of two characters and more are matched, longest first, each character of the cell once. Words of one meaning
(年末, 期末数 → 期末) are made one before; words that ask or greet count for nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from assistant.understand.cells.trees import Numbers
from corpus.folding import fold

_MARKS = re.compile(r"[\s,，。？?、！!：:;；()（）《》“”\"'‘’\[\]【】%％·.]")
_RANGE = re.compile(r"(?<=[\d年月])[-~～到—–](?=\d)")
_NUMERALS = str.maketrans("一二两三四五六七八九〇", "12234567890")
MEASURES = 6


@dataclass(frozen=True, slots=True)
class Terms:
    """Words of one meaning, words that carry none, and heads that need not be said."""

    same: tuple[tuple[re.Pattern[str], str], ...]
    empty: re.Pattern[str]
    plain: frozenset[str]


@lru_cache(maxsize=1)
def load_terms() -> Terms:
    """Return ``terms.toml``."""
    data = tomllib.loads((resources.files(__package__) / "terms.toml").read_text(encoding="utf-8"))
    same = tuple((_any(words), words[0]) for words in data["same"])
    return Terms(same, _any([word.translate(_NUMERALS) for word in data["empty"]]), frozenset(data["plain"]))


def _any(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


@lru_cache(maxsize=65536)
def normal(text: str) -> str:
    """Return ``text`` folded, without blanks and marks, words of one meaning and numerals made one."""
    key = _MARKS.sub("", fold(text))
    for pattern, name in load_terms().same:
        key = pattern.sub(name, key)
    return _RANGE.sub("至", key.translate(_NUMERALS))


@dataclass(frozen=True, slots=True)
class Linked:
    """How a question and the texts of a grid explain each other.

    ``weight``: what each character of the question counts; ``explains[n]``: which of them cell ``n`` explains;
    ``measures[n]``: share of the cell matched, with single characters, longest stretch of it, of the question,
    weight explained, the same divided by how many cells explain it.
    """

    weight: Numbers
    explains: NDArray[np.bool_]
    measures: Numbers


def link(question: str, texts: Sequence[str]) -> Linked:
    """Return how ``question`` and ``texts`` explain each other."""
    asked = normal(question)
    weight = weigh(asked)
    pairs: dict[str, list[int]] = {}
    for start in range(len(asked) - 1):
        pairs.setdefault(asked[start : start + 2], []).append(start)
    explains = np.zeros((len(texts), len(asked)), dtype=bool)
    measures = np.zeros((len(texts), MEASURES))
    known: dict[str, int] = {}
    for number, text in enumerate(texts):
        key = normal(text)
        if key in known:
            explains[number], measures[number] = explains[known[key]], measures[known[key]]
            continue
        known[key] = number
        blocks = _blocks(key, pairs) if len(key) > 1 else _single(key, asked, weight)
        _fill(number, key, asked, blocks, explains, measures)
    distinct = sorted(known.values())
    measures[:, 4] = explains @ weight
    measures[:, 5] = explains @ (weight / np.maximum(explains[distinct].sum(axis=0), 1))
    return Linked(weight, explains, measures)


def weigh(asked: str) -> Numbers:
    """Return 1 for each character of a normal question that means something, 0 for the others."""
    weight = np.ones(len(asked))
    for found in load_terms().empty.finditer(asked):
        weight[found.start() : found.end()] = 0
    return weight


def _single(key: str, asked: str, weight: Numbers) -> list[tuple[int, int, int]]:
    return [(1, 0, place) for place, char in enumerate(asked) if char == key and weight[place]][:1]


def _blocks(key: str, pairs: dict[str, list[int]]) -> list[tuple[int, int, int]]:
    """Return stretches (length, start in ``key``, start in the question), longest first, not overlapping."""
    runs: dict[tuple[int, int], int] = {}
    ends: set[tuple[int, int]] = set()
    for i in range(len(key) - 1):
        for j in pairs.get(key[i : i + 2], ()):
            runs[i, j] = runs.get((i - 1, j - 1), 1) + 1
            ends.discard((i - 1, j - 1))
            ends.add((i, j))
    chosen: list[tuple[int, int, int]] = []
    used_key: set[int] = set()
    used_asked: set[int] = set()
    for length, i, j in sorted(((runs[end], *end) for end in ends), key=lambda run: (-run[0], run[1], run[2])):
        here, there = range(i - length + 2, i + 2), range(j - length + 2, j + 2)
        fresh = [k for k in range(length) if here[k] not in used_key and there[k] not in used_asked]
        if len(fresh) < 2:
            continue
        chosen.append((len(fresh), here[fresh[0]], there[fresh[0]]))
        used_key.update(here[k] for k in fresh)
        used_asked.update(there[k] for k in fresh)
    return chosen


def _fill(
    number: int,
    key: str,
    asked: str,
    blocks: Sequence[tuple[int, int, int]],
    explains: NDArray[np.bool_],
    measures: Numbers,
) -> None:
    if not key:
        return
    for length, _, start in blocks:
        explains[number, start : start + length] = True
    longest = max((length for length, _, _ in blocks), default=0)
    letters = set(asked)
    measures[number, :4] = (
        sum(length for length, _, _ in blocks) / len(key),
        sum(char in letters for char in key) / len(key),
        longest / len(key),
        longest / max(len(asked), 1),
    )
