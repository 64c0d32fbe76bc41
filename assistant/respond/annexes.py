"""A question in, the annex that it asks about and no document holds out.

Example: 推进组成员有哪些 → “附件2 …推进组成员的通知”, whose title alone speaks of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.understand.entities import common_blocks
from assistant.understand.question import Question
from corpus.folding import fold
from corpus.models import ClauseKind, ParsedDocument

_ANNEX = re.compile(r"附[件表]\d+")
_TELLING_LENGTH, _LONGEST = 3, 6
_SHORTEST = 2
_WITHIN = (
    r"(?:里面?|里头|当中|之中|中(?![国央心部]))[^，,。；;？?]{0,8}?"
    r"(?:(?:提(?![高升])|写|讲|说|列|规定|要求|包括)(?:了|出|到)*(?:哪|什么|啥|几)[^，,。；;？?]{0,4}"
    r"(?:要求|意见|条|点|内容|规定|事项|措施|任务|人|[？?。]|$)|有(?:哪些|什么)内容)"
)


@dataclass(frozen=True, slots=True)
class _Listed:
    """An annex that a document names and does not hold: as listed, with its folded label and title."""

    name: str
    label: str
    title: str


class Annexes:
    """Knows which annexes documents name and which they hold."""

    def __init__(self, documents: Sequence[ParsedDocument]) -> None:
        self._texts = {document.info.id: fold(document.text) for document in documents}
        self._absent = {document.info.id: _absent(document) for document in documents}
        self._present = {document.info.id: _present(document) for document in documents}
        self._lists_any = any(self._absent.values())

    def absent(self, question: Question, documents: Sequence[ParsedDocument]) -> str:
        """Return the absent annex that the question is about; empty where it is about none.

        An annex is asked for by its number (附件2) or by its title; a number that no document has is absent too.
        """
        named = _ANNEX.search(question.key)
        if not named and not self._lists_any:
            return ""
        ids = [document.info.id for document in documents]
        if named and any(named.group() in self._present[name] for name in ids):
            return ""
        if named and not any(re.search(rf"{named.group()}(?!\d)", self._texts[name]) for name in ids):
            listed = {annex.label for name in ids for annex in self._absent[name]}
            if named.group() not in listed:
                return named.group()
        found = (annex.name for name in ids for annex in self._absent[name] if self._asks_for(question, annex))
        return next(found, "")

    def hinted(self, question: Question, documents: Sequence[ParsedDocument]) -> str:
        """Return the absent annex whose title alone holds words of a question that nothing else answers; or empty."""
        ids = [document.info.id for document in documents] if self._lists_any else []
        annexes = (annex for name in ids for annex in self._absent[name] if annex.title)
        texts = {annex: self._texts[name] for name in ids for annex in self._absent[name]}
        return next((annex.name for annex in annexes if _is_only_in(annex.title, question, texts[annex])), "")

    @staticmethod
    def _asks_for(question: Question, annex: _Listed) -> bool:
        if re.search(rf"{re.escape(annex.label)}(?!\d)", question.key) or _asks_within(annex.title, question.key):
            return True
        return bool(annex.title) and annex.title in question.key


def _present(document: ParsedDocument) -> frozenset[str]:
    return frozenset(fold(c.label) for c in document.clauses if c.kind is ClauseKind.ANNEX)


def _absent(document: ParsedDocument) -> tuple[_Listed, ...]:
    present = _present(document)
    split = ((name, *name.partition(" ")) for name in document.info.absent_annexes)
    listed = tuple(_Listed(name, fold(label), fold(title)) for name, label, _, title in split)
    return tuple(annex for annex in listed if annex.label not in present)


def _asks_within(title: str, key: str) -> bool:
    """Return whether something is asked of what the annex says: 国务院批复里提了哪几条要求."""
    within = re.search(rf"(?P<by>[\u3400-\u9fff]{{{_SHORTEST}}})的?{re.escape(title[-_SHORTEST:])}{_WITHIN}", key)
    return bool(title) and within is not None and within["by"] in title


def _is_only_in(title: str, question: Question, text: str) -> bool:
    """Return whether the question shares words with ``title`` that the document says nowhere else.

    A long run of words is no such word: 同意甲市建设示范区 of 同意甲市以…为主题，建设示范区.
    """
    stretches = [span.of(question.key) for span in question.content()]
    shared = [block.of(part) for part in stretches for block in common_blocks(part, title)]
    alone = [words for words in shared if len(words) >= _TELLING_LENGTH and text.count(words) == 1]
    whole = [span.of(question.key) for span in question.words if span.end - span.start >= _TELLING_LENGTH]
    return any(len(words) <= _LONGEST or any(w in words and text.count(w) == 1 for w in whole) for words in alone)
