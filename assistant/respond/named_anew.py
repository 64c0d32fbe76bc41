"""A question and the passage that should answer it in, the words that its follow-up names anew and it does not say out.

Example: 硕士呢, after 博士能申请多少补贴, against 博士可申请5万元 → “硕士”.
"""

from __future__ import annotations

import re

from assistant.understand.support import Support
from assistant.understand.understood import Understood
from corpus.models import Span

_WHOLE = 3
_OFFICE = "局委办厅部院"
_COUNTS = re.compile(r"(?:[两二三四五六七八九十]|\d+)[个项种类样者]")
_LISTED = re.compile(r"[、和与及跟]")


def unsaid_anew(understood: Understood, context: str, support: Support) -> tuple[Span, ...]:
    """Return the words named anew that ``context``, the sentences with their headings, does not hold.

    Half of a name does not stand for it; what an office is called in short does.
    """
    key = understood.question.key
    return tuple(
        span
        for span in _named(understood)
        if not (support.holds if span.of(key)[-1] in _OFFICE else support.states)(key, span, context)
    )


def _named(understood: Understood) -> tuple[Span, ...]:
    """Return the words that a follow-up names anew: Ⅳ级 is more than 级, 区财政局 more than 财政局."""
    key = understood.question.key
    start = key.find(understood.anew)
    place = Span(start, start + len(understood.anew))
    if start < 0 or not understood.anew:
        return ()
    if len(understood.anew) <= _WHOLE or understood.anew[-1] in _OFFICE:
        return (place,)
    words = [word for word in understood.question.words if place.covers(word)]
    # 两个 of 秸秆、粪污两个利用率 counts what is listed before it; 两个 of 两个屏障 is part of the name.
    counts = [w for w in words if _COUNTS.fullmatch(w.of(key)) and _LISTED.search(key[start : w.start])]
    return tuple(word for word in words if word not in counts)
