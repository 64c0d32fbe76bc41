"""A follow-up that names one thing anew and the question before it in, that question with the thing exchanged out.

Example: 前五呢, after 投资前三的项目是哪些 → 投资前五的项目是哪些. A function that does not fit gives an empty text.
"""

from __future__ import annotations

import re

from assistant.understand.orders import all_ranks, next_ranks
from assistant.understand.ordinals import NTH
from assistant.understand.question import MentionKind
from assistant.understand.turn import Turn
from corpus.knowledge import AGENCY_ATTRIBUTES
from corpus.models import Span
from corpus.numerals import find_quantities, parse_chinese_integer

COMPARED = re.compile(r"(?:比|跟|与|和|同)(?=.*(?:比|多|少|高|低|差|倍|提|下|增|减|升|降))")
_AGAINST = re.compile(r"^(?:比|跟|与|和|同)?20\d\d年?(?:相)?(?:比|对比)")
_OF_ANY_YEAR = frozenset({"target", "base_value"})
"""What any year's figure may be called: 2025年的目标呢."""
_NUMBERED = re.compile(rf"(?:{NTH})(?:[个项条位名家]|行)(?:项目|指标|工程)?")
_NOUN_BEHIND = re.compile(r"(?:项目|指标|工程)$")
_FIGURE = re.compile(r"\d+(?:\.\d+)?(?:万|亿|千)?(?:元|%)?|[一二两三四五六七八九十百千]+(?:万|亿|千)(?:元)?")
_WHO = re.compile(r"[谁哪]")
_PLACE = re.compile(
    r"(?:那么?)?(?:排名?)?第(?P<number>[二三四五六七八九十]|\d+)(?:名|位)?的?(?:又?是)?(?:谁|哪一?[个家项](?:项目|指标)?)?[呢？?]*"
)
_N = r"[一两二三四五六七八九十]|\d{1,2}"
_NEXT = re.compile(
    rf"(?:那|那么)?(?:再|接着|继续)?(?:往下|往后|接下来|后面|下面|之后)(?:再)?[数属排]?(?:的|是)?(?P<count>{_N})[个项家名位](?:项目|指标)?[呢？?。]*"
)
_RANKED = re.compile(r"的?(?P<named>[\u3400-\u9fff]{2,20}?)(?:分别)?(?:有哪些|是哪[些几][个项]?|是什么)?[？?。]*$")
_SO_MANY = re.compile(rf"(?:这|上述|以上)(?P<count>{_N})[个项家名位](?:项目|指标)?(?:里头|里面?|中|当中)?[，,]?")
_END = re.compile(r"最(?P<order>[大高多长晚小少低短早])")
_INTO = re.compile(r"^(?:那|那么|再)?(?:换成|换算成|折算成|折合成|折合|合|按|用)?(?:是|有)?(?:多少|几)?")


def exchange_year(turn: Turn, before: Turn) -> str:
    """Exchange a year, or set one where none was said.

    A start or an end of its own (2025年完工的) is asked of all rows of the kind.
    """
    years = turn.question.year_spans()
    if len(years) != 1 or turn.values or turn.bounds:
        return ""
    if turn.sets_period:
        head, _, tail = turn.text.partition("的")
        noun = before.noun.of(before.text) if before.noun is not None else ""
        return f"{head}的{noun}{tail or '有哪些'}" if noun and before.sets_period else ""
    old = before.question.year_spans()
    if _AGAINST.search(turn.text) and len(old) == 1 and before.named is not None:
        return f"{before.named.of(before.text)}{old[0][0]}年比{years[0][0]}年变化多少"
    others = {m.name for m in turn.question.mentions if m.kind is MentionKind.ATTRIBUTE} - _OF_ANY_YEAR
    if len(old) > 1 or others or turn.operations or turn.asks or COMPARED.match(turn.text):
        return ""
    return _put(before, old[0][1], years[0][0]) if old else f"{years[0][0]}年{before.text}"


def exchange_order(turn: Turn, before: Turn) -> str:
    """Exchange an order: 前五呢 after 投资前三的项目, 投资最多的呢 after 投资最少的."""
    new = turn.orders[:1] or operation_spans(turn)[:1]
    old = (before.orders if turn.orders else ())[:1] or operation_spans(before)[:1]
    measures = {span.of(before.text) for span in before.attributes}
    other = any(span.of(turn.text) not in measures for span in turn.attributes)
    if not turn.is_order or not before.is_order or other or turn.values or not new or not old:
        return ""
    return _put(before, old[0], new[0].of(turn.text))


def exchange_rank(turn: Turn, before: Turn) -> str:
    """Ask for later places of an order whose end was asked: 第二呢 after 投资最大的是哪个, 再往下三个 after 前五."""
    if ranks := _exchange_ranks(turn, before):
        return ranks
    place, end = _PLACE.fullmatch(turn.text), _END.search(before.text)
    if place is None or end is None or before.orders:
        return ""
    return _put(before, Span(*end.span()), f"第{place['number']}{end['order']}")


def _exchange_ranks(turn: Turn, before: Turn) -> str:
    """Ask for the places behind those of the order asked for, or for what is asked of all of these: 这八个里头…."""
    if more := _NEXT.fullmatch(turn.text):
        ranks = next_ranks(before.text, parse_chinese_integer(more["count"]) or 0)
        return _put(before, *ranks) if ranks is not None and before.noun is not None else ""
    counted, asked = _SO_MANY.match(turn.text), all_ranks(before.text)
    if counted is None or asked is None or parse_chinese_integer(counted["count"]) != asked[1]:
        return ""
    what = _RANKED.match(before.text, asked[0].end)
    named = what["named"] if what is not None and what["named"] else "项目"
    return f"{before.text[: asked[0].start]}排前{asked[1]}的{named}中{turn.text[counted.end() :]}"


def exchange_part(turn: Turn, before: Turn) -> str:
    """Exchange what an agency does: 配合哪些 after 市能源局牵头哪些重点工程."""
    new = [m for m in turn.question.mentions if m.kind is MentionKind.ATTRIBUTE and m.name in AGENCY_ATTRIBUTES]
    old = [m for m in before.question.mentions if m.kind is MentionKind.ATTRIBUTE and m.name in AGENCY_ATTRIBUTES]
    if len(new) != 1 or len(old) != 1 or not before.values or turn.values or not turn.asks:
        return ""
    does = turn.asks[0].start >= new[0].span.end and _WHO.search(old[0].span.of(before.text)) is None
    return _put(before, old[0].span, new[0].span.of(turn.text)) if does else ""


def exchange_number(turn: Turn, before: Turn) -> str:
    """Exchange the figure of a bound, or one stated: 200亿呢 after 投资超过300亿的, 85岁的呢 after 90岁的."""
    if len(before.bounds) != 1 or _FIGURE.fullmatch(turn.text) is None:
        return _exchange_stated(turn, before)
    bound = before.bounds[0].of(before.text)
    old = _FIGURE.search(bound)
    return _put(before, before.bounds[0], bound[: old.start()] + turn.text + bound[old.end() :]) if old else ""


def _exchange_stated(turn: Turn, before: Turn) -> str:
    """Exchange a figure for one of its unit, or the number alone: 80的呢 after 90岁老人…; years are no such figures."""
    said = turn.text.removesuffix("的")
    stated = [(figure, span) for figure, span in find_quantities(before.text) if figure.unit not in ("", "年")]
    if said.isdigit() and len(stated) == 1:
        (figure, span) = stated[0]
        number = re.match(r"\d[\d.,]*(?![\d.,]*[-—~到至])", figure.text)
        return _put(before, Span(span.start, span.start + number.end()), said) if number is not None else ""
    figures = [figure for figure, span in find_quantities(said) if span == Span(0, len(said))]
    units = {figure.unit.removeprefix("周") for figure in figures} - {"", "年"}
    alike = [span for figure, span in stated if figure.unit.removeprefix("周") in units]
    return _put(before, alike[0], said) if len(alike) == 1 else ""


def exchange_ordinal(turn: Turn, before: Turn) -> str:
    """Exchange a number: 第4行呢 after 项目表第3行是什么."""
    old = _NUMBERED.search(before.text)
    if old is None or _NUMBERED.fullmatch(turn.text) is None:
        return ""
    noun = _NOUN_BEHIND.search(old.group())
    kept = noun.group() if noun is not None and not turn.text.endswith(noun.group()) else ""
    return _put(before, Span(*old.span()), turn.text.removesuffix("的") + kept)


def exchange_unit(text: str, before: Turn, unit: re.Pattern[str]) -> str:
    """Ask for the same in another unit: 换成元呢, 合多少公顷."""
    wanted = _INTO.sub("", text.strip().rstrip("呢吗？?。"))
    if unit.fullmatch(wanted) is None:
        return ""
    asked = re.search(rf"(?:合|折合|换算成|是)?(?:多少|几)(?:{unit.pattern})|换算成(?:{unit.pattern})", before.text)
    stem = before.text[: asked.start()] if asked is not None else before.text
    return f"{stem.rstrip('？?。的是多少')}是多少{wanted}"


def kept_measure(turn: Turn, before: Turn) -> str:
    """Return the attribute that an order or “each” goes on to ask about; what each has is no total."""
    each = "分别" in turn.text or "各" in turn.text or "average" in turn.operations
    if turn.attributes or not before.attributes or not (each or (turn.is_order and before.is_order)):
        return ""
    measure = before.attributes[-1].of(before.text)
    return measure.removeprefix("总") if each else measure


def operation_spans(turn: Turn) -> list[Span]:
    """Return where something is computed (最大, 一共)."""
    return [m.span for m in turn.question.mentions if m.kind is MentionKind.OPERATION]


def _put(before: Turn, place: Span, text: str) -> str:
    return before.text[: place.start] + text + before.text[place.end :]
