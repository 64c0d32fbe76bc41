"""The words before a figure in, the key under which the same thing is found elsewhere out.

Example: “非常规水资源（中水）利用率达到” and “再生水利用率” have one key; “到2024年，累计建成高标准农田面积” is
“高标准农田面积”.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from corpus.folding import fold
from corpus.knowledge import Knowledge

_BRACKET = re.compile(r"[（(][^（）()]*[）)]")
_NOISE = re.compile(r"[\s“”‘’\"'·《》、，,]+")
_YEAR_AHEAD = re.compile(r"^(?:到|至|截至|力争)?(?:19|20)\d\d年?(?:底|末|度)?(?:以?前)?[，,]?(?:的)?")
_PER = re.compile(r"每([^每]{1,4})$")
_RATE = re.compile(r"(?:..)?率")


@dataclass(frozen=True, slots=True)
class _Words:
    level_verbs: tuple[str, ...]
    change_verbs: tuple[str, ...]
    openers: tuple[str, ...]
    light: tuple[str, ...]
    ratios: tuple[str, ...]
    endings: tuple[str, ...]


@lru_cache(maxsize=1)
def _load_words() -> _Words:
    raw = tomllib.loads(resources.files("corpus.knowledge").joinpath("statements.toml").read_text(encoding="utf-8"))
    return _Words(**{name: tuple(sorted(map(fold, words), key=len, reverse=True)) for name, words in raw.items()})


def bare(phrase: str) -> str:
    """Return the folded name of a thing without what leads to it and to its figure: verbs, years, openers."""
    words, key = _load_words(), fold(phrase)
    before = ""
    while key != before:
        before = key
        key = _YEAR_AHEAD.sub("", key.strip(" \n\t　、，,：:"))
        key = _without_end(key, words.level_verbs)
        key = next((key[len(one) :] for one in words.openers if key.startswith(one) and len(key) > len(one) + 1), key)
    return key


def split_per(phrase: str) -> tuple[str, str]:
    """Return (thing, per) of a phrase that ends in a rate: “含量减少到每立方米” → (含量减少到, 立方米)."""
    match = _PER.search(phrase)
    return (phrase[: match.start()], match.group(1)) if match else (phrase, "")


def _without_end(key: str, ends: Sequence[str]) -> str:
    return next((key[: -len(end)] for end in ends if key.endswith(end) and len(key) > len(end)), key)


class Subjects:
    """Makes keys with the synonyms of one office."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._groups: list[tuple[tuple[str, ...], str]] = []
        self._made: dict[str, str] = {}
        groups = sorted((tuple(map(fold, group)) for group in knowledge.synonyms), key=lambda g: max(map(len, g)))
        for group in groups:
            # A longer group is found in words that shorter ones have made alike: 单位国内生产总值能耗 → 单位gdp能耗.
            alike = dict.fromkeys(self._alike(word) for word in group)
            if len(alike) > 1:
                self._groups.append((tuple(sorted(alike, key=len, reverse=True)), next(iter(alike))))

    def key(self, phrase: str) -> str:
        """Return the key of a name or phrase; empty where nothing is left of it."""
        if phrase not in self._made:
            words = _load_words()
            key = _NOISE.sub("", bare(_BRACKET.sub("", phrase)))
            for word in words.light:
                key = key.replace(word, "")
            self._made[phrase] = self.alike(key)
        return self._made[phrase]

    def alike(self, key: str) -> str:
        """Return folded words with each synonym and each word for a share written as the first of its kind."""
        key = self._alike(key)
        first, *others = _load_words().ratios
        for word in others:
            key = key.replace(word, first)
        return key

    def _alike(self, key: str) -> str:
        for words, first in self._groups:
            # Few groups speak of one key: a pattern is made for those alone.
            if any(word in key for word in words):
                key = re.sub("|".join(map(re.escape, words)), first, key)
        return key


def trimmed(phrase: str) -> str:
    """Return the part of ``phrase`` that names the thing, as written: “累计建成高标准农田面积达到” → 高标准农田面积."""
    name = bare(phrase)
    start = fold(phrase).find(name)
    return phrase[start : start + len(name)]


def names_something(name: str) -> bool:
    """Return whether a trimmed name is more than the verb before a figure (建成54个, 平均每年增长9％)."""
    words = _load_words()
    return len(name) > 1 and fold(name) not in (*words.level_verbs, *words.change_verbs, *words.openers)


def is_indicator(key: str) -> bool:
    """Return whether a key names a quantity of the whole area (…率, …系数), which each document has once."""
    ending = next((end for end in _load_words().endings if key.endswith(end)), "")
    return bool(ending) and len(key) >= len(ending) + 2


def bare_ratio_of(key: str) -> str:
    """Return what a bare share is of (“中水比例” → 中水); empty where the key names no bare share."""
    ratio = _load_words().ratios[0]
    return key.removesuffix(ratio) if key.endswith(ratio) and len(key) > len(ratio) + 1 else ""


def is_rate_of(key: str, thing: str) -> bool:
    """Return whether ``key`` is one rate of ``thing`` (中水利用率 of 中水), by one word and 率."""
    return key.startswith(thing) and _RATE.fullmatch(key[len(thing) :]) is not None
