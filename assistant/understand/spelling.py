"""A question with unknown words in, the questions that it reads as where those words are names mistyped out.

Example: 市水力局牵头几个项目 → “市水利局牵头几个项目”: 力 and 利 sound alike, and 水利局 is a name of the documents.

Only what no document holds is looked at. A real word that names something else stays as it is: 公安局 is no mistyped
公积金局, 抚州 no mistyped 福州; a number is never taken for another.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path

from assistant.understand.character_places import CharacterPlaces
from assistant.understand.question import Question, runs
from assistant.understand.respelling import Options, Respelling, best_of, matches
from assistant.understand.sounds import Sounds, blur, look_alikes
from assistant.understand.words import WordReader
from corpus.cell_values import RANKS
from corpus.folding import fold
from corpus.models import Span

_NUMBERS = frozenset("〇零一二两三四五六七八九十百千万亿")
_SCALES = frozenset("万亿")
_GRAMMAR = frozenset("有的是在和与以为其")
_DENIES = frozenset("没不未无非莫勿")
_VERBS = frozenset("起来去让给叫")
_LETTERS = re.compile(r"[a-z]{2,}(?:[ '][a-z]{2,})+|[a-z]{4,}")
_SPACED = re.compile(r"[a-z]{2,}(?:[ '][a-z]{2,})+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LONGEST_CORE = 8
_PROPER_NAME = 3
_SHORT = 3
_LONG = 4
_MOST_READINGS = 8
_SOUND, _LOOK = 2, 3


@dataclass(frozen=True, slots=True)
class Reading:
    """The whole question as it may be meant, and the words in it that were read otherwise than typed."""

    text: str
    meant: tuple[str, ...]


class Spelling:
    """Finds what mistyped words may mean among the names of the documents; nothing is prepared before the first one."""

    def __init__(
        self, names: Callable[[], Iterable[str]], texts: Callable[[], Iterable[str]], words: WordReader, cache: Path
    ) -> None:
        """Take the ``names`` that may be meant and the ``texts`` whose words are no mistakes."""
        self._names, self._texts, self._words = names, texts, words
        self._sounds = Sounds(cache)

    def readings(self, question: Question, unexplained: Iterable[str] = ()) -> tuple[Reading, ...]:
        """Return what the question may mean, equally good readings all; empty where nothing in it is mistyped.

        ``unexplained`` are parts of it that the plans made of it leave over.
        """
        found = [best for span in self._suspects(question, unexplained) if (best := self._respell(question.key, span))]
        return (
            tuple(self._rewrite(question, chosen) for chosen in list(product(*found))[:_MOST_READINGS]) if found else ()
        )

    def _rewrite(self, question: Question, chosen: Sequence[Respelling]) -> Reading:
        text, key = question.text, question.key
        meant: list[str] = []
        for one in sorted(chosen, key=lambda respelling: respelling.span, reverse=True):
            text = text[: one.span.start] + one.text + text[one.span.end :]
            key = key[: one.span.start] + one.text + key[one.span.end :]
            place = Span(one.span.start, one.span.start + len(one.text))
            meant.insert(0, "".join(word.of(key) for word in self._words.words(key) if word.overlaps(place)))
        return Reading(text, tuple(meant))

    @cached_property
    def _vocabulary(self) -> str:
        return "\n".join(["", *dict.fromkeys(key for name in self._names() if len(key := fold(name)) > 1), ""])

    @cached_property
    def _prose(self) -> str:
        return "\n".join(["", *map(fold, self._texts()), ""])

    @cached_property
    def _called(self) -> CharacterPlaces:
        return CharacterPlaces(self._vocabulary)

    @cached_property
    def _written(self) -> CharacterPlaces:
        return CharacterPlaces(self._prose)

    def _suspects(self, question: Question, unexplained: Iterable[str]) -> Iterator[Span]:
        """Yield the stretches of the question that the documents do not hold.

        A word is known where it stands in them, a character where it does together with one of its neighbours.
        """
        key, known = question.key, (self._vocabulary, self._prose)
        marked = {p for mention in question.mentions for p in range(mention.span.start, mention.span.end)}
        safe = {p for p, character in enumerate(key) if character.isdigit()}
        for start in range(len(key) - 1):
            if _stands(key[start : start + 2], known):
                safe |= {start, start + 1}
        for word in question.words:
            if len(word.of(key)) > 1 and not _stands(word.of(key), known):
                safe -= set(range(word.start, word.end))
        for part in map(fold, unexplained):
            start = key.find(part)
            if (
                start >= 0
                and not self._is_word(part)
                and not _stands(key[max(start - 1, 0) : start + len(part) + 1], known)
                and not self._is_of_words(question, Span(start, start + len(part)), known)
            ):
                safe -= set(range(start, start + len(part)))
        # Pairs of letters stand anywhere: what is spelt in letters is known as a whole or not at all.
        spelt = [Span(*match.span()) for match in _SPACED.finditer(key) if not _stands(match.group(), known)]
        yield from spelt
        within = {p for span in spelt for p in range(span.start, span.end)}
        yield from runs(key, safe | marked | within)

    @staticmethod
    def _is_of_words(question: Question, part: Span, known: Iterable[str]) -> bool:
        """Return whether a part is several words that the documents hold, though not in a row: 经济提速."""
        words = [word for word in question.words if part.covers(word)]
        whole = sum(word.end - word.start for word in words) == part.end - part.start
        return whole and len(words) > 1 and all(_stands(word.of(question.key), known) for word in words)

    def _respell(self, key: str, suspect: Span) -> tuple[Respelling, ...]:
        """Return the cheapest respellings of a stretch, those of most characters in common; more than one if equal."""
        if letters := _LETTERS.search(suspect.of(key)):
            place = Span(suspect.start + letters.start(), suspect.start + letters.end())
            spelt = best_of(self._spelt_out(key, place))
            # Of spellings of one name that knowledge lists, the documents' own is meant.
            return tuple(one for one in spelt if one.text in self._prose) or spelt
        typed = [word.of(key) for word in self._words.words(key) if word.overlaps(suspect)]
        if all(len(word) >= _PROPER_NAME and self._is_real(word) for word in typed):
            return ()
        # A real word may be a name mistyped (水力局); what is merely near it in a sentence it is not.
        sources = [self._called, *([] if any(map(self._is_real, typed)) else [self._written])]
        meant = {place: self._options(key[place]) for place in range(suspect.start, suspect.end)}
        for source in sources:
            for core in _cores(key, suspect):
                options = [meant.get(place, {key[place]: 0}) for place in range(core.start, core.end)]
                found = [one for one in matches(key, core, options, source) if self._is_likely(key, one)]
                if source is self._written:
                    # Two characters alone are near some word of any long text: 加钱 is no mistyped 加强.
                    found = [one for one in found if one.length >= _SHORT]
                if found:
                    return best_of(found)
        return ()

    def _spelt_out(self, key: str, letters: Span) -> list[Respelling]:
        """Return the names that ``letters`` are the pinyin of."""
        found: list[Respelling] = []
        for syllables in self._sounds.cuts(re.sub(r"[ ']", "", letters.of(key))):
            if len(syllables) > 1:
                options = [dict.fromkeys(self._by_sound.get(syllable, ()), 1) for syllable in syllables]
                found += matches(key, letters, options, self._called)
        return [one for one in found if one.length > _SHORT or self._is_word(one.text)]

    def _options(self, character: str) -> Options:
        if not _HAN.match(character):
            return {character: 0}
        options: dict[str, int] = {}
        for other in look_alikes().get(character, ""):
            options[other] = _LOOK
        for syllable in self._sounds.of(character):
            options |= dict.fromkeys(self._by_blurred_sound.get(blur(syllable), ()), _LOOK)
        for syllable in self._sounds.of(character):
            options |= dict.fromkeys(self._by_sound.get(syllable, ()), _SOUND)
        barred = _NUMBERS if character in _NUMBERS else _SCALES  # 以元 is no 亿元: the figures would be other ones
        options = {other: price for other, price in options.items() if other not in barred}
        return {**options, character: 0}

    @cached_property
    def _by_sound(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for character in sorted(set(self._vocabulary) | set(self._prose)):
            for syllable in self._sounds.of(character):
                found[syllable].append(character)
        return found

    @cached_property
    def _by_blurred_sound(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for syllable, characters in self._by_sound.items():
            found[blur(syllable)] += characters
        return found

    def _is_likely(self, key: str, one: Respelling) -> bool:
        """Return whether ``one`` is no mere likeness: it makes a word, and enough of it or around it agrees."""
        changed = {
            one.span.start + p for p, (a, b) in enumerate(zip(one.span.of(key), one.text, strict=True)) if a != b
        }
        if one.length < _SHORT and any(key[place] in _GRAMMAR for place in changed):
            return False  # the 有 of 其中有几位 belongs to the sentence: it is no mistyped 中游
        if one.length <= _SHORT and _stands(one.span.of(key), (self._vocabulary, self._prose)):
            return False  # 实验 stands in a name as typed, and is no mistyped 试验
        if any(key[place] in _DENIES for place in changed):
            return False  # 没在县里交 is no mistyped 设在
        if any(key[place] in _VERBS for place in changed):
            return False  # 对示范区建设起什么作用: what stands alone as a verb is no mistyped 期
        if one.length < _SHORT and one.price > _SOUND * len(changed):
            return False  # 三链 is no 三年: of two characters the changed one must sound the same
        if one.length < _SHORT and not self._is_called(one.text):
            return False  # 省水 is no 生水, which the documents have only within 再生水
        if one.length < _SHORT and any(self._is_cut(word, one.span, key) for word in self._words.words(key)):
            return False  # 生住 is no 生猪 in 毕业生住人才公寓
        if one.length == len(changed) and (one.length <= _SHORT or one.price > _SOUND * len(changed)):
            return False
        respelt = key[: one.span.start] + one.text + key[one.span.end :]
        made = self._touching(respelt, changed)
        # 治理律 is 治理率: so much before it agrees that the one character need not be a word.
        ends_name = one.length - len(changed) >= _LONG and one.price == _SOUND * len(changed)
        if not all(one.reach.covers(w) and (ends_name or self._is_word(w.of(respelt))) for w in made):
            return False
        typed = self._touching(key, changed)
        if any(self._is_name(word.of(key)) and not _is_inside(word, made, key) for word in typed):
            return False
        return one.length >= _SHORT or not any(self._is_real(word.of(key)) for word in typed)

    def _touching(self, key: str, places: set[int]) -> list[Span]:
        return [word for word in self._words.words(key) if not places.isdisjoint(range(word.start, word.end))]

    def _is_real(self, word: str) -> bool:
        return len(word) > 1 and (self._words.is_naming(word) or self._words.is_known(word))

    def _is_cut(self, word: Span, made: Span, key: str) -> bool:
        """Return whether a long word as typed ends or begins inside what would be respelt."""
        return made.overlaps(word) and not made.covers(word) and self._is_name(word.of(key))

    def _is_name(self, word: str) -> bool:
        """Return whether a word as typed is the name of something, or too long to be one by chance."""
        return self._words.is_proper(word) or (len(word) >= _PROPER_NAME and self._is_real(word))

    def _is_word(self, text: str) -> bool:
        """Return whether ``text`` is a word, not the end of one in the documents' names and the start of the next."""
        return len(text) > 1 and (self._is_real(text) or self._is_called(text))

    def _is_called(self, text: str) -> bool:
        """Return whether ``text`` stands in the documents' names as words, not as a part of one: 生水 of 再生水."""
        at = self._vocabulary.find(text)
        while at >= 0:
            end = at + len(text)
            start = self._vocabulary.rfind("\n", 0, at) + 1
            name = self._vocabulary[start : self._vocabulary.find("\n", end)]
            edges = {edge for word in self._words.words(name) for edge in (word.start, word.end)}
            if {at - start, end - start} <= edges:
                return True
            at = self._vocabulary.find(text, end)
        return False


def _is_inside(word: Span, made: Iterable[Span], key: str) -> bool:
    """Return whether a short name as typed is the later part of a longer one (乌苏 of 毛乌苏), no name by itself."""
    short = word.end - word.start < _PROPER_NAME
    return short and any(w.start < word.start and word.end <= w.end and key[w.start] not in RANKS for w in made)


def _cores(key: str, suspect: Span) -> Iterator[Span]:
    """Yield the stretches of two characters or more that touch the suspect or reach one beyond, longest first."""
    low, high = max(suspect.start - 1, 0), min(suspect.end + 1, len(key))
    for length in range(min(high - low, _LONGEST_CORE), 1, -1):
        for start in range(low, high - length + 1):
            core = Span(start, start + length)
            if core.overlaps(suspect) and all(map(_HAN.match, core.of(key))):
                yield core


def _stands(part: str, texts: Iterable[str]) -> bool:
    return any(part in text for text in texts)
