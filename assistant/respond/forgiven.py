"""What a passage leaves of a question in, whether it may leave that and still answer out.

Example: 企业能否用没有防渗的沟渠排放含毒废水, against 禁止利用无防渗漏措施的沟渠…: “企业” may be left; neither
“哪家公司” nor “2030” may.

Left may be words around what is asked, of less weight than half of the question. Never what is asked itself, a name,
what stands in quotation marks, a figure, a year, a time of speaking (明天) or a denial: of those the documents say
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.respond.expected import asked_of_kind
from assistant.respond.reading.features import Asked
from assistant.understand.lexicon import Ask
from assistant.understand.question import Mention, MentionKind, Question
from corpus.models import Span

_FIRM = re.compile(r"[0-9a-z]|[不没未非无仅只谁哪几啥何]|多少|什么|怎")
_ASKED = frozenset({MentionKind.ATTRIBUTE, MentionKind.OPERATION, MentionKind.ASK, MentionKind.YEAR})
_QUOTED = re.compile(r"[“《「][^”》」]+[”》」]")
_COPULAS = frozenset({"是", "由", "为", "有", "归", "各是", "分别是"})
_MOST = 0.5


@dataclass(frozen=True, slots=True)
class Forgiving:
    """Tells what may be left.

    ``is_name`` knows names and times, ``is_place_word`` words of place (城里), which weigh nothing.
    """

    is_name: Callable[[str], bool]
    is_place_word: Callable[[str], bool]

    def forgives(self, question: Question, asked: Asked, left: Sequence[Span]) -> bool:
        """Return whether all of ``left`` may be left unsaid."""
        start = question.key.find(asked.focus) if asked.focus else -1
        focus = Span(start, start + len(asked.focus))
        # A verb beside the question word (怎么解决) asks nothing of its own, unless whether it is so is asked.
        tells = Ask.YES_NO in question.asks or any(word.overlaps(focus) for word in question.telling)
        firm = [focus] if start >= 0 and tells else []
        firm += _before_asking(question, _who_is(question))
        if asks_itself(question, left) or any(_FIRM.search(span.of(question.key)) for span in left):
            return False
        firm += [Span(*match.span()) for match in _QUOTED.finditer(question.key)]
        if any(span.overlaps(one) for span in left for one in firm):
            return False
        words = [word for word in question.words if any(word.overlaps(span) for span in left)]
        if not words or any(self.is_name(word.of(question.key)) for word in words):
            return False
        total = sum(asked.words.values())
        weighty = [word for span in words if not self.is_place_word(word := span.of(question.key))]
        return sum(asked.words.get(word, 0.0) for word in weighty) <= _MOST * total


def asks_itself(question: Question, left: Sequence[Span]) -> bool:
    """Return whether any of ``left`` is what the question asks, computes or asks of a year or a kind of thing."""
    firm = [m.span for m in question.mentions if m.kind in _ASKED] + asked_of_kind(question.key)
    if Ask.WHO in question.asks:
        # Who does something is asked of what is done: 谁来验收.
        ends = {m.span.end for m in question.mentions if m.kind in (MentionKind.ASK, MentionKind.FUNCTION)}
        firm += [word for word in question.words if word.start in ends]
    heads = _before_asking(question, _who_is(question))
    firm += [word for word in heads if not any(word.end == m.span.start for m in _asks(question))]
    return any(span.overlaps(one) for span in left for one in firm)


def _asks(question: Question) -> list[Mention]:
    return [mention for mention in question.mentions if mention.kind is MentionKind.ASK]


def _who_is(question: Question) -> list[Mention]:
    """Return the attributes that ask who somebody is: 是谁."""
    return [m for m in question.mentions if m.kind is MentionKind.ATTRIBUTE and "谁" in m.span.of(question.key)]


def topic(question: Question, left: Sequence[Span]) -> list[Span]:
    """Return the nouns and names that are left where at most one other is not: they say what the question is about."""
    gone = [span for span in question.telling if any(span.overlaps(one) for one in left)]
    return gone if len(question.telling) - len(gone) <= 1 else []


def leaves_subject(question: Question, left: Sequence[Span]) -> bool:
    """Return whether what is asked about, right before what asks, is left: 施工 of 公路养护的施工由谁负责."""
    return any(span.overlaps(one) for span in left for one in _before_asking(question, _who_is(question)))


def _before_asking(question: Question, besides: Sequence[Mention] = ()) -> list[Span]:
    """Return what names something right before a question word, or with a copula between: 副组长 of 副组长由谁担任.

    What asks are mentions of asking, and those of ``besides``.
    """
    asks = [m.span.start for m in (*_asks(question), *besides)]
    forms = {
        m.span.end: m.span.start
        for m in question.mentions
        if m.kind is MentionKind.FUNCTION and m.span.of(question.key) in _COPULAS
    }
    ends = {forms.get(start, start) for start in asks} | set(asks)
    return [span for span in question.telling if span.end in ends]
