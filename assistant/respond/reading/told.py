"""A question and the passage that answers it in, the words of it that are told first out.

Example: 下游平原区治理包括哪些内容 → the whole sentence; 淘汰多大的机组 → “逐步淘汰…30万千瓦以下落后老旧机组”.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

from assistant.respond.expected import IN_CHARGE, listed_noun, missing_of_kind
from assistant.respond.listed import items_of, names_several
from assistant.respond.reading.covering import behind_heading, covering
from assistant.respond.reading.direct import BODY, asks_who, say_directly
from assistant.respond.reading.each_part import TIME, asks_twice, parts_unsaid
from assistant.respond.reading.free import free_of_charge
from assistant.respond.reading.model import Reading
from assistant.respond.reading.of_place import part_of_place
from assistant.respond.reading.segments import MARKS, Segment
from assistant.respond.reading.to_its_end import to_its_end
from assistant.understand.lexicon import Ask
from assistant.understand.question import MentionKind, Question
from assistant.understand.understanding import Understanding
from corpus.folding import fold_once
from corpus.models import Span

Alike = Callable[[str], tuple[str, ...]]
_WHOLE = re.compile(
    r"(?:哪些|什么|啥)(?:具体|主要|重点)?(?:内容|措施|任务|工作|举措|做法|要求|事|活动|安排|规定)"
    r"|(?:哪些|什么|啥)(?!单位|部门|地方|时候|时间)[\u3400-\u9fff]{0,2}(?:办法|措施|举措|要求|规定|政策|手段|对策)(?=[？?。]*$)"
    r"|(?:内容|措施|任务|举措|做法|要求|安排)(?:有哪些|是什么|有什么)"
    r"|(?:什么|哪些|啥)(?:样的)?(?:处罚|处分|后果|责任|奖励|优惠|条件|情形|情况)"
    r"|(?:增长?|上升|提高|升|涨)了?还是(?:减少?|下降|降低|降|跌)"
    r"|[做干](?:些)?(?:什么|啥|哪些)|怎么|怎样|如何|咋|为何|为了?什么|为了?啥|图什么|什么考虑|原因|目的|什么意思|指什么|是指|含义|定义|才?算(?!多少|几|下来)"
)
"""What asks for all that is said of a thing."""
_PAIR = 2
_DEFINES = re.compile(r"[，,、（(]?(?:是指|即指|指的是)")
_NAMED_ASKS = frozenset({Ask.LIST, Ask.WHO, Ask.WHEN, Ask.HOW_MANY})
_FIGURE = re.compile(r"(?<!\d)(?!(?:19|20)\d\d年)\d")
_END = re.compile(r"最[高低多少大小](?=.{0,6}(?:多少|几))")
_MUCH = re.compile(r"多少|(?<![好十])几")
_DATE = re.compile(r"\d+[年月日]")
_SEVERAL = re.compile(r"哪几[样种类]")
_BY = re.compile(r"由[^，。；：]{2,}|单位|企业|公司")
_CHARGE = re.compile(r"由?[\u3400-\u9fff、]{2,24}?(?:负责|牵头|主管)[，,。；;]?")


def told(question: Question, reading: Reading, understanding: Understanding) -> tuple[Span, ...]:
    """Return the words of the passage that answer: what stands of the place asked, a date, a figure, or whole clauses.

    Whole clauses hold all that is asked about, and a thing of the kind asked for (哪所大学) where there is one. What
    asks for all that is said, for a place, or for two things at once is told the whole sentence.
    """
    segments, text = reading.found.page.segments, reading.found.document.text
    alike = understanding.units.alike
    in_cell = reading.found.cell is not None  # a cell is cited whole
    cited = [segment for segment in segments if in_cell or reading.cited.covers(segment.span)]
    several = asks_twice(question)
    counts = Ask.HOW_MANY in question.asks or "count" in question.named(MentionKind.OPERATION)
    asks_amount = "amount" in question.named(MentionKind.ATTRIBUTE) and Ask.WHO not in question.asks
    counts = counts or asks_amount
    if counts and (of_place := part_of_place(question.key, text, reading.cited, understanding.places.named_in)):
        return (of_place,)
    if (free := free_of_charge(question, segments, reading.span)) is not None:
        return (_unmarked(free, text),)
    before = [segment.span for segment in segments if segment.span.end <= reading.span.start]
    direct = say_directly(question, text, reading.span, before)
    if counts:
        direct = _with_its_figure(question, cited, direct, text, None if several else alike)
    if Ask.WHEN in question.asks or "period" in question.named(MentionKind.ATTRIBUTE):
        direct = _with_its_time(question, cited, direct, text)
    who = asks_who(question)
    if who:
        direct = _with_who(question, cited, direct, text)
    defines = Ask.WHAT in question.asks and _DEFINES.search(reading.span.of(text)) is not None
    whole = several or defines or _WHOLE.search(question.key) is not None
    if not whole and (len(direct) != 1 or not _is_all(direct[0], reading.span, text)):
        return direct
    same = partial(_ways, question.key, understanding)
    chosen = _of_its_kind(question, cited, reading.span if whole else direct[0], text, alike)
    chosen = _that_lists(question, cited, chosen, text, same)
    if not (who and _says_who(question, fold_once(chosen.of(text)))):
        chosen = _fuller(question, cited, chosen, same)
    run = covering(question, segments, chosen, same)
    where = Ask.WHERE in question.asks or "place" in question.named(MentionKind.ATTRIBUTE)
    if where or whole:
        run = _whole_sentences(segments, _from_head(question, segments, run, same))
    elif not who:
        run = _without_charge(question, segments, run)
    run = to_its_end(question, segments, run, text)
    further = parts_unsaid(question, segments, run, same) if several else []
    named = not question.asks.isdisjoint(_NAMED_ASKS)
    spans = (behind_heading(reading, span) if named else span for span in sorted((run, *further)))
    return tuple(_unmarked(span, text) for span in spans)


def _ways(key: str, understanding: Understanding, span: Span) -> tuple[str, ...]:
    """Return what may stand for a word of the folded question; 虚报冒领 may be written 虚报、冒领."""
    word = span.of(key)
    apart = (f"{word[:_PAIR]}、{word[_PAIR:]}",) if len(word) == _PAIR * _PAIR else ()
    return (*understanding.support.substitutes(key, span), *apart)


def _with_its_figure(
    question: Question, cited: Sequence[Segment], direct: tuple[Span, ...], text: str, alike: Alike | None
) -> tuple[Span, ...]:
    """Return ``direct`` with a figure; of several figures of one sentence the one beside most of what is asked.

    ``alike`` gives the units of a unit's own dimension, None where more than one thing is asked.
    """
    if not any(_FIGURE.search(span.of(text)) for span in direct):
        direct = tuple(_unmarked(span, text) for span in _with_most(question, cited, _FIGURE)) or direct
    if alike is None:
        return direct
    if len(direct) == 1:
        said = {one.sentence for one in cited if one.span.overlaps(direct[0])}
        near = [one for one in cited if one.sentence in said]
        fitting = [one for one in near if not any(missing_of_kind(question.key, one.key, alike))]
        if len(extreme := _at_the_end(question, fitting)) == 1:
            return (_unmarked(extreme[0].span, text),)
        if len(part := _headed_by_it(question, fitting)) == 1:
            return (_unmarked(part[0].span, text),)
        fitting = _of_what_is_counted(question, fitting) or fitting
        return (_unmarked(_nearest(question, fitting, direct[0], _FIGURE), text),)
    # What is said behind a figure is not what the figure is of.
    last = max((n for n, span in enumerate(direct) if _FIGURE.search(span.of(text))), default=len(direct) - 1)
    return direct[: last + 1]


def _at_the_end(question: Question, segments: Sequence[Segment]) -> list[Segment]:
    """Return the segments with a figure that say of it what the question asks for: 最高, 最低."""
    match = _END.search(question.key)
    return [one for one in segments if match and match.group() in one.key and _FIGURE.search(one.key)]


def _headed_by_it(question: Question, segments: Sequence[Segment]) -> list[Segment]:
    """Return the segments that are 其中, what stands before 多少, and its figure: 其中出口27.9亿元, of 出口了多少."""
    match = _MUCH.search(question.key)
    before = question.key[: match.start()].removesuffix("了") if match is not None else ""
    noun = next((word.of(question.key) for word in question.words if word.end == len(before)), "")
    headed = re.compile(rf"其中[：:，,]?{re.escape(noun)}(?:额|量|数)?(?:达到?|为|完成)?\d")
    return [one for one in segments if noun and headed.match(one.key)]


def _of_what_is_counted(question: Question, segments: Sequence[Segment]) -> list[Segment]:
    """Return the segments with a figure that hold the noun right behind 多少: 最高500万元奖补, of 最高拿多少奖补."""
    match = _MUCH.search(question.key)
    noun = next((word for word in question.words if match is not None and word.start == match.end()), None)
    if noun is None:
        return []
    return [one for one in segments if noun.of(question.key) in one.key and _FIGURE.search(one.key)]


def _with_its_time(
    question: Question, cited: Sequence[Segment], direct: tuple[Span, ...], text: str
) -> tuple[Span, ...]:
    """Return ``direct`` with a time; of several dates the one beside most of what is asked."""
    if not any(TIME.search(fold_once(span.of(text))) for span in direct):
        direct = tuple(_unmarked(span, text) for span in _with_most(question, cited, TIME)) or direct
    if len(direct) == 1 and _DATE.search(direct[0].of(text)):
        nearest = _nearest(question, cited, direct[0], _DATE)
        return say_directly(question, text, nearest) if nearest != direct[0] else direct
    return direct


def _with_who(question: Question, cited: Sequence[Segment], direct: tuple[Span, ...], text: str) -> tuple[Span, ...]:
    """Return ``direct``, or who is said behind it to be in charge where it names nobody: 建设培训中心。由人社局负责."""
    if any(_says_who(question, fold_once(span.of(text))) for span in direct):
        return direct
    behind = (one for one in cited if one.span.start >= direct[-1].end)
    found = next((one for one in behind if IN_CHARGE.search(one.key) and _says_who(question, one.key)), None)
    return direct if found is None else (_unmarked(found.span, text),)


def _says_who(question: Question, said: str) -> bool:
    """Return whether ``said`` names somebody or some body that the question does not."""
    return _BY.search(said) is not None or any(match.group() not in question.key for match in BODY.finditer(said))


def _without_charge(question: Question, segments: Sequence[Segment], run: Span) -> Span:
    """Return ``run`` without who is in charge behind what is told: 建设园区2个，由发改委负责.

    A segment that says more, or that holds a word of the question, stays.
    """
    words = [span.of(question.key) for span in question.words]
    inside = [one for one in segments if run.overlaps(one.span)]
    while len(inside) > 1 and _CHARGE.fullmatch(key := inside[-1].key) and not any(word in key for word in words):
        inside.pop()
    return Span(run.start, min(run.end, inside[-1].span.end)) if inside else run


def _of_its_kind(question: Question, cited: Sequence[Segment], chosen: Span, text: str, alike: Alike) -> Span:
    """Return ``chosen``, or the first cited segment with a thing of the kind asked for that it lacks."""
    if any(missing_of_kind(question.key, fold_once(chosen.of(text)), alike)):
        of_kind = (one.span for one in cited if not any(missing_of_kind(question.key, one.key, alike)))
        chosen = next(of_kind, chosen)
    if (noun := listed_noun(question.key)) and not names_several(noun, fold_once(chosen.of(text))):
        chosen = next((one.span for one in cited if names_several(noun, one.key)), chosen)
    return chosen


def _that_lists(
    question: Question, cited: Sequence[Segment], chosen: Span, text: str, same: Callable[[Span], tuple[str, ...]]
) -> Span:
    """Return ``chosen``, or of several things asked for (哪几样) the one segment that lists some and speaks of it."""
    if not _SEVERAL.search(question.key) or len(items_of(fold_once(chosen.of(text)))) > 1:
        return chosen
    ways = [way for span in question.words for way in (span.of(question.key), *same(span))]
    listing = [one.span for one in cited if "、" in one.key and any(way in one.key for way in ways)]
    return listing[0] if len(listing) == 1 else chosen


def _nearest(question: Question, cited: Sequence[Segment], chosen: Span, form: re.Pattern[str]) -> Span:
    """Return ``chosen``, or the cited segment with a date or figure that holds more of the words of the question.

    Of several such segments of ``chosen`` it is the one that holds more than the others. What is asked for counts as
    well: 完工 of 什么时候完工.
    """
    asked = {m.span.of(question.key) for m in question.mentions if m.kind is MentionKind.ATTRIBUTE}
    words = asked | {span.of(question.key) for span in question.words}
    held = {
        one.span: sum((word in one.key) + (word in asked and word in one.key) for word in words)
        for one in cited
        if form.search(one.key)
    }
    inside = {span: count for span, count in held.items() if span.overlaps(chosen)}
    most = sorted(inside.values(), reverse=True) or [0]
    best = max(held, key=lambda span: held[span], default=chosen)
    if held and held[best] > most[0]:
        return best
    return max(inside, key=lambda span: inside[span]) if len(most) > 1 and most[0] > most[1] else chosen


def _unmarked(span: Span, text: str) -> Span:
    """Return ``span`` without the marks at its end."""
    return Span(span.start, span.start + len(span.of(text).rstrip(MARKS)))


def _is_all(direct: Span, span: Span, text: str) -> bool:
    """Return whether nothing of ``span`` but marks is left out: it is not cut down to a date or figure."""
    return direct.of(text) == span.of(text).strip(MARKS)


def _with_most(question: Question, cited: Sequence[Segment], form: re.Pattern[str]) -> tuple[Span, ...]:
    """Return the cited segment with a date or figure that holds the most words of the question; empty for none."""
    words = [span.of(question.key) for span in question.words]
    held = [(sum(word in one.key for word in words), one.span) for one in cited if form.search(one.key)]
    most, span = max(held, key=lambda one: one[0], default=(0, None))
    return (span,) if span is not None and most else ()


def _fuller(
    question: Question, cited: Sequence[Segment], chosen: Span, same: Callable[[Span], tuple[str, ...]]
) -> Span:
    """Return ``chosen``, or the segment of another cited sentence that holds all its words of the question and more."""
    words = [(span.of(question.key), *same(span)) for span in question.words if span.end - span.start > 1]
    sentences: dict[int, str] = {}
    for one in cited:
        sentences[one.sentence] = sentences.get(one.sentence, "") + one.key
    held = {n: {w[0] for w in words if any(way in said for way in w)} for n, said in sentences.items()}
    own = next((held[one.sentence] for one in cited if one.span.overlaps(chosen)), None)
    fuller = [n for n in held if own is not None and held[n] > own]
    if not fuller:
        return chosen
    best = max(fuller, key=lambda n: len(held[n]))
    inside = [one for one in cited if one.sentence == best]
    return max(inside, key=lambda one: sum(any(way in one.key for way in w) for w in words)).span


def _from_head(
    question: Question, segments: Sequence[Segment], run: Span, same: Callable[[Span], tuple[str, ...]]
) -> Span:
    """Return ``run``, from the page's first sentence on where that names a thing asked about which ``run`` does not."""
    said = "".join(one.key for one in segments if run.overlaps(one.span))
    head = "".join(one.key for one in segments if one.sentence == segments[0].sentence)
    unsaid = [span for span in question.telling if not any(w in said for w in (span.of(question.key), *same(span)))]
    named = unsaid and all(any(w in head for w in (span.of(question.key), *same(span))) for span in unsaid)
    return Span(segments[0].span.start, run.end) if named else run


def _whole_sentences(segments: Sequence[Segment], run: Span) -> Span:
    """Return the sentences that ``run`` stands in."""
    sentences = {segment.sentence for segment in segments if segment.span.overlaps(run)}
    whole = [segment.span for segment in segments if segment.sentence in sentences]
    return Span(whole[0].start, whole[-1].end) if whole else run
