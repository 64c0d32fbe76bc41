"""A question of a share in, the rows that make up the whole which the share is of out.

占乙行动总投资的百分之几 is a share of the rows of 乙行动, not of all; 占该行动的 of those of the one named before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.understand.columns import GROUP_COLUMN
from assistant.understand.query import Condition
from assistant.understand.question import Question
from assistant.understand.values import ValueMention
from corpus.models import Span

_WHOLE = re.compile(r"占(?:了|到)?(?P<whole>[^占，,。；;？?]{2,}?)的?(?=百分|比例|比重|份额|几成|多少|多大)")
_OF_ALL = re.compile(r"(?:占|在)(?:了|到)?(?:全部|总|所有|整个|全市)")
_FRAME = re.compile(
    r"(?:牵头|负责|承担|主办)?的?(?:重点)?(?:项目|指标|工程)?的?(?:总?投资)?(?:里面?|当中|之中|中(?![型小心央等部国]))"
)
_PICKS = re.compile(r"最[大多高小少低]|前[一二三四五六七八九十\d]")
_EARLIER = re.compile(r"(?:这笔|那笔|上述|以上|这些|那些)(?=[^，,。]{0,8}[里中])")
_POINTS = re.compile(r"^(?:该|这个|本|其?所[在属])")


@dataclass(frozen=True, slots=True)
class Whole:
    """The conditions of the rows that a share is of (none: of all rows) and the mentions that speak of its part.

    ``unheard`` is where another whole is named that no condition tells apart from the part.
    """

    conditions: tuple[Condition, ...]
    mentions: Sequence[ValueMention]
    unheard: tuple[Span, ...] = ()


def find_whole(question: Question, mentions: Sequence[ValueMention], conditions: Sequence[Condition]) -> Whole:
    """Return the whole that a question takes a share of."""
    match = _WHOLE.search(question.key)
    span = Span(*match.span("whole")) if match is not None else Span(0, 0)
    within = [mention for mention in mentions if span.covers(mention.span)]
    held = _texts(within)
    before = _texts([mention for mention in mentions if mention.span.end <= span.start])
    whole = tuple(one for one in conditions if one.values and held.issuperset(one.values))
    if not within and not _OF_ALL.search(question.key):
        whole = _framed(question.key, mentions, conditions)  # 乙行动中丙局的占多大比例
        if whole and (set(whole) != set(conditions) or _PICKS.search(question.key)):
            return Whole(whole, mentions)
    if earlier := _EARLIER.search(question.key):
        return Whole((), mentions, (Span(*earlier.span()),))
    if match is not None and not within and _POINTS.search(match["whole"]):
        whole = tuple(one for one in conditions if one.column <= GROUP_COLUMN)
    if not before and set(whole) == set(conditions):
        return Whole((), mentions)  # 占乙行动的多少 names no part
    # 乙行动的…占乙行动的: what is named again is of the part as well.
    again = [mention for mention in within if before.issuperset(_texts([mention]))]
    rest = tuple(mention for mention in mentions if mention not in again)
    return Whole(whole, rest, (span,) if within and not whole else ())


def picked_whole(key: str, conditions: Sequence[Condition]) -> tuple[Condition, ...]:
    """Return the rows that an order picks where a share is of them: 前五的项目里丙局的占多大比例."""
    picked = [number for number, one in enumerate(conditions, 1) if one.top]
    return tuple(conditions[: picked[0]]) if picked and picked[0] < len(conditions) and not _OF_ALL.search(key) else ()


def _framed(key: str, mentions: Sequence[ValueMention], conditions: Sequence[Condition]) -> tuple[Condition, ...]:
    """Return the conditions that a frame before the part states: 乙行动中, 丙局牵头的项目里."""
    framing = [mention for mention in mentions if _FRAME.match(key, mention.span.end)]
    held = _texts([mention for mention in mentions if framing and mention.span.end <= framing[-1].span.end])
    return tuple(one for one in conditions if one.values and held.issuperset(one.values))


def _texts(mentions: Sequence[ValueMention]) -> set[str]:
    return {ref.text for mention in mentions for ref in mention.refs}
