"""A folded question and the statuses of documents in, where it names some of them by their status out.

Example: 正式稿中…, of a draft and the plan adopted from it → the adopted one; 这份文件是正式稿吗 names none, it asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.understand.document_titles import title_keys
from assistant.understand.lexicon import Lexicon
from corpus.folding import fold
from corpus.models import DocumentInfo, Span

_KINDS = {
    "draft": re.compile(r"征求意见|草案|送审|讨论|修订稿"),
    "repealed": re.compile(r"废止|失效"),
    "adopted": re.compile(r"正式|有效|印发|施行|试行|暂行"),
}
_VERSION = re.compile(r"(?:稿|版|版本|文本)$")
_BRACKETED = re.compile(
    r"\(([^()]{0,6}(?:征求意见稿?|草案|送审稿|讨论稿|修订稿|废止|失效|正式稿?|现行有效|有效|试行|暂行))\)"
)
_ISSUED = re.compile(r"正式(?:印发|发布|出台|公布|下发)?(?=的)")
_FORMER = ("老", "旧", "原来")
_BOUNDARY = r"(?:(?<![\u3400-\u9fff])|(?<=[和与跟比按照、]))"
_BOUNDARY_OF_NEW = r"(?:(?<![\u3400-\u9fff])|(?<=[和与跟比按照、那么在]))"
_IN_FORCE = rf"现行|目前执行|正在执行|正在用|{_BOUNDARY}(?:{'|'.join(_FORMER)})"
"""Tells of two versions of a text the one that is in force: 现行细则."""
_CHANGE = r"的?(?:[^，,。？?]{0,12})(?:提高|降低|增加|减少|缩短|延长|上调|下调|变化|调整|不同|差)"
_CHANGES = re.compile(
    "(?:提高|降低|增加|减少|缩短|延长|上调|下调|放宽|收紧|变|改|新增|删[掉除])了|(?:作|做)[了出]?(?:什么|哪|怎样)|调整|变化|改动|不同|区别"
)
"""Asks what a draft changes in the text that is in force."""
_TRIAL = re.compile(
    r"(?<![\u3400-\u9fff])(?:按照?|根据|依据|在)?(?P<status>试行|暂行)(?:版本?|稿|的?细则|的?办法|的?规定|的?方案)?(?=[中里下的规和与跟比，,]|$)"
    r"|(?<=[和与跟比按照、在中的])(?P<other>试行|暂行)(?:版本?|稿|细则|办法|规定|方案)?(?=[中里的规和与跟比相多少高低，,增减提降延缩有]|$)"
)
"""Names of two versions of a text the one on trial: 试行版, 比试行多几万元."""
_ASKED = re.compile(r"(?:是|为|成|有|算|属于|出|叫|公开|通过)$")
_ASKING = re.compile(r"吗|是什么意思|什么意思|指什么|还是")

Found = tuple[Span, frozenset[str]]


class StatusNames:
    """Knows documents by what they are: 征求意见稿, 正式稿."""

    def __init__(self, infos: Sequence[DocumentInfo], lexicon: Lexicon) -> None:
        self._words = lexicon.document_status
        self._own = {info.id: fold(info.status) for info in infos}
        self._kinds = {info.id: _kind(info) for info in infos}
        self._titles = {info.id: title_keys(fold(info.title)) for info in infos}
        drafts = [key for id, kind in self._kinds.items() if kind == "draft" for key in self._titles[id]]
        self._versions = frozenset(
            id
            for id, keys in self._titles.items()
            if self._kinds[id] != "draft" and any(key in draft or draft in key for key in keys for draft in drafts)
        )
        nouns = "|".join(sorted((word.key for word in lexicon.document_nouns), key=len, reverse=True))
        self._both = re.compile(
            rf"(?:新旧|新老|(?:修订|修改|调整)前后)的?(?:两个?)?(?:{nouns}|版本|条文)?|(?<![\u3400-\u9fff])(?:前后|新旧)?两(?:个?版本?|稿)|(?<=[照比])两(?:个?版本?|稿)|(?:修订|修改|调整)后(?={_CHANGE})"
        )
        self._new = re.compile(rf"{_BOUNDARY_OF_NEW}新(?:的(?=呢|[？?]|$)|版|{nouns})")
        self._in_force = re.compile(rf"(?P<when>{_IN_FORCE})的?(?P<noun>{nouns})")

    def find(self, key: str, within: frozenset[str]) -> Iterator[Found]:
        """Yield every status with the documents ``within`` that have it; a status asked for names nothing."""
        for word in (word for word in self._words if word.key in key):
            for match in re.finditer(re.escape(word.key), key):
                if not _ASKED.search(key[: match.start()]) and not _ASKING.match(key, match.end()):
                    yield Span(*match.span()), self._with(word.key, word.name, within)
        for match in self._both.finditer(key) if self._versions else ():
            yield Span(*match.span()), self._versions | self._drafts_of(self._versions)
        for match in _TRIAL.finditer(key) if self._versions else ():
            ids = frozenset(id for id in self._versions if (match["status"] or match["other"]) in self._own[id])
            if ids:
                yield Span(*match.span()), ids
        for match in self._new.finditer(key) if self._versions else ():
            yield Span(*match.span()), self._drafts_of(self._versions)
        for match in self._in_force.finditer(key):
            called = frozenset(id for id in within if any(one.endswith(match["noun"]) for one in self._titles[id]))
            former = match["when"] in _FORMER
            kinds = ("repealed",) if former and any(self._kinds[id] == "repealed" for id in called) else ("adopted", "")
            found = frozenset(id for id in called if self._kinds[id] in kinds)
            if found:
                yield Span(*match.span()), found & self._versions or found

    def beside(self, key: str, within: frozenset[str]) -> Iterator[Found]:
        """Yield what names a status only beside a name of a document: （废止） behind it, 正式印发的 before it."""
        for match in _BRACKETED.finditer(key):
            ids = frozenset(id for id, status in self._own.items() if status and match[1] in (status, f"已{status}"))
            kind = next((kind for kind, words in _KINDS.items() if words.search(match[1])), "")
            yield Span(*match.span(1)), ids or self._with(match[1], kind, within)
        for match in _ISSUED.finditer(key):
            yield Span(*match.span()), self._with(match.group(), "adopted", within)

    def _drafts_of(self, ids: frozenset[str]) -> frozenset[str]:
        """Return the drafts of the texts ``ids``."""
        titles = [key for id in ids for key in self._titles[id]]
        drafts = (id for id, kind in self._kinds.items() if kind == "draft")
        return frozenset(id for id in drafts if any(t in key or key in t for key in self._titles[id] for t in titles))

    def changed_by(self, key: str, ids: frozenset[str]) -> frozenset[str]:
        """Return the texts in force that the drafts ``ids`` change, where the question asks what they change."""
        if not ids or any(self._kinds[id] != "draft" for id in ids) or not _CHANGES.search(key):
            return frozenset()
        return frozenset(id for id in self._versions if self._drafts_of(frozenset([id])) & ids)

    def _with(self, word: str, kind: str, within: frozenset[str]) -> frozenset[str]:
        """Return the documents ``within`` that are called so, else those of the kind.

        Of a text that is there as a draft as well one speaks of a version (正式稿): then no other text is meant.
        """
        exact = frozenset(id for id in within if self._own[id] and word in self._own[id])
        found = exact or frozenset(id for id in within if self._kinds[id] == kind)
        return (found & self._versions or found) if kind != "draft" and _VERSION.search(word) else found


def _kind(info: DocumentInfo) -> str:
    """Return what kind of text a document is; one with a number and no stated status has been issued."""
    if not info.status:
        return "adopted" if info.number else ""
    return next((kind for kind, words in _KINDS.items() if words.search(info.status)), "")
