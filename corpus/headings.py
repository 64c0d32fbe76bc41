"""The words behind a numbering in, the heading among them out.

Example: in “1.防沙治沙和盐碱化治理工程。聚焦库布齐沙漠…” the heading is “防沙治沙和盐碱化治理工程”.
"""

from __future__ import annotations

import re

from corpus.models import ClauseKind, Span
from corpus.raw import trim

_LONGEST = 60
_LONGEST_BEFORE_TEXT = 45
_LONGEST_SENTENCE = 25
_LONGEST_TOPIC = 15
_LEAD = re.compile(r"[\s　*_：:]*")
_BRACKETED = re.compile(r"【([^】]{1,40})】")
_STOP = re.compile(r"[。！？；;：:]")
_UNITS = (ClauseKind.PART, ClauseKind.CHAPTER, ClauseKind.SECTION)


def find_heading(text: str, rest: Span, kind: ClauseKind, *, in_article: bool) -> Span:
    """Return the span of the heading in ``rest``; empty (at its start) where the clause has only a sentence.

    Args:
        text: the document.
        rest: the clause's first line without its numbering.
        kind: the numbering's kind.
        in_article: whether the clause stands under a 第X条, where items are sentences.
    """
    lead = _LEAD.match(text, rest.start, rest.end)
    start = lead.end() if lead else rest.start
    end = start + len(text[start : rest.end].rstrip("*_ \t　"))
    words = text[start:end]
    none = Span(start, start)
    bracketed = _BRACKETED.match(words)
    if bracketed:
        return Span(start + bracketed.start(1), start + bracketed.end(1))
    if kind in _UNITS:
        return Span(start, max(end, start))
    if kind is ClauseKind.ARTICLE or in_article:
        plain = 0 < len(words) <= _LONGEST_SENTENCE and not re.search("[，,。；;：:、]", words)
        return Span(start, end) if plain else none
    length = _heading_length(words)
    return trim(text, start, start + length) if length else none


def _heading_length(words: str) -> int:
    stop = _STOP.search(words)
    if stop is None:
        return len(words) if len(words) <= _LONGEST else 0
    before = stop.start()
    at_end = stop.end() == len(words)
    if stop.group() in "：:":
        if before <= _LONGEST_TOPIC or (at_end and before <= _LONGEST_SENTENCE):
            return before
        sentence = words.find("。")
        return sentence if 0 < sentence <= _LONGEST_BEFORE_TEXT and sentence < len(words) - 1 else 0
    if stop.group() in "；;":
        return 0
    return before if before <= (_LONGEST_SENTENCE if at_end else _LONGEST_BEFORE_TEXT) else 0
