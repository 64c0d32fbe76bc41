"""Text in, search words and character pairs out, by a dictionary that knows the words of the documents themselves.

Example: “十大孔兌項目” → words 十大孔兑, 孔兑, 项目 and pairs 十大, 大孔, 孔兑, 兑项, 项目.
"""

from __future__ import annotations

import marshal
import re
import sys
import threading
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

from corpus.folding import fold
from index.cache_files import keep_file

_RUN = re.compile(r"[a-z0-9]+(?:[.&+\-/][a-z0-9]+)*|[\u3400-\u9fff\U00020000-\U0003ffff]+|[^\W_]+")
_ASCII_PART = re.compile(r"[a-z]+|\d+(?:\.\d+)?")
_MOST_CUTS = 8192
_HAN_START = "\u3400"


@dataclass(frozen=True, slots=True)
class PolicyWord:
    """A word learned from the documents: its weight for the segmenter and the ordinary words inside it."""

    text: str
    frequency: int
    parts: tuple[str, ...]


def tokens_version() -> str:
    """Return what decides segmentation besides the learned words: the general dictionary's version."""
    return f"jieba {metadata.version('jieba')}"


def is_han(run: str) -> bool:
    """Return whether a run of letters is written in Chinese characters."""
    return run[0] >= _HAN_START


def runs(text: str) -> Iterator[str]:
    """Yield the folded runs of one script: “R&D经费” → “r&d”, “经费”; marks and blanks are dropped."""
    for match in _RUN.finditer(fold(text)):
        yield match.group()


def bigrams(text: str) -> list[str]:
    """Return the pairs of neighbouring Chinese characters; a character that stands alone is returned by itself."""
    found: list[str] = []
    for run in runs(text):
        if is_han(run):
            found.extend([run] if len(run) == 1 else [run[at : at + 2] for at in range(len(run) - 1)])
    return found


class Segmenter:
    """Cuts text into search words; made of a general dictionary and the learned words; safe for many threads.

    Of the general dictionary only the words that begin with a character of the text are loaded: a question touches
    some twenty of its eleven thousand beginnings, and reading all 500,000 entries takes a quarter of a second.
    """

    def __init__(self, cache: Path, learned: Sequence[PolicyWord] = ()) -> None:
        """Open the general dictionary (kept in ``cache`` after the first time) and add the learned words."""
        self._general = _general_dictionary(cache)
        self._begun: set[str] = set()
        self._cuts: dict[str, tuple[str, ...]] = {}
        self._lock = threading.Lock()
        self._tokenizer: Any = _jieba().Tokenizer()
        self._tokenizer.total = self._general.total
        self._tokenizer.initialized = True
        self._parts: dict[str, tuple[str, ...]] = {}
        self.teach(learned)

    def teach(self, learned: Iterable[PolicyWord]) -> None:
        """Add learned words; to be called before the segmenter is shared between threads."""
        words = list(learned)
        self._cuts.clear()
        self._load({word.text[0] for word in words})
        self._parts.update((word.text, word.parts) for word in words)
        for word in words:
            self._teach(word)

    def _load(self, characters: set[str]) -> None:
        if characters <= self._begun:
            return
        with self._lock:
            for character in characters - self._begun:
                entries = self._general.entries.get(character)
                if entries is not None:
                    self._tokenizer.FREQ.update(marshal.loads(entries))
                self._begun.add(character)

    def _teach(self, word: PolicyWord) -> None:
        known: dict[str, int] = self._tokenizer.FREQ
        known[word.text] = max(word.frequency, known.get(word.text, 0))
        for end in range(1, len(word.text)):
            known.setdefault(word.text[:end], 0)

    def words(self, text: str) -> list[str]:
        """Return the search words of ``text`` in order: each word, the dictionary words inside it, numbers, acronyms.

        Single Chinese characters are left out: they say little, and the pairs cover them.
        """
        found: list[str] = []
        for run in runs(text):
            found.extend(self._han_words(run) if is_han(run) else _ascii_words(run))
        return found

    def cut(self, text: str) -> tuple[str, ...]:
        """Return ``text`` cut into words without a gap or an overlap: joined they are ``text`` again."""
        self._load(set(text))
        return tuple(self._tokenizer.cut(text))

    def _han_words(self, run: str) -> tuple[str, ...]:
        """Return the words of a run; runs recur in headings and cells, so the last few thousand are remembered."""
        known = self._cuts.get(run)
        if known is None:
            self._load(set(run))
            words = (word for word in self._tokenizer.cut_for_search(run) if len(word) > 1)
            known = tuple(part for word in words for part in (word, *self._parts.get(word, ())))
            if len(self._cuts) < _MOST_CUTS:
                self._cuts[run] = known
        return known

    def learn(self, text: str) -> PolicyWord:
        """Return ``text`` (one folded Chinese run) as a word weighted so that it is kept whole."""
        self._load(set(text))
        tokenizer = self._tokenizer
        share = 1.0
        for part in tokenizer.cut(text, HMM=False):
            share *= (tokenizer.FREQ.get(part) or 1) / tokenizer.total
        frequency = max(int(share * tokenizer.total) + 1, tokenizer.FREQ.get(text, 0))
        # Two- and three-character words inside are found by the search mode itself; longer ones are not.
        parts = tuple(dict.fromkeys(p for p in tokenizer.cut_for_search(text) if len(p) > 3 and p != text))
        return PolicyWord(text, frequency, parts)


def _ascii_words(run: str) -> list[str]:
    parts = _ASCII_PART.findall(run)
    return [run] if parts == [run] else [run, *(part for part in parts if part != run)]


@lru_cache(maxsize=1)
def _jieba() -> Any:
    with warnings.catch_warnings():
        # Its patterns use escapes that newer Pythons warn about when they compile them for the first time.
        warnings.simplefilter("ignore")
        import jieba
    return jieba


@dataclass(frozen=True, slots=True)
class _General:
    """The general dictionary: by first character its words and their beginnings, marshalled; the sum of all weights."""

    entries: dict[str, bytes]
    total: int


_loading = threading.Lock()
_loaded: dict[str, _General] = {}


def _general_dictionary(cache: Path) -> _General:
    """Return jieba's words; read by us, so that nothing is logged or left in a shared folder."""
    version = metadata.version("jieba")
    with _loading:
        if version not in _loaded:
            _loaded[version] = _load_general(cache / f"jieba-{version}-{sys.implementation.cache_tag}.bin")
        return _loaded[version]


def _load_general(file: Path) -> _General:
    try:
        entries, total = marshal.loads(file.read_bytes())
    except (OSError, EOFError, ValueError, TypeError):
        entries, total = _sort_dictionary()
        keep_file(file, marshal.dumps((entries, total)))
    return _General(entries, total)


def _sort_dictionary() -> tuple[dict[str, bytes], int]:
    jieba = _jieba()
    with (Path(jieba.__file__).parent / "dict.txt").open("rb") as source:
        frequencies, total = jieba.Tokenizer.gen_pfdict(source)
    by_character: dict[str, dict[str, int]] = {}
    for word, frequency in frequencies.items():
        by_character.setdefault(word[0], {})[word] = frequency
    return {character: marshal.dumps(words) for character, words in by_character.items()}, total
