"""A question as understood in, what the reader looks for out: its content by weight, its kind, its focus.

Example: 安徽省申报纳税期限有何变化 → the pairs of 安徽省, 申报, 纳税, 期限 by rarity; kind “what”; focus 变化.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from assistant.respond.reading.features import Asked
from assistant.respond.reading.question_form import read_form
from assistant.understand.lexicon import Ask
from assistant.understand.question import MentionKind, Question
from assistant.understand.support import Support
from corpus.models import Span

Weigh = Callable[[Sequence[str]], Mapping[str, float]]
"""Terms in, the weight of each by its rarity in the index out."""

_CONTENT = frozenset({MentionKind.ATTRIBUTE, MentionKind.CLASS_NOUN, MentionKind.YEAR, MentionKind.OPERATION})
_ASKING = frozenset({MentionKind.ASK})
_FOCUS_LENGTH = 6
_PAIR = re.compile(r"[\u3400-\u9fff]{2}")


def read_asked(question: Question, support: Support, weigh: Weigh) -> Asked:
    """Return ``question`` as the reader needs it; ``weigh`` knows how rare pairs and words are."""
    spans = question.content(keep=_CONTENT)
    pairs = [Span(i, i + 2) for span in spans for i in range(span.start, span.end - 1)]
    pairs = [pair for pair in pairs if _PAIR.fullmatch(pair.of(question.key))]
    words = [span for span in question.words if span.end - span.start > 1]
    stands = {pair.of(question.key): support.substitutes(question.key, pair) for pair in pairs}
    stands |= {word.of(question.key): support.substitutes(question.key, word) for word in words}
    rarity = weigh(list(stands))
    kinds = tuple(float(kind in question.asks) for kind in Ask)
    return Asked(
        question.key,
        {term: rarity[term] for pair in pairs if (term := pair.of(question.key))},
        {term: rarity[term] for word in words if (term := word.of(question.key))},
        kinds,
        _focus(question, spans),
        {term: others for term, others in stands.items() if others},
        read_form(question.key),
    )


def _focus(question: Question, spans: Sequence[Span]) -> str:
    """Return the last content before the question word, else behind it: 延期纳税有何变化 → 变化."""
    asking = [m.span for m in question.mentions if m.kind in _ASKING]
    if not asking or not spans:
        return spans[-1].of(question.key)[-_FOCUS_LENGTH:] if spans else ""
    behind = next((span for span in spans if span.start >= asking[-1].start), None)
    if behind is not None:
        return behind.of(question.key)[:_FOCUS_LENGTH]
    return spans[-1].of(question.key)[-_FOCUS_LENGTH:]
