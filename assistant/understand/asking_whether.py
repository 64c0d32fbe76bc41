"""A follow-up that asks whether something is so and the questions before it in, the question with its subject out.

Example: 也是农牧局吗, after 甲工程谁牵头 → 甲工程是农牧局牵头吗; then 那是谁 → 甲工程是谁牵头. What does not fit gives
an empty text.
"""

from __future__ import annotations

import re

from assistant.understand.earlier import Earlier
from assistant.understand.turn import Turn
from corpus.models import Span

_ALSO = re.compile(r"^(?:它|这个|那个)?(?:同样|难道|[也还都又就可])*")
_ASKED = re.compile(
    r"(?:由|归|是|在)?(?:谁|哪(?:一?[个些家几])?(?:委办局|[委厅]?局|单位|部门|机构|地方|旗区?|区县?|市|里|儿)?"
    r"|(?:什么|何)(?:单位|部门|机构|地方))"
)
_INSTEAD = re.compile(
    r"(?:到底|究竟|实际上?|应该?)?(?P<asked>(?:由|归|是|在|有)?(?:谁|哪.{0,4}?|多少))(?:牵头|负责|管|的)*"
)
_IS = re.compile(r"^(?:是|由|归|为|有|包括)")
_HAS = re.compile(r"^(?:是|由|归|在|有|包括|属于|属|算|到)")


def ask_whether(turn: Turn, earlier: Earlier) -> str:
    """Rule 9 for what is to be confirmed or denied of one thing: 也是农牧局吗, 在达拉特旗吗, 投资超过30亿元吗."""
    thing, said = _one_thing(earlier), _ALSO.sub("", turn.text)
    if not turn.asks_whether or not thing or not said or turn.noun is not None or turn.named is not None:
        return ""
    if exchanged := _exchanged(said, turn, earlier.before):
        return f"{exchanged}吗"
    if not (turn.has_condition or turn.question.years) or not (turn.attributes or turn.bounds or _HAS.match(said)):
        return ""
    return f"{thing}{'的' if turn.starts_with_noun and turn.values else ''}{said}吗"


def ask_instead(turn: Turn, earlier: Earlier) -> str:
    """Rule 6 for what is so, where something else was asked to be confirmed: 那是谁, after 是农牧局牵头吗."""
    before, match = earlier.before, _INSTEAD.fullmatch(turn.text)
    thing = _place(before)
    held = [*(mention.span for mention in before.values), *before.bounds]
    places = [span for span in held if thing is None or not span.overlaps(thing)]
    if match is None or not before.asks_whether or thing is None or len(places) != 1:
        return ""
    return _put(before, places[0], match["asked"])


def _one_thing(earlier: Earlier) -> str:
    """Return the one thing that was spoken of; empty where it was rows, or sentences that are of no work."""
    before = earlier.before
    if (place := _place(before)) is not None:
        return place.of(before.text)
    return earlier.recalled.rows[0] if len(earlier.recalled.rows) == 1 and before.noun is None else ""


def _place(before: Turn) -> Span | None:
    """Return where the question before names the thing that it asks about, or that it asks to confirm something of."""
    return before.about or (before.nearly_named if before.asks_whether else None)


def _exchanged(said: str, turn: Turn, before: Turn) -> str:
    """Return the question before with a value alone in the place of what was asked, or of another value; else empty."""
    alone = len(turn.values) == 1 and not turn.attributes and not turn.bounds
    value = turn.values[0].span.of(turn.text) if alone else ""
    if not alone or _IS.sub("", said) != value:
        return ""
    place = _place(before)
    stated = [mention.span for mention in before.values if place is None or not mention.span.overlaps(place)]
    if before.asks_whether and len(stated) == 1:
        return _put(before, stated[0], value)
    match = _ASKED.search(before.text, place.end if place is not None else 0)
    return _put(before, Span(*match.span()), f"是{value}") if match is not None else ""


def _put(before: Turn, place: Span, text: str) -> str:
    """Return the question before with ``text`` at ``place``, where what joins both stands once."""
    head = before.text[: place.start]
    joint = _IS.match(text)
    if joint is not None and head.endswith(("是", "由", "归", "为", "在")):
        text = text[joint.end() :]
    return head + text + before.text[place.end :]
