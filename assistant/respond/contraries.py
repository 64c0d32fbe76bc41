"""A question and a sentence in, whether the sentence speaks of another kind of what is asked about out.

Example: 小型犬能进公园吗 is not answered by 大型犬不得进入公园, nor 流浪猫谁收容 by 流浪犬由城市管理部门收容.

The kinds stand in ``corpus/knowledge/contraries.toml``: general words, of no document.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import chain

from assistant.respond.passage import Passage
from assistant.understand.entities import common_blocks

_CONTRARIES = "contraries.toml"
_NEAR = 12
"""Within how many characters behind its kind a sentence says what the question asks about."""
_SHARED = 2


@dataclass(frozen=True, slots=True)
class Kinds:
    """Kinds that exclude each other, each by its words, and the pattern of all of them: the longest word first."""

    words: tuple[frozenset[str], ...]
    pattern: re.Pattern[str]

    def said(self, text: str) -> set[int]:
        """Return which of the kinds stand in a folded ``text``."""
        return {kind for match in self.pattern.finditer(text) for kind in self.named(match)}

    def named(self, match: re.Match[str]) -> set[int]:
        """Return the kinds that a match names: two of 大中型, none of a word that names none (城市管理)."""
        return {number for number, words in enumerate(self.words) if match.group() in words}


def is_of_contrary(key: str, passage: Passage) -> bool:
    """Return whether a passage says of another kind what the folded question ``key`` asks of one that it lacks."""
    for kinds in _contraries():
        asked = kinds.said(key)
        if len(asked) != 1 or asked & kinds.said(passage.clause):
            continue
        if any(kinds.named(one) and _says_behind(one, key) for one in kinds.pattern.finditer(passage.key)):
            return True
    return False


def _says_behind(match: re.Match[str], key: str) -> bool:
    """Return whether right behind a word of a kind stands what the question speaks of too."""
    behind = match.string[match.end() : match.end() + _NEAR]
    return any(block.end - block.start >= _SHARED for block in common_blocks(behind, key))


@lru_cache(maxsize=1)
def _contraries() -> tuple[Kinds, ...]:
    data = tomllib.loads((resources.files("corpus.knowledge") / _CONTRARIES).read_text(encoding="utf-8"))
    found = []
    for group in data["kinds"]:
        longest_first = sorted((*data["besides"], *chain.from_iterable(group)), key=len, reverse=True)
        pattern = re.compile("|".join(map(re.escape, longest_first)))
        found.append(Kinds(tuple(map(frozenset, group)), pattern))
    return tuple(found)
