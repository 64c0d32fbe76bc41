"""A question and a sentence in, whether the sentence speaks of another kind of what is asked about out.

Example: 小型犬能进公园吗 is not answered by 大型犬不得进入公园, nor 流浪猫谁收容 by 流浪犬由城市管理部门收容.

The kinds stand in ``corpus/knowledge/contraries.toml``: general words, of no document.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources

from assistant.respond.passage import Passage
from assistant.understand.entities import common_blocks

_CONTRARIES = "contraries.toml"
_NEAR = 12
"""Within how many characters behind its kind a sentence says what the question asks about."""
_SHARED = 2

Kinds = tuple[tuple[str, ...], ...]


def is_of_contrary(key: str, passage: Passage) -> bool:
    """Return whether a passage says of another kind what the folded question ``key`` asks of one that it lacks."""
    for kinds in _contraries():
        asked = [kind for kind in kinds if any(word in key for word in kind)]
        if len(asked) != 1 or any(word in passage.clause for word in asked[0]):
            continue
        others = (word for kind in kinds if kind is not asked[0] for word in kind)
        if any(_says_of(word, key, passage.key) for word in others):
            return True
    return False


def _says_of(word: str, key: str, sentence: str) -> bool:
    """Return whether a ``sentence`` says behind ``word`` what the question speaks of too."""
    at = sentence.find(word)
    behind = sentence[at + len(word) : at + len(word) + _NEAR]
    return at >= 0 and any(block.end - block.start >= _SHARED for block in common_blocks(behind, key))


@lru_cache(maxsize=1)
def _contraries() -> tuple[Kinds, ...]:
    text = (resources.files("corpus.knowledge") / _CONTRARIES).read_text(encoding="utf-8")
    return tuple(tuple(map(tuple, kinds)) for kinds in tomllib.loads(text)["kinds"])
