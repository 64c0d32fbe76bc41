"""A question and the passages that should answer it in, the stretches that they leave unsupported out.

Example: 绿氢产业项目的施工单位是谁, against the sentences on 绿氢 → “施工单位”.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from assistant.respond.expected import IN_CHARGE, asked_of_kind, missing_of_kind
from assistant.respond.expected_figures import PERCENT
from assistant.understand.attributes import GROUP, Attributes
from assistant.understand.levels import other_levels
from assistant.understand.lexicon import Ask
from assistant.understand.negations import limits_of
from assistant.understand.question import Mention, MentionKind, Question
from assistant.understand.support import Support, join, total_length
from corpus.knowledge import AGENCY_ATTRIBUTES
from corpus.models import Span

if TYPE_CHECKING:
    from assistant.respond.passage import Passage

QUESTION_WORD = re.compile(
    r"(?:由|归|是|让)?谁来?|什么时候|啥时候|何时|哪一?年|几年|多久|多长时间|在?哪[里儿]?|在?(?:什么|啥)(?:地方|位置)|哪[一几]?[类种]|多少钱"
    r"|哪(?:几个|[个些几家])?(?:地方|地区|部门|单位|局|旗区?|旗县|区县?|县区?|市|乡镇|村|园区)"
)

_ASKED_ANYHOW = frozenset({"target", "base_value", "unit", "content", "name", "ordinal", "post"})
FIGURE_SAID = re.compile(r"\d|[一二两三四五六七八九十百半每]|年|月|季度|完成")
_FIGURE = re.compile(
    r"\d|[一二两三四五六七八九十百]+(?:大|[个项家张条级种类批名位座处套步轮]|万?[元亩吨人户米次倍成分天日年]|公里|个?月|小时)|完成"
)
_BINDING = re.compile(r"必须|应当|不得|禁止|严禁|不准|不予|全部|一律|允许|可以")
_DATE = re.compile(
    r"\d{4}|\d+个?(?:年|季度|工作日|周|天|日|小时|分钟)|年[底内前后]|[年季月]度|半年|月|日|期间|阶段"
    r"|每(?:半|[一二两三四五六七八九十\d]+个?)?[年季月周日天]"
)
_DURATION = re.compile(r"[半一二两三四五六七八九十]+个?(?:年|月|季度|工作日|周|天|日|小时|分钟)")
_HOW_LONG = re.compile(r"多久|多长时间|[几多]少?个?(?:年|月|周|天|日|小时|分钟)")
_BOUNDED = re.compile(
    r"不[少低高多大小晚早]于|不得?超过|超过|以[上下内]|[天日时月年钟]内|前|至少|至多|最[多少高低长短晚迟]"
)
_COMPUTED = frozenset({"sum", "max", "min", "rank", "average", "share", "compare"})
_MEASURES = frozenset({"target", "amount"})
_CHANGED_BY = re.compile(r"(?:提高|上浮|增加|上升|增长|下降|降低|下浮|减少|压减|扣减)[^，。；到至为]{0,6}?\d")
_IN_WORDS = re.compile(r"[^，,。？?]{0,4}?(?:是|有)(?:什么|啥|哪[些几])")
"""目标是什么 may be answered in words, 目标是多少 may not."""
_EXTREMES = frozenset({"max", "min"})
_ASKED_NEXT = re.compile(r"[^，,。？?]{0,6}?(?:哪|几|多少|多久|多长|什么时候|何时)")
"""Behind 最晚 or 最多 that bounds what is asked and computes nothing: 最晚哪一年, 最多几次."""
_WHEN = re.compile(r"什么时候|啥时候|何时|哪一?[年天月]|哪几年|几年|几月|多久|多长时间|几[号日]")
_MAY_NOT = re.compile(r"不(?:允许|能|得|准|可以?|让|许|予)")
_FORBIDS = re.compile(r"禁止|严禁|不得|不准|不予|不能|不可|杜绝")
_MEASURE_NOUN = re.compile(
    r"(?:标准|要求|条件|规定|额度|期限|时限|比例|数额|上限|下限|限额|金额|幅度)"
    r"(?=(?:[和及、](?:标准|额度|期限|比例|上限|下限|限额|金额|幅度))?(?:各|分别)?(?:是|为|有)?"
    r"(?:不[得能]?(?:低于|少于|超过|高于))?(?:什么|多少|多大|哪些|几))"
    r"|(?<=[和及、])(?:上限|下限|限额|额度)"
)
"""What a figure is without being called so: 贴息的标准是什么 is answered by 按年利率2%."""
_DONE_HOW = re.compile(
    r"(?:怎么|如何|怎样|咋)(?:个|去|来|样|进行|着手)?"
    r"(?P<verb>处理|处置|解决|安排|规定|推进|落实|开展|管理|对待|操作|实施|执行|应对|办理|分配|弄|做|办)(?![\u3400-\u9fff])"
)
"""怎么处理 at the end of a clause asks for all that is to be done: the verb names none of it."""
_BESIDE = re.compile(r"除|以外|之外")
"""甲之外还有什么: what is told beside 甲 is told with it."""
_ALTOGETHER = re.compile(r"(?:一共|总共|共有?)(?:[^，,。]{0,6}?(?:[几多]少?|哪几)|[有是]?[\d一二两三四五六七八九十])")
_JOINED = re.compile(r"[^，,；;。？?]{2}(?:和|与|跟|及|、|加上)[^，,；;。？?]{2}")
"""Several things before 一共: one figure is not the sum of them."""
_REVERSES = re.compile("取消|废除|废止|撤销|叫停|停止|放开|放松|终止")
"""Turns round what is asked of: why something was given up is not answered by its being upheld."""
_NUMBERED_NAME = re.compile(
    r"第[一二三四五六七八九十\d]+(?:人民|实验|职业|高级|附属|中心)?(?:小学|中学|高中|医院|幼儿园|水厂|敬老院|福利院|派出所|监狱|污水处理厂|热电厂)"
)
_LOOSE_SHARE = 3
_ASKING = (MentionKind.ASK, MentionKind.ATTRIBUTE, MentionKind.OPERATION)


def find_gaps(
    question: Question,
    passages: Sequence[Passage],
    support: Support,
    attributes: Attributes,
    needed: Sequence[Span] = (),
    same: Callable[[str], tuple[str, ...]] = lambda unit: (unit,),
) -> tuple[Span, ...]:
    """Return the stretches of the question that neither the passages nor their headings support.

    Nouns and names need support, and so do the words in ``needed``, the attributes asked for, words that deny or
    narrow, and the other words where they are more than a third of the question. A year may stand anywhere in the
    same clause, since it is said once for the sentences that follow. What asks for a figure needs one, and what asks
    for a computation needs its word (最大). What asks for things of a kind needs such things: ``same`` gives the
    units of a unit's own dimension.
    """
    context = "\n".join(passage.context for passage in passages)
    said = "\n".join(passage.key for passage in passages)
    clauses = "\n".join(passage.clause for passage in passages)
    computed = _computed(question, passages, context)
    left = [
        *_words(question, said, support, needed, context),
        *(span for year, span in question.year_spans() if year not in clauses),
        *_absent_attributes(question, attributes, context),
        *_limits(question, context),
        *_without_figure(question, said),
        *_without_date(question, said),
        *(mention.span for mention in computed),
        *other_levels(question.key, context),
        *_otherwise_numbered(question.key, context),
    ]
    missing = list(missing_of_kind(question.key, said, same))
    missing += [one.span for one in computed if one.name == "sum" and _JOINED.search(question.key[: one.span.start])]
    there = [span for span in asked_of_kind(question.key) if span not in missing]
    return join((*(span for span in left if not any(one.covers(span) for one in there)), *missing))


def _words(question: Question, said: str, support: Support, needed: Sequence[Span], context: str) -> list[Span]:
    """Return the words that ``context`` does not support: those that tell, and the others where they are many."""
    years = [span for _, span in question.year_spans()]
    # What a plan leaves may be a part of a word: the word is looked for, not its debris.
    wanted = [span for span in needed if span not in years]
    words = {*question.telling, *(w for w in question.words if any(w.overlaps(span) for span in wanted))}
    if _FIGURE.search(said):
        named = [Span(*match.span()) for match in _MEASURE_NOUN.finditer(question.key)]
        words = {word for word in words if not any(span.covers(word) for span in named)}
    verbs = [Span(*match.span("verb")) for match in _DONE_HOW.finditer(question.key)]
    words = {word for word in words if not any(span.covers(word) for span in verbs)}
    others = [span for span in question.words if span not in question.telling and span.end - span.start > 1]
    others = [word for word in others if not any(span.covers(word) for span in verbs)]
    loose = support.unsupported(question.key, others, context)
    many = _LOOSE_SHARE * total_length(loose) > total_length(question.words)
    return [*support.unsupported(question.key, words, context), *(loose if many else ())]


def _otherwise_numbered(key: str, context: str) -> list[Span]:
    """Return the names with a number that ``context`` does not hold so: 第二小学, where it speaks of 第一小学."""
    return [Span(*match.span()) for match in _NUMBERED_NAME.finditer(key) if match.group() not in context]


def _absent_attributes(question: Question, attributes: Attributes, context: str) -> list[Span]:
    """Return what is asked for by attributes that ``context`` neither names nor implies."""
    return [
        mention.span
        for mention in question.mentions
        if mention.kind is MentionKind.ATTRIBUTE
        and not _is_implied(mention.name, mention.span.of(question.key))
        and not any(word in context for word in attributes.all_words(mention.name))
        and not (mention.name in AGENCY_ATTRIBUTES and IN_CHARGE.search(context))
    ]


def _limits(question: Question, context: str) -> list[Span]:
    """Return the words that deny or narrow and that ``context`` does not account for."""
    # Whether something may be left undone (可以不装吗) is answered by what binds (必须).
    if Ask.YES_NO in question.asks and _BINDING.search(context) is not None:
        return []
    reversed_by = [Span(*match.span()) for match in _REVERSES.finditer(question.key)]
    limits = [
        span
        for span in (*limits_of(question), *reversed_by)
        if not (_BESIDE.match(question.key, span.start) and question.asks)
    ]
    if _FORBIDS.search(context) is not None:
        limits = [span for span in limits if _MAY_NOT.match(question.key, span.start) is None]
    return [span for span in limits if span.of(question.key) not in context]


def _without_figure(question: Question, said: str) -> list[Span]:
    """Return what asks, where a figure is asked for and none is said."""
    counts = "count" in question.named(MentionKind.OPERATION) or Ask.HOW_MANY in question.asks
    measures = [m for m in question.mentions if m.name in _MEASURES and m.kind is MentionKind.ATTRIBUTE]
    figures = counts or any(not _IN_WORDS.match(question.key, m.span.start) for m in measures)
    if not figures or _FIGURE.search(said):
        return []
    return [mention.span for mention in question.mentions if mention.kind in _ASKING]


def _without_date(question: Question, said: str) -> list[Span]:
    """Return what asks for a time, where none is said; a duration answers how long."""
    lasts = _HOW_LONG.search(question.key) is not None
    if _DATE.search(said) or (lasts and _DURATION.search(said)):
        return []
    return [mention.span for mention in question.mentions if _asks_when(mention, question.key)]


def _computed(question: Question, passages: Sequence[Passage], context: str) -> list[Mention]:
    """Return what asks for a computation that ``context`` does not speak of."""
    return [
        mention
        for mention in question.mentions
        if mention.kind is MentionKind.OPERATION
        and mention.name in _COMPUTED
        and not (mention.name in _EXTREMES and _bounds(mention, question, passages))
        and not (mention.name == "share" and any(PERCENT.search(passage.key) for passage in passages))
        and not (mention.name == "compare" and any(_CHANGED_BY.search(passage.key) for passage in passages))
        and not (mention.name == "sum" and _is_of_one(question.key, mention.span.start))
        and mention.span.of(question.key) not in context
    ]


def _is_of_one(key: str, start: int) -> bool:
    """Return whether 一共 at ``start`` adds nothing up: one thing stands before it, or a number behind it."""
    return _ALTOGETHER.match(key, start) is not None and _JOINED.search(key, 0, start) is None


def _bounds(mention: Mention, question: Question, passages: Sequence[Passage]) -> bool:
    """Return whether 最少 or 最多 bounds what is asked (最少要配几个): a passage with a bound answers that."""
    asks = Ask.HOW_MANY in question.asks or "count" in question.named(MentionKind.OPERATION)
    if not asks and not any(_asks_when(other, question.key) for other in question.mentions):
        return False
    asked = _ASKED_NEXT.match(question.key, mention.span.end) is not None
    return asked or any(_BOUNDED.search(passage.key) for passage in passages)


def _asks_when(mention: Mention, key: str) -> bool:
    """Return whether a date is asked for: 什么时候, 哪年."""
    asked = mention.name == "period" and _WHEN.match(mention.span.of(key)) is not None
    return asked or (mention.kind is MentionKind.ASK and mention.name == Ask.WHEN)


def _is_implied(attribute: str, asked: str) -> bool:
    """Return whether a sentence may answer for ``attribute`` without naming it (“目标”, “什么时候”)."""
    asks_word = QUESTION_WORD.fullmatch(asked) is not None
    asks_when = attribute == "period" and _WHEN.match(asked) is not None
    asks_when = asks_when or (attribute == "period" and asked == "时间")
    return attribute in _ASKED_ANYHOW or attribute.startswith(GROUP) or asks_word or asks_when
