"""A follow-up that asks whether something is so and the questions before it in, the question with its subject out.

Example: 也是农牧局吗, after 甲工程谁牵头 → 甲工程是农牧局牵头吗; then 那是谁 → 甲工程是谁牵头. What does not fit gives
an empty text.
"""

from __future__ import annotations

import re

from assistant.understand.earlier import Earlier
from assistant.understand.every_row import find_all
from assistant.understand.lexicon import Ask
from assistant.understand.turn import Turn
from corpus.cell_values import AGENCY
from corpus.models import Span

_AGENCY_ASKED = (
    r"(?:谁|哪(?:一?[个家]|几[个家]|些)?(?:委办局|[委厅]?局|单位|部门|机构)?|(?:什么|何)(?:单位|部门|机构))"
    r"(?![年月里儿])"
)
_PLACE_ASKED = r"(?:哪(?:里|儿|(?:一?[个些]|几个)(?:地方|旗区?|区县?|县|市|镇))|(?:什么|何)地方)"
_ASKED = re.compile(rf"(?:由|归|是|在)?(?:{_PLACE_ASKED}|{_AGENCY_ASKED})")
_LED = r"(?:牵头|负责|管|的)*"
_INSTEAD = re.compile(
    rf"(?:到底|究竟|实际上?|应该?)?(?:(?P<agency>(?:由|归|是)?{_AGENCY_ASKED}){_LED}"
    rf"|(?P<place>(?:在|是)?{_PLACE_ASKED})|(?P<figure>(?:是|有)?多少))"
)
_ALSO = re.compile(r"^(?:它(?!们)|这个|那个)?(?:同样|难道|(?:[也还都又就]|可(?!再))(?=[是由归在有为]))*")
_OR_NOT = re.compile(r"(?P<verb>[是有在])(?:不|没)(?P=verb)|是否")
_AS_WELL = re.compile("^(?:它们|他们)?也?")
_ENDS = re.compile(r"(?:没有|[对是]吧|[对是]吗|是不是)$")
_IS = re.compile(r"^(?:是|由|归|为|有|包括)")
_BEGINS = re.compile(r"^(?:是|由|归|在|有|包括|属于|属|算|到)")
_WITHIN = re.compile(r"(?P<what>[^，,。；;]{2,12}?)[也都]?(?:包括|包含|算|列)?在(?:内|里面|里头|其中|名单里)")
_THERE = re.compile(r"(?P<there>[在于][^，,。；;]{2,12}?)有")
_ASKS_ALREADY = re.compile("[吗么嘛谁哪几]|是不是|是否|有没有|多少|什么|怎")
_REACHES = re.compile(r"达到?|降[到至低]*|提高[到至]?|增[加长]?[到至]?|升[到至]?|实现|超过")

_SAME_AGENCY = re.compile(
    r"(?P<thing>[^，,。；;？?]*?)[，,]?(?:呢[，,]?)?(?:是不是|是否)?[也还都]*(?:是|由|归)(?:它们?|他们|这家(?:单位)?|[这那该]个?(?:单位|部门|局))"
    r"(?P<led>牵头|负责|主管|承担|管)?的?(?:吗|么|吧)?[？?。]*"
)


def ask_whether(turn: Turn, earlier: Earlier, headers: str) -> str:
    """Rule 9 for what is to be confirmed or denied of one thing: 也是农牧局吗, 在达拉特旗吗, 投资超过30亿元吗.

    Words that name something of their own say what they are about. 都… is asked of all rows spoken of.
    """
    if told := _of_every(turn, earlier) or _of_same_agency(turn, earlier):
        return told
    own = [word for word in turn.own_words(headers) if not _REACHES.fullmatch(word)]
    if not turn.asks_whether or own or turn.question.asks - {Ask.YES_NO} or turn.noun is not None:
        return ""
    thing, said = _one_thing(earlier), _plainly(turn.text)
    if not thing or not said or turn.named is not None:
        return ""
    if exchanged := _exchanged(said, turn, earlier.before):
        return f"{exchanged}吗"
    if not (turn.has_condition or turn.question.years) or not (turn.attributes or turn.bounds or _BEGINS.match(said)):
        return ""
    joint = "的" if turn.starts_with_noun and turn.values and turn.attributes else ""
    return f"{thing}{joint}{said}吗"


def asking_still(made: str, turn: Turn, before: Turn) -> str:
    """Return what was made of a turn, still asking whether it is so where the turn did, or asks the same again."""
    whether = turn.asks_whether or (before.asks_whether and turn.is_bare)
    return f"{made}吗" if made and whether and not _ASKS_ALREADY.search(made) else made


def ask_instead(turn: Turn, earlier: Earlier) -> str:
    """Rule 6 for what is so, where something else was asked to be confirmed: 那是谁, after 是农牧局牵头吗."""
    before, match = earlier.before, _INSTEAD.fullmatch(turn.text)
    thing = _place(before)
    held = [*(mention.span for mention in before.values), *before.bounds]
    stated = [span for span in held if thing is None or not span.overlaps(thing)]
    if match is None or not before.asks_whether or thing is None or len(stated) != 1:
        return ""
    is_agency = AGENCY.search(stated[0].of(before.question.key)) is not None
    kind = "figure" if stated[0] in before.bounds else "agency" if is_agency else "place"
    return _OR_NOT.sub(_once, _put(before, stated[0], match[kind])) if match[kind] else ""


def _of_every(turn: Turn, earlier: Earlier) -> str:
    """Return what is to be confirmed of all rows spoken of (都在达拉特旗吗); empty where it is not."""
    match, said = find_all(turn.question), _AS_WELL.sub("", turn.text)
    measured = [span.of(turn.text) for span in turn.attributes[:1]]
    if match is None or not turn.asks_whether or turn.question.asks - {Ask.YES_NO} or turn.named is not None:
        return ""
    if _AS_WELL.sub("", turn.text[: match.start()]) not in ("", *measured):
        return ""
    rows = earlier.shown() if earlier.before.is_of_one else earlier.rows()
    return f"{rows}{said}{'' if _ASKS_ALREADY.search(said) else '吗'}" if rows else ""


def _of_same_agency(turn: Turn, earlier: Earlier) -> str:
    """Return whether the agency that answered does so for another thing, too: 煤制烯烃也是它牵头吗; else empty."""
    match, agency = _SAME_AGENCY.fullmatch(turn.text), earlier.agency()
    thing = (match["thing"] or _one_thing(earlier)) if match is not None else ""
    if match is None or not agency or not thing or not turn.asks_whether or (match["thing"] and turn.named is None):
        return ""
    led = match["led"] or ("牵头" if "牵头" in earlier.before.text else "负责")
    return f"{thing}是{agency}{led}吗"


def _plainly(text: str) -> str:
    """Return what is asked, without 也 and without what only asks: 是不是水利局 → 是水利局."""
    said = _ALSO.sub("", text)
    while (shorter := _ENDS.sub("", said)) != said:
        said = shorter
    said = _OR_NOT.sub(_once, said, count=1)
    if (within := _WITHIN.fullmatch(said)) is not None:
        return f"包括{within['what']}"
    there = _THERE.fullmatch(said)
    return there["there"] if there is not None else said


def _once(match: re.Match[str]) -> str:
    return match["verb"] or "是"


def _one_thing(earlier: Earlier) -> str:
    """Return the one thing that was spoken of; empty where it was rows, or sentences that are of no work."""
    before = earlier.before
    if (place := _place(before)) is not None:
        of_rows = before.noun is not None and not before.noun.overlaps(place) and before.rows()
        return "" if of_rows else place.of(before.text)
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
