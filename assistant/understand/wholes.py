"""A question of a share in, the rows that make up the whole which the share is of out.

占乙行动总投资的百分之几 is a share of the rows of 乙行动, not of all; 占该行动的 of those of the one named before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.understand.attributes import GROUP_COLUMN
from assistant.understand.bounds import find_bounds
from assistant.understand.query import Condition
from assistant.understand.question import Question
from assistant.understand.values import ValueMention
from corpus.cell_values import AGENCY, RANKS
from corpus.folding import fold
from corpus.models import Span

_WHOLE = re.compile(
    r"(?P<verb>占|是|为|相当于)(?:了|到)?(?!多少|多大|几成|百分)"
    r"(?P<whole>[^占是，,。；;？?]{2,}?)的?(?=百分|比例|比重|份额|几成|多少|多大)"
)
_ALL_ROWS = re.compile(r"(?:占|在)(?:了|到)?(?:全部|总|所有|整个|全市)")
_FRAME = re.compile(
    r"(?:牵头|负责|承担|主办)?的?(?:重点)?(?:项目|指标|工程)?的?(?:总?投资)?"
    r"(?:里面?|当中|之中|中(?!型|小(?!于)|心|央|等(?!于)|部|国(?!家)))"  # 中型灌区, 中小企业 begin a word
)
_ORDER = re.compile(r"最[大多高小少低]|前[一二三四五六七八九十\d]")
_EARLIER = re.compile(r"(?:[这那]笔|上述|[这那]些)(?=[^，,。]{0,8}[里中])")  # 这笔投资里, not said of what
_POINTING = re.compile(r"(?:该|这个|本|其(?:所[在属])?|所[在属])(?:重点)?")  # 占该行动, 占其总投资


@dataclass(frozen=True, slots=True)
class Whole:
    """The conditions of the rows that a share is of (none: of all rows) and the mentions that speak of its part.

    ``unheard`` is where another whole is spoken of that no condition tells apart from the part.
    """

    conditions: tuple[Condition, ...]
    mentions: Sequence[ValueMention]
    unheard: tuple[Span, ...] = ()


def find_whole(question: Question, mentions: Sequence[ValueMention], conditions: Sequence[Condition]) -> Whole:
    """Return the whole that a question takes a share of.

    It stands behind 占 (占乙行动总投资的百分之几), or in a frame (乙行动中丙局的占多大比例).
    """
    key = question.key
    if (span := _behind_verb(key, mentions)) is not None:
        return _named(key, span, mentions, conditions)
    if earlier := _EARLIER.search(key):
        return Whole((), mentions, (Span(*earlier.span()),))
    everything = _ALL_ROWS.search(key)
    if everything and not any(mention.span.start == everything.end() for mention in mentions):
        return Whole((), mentions)
    return _framed(key, mentions, conditions)


def picked_whole(key: str, conditions: Sequence[Condition]) -> tuple[Condition, ...]:
    """Return the rows that an order picks where a share is of them: 前五的项目里丙局的占多大比例."""
    picked = [number for number, one in enumerate(conditions, 1) if one.top]
    stated = picked and picked[0] < len(conditions) and not _ALL_ROWS.search(key)
    return tuple(conditions[: picked[0]]) if stated else ()


def _behind_verb(key: str, mentions: Sequence[ValueMention]) -> Span | None:
    """Return where another whole than all rows is named behind 占, or behind 是 where a value is named in it."""
    for match in _WHOLE.finditer(key):
        span = Span(*match.span("whole"))
        named = any(span.covers(mention.span) for mention in mentions)
        said = _POINTING.match(key, span.start) or _ORDER.search(span.of(key)) or _bounds(key, span)
        if named or (said and match["verb"] == "占"):
            return span
    return None


def _bounds(key: str, span: Span) -> list[Span]:
    return [bound.span for bound in find_bounds(key) if span.overlaps(bound.span)]


def _named(key: str, span: Span, mentions: Sequence[ValueMention], conditions: Sequence[Condition]) -> Whole:
    """Return the whole that ``span`` names; what it names again (乙行动的…占乙行动的) is of the part as well."""
    within = [mention for mention in mentions if span.covers(mention.span)]
    before = _texts([mention for mention in mentions if mention.span.end <= span.start])
    held = _texts(within)
    whole = tuple(one for one in conditions if one.values and held.issuperset(one.values))
    if not within:
        whole = _pointed_at(key, span, conditions)
    if not whole or _bounds(key, span) or _ORDER.search(span.of(key)):
        return Whole((), mentions, (span,))
    if any(before & set(one.values) and set(one.values) - before for one in whole):
        return Whole((), mentions, (span,))  # 乙局…占甲局和乙局的: one condition is of both
    if not before and set(whole) == set(conditions) and within:
        return Whole((), mentions)  # 占乙行动的多少 names no part
    again = [mention for mention in within if before.issuperset(_texts([mention]))]
    return Whole(whole, tuple(mention for mention in mentions if mention not in again))


def _pointed_at(key: str, span: Span, conditions: Sequence[Condition]) -> tuple[Condition, ...]:
    """Return the conditions on what is pointed at: a group of rows (该行动), an agency or a place (该局, 该旗)."""
    match = _POINTING.match(key, span.start)
    noun = key[match.end() : match.end() + 2] if match is not None else ""
    short = noun[:1] if AGENCY.search(noun[:1]) or noun[:1] in RANKS else noun
    fitting = [one for one in conditions if one.values and (one.column <= GROUP_COLUMN or short != noun)]
    return tuple(one for one in fitting if short and all(fold(value).endswith(short) for value in one.values))


def _framed(key: str, mentions: Sequence[ValueMention], conditions: Sequence[Condition]) -> Whole:
    """Return the whole that a frame states: 乙行动中, 丙局牵头的项目里, in 在乙行动中 what stands behind 在."""
    bounded = [bound.span for bound in find_bounds(key) if _FRAME.match(key, bound.span.end)]
    framing = [*(mention.span for mention in mentions if _FRAME.match(key, mention.span.end)), *bounded]
    if not framing:
        return Whole((), mentions)
    end = max(span.end for span in framing)
    start = key.rfind("在", 0, min(span.start for span in framing)) + 1
    held = _texts([mention for mention in mentions if start <= mention.span.start and mention.span.end <= end])
    whole = tuple(one for one in conditions if (one.values and held.issuperset(one.values)) or (bounded and one.sign))
    others = [mention for mention in mentions if not (start <= mention.span.start and mention.span.end <= end)]
    several = bool(bounded) and sum(bool(one.sign) for one in conditions) > 1
    if several or not whole or (set(whole) == set(conditions) and others):
        return Whole((), mentions, (Span(start, end),))  # 甲局和乙局的项目中乙局的: one condition is of both
    if set(whole) == set(conditions) and not _ORDER.search(key):
        return Whole((), mentions)
    return Whole(whole, mentions)


def _texts(mentions: Sequence[ValueMention]) -> set[str]:
    return {ref.text for mention in mentions for ref in mention.refs}
