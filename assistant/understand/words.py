"""A folded question in, the words in it that carry content out.

Example: 施工单位是谁 → “施工单位”; the “单位” inside it is no word of its own.
"""

from __future__ import annotations

import marshal
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from importlib import metadata, resources, util
from itertools import pairwise
from pathlib import Path

from corpus.cell_values import RANKS
from corpus.folding import fold
from corpus.knowledge import Knowledge, Unit
from corpus.models import ParsedDocument, Span
from index.cache_files import keep_file

_JOINED_LETTERS = re.compile(r"[a-z]+(?:[&/+-][a-z]+)+|(?<![a-z])[a-zⅰ-ⅻ][级类型期档]")
_TELLING_TAGS = ("n", "j", "s", "l", "i", "vn", "t")
_PROPER_TAGS, _BODY_TAG = ("ns", "nt"), "nt"
_VERB_TAG, _SHORT = "v", 2
_COMMON_NOUNS = "common_nouns.toml"
_CALLED_TAGS = ("ns", "nt", "nr", "nz", "t")
_KIND_TAGS = ("a", "b", "an")
_CIRCUMSTANCE_TAGS = ("s", "f")
_LOOSE_TAGS = ("d", "v", "p", "c", "f", "vg", "tg", "zg", "r")
_BODY = re.compile(r"..[省市州盟县旗区乡镇厅局委办院部]$")
_OFFICE = re.compile(r"^(?:国务|国家|最高|中央|全国|人大).|部$|总[署局]$")
_ACTS = frozenset({"money"})
_COMMON = 2500
_LOOSE_LENGTH = 2
_REMEMBERED = 1024
_DATED = re.compile(r"[年月季冬夏春秋地水空]|世纪")


_LANDSCAPE = re.compile("[大小上下河江湖海山岭城乡村]+[里沟边村镇]|[外本全各该邻每][省市县区旗镇乡村]")
"""Words for any such place, made of what names of places are made of: 河沟, 城镇, 外县; 镇江 and 上海 end otherwise."""


class WordReader:
    """Cuts questions with the index's own segmenter and knows which words name things."""

    def __init__(self, cut: Callable[[str], Sequence[str]], cache: Path) -> None:
        """Take the segmenter's ``cut`` and the folder where the list of naming words is kept between starts."""
        self.cut = cut
        self._cache = cache
        self._known = lru_cache(maxsize=_REMEMBERED)(self._words)

    def words(self, key: str) -> tuple[Span, ...]:
        """Return the spans of all words of ``key``, in order, without gaps; recent ones are remembered."""
        return self._known(key)

    def _words(self, key: str) -> tuple[Span, ...]:
        spans: list[Span] = []
        start = 0
        for word in self.cut(key):
            spans.append(Span(start, start + len(word)))
            start += len(word)
        joined = [Span(*match.span()) for match in _JOINED_LETTERS.finditer(key)]
        if not joined:
            return tuple(spans)
        return tuple(sorted([*(span for span in spans if not any(one.covers(span) for one in joined)), *joined]))

    def is_naming(self, word: str) -> bool:
        """Return whether the general dictionary has ``word`` (two characters or more) as a noun or name.

        包头 is a verb to it, and 包头市 a city: so the word names the city.
        """
        return len(word) > 1 and (word in self._naming or any(word + rank in self._proper for rank in RANKS))

    def is_known(self, word: str) -> bool:
        """Return whether the general dictionary has ``word`` as anything but a noun (“控制”, “担任”)."""
        return word in self._other

    def is_proper(self, word: str) -> bool:
        """Return whether the general dictionary has ``word`` as the name of a place or an organisation (“抚州”).

        What lies in many places (河沟, 河里) is none, though the dictionary has a village of that name.
        """
        return word in self._proper and _LANDSCAPE.fullmatch(word) is None

    def is_place(self, word: str) -> bool:
        """Return whether the general dictionary has ``word`` with a rank of government: 滨江 for 滨江区, no 上门."""
        is_common = word not in self._proper and (word in self._naming or word in self._other)
        if len(word) < _SHORT or is_common or _LANDSCAPE.fullmatch(word):
            return False
        return any(word + rank in self._proper for rank in ("", *RANKS) if (word + rank).endswith(RANKS))

    def is_called(self, word: str) -> bool:
        """Return whether the general dictionary has ``word`` as a name of any kind or as a time (“李白”, “明天”)."""
        return word in self._tagged[6]

    def is_describing(self, word: str) -> bool:
        """Return whether the general dictionary has ``word`` as one that tells kinds of things apart (“民营”)."""
        return word in self._tagged[3]

    def is_circumstance(self, word: str) -> bool:
        """Return whether the general dictionary has ``word`` as where something is (“边上”)."""
        return word in self._tagged[4]

    def is_loose(self, word: str) -> bool:
        """Return whether ``word`` is two characters that are common verbs or adverbs each (“还投”)."""
        return len(word) == _LOOSE_LENGTH and self._tagged[5].issuperset(word)

    def is_of_verbs(self, word: str) -> bool:
        """Return whether the general dictionary lacks ``word``, and a character of it is a verb (“买旧”)."""
        known = word in self._naming or word in self._other
        return not known and not self._tagged[7].isdisjoint(word)

    def is_common_verb(self, character: str) -> bool:
        """Return whether one character is a common verb or adverb (“修”)."""
        return character in self._tagged[5]

    @cached_property
    def _naming(self) -> frozenset[str]:
        return self._tagged[0]

    @cached_property
    def _other(self) -> frozenset[str]:
        return self._tagged[1]

    @cached_property
    def _proper(self) -> frozenset[str]:
        return self._tagged[2] - _common_nouns()

    @cached_property
    def _tagged(self) -> tuple[frozenset[str], ...]:
        file = self._cache / f"kinds-13-{metadata.version('jieba')}.bin"
        try:
            kept: tuple[frozenset[str], ...] = marshal.loads(file.read_bytes())
        except (OSError, EOFError, ValueError, TypeError):
            kept = _read_tags()
            keep_file(file, marshal.dumps(kept))
        return kept


class Said:
    """Knows which words the documents hold, by pairs of characters; they are read at the first question.

    Units count as held: one that a figure is asked in is content wherever it stands.
    """

    def __init__(self, documents: Sequence[ParsedDocument], units: Sequence[Unit]) -> None:
        self._documents = documents
        self._units = {fold(name) for unit in units for name in (unit.name, *unit.aliases)}

    def holds(self, word: str) -> bool:
        """Return whether a folded ``word`` is a unit or all its pairs of characters stand in the documents."""
        return word in self._units or all(word[i : i + 2] in self._pairs for i in range(len(word) - 1))

    @cached_property
    def _pairs(self) -> frozenset[str]:
        keys = (fold(document.text) for document in self._documents)
        return frozenset(pair for key in keys for pair in map("".join, pairwise(key)))


class Names:
    """Knows which words are names, times or events; what no dictionary has and no document holds is a name."""

    def __init__(
        self, knowledge: Knowledge, words: WordReader, said: Callable[[str], bool], events: Mapping[str, str]
    ) -> None:
        """Take ``events``: each word with what kind of event it names."""
        named = [*(one.names for one in knowledge.places), *(one.names for one in knowledge.agencies)]
        self._known = frozenset((*(fold(name) for names in named for name in names), *events))
        self._words, self._said = words, said
        self._events = frozenset(events)
        self._acts = frozenset(word for word, kind in events.items() if kind in _ACTS)

    def is_event(self, word: str) -> bool:
        """Return whether a folded word names something that happens to works and funds: 施工, 验收."""
        return word in self._events

    def is_act(self, word: str) -> bool:
        """Return whether a folded word names an act with money (审计, 拨付) that is done or not."""
        return word in self._acts

    def holds(self, word: str) -> bool:
        """Return whether a folded word names somebody, something, an event (验收) or a time of speaking (明天)."""
        if word in self._known or self._words.is_called(word) or _BODY.search(word):
            return True
        return not (self._words.is_naming(word) or self._words.is_known(word) or self._said(word))


def _read_tags() -> tuple[frozenset[str], ...]:
    """Return jieba's words by what they do, without importing the package.

    They are those with a noun's tag, those without, names of places and bodies, adjectives, words of place, the single
    characters that are common verbs or adverbs, all names and times, and the single characters that are verbs. A body
    is named where no other word begins its name, or where it is an office: 清华大学, 财政部, but no 公立医院 or 施工队.
    """
    spec = util.find_spec("jieba")
    assert spec is not None and spec.origin is not None
    naming: set[str] = set()
    other: set[str] = set()
    proper: set[str] = set()
    kinds: set[str] = set()
    circumstances: set[str] = set()
    loose: set[str] = set()
    called: set[str] = set()
    verbs: set[str] = set()
    bodies: set[str] = set()
    with (Path(spec.origin).parent / "dict.txt").open(encoding="utf-8") as lines:
        for line in lines:
            word, frequency, tag = line.split()
            (naming if tag.startswith(_TELLING_TAGS) else other).add(word)
            if tag in _PROPER_TAGS:
                (bodies if tag == _BODY_TAG else proper).add(word)
            if tag.startswith(_CALLED_TAGS):
                called.add(word)
            if tag in _KIND_TAGS:
                kinds.add(word)
            if tag in _CIRCUMSTANCE_TAGS and not _DATED.search(word):
                circumstances.add(word)
            if len(word) == 1 and tag == _VERB_TAG:
                verbs.add(word)
            if len(word) == 1 and tag in _LOOSE_TAGS and int(frequency) >= _COMMON:
                loose.add(word)
    plain = (naming | other) - called
    proper |= {word for word in bodies if len(word) == _SHORT or word[:_SHORT] not in plain or _OFFICE.search(word)}
    return tuple(map(frozenset, (naming, other, proper, kinds, circumstances, loose, called, verbs)))


def _common_nouns() -> frozenset[str]:
    """Return the everyday words that the dictionary takes for names: 西瓜."""
    text = (resources.files(__package__) / _COMMON_NOUNS).read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)["words"].split())
