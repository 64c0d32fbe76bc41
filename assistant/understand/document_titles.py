"""A folded question and the titles of documents in, where it names one by its title or a part of it out.

Example: 临江市的方案里 → “临江市的方案”, by the words of …临江市…实施方案 that stand there in their order.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.understand.lexicon import Lexicon
from corpus.folding import fold
from corpus.models import DocumentInfo, Span

_QUOTED = re.compile(r"《([^《》]+(?:《[^《》]*》[^《》]*)*)》")
_ISSUES = re.compile(
    "(?:印发|转发|发布|公布|下发)(?:《[^《》]*(?:《[^《》]*》)?[^《》]*》[和及、]?)+的?(?:通知|公告|通告|函|决定)?$"
    "|征求(?:对|关于)?《[^《》]*》(?:的?修改)?的?意见(?:建议|和建议)?的?(?:通知|公告|通告|函|启事)?$"
)
_PASSES_ON = re.compile("关于(?:印发|下达|发布|公布|转发|批转|下发)(?P<of>[^《》]{4,60})的(?:通知|公告|通告|函)$")
_ELIDED = re.compile(r"[….·]{1,6}")
_NOTE = re.compile(r"\([^()]*\)$")
_ENDING = 2
_LEAST_PART = 4
_TELLING = 2
_AND = "和与及、跟比"
_NEAR = 14
_LONGEST_BEGINNING = 24
_MOST_PAIRED = 8
_AS_SOURCE = re.compile(r"[中里内]|规定|提出|是谁|是哪|由谁|的文号|的发文|什么时候[印发]")
_BEFORE = re.compile(
    r"(?:^|[\s,、;:。?!(\[“”《》]|[在按照据和与及跟比较由对从问查看于是把用依以为份的那请]|这[份个]|那[份个]|根据|我想|一下)$"
)
_BEHIND = re.compile(
    r"[\s,、;:。?!)”(]|$|[中里内上的和与及跟比是有由对为共把在给将呢吗吧等都还各]|[什哪怎何多几谁能可会要应没规写说讲提明确设列定指主从属总施印发公生第推提增减缩延降新不]|征求|正式|文[号件]|差|相[差同比]|一[样致]|对得"
)

Found = tuple[Span, frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Title:
    id: str
    key: str


class TitleNames:
    """Knows documents by their titles."""

    def __init__(self, infos: Sequence[DocumentInfo], lexicon: Lexicon) -> None:
        self._titles = tuple(_Title(info.id, key) for info in infos for key in title_keys(fold(info.title)))
        self._endings: dict[str, list[_Title]] = defaultdict(list)
        self._beginnings: dict[str, set[str]] = defaultdict(set)
        kinds = tuple(word.key for word in lexicon.document_nouns)
        for title in self._titles:
            if len(title.key) > _ENDING + _TELLING and title.key.endswith(kinds):
                self._endings[title.key[-_ENDING:]].append(title)
            for end in range(_ENDING, _LONGEST_BEGINNING + 1):
                self._beginnings[title.key[:end]].add(title.id)

    def quoted(self, key: str) -> Iterator[Found]:
        """Yield every title in 《》 with the documents that have it, none where no document does."""
        for match in _QUOTED.finditer(key):
            yield Span(*match.span()), frozenset(self._called(match[1]))

    def _called(self, quoted: str) -> Iterator[str]:
        """Yield the documents whose whole title is quoted, else those whose title ends so, or announces such a text."""
        bare = _NOTE.sub("", quoted)
        exact = [title.id for title in self._titles if title.key == bare]
        yield from exact or (title.id for title in self._titles if _is_part(bare, title.key))

    def find(self, key: str) -> Iterator[Found]:
        """Yield every part of a title that stands in the question without 《》."""
        for at in range(len(key) - _ENDING + 1):
            titles, end = self._endings.get(key[at : at + _ENDING], ()), at + _ENDING
            if not titles or not _BEHIND.match(key, end):
                continue
            starts: dict[str, int] = {}
            for title in titles:
                start = _start(key, end, title.key)
                starts[title.id] = min(start, starts.get(title.id, start))
            first = min(starts.values())
            told = len(key[first:at].replace("的", "")) >= _TELLING
            alone = len(starts) == 1 < len({title.id for title in self._titles})
            told = told or (alone and (_AS_SOURCE.match(key, end) is not None or self._is_joined(key, first, end)))
            if told and _BEFORE.search(key[:first]):
                yield Span(first, end), frozenset(id for id, start in starts.items() if start == first)

    def _is_joined(self, key: str, start: int, end: int) -> bool:
        """Return whether the end of another title stands beside: 规划和投资计划的总投资."""
        behind = range(end + 1, end + _NEAR) if key[end : end + 1] in _AND else ()
        before = range(start - _NEAR, start - 2) if start and key[start - 1] in _AND else ()
        return any(at >= 0 and key[at : at + _ENDING] in self._endings for at in (*behind, *before))

    def paired(self, key: str, *, everywhere: bool) -> Iterator[Found]:
        """Yield what begins titles (甲市) where two that begin different ones are joined: 甲市和乙市的方案.

        Unless ``everywhere``, only where the end of a title follows: 甲市和乙市的目标 may speak of the matter. So do
        beginnings that many titles share.
        """
        for joint in (at for at, character in enumerate(key) if character in _AND):
            before, after = self._beginning_before(key, joint), self._beginning_at(key, joint + 1)
            if before is None or after is None or not before[1].isdisjoint(after[1]):
                continue
            shared = {t.id for t in self._endings.get(key[after[0].end :].removeprefix("的")[:_ENDING], ())}
            if len(before[1] | after[1]) <= _MOST_PAIRED and (everywhere or shared):
                yield before[0], before[1] & shared or before[1]
                yield after

    def _beginning_before(self, key: str, end: int) -> Found | None:
        for start in range(max(end - _LONGEST_BEGINNING, 0), end - 1):
            if _BEFORE.search(key[:start]) and (ids := self._beginning_with(key[start:end])):
                return Span(start, end), ids
        return None

    def _beginning_at(self, key: str, start: int) -> Found | None:
        for end in range(min(start + _LONGEST_BEGINNING, len(key)), start + 1, -1):
            if ids := self._beginning_with(key[start:end]):
                return Span(start, end), ids
        return None

    def _beginning_with(self, words: str) -> frozenset[str]:
        found = self._beginnings.get(words, ())
        return frozenset(found) if len(found) < len(self._titles) else frozenset()


def title_keys(title: str) -> tuple[str, ...]:
    """Return what a document is called by its folded title: a notice that issues a text, by that text's as well."""
    issued = [match[1] for match in _QUOTED.finditer(title)] if _ISSUES.search(title) else []
    issued += [match["of"] for match in _PASSES_ON.finditer(title)]
    return tuple(dict.fromkeys(_NOTE.sub("", one).strip("《》 ") for one in (title, *issued)))


def _is_part(quoted: str, title: str) -> bool:
    if f"《{quoted}" in title:
        return True
    head, *rest = _ELIDED.split(quoted)
    if rest:
        return bool(head + rest[-1]) and title.startswith(head) and title.endswith(rest[-1])
    return len(quoted) >= _LEAST_PART and title.endswith(quoted)


def _start(key: str, end: int, title: str) -> int:
    """Return where the words of ``title`` that stand before ``end`` begin; they may leave out words between.

    The last of them is the title's end; those before are of two characters or more, in any order (资金申报通知 of
    关于申报资金的通知), and 的 may join them.
    """
    start, left = end, len(title)
    while start > 0 and left > 0 and key[start - 1] == title[left - 1]:
        start, left = start - 1, left - 1
    while start > 0:
        joint = start - 1 if key[start - 1] == "的" else start
        length = next((n for n in range(joint, 1, -1) if key[joint - n : joint] in title), 0)
        if not length:
            break
        start = joint - length
    return start
