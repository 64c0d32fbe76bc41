"""A question in, the documents that it names out, with the question that is left to be put to them.

Example: 《…实施方案》（征求意见稿）中，补贴标准是多少 → that document, “该文件中，补贴标准是多少”.

A document is named by its title in 《》, by a part of its title that ends like it (三年行动方案), by its 文号, or by
its status. What several documents share names all of them; names that touch (行动方案的征求意见稿) are one reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.understand.document_numbers import NumberNames
from assistant.understand.document_statuses import StatusNames
from assistant.understand.document_titles import TitleNames
from assistant.understand.document_years import YearNames
from assistant.understand.lexicon import Lexicon
from assistant.understand.library import Library
from corpus.folding import fold, fold_once
from corpus.models import Span

POINTER = "该文件"
"""Stands in the question for the documents that it names; words without content."""

_TOUCHING = re.compile(r"\(?的?")
_AS_SOURCE = re.compile(r"[中里内]|规定|提出|要求")
_JOINT = r"(?:和|与|及|以及|、|跟|同|比|较|，|,)?[这那]?"
_JOINED = re.compile(rf"{POINTER}(?:{_JOINT}{POINTER})+(?:[这那]?[两三几][个份](?:文件)?)?")
_AGAINST = re.compile(
    rf"(?<=\w)(?:比|较|同|和|与|跟){POINTER}(?:[中里内]的?|的)?(?=[要还]?[多高少低大小增减提降上下推缩延])"
)
"""Measures what one document says against another that is named behind it: 重点计划的投资比三年方案多多少."""
_LEADING = r"(?:那么?|在|按照?|根据|换成|如果|是|[，,\s])*"
_ALONE = re.compile(rf"{_LEADING}{POINTER}(?:[中里内的呢吗吧？?。，,\s]|怎么样|如何|又)*")
_LEAD = re.compile(
    rf"^(?:请问)?(?:在|从|就|据|按照?|根据|依据|依照|对照|参照)?{POINTER}"
    r"(?:[中里内](?:面|边)?[，,：:]?|(?:的?(?:规定|要求|内容)|来看)?[，,：:])"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A stretch of the question that names the documents ``ids``; none where no document is called so.

    What is no name of its own (（废止）, 正式印发的) only tells apart what the name beside it names.
    """

    span: Span
    ids: frozenset[str]
    is_name: bool = True


@dataclass(frozen=True, slots=True)
class Naming:
    """What a question says of documents.

    ``text`` is the question with ``POINTER`` for its names, ``called`` the names as written, ``documents`` the ids it
    binds to (None: it names none), ``unknown`` the first name that no document has.
    """

    text: str
    documents: tuple[str, ...] | None = None
    called: tuple[str, ...] = ()
    unknown: str = ""

    @property
    def is_alone(self) -> bool:
        """Return whether the question is nothing but names: 那征求意见稿呢."""
        return self.documents is not None and _ALONE.fullmatch(self.text) is not None


class DocumentNames:
    """Knows what the documents of an index can be called."""

    def __init__(self, library: Library, lexicon: Lexicon) -> None:
        self._library, self._all = library, frozenset(library.ids)
        infos = [document.info for document in library.documents]
        self._titles, self._numbers = TitleNames(infos, lexicon), NumberNames(infos)
        self._statuses, self._years = StatusNames(infos, lexicon), YearNames(library.documents)
        self._facts = tuple(word.key for word in lexicon.document_facts)

    def read(self, text: str, within: Sequence[str] | None = None, *, paired: bool = False) -> Naming:
        """Return which documents of ``within`` (ids; None for all) ``text`` names, and the question put to them.

        ``paired`` takes the beginnings of two titles (甲市和乙市) for names as well, which may be words of the matter.
        """
        among = self._all if within is None else self._all.intersection(within)
        found = self._references(fold(text), among, paired)
        if not found:
            return Naming(text)
        called = tuple(one.span.of(text) for one in found)
        unknown = next((one.span.of(text) for one in found if one.ids.isdisjoint(among)), "")
        if unknown:
            return Naming(text, called=called, unknown=unknown)
        left = text
        for one in reversed(found):
            left = left[: one.span.start] + POINTER + left[one.span.end :]
        named = {id for one in found for id in one.ids}
        named |= self._statuses.changed_by(fold(text), frozenset(named))
        ids = tuple(document.info.id for document in self._library.among(named & among))
        left = _AGAINST.sub("", left) if left.count(POINTER) > 1 else left
        return Naming(self._without_lead(_JOINED.sub(POINTER, left)), ids, called)

    def of_other_year(self, text: str, before: Naming | None) -> Naming | None:
        """Return the naming of a follow-up that is but the year of a document like that named ``before``."""
        year, ids = self._years.other_year(fold(text), (before.documents or ()) if before is not None else ())
        return Naming(POINTER, tuple(one.info.id for one in self._library.among(ids)), (f"{year}年",)) if ids else None

    def _without_lead(self, text: str) -> str:
        """Return the question without 在该文件中 before it, unless that is all of it or what it asks about."""
        rest = _LEAD.sub("", text)
        return text if not rest.strip() or any(word in fold(rest) for word in self._facts) else rest

    def _references(self, key: str, among: frozenset[str], paired: bool) -> list[Reference]:
        """Return the names in order, those that touch as one."""
        taken: list[Reference] = []
        for reference in self._mentions(key, among, paired):
            if not any(reference.span.overlaps(other.span) for other in taken):
                taken.append(reference)
        joined: list[Reference] = []
        for one in sorted(taken, key=lambda reference: reference.span):
            last = joined[-1] if joined else None
            between = key[last.span.end : one.span.start] if last is not None else ""
            if last is None or not _TOUCHING.fullmatch(between):
                joined.append(one)
                continue
            closes = between.startswith("(") and key.startswith(")", one.span.end)
            span = Span(last.span.start, one.span.end + closes)
            joined[-1] = Reference(span, last.ids & one.ids, last.is_name or one.is_name)
        return [one for one in joined if one.is_name]

    def _mentions(self, key: str, among: frozenset[str], paired: bool) -> Iterator[Reference]:
        """Yield the names with the documents called so, the surest first.

        What the documents only speak of is no name of one, unless something is asked to stand in it.
        """
        for span, ids in (*self._titles.quoted(key), *self._numbers.find(key)):
            if ids or _AS_SOURCE.match(key, span.end) or not self._is_spoken_of(span.of(key)):
                yield Reference(span, ids)
        pairs = self._titles.paired(key, everywhere=paired)
        statuses, years = self._statuses.find(key, among), self._years.find(key)
        for span, ids in (*self._titles.find(key), *pairs, *statuses, *years):
            yield Reference(span, ids)
        for span, ids in self._statuses.beside(key, among):
            yield Reference(span, ids, is_name=False)

    def _is_spoken_of(self, words: str) -> bool:
        inner = words.strip("《》")
        return any(inner in fold_once(document.text) for document in self._library.documents)
