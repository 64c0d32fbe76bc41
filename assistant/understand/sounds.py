"""Characters and letters in, how they are read out: syllables without tones.

Example: 兑 and 队 are both read “dui”; “shidakongdui” is read shi-da-kong-dui.
"""

from __future__ import annotations

import hashlib
import json
import marshal
import tomllib
import unicodedata
from collections import defaultdict
from functools import cached_property, lru_cache
from importlib import metadata, resources, util
from pathlib import Path
from typing import Any

from index.cache_files import keep_file

_FIRST, _LAST = "\u4e00", "\u9fff"
_LONGEST_SYLLABLE = 6
_MOST_CUTS = 16
# Typed for ü; and what many speakers do not tell apart (zh and z, n and l, ang and an).
_SPELT = str.maketrans({"ü": "v"})
_BLURRED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_BLURRED_ENDS = (("ang", "an"), ("eng", "en"), ("ing", "in"))


class Sounds:
    """Knows the readings of characters; the table is made from pypinyin's once and kept, the package not imported."""

    def __init__(self, cache: Path) -> None:
        """Take the folder where the table is kept between starts."""
        self._cache = cache

    def of(self, character: str) -> tuple[str, ...]:
        """Return the usual readings of a character; none for what is no Chinese character."""
        return self._readings.get(character, ())

    def cuts(self, letters: str) -> tuple[tuple[str, ...], ...]:
        """Return the ways to read ``letters`` as syllables, fewest syllables first; none where they are no pinyin."""
        found: list[list[tuple[str, ...]]] = [[()]]
        for end in range(1, len(letters) + 1):
            here = [
                (*before, syllable)
                for start in range(max(0, end - _LONGEST_SYLLABLE), end)
                if (syllable := letters[start:end]) in self._syllables
                for before in found[start]
            ]
            found.append(sorted(here, key=len)[:_MOST_CUTS])
        return tuple(found[-1])

    @cached_property
    def _syllables(self) -> frozenset[str]:
        # “n”, “ng” and “hm” are sighs, no syllables of words.
        read = {syllable for readings in self._readings.values() for syllable in readings}
        return frozenset(syllable for syllable in read if set(syllable) & set("aeiouv"))

    @cached_property
    def _readings(self) -> dict[str, tuple[str, ...]]:
        file = self._cache / f"sounds-{metadata.version('pypinyin')}-{_fingerprint()}.bin"
        try:
            kept: dict[str, tuple[str, ...]] = marshal.loads(file.read_bytes())
        except (OSError, EOFError, ValueError, TypeError):
            kept = _read_table()
            keep_file(file, marshal.dumps(kept))
        return kept


@lru_cache(maxsize=1)
def load_spelling() -> dict[str, Any]:
    """Return ``spelling.toml``: characters that look alike (“shapes”) and those with several readings (“also_read”)."""
    return tomllib.loads(_data().decode())


@lru_cache(maxsize=1)
def look_alikes() -> dict[str, str]:
    """Return for each character those that look like it, itself among them."""
    alike: dict[str, str] = defaultdict(str)
    for group in load_spelling()["shapes"]:
        for character in group:
            alike[character] += group
    return alike


def _data() -> bytes:
    return resources.files(__package__).joinpath("spelling.toml").read_bytes()


def _fingerprint() -> str:
    return hashlib.sha256(_data()).hexdigest()[:8]


@lru_cache(maxsize=2048)
def blur(syllable: str) -> str:
    """Return what a syllable and those often mistaken for it have in common: “zhang”, “zang” and “zan” → “zan”."""
    for plain, blurred in _BLURRED:
        if syllable.startswith(plain):
            syllable = blurred + syllable.removeprefix(plain)
            break
    for plain, blurred in _BLURRED_ENDS:
        if syllable.endswith(plain):
            return syllable.removesuffix(plain) + blurred
    return syllable


def _read_table() -> dict[str, tuple[str, ...]]:
    spec = util.find_spec("pypinyin")
    assert spec is not None and spec.origin is not None
    table = json.loads((Path(spec.origin).parent / "pinyin_dict.json").read_text(encoding="utf-8"))
    usual = {chr(int(code)): (_without_tone(readings.split(",")[0]),) for code, readings in table.items()}
    several = {character: tuple(readings.split()) for character, readings in load_spelling()["also_read"].items()}
    return {character: readings for character, readings in (usual | several).items() if _FIRST <= character <= _LAST}


def _without_tone(reading: str) -> str:
    letters = unicodedata.normalize("NFD", reading).replace("u\u0308", "ü")
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).translate(_SPELT)
