"""A follow-up that sets a value, a bound or a name anew and the question before it in, that question with it out.

Example: 那水利局呢, after 能源局牵头的项目有几个 → 水利局牵头的项目有几个. What does not fit gives an empty text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.understand.earlier import Earlier
from assistant.understand.question import MentionKind
from assistant.understand.topic import stretches
from assistant.understand.turn import Turn
from assistant.understand.values import ValueMention
from corpus.folding import fold
from corpus.models import Span

_UNIT = re.compile(r"[（(][^（）()]*[）)]$")
_SHORTEST, _LONGEST, _ALIKE = 2, 6, 4
_ALONE = re.compile(r"[的是由在了牵头负责管主办\s]*")
_NEGATED = re.compile(r"[不非没未][\u3400-\u9fff]?$")
_ALONE_OF_ALL = re.compile(r"[只仅独]|一家|单独")
_LIKE = re.compile(r"^(?:中|里面|里)?(?:的|是|有)*")


def exchange_name(turn: Turn, before: Turn) -> str:
    """Exchange the name of a thing: 绿氢产业项目呢."""
    named = before.named or (before.nearly_named if before.asks_whether else None)
    if named is None or turn.asks or turn.attributes or turn.operations or turn.question.years:
        return ""
    if turn.plan is None:
        return ""
    rest = before.text[named.end :]
    nouns = [m.span.of(turn.text) for m in turn.question.mentions if m.kind is MentionKind.CLASS_NOUN]
    ending = next((noun for noun in nouns if turn.text.endswith(noun)), "")
    return before.text[: named.start] + turn.text + (rest.removeprefix(ending) if ending else rest)


def exchange_sibling(turn: Turn, before: Turn) -> str:
    """Exchange a name for the one beside it that ends alike: 农村的呢, after 城镇居民人均可支配收入是多少."""
    named, word = before.thing, turn.question.key.removesuffix("的")
    fits = turn.is_joined and turn.is_bare and not turn.values and _SHORTEST <= len(word) <= _LONGEST
    if named is None or not fits:
        return ""
    thing, place = named
    own = _UNIT.sub("", thing.key)
    names = (_UNIT.sub("", name) for name in before.planner.names_beside(thing) if word not in own)
    found = [name for name in names if fold(name).startswith(word) and _ends_alike(fold(name), own)]
    found = found or list(_called_otherwise(word, own, before))
    return before.text[: place.start] + found[0] + before.text[place.end :] if len(found) == 1 else ""


def _called_otherwise(word: str, own: str, before: Turn) -> frozenset[str]:
    """Return the names beside ``own`` that end alike and are meant by the word before an end of it.

    农牧民 before 人均可支配收入, of 城镇居民人均可支配收入, means 农村牧区居民人均可支配收入.
    """
    plans = (before.planner.plan_lookup(word + own[at:]) for at in range(_SHORTEST, len(own) - _ALIKE))
    rows = (plan.targets[0].entity for plan in plans if plan and plan.is_complete and len(plan.targets) == 1)
    names = {_UNIT.sub("", one.name) for one in rows if one.row is not None}
    return frozenset(name for name in names if fold(name) != own and _ends_alike(fold(name), own))


def _ends_alike(one: str, other: str) -> bool:
    return one[-_ALIKE:] == other[-_ALIKE:]


def exchange_noun(turn: Turn, before: Turn) -> str:
    """Exchange the noun for the rows: 我问的是指标, after 林草局牵头的项目有几个."""
    alone = turn.noun is not None and turn.noun.of(turn.text) == turn.text and turn.is_joined
    if not alone or before.noun is None or before.noun.of(before.text) == turn.text:
        return ""
    return before.text[: before.noun.start] + turn.text + before.text[before.noun.end :]


def exchange_values(turn: Turn, before: Turn, read: Callable[[str], Turn]) -> str:
    """Exchange values and bounds; a question word beside them asks of the new rows."""
    pairs = [pair for mention in turn.values if (pair := _alike(mention, before.values)) is not None]
    spans = [(old.span, new.span) for old, new in pairs]
    if turn.bounds and before.bounds:
        spans.append((before.bounds[0], turn.bounds[0]))
    if not spans or len(spans) < len(turn.values) + len(turn.bounds):
        return ""
    if _NEGATED.search(turn.text[: min(new.start for _, new in spans)]) or _ALONE_OF_ALL.search(turn.text):
        return ""  # 不归水利局的呢 and 只由水利局一家管的 are no exchange of one agency for another
    made = before.text
    for old, new in sorted(spans, reverse=True):
        made = made[: old.start] + new.of(turn.text) + made[old.end :]
    if not (turn.asks or turn.asks_of_rows):
        return made
    return f"{read(made).rows()}{_rest(turn)}"


def exchange_missing(turn: Turn, earlier: Earlier) -> str:
    """Exchange what was refused for a value or an attribute alone: 那牵头单位呢, after …的施工单位是谁."""
    before = earlier.before
    if not before.asks_something and before.noun is None:
        return ""
    new = turn.values[0] if turn.values and turn.is_bare and turn.noun is None else None
    aspect = turn.starts_with_noun and not turn.values and any(map(before.is_aspect, stretches(before)))
    if not aspect and (new is None or _alike(new, before.values) is not None):
        return ""
    for part in earlier.recalled.missing:
        span = _said_as(part, before)
        if span is None or part.isdigit():
            continue
        of_aspect = before.is_aspect(span)
        if aspect if of_aspect else new is not None:
            return before.text[: span.start] + turn.text + before.text[span.end :]
    return ""


def _said_as(part: str, before: Turn) -> Span | None:
    """Return where what was missing stands with the words that it is part of: 公安局 → 市公安局."""
    place = before.question.key.find(fold(part))
    whole = next((span for span in stretches(before) if span.start <= place < span.end), None)
    if place < 0 or whole is None:
        return None
    about = before.about or before.nearly_named
    start = about.end if about is not None and whole.start < about.end <= place else whole.start
    return Span(start, whole.end)


def _rest(turn: Turn) -> str:
    """Return what a turn asks, behind its conditions: 水利局牵头的有几个 → 有几个."""
    ends = [mention.span.end for mention in turn.values] + [span.end for span in turn.bounds]
    rest = turn.text[max(ends, default=0) :]
    head, found, tail = rest.partition("的")
    return tail if found and _ALONE.fullmatch(head) else _LIKE.sub("", rest)


def _alike(mention: ValueMention, others: Sequence[ValueMention]) -> tuple[ValueMention, ValueMention] | None:
    """Return the value of ``others`` that stands in the same column as ``mention``, with it."""
    columns = {(ref.table_id, ref.column) for ref in mention.refs}
    old = next((other for other in others if any((r.table_id, r.column) in columns for r in other.refs)), None)
    return None if old is None else (old, mention)
