"""A question and the stretches of it that nothing answers in, the words by which a refusal names them out.

Example: 专家咨询委员会的首席科学家由谁担任, of which 科学家由谁 is left → “首席科学家”; 2022 → “2022年”.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.respond.reading.features import Asked
from assistant.understand.question import MentionKind, Question
from assistant.understand.support import join
from corpus.cell_values import RANKS
from corpus.models import Span

_BARE = re.compile(r"[吗呢吧啊的了和与及由谁哪几多少个里么什？?，,。、\s]+")
_ASKING = re.compile(r"[谁哪几啥何]|什么|多少")
_YEAR = re.compile(r"(?:19|20)\d\d")
_THING = 2
_COMPOUND = 5


def name_missing(question: Question, stretches: Iterable[Span]) -> tuple[str, ...]:
    """Return how each of ``stretches`` is called, as the question writes it; question words alone name nothing."""
    key = question.key
    stretches = (_with_thing(question, span) for span in stretches)
    spans = (_with_rank(_of_year(_in_full(question, span), key), key) for span in stretches)
    return tuple(word for span in spans if _names(word := question.text[span.start : span.end]))


def _with_thing(question: Question, span: Span) -> Span:
    """Return a bare question word with what it asks for, the words right behind it: 几个可持续发展目标."""
    end = span.end
    while behind := next((word for word in question.words if word.start == end), None):
        end = behind.end
    return Span(span.start, end) if _BARE.fullmatch(span.of(question.key)) else span


def _names(word: str) -> bool:
    """Return whether a stretch of the question is more than a question word or one character of it."""
    return len(word) > 1 and _BARE.fullmatch(word) is None


def _in_full(question: Question, span: Span) -> Span:
    """Return whole words for ``span``, without what only asks: 首席科学家 for 科学家由谁, 编制 for 多少编."""
    cut = [word for word in question.words if word.overlaps(span) and not span.covers(word)]
    cut = [word for word in cut if word.end - word.start <= _COMPOUND]
    asks = [m.span for m in question.mentions if m.kind is MentionKind.ASK and m.span.overlaps(span)]
    # What stands behind the question word is asked for (哪家公司), what stands before it is asked of.
    within = [word for word in question.telling if span.covers(word) and any(word.end <= one.start for one in asks)]
    kept = [word for word in (*cut, *within) if not any(word.overlaps(one) for one in asks)]
    if cut or (asks and within):
        span = Span(min(one.start for one in kept), max(one.end for one in kept)) if kept else span
    computes = any(m.span.overlaps(span) for m in question.mentions if m.kind is MentionKind.OPERATION)
    before = None if computes else next((word for word in question.telling if word.end == span.start), None)
    short = before is not None and before.end - before.start <= _THING and span.end - before.start <= _COMPOUND
    return Span(before.start, span.end) if before is not None and short else span


def _of_year(span: Span, key: str) -> Span:
    """Return a year with 年 behind it."""
    bare = _YEAR.fullmatch(span.of(key)) and key[span.end : span.end + 1] == "年"
    return Span(span.start, span.end + 1) if bare else span


def _with_rank(span: Span, key: str) -> Span:
    """Return the name of a place with what it is called by: 云坳县."""
    ranked = span.end < len(key) and key[span.end] in RANKS and span.end - span.start == _THING
    return Span(span.start, span.end + 1) if ranked else span


def focus_of(question: Question, asked: Asked) -> tuple[Span, ...]:
    """Return what is asked for, where the nearest passage holds every word and still is unlikely to answer.

    A focus that only asks (谁负责) is missing nowhere: what it is asked of is named.
    """
    start = question.key.find(asked.focus) if asked.focus else -1
    if start >= 0 and _ASKING.search(asked.focus):
        return join(question.telling)
    return (Span(start, start + len(asked.focus)),) if start >= 0 else ()
