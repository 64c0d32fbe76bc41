"""A stretch that answers in, the words of it that are the answer itself out: a date, a figure with its unit.

Example: 延期到哪天, “将申报纳税期限延长至2月24日，” → “延长至2月24日”.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.respond.reading.phrases import trimmed
from assistant.respond.reading.question_form import UNIT_ASKED
from assistant.respond.reading.segments import MARKS
from assistant.understand.lexicon import Ask
from assistant.understand.question import MentionKind, Question
from corpus.knowledge import AGENCY_ATTRIBUTES
from corpus.models import Span

_DATE = re.compile(
    r"(?:延长|延期|顺延)?(?:截至|截止|自|从|至|到|于|在)?\s?(?:(?:19|20)\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}[日号])?"
    r"(?:[上下]半年|第?[一二三四1-4]季度|[上中下]旬)?(?:\d{1,2}[时点](?:\d{1,2}分)?)?(?:起|前|以前|之前|底|末|止)?"
)
_DURATION = re.compile(
    r"(?:不得?(?:[少低多高]于|超过)|至少|最[长多短少]|满)?(?:\d+|[一二两三四五六七八九十]+)(?:个月|年|天|日|周|个工作日|小时)(?:时间|左右|以?内)?"
)
_HOW_LONG = re.compile(r"几(?:年|个月|天)|多久|多长时间|多少(?:年|个月|天)")
_SINCE = re.compile(r"哪几年|[是在到从]几年")
_FIGURE = re.compile(
    r"(?:每(?:[\u3400-\u9fff]{1,3}?[米里亩顷吨人户年月元时天次]|[\u3400-\u9fff]))?"
    r"(?:不得?(?:超过|[低高少多大小长短早晚]于)|不?[超低高少多]于|不少于|不低于|不超过|超过|约|达到?|为|近|至少|最高|最长)?\s?"
    r"[\d０-９][\d,.．０-９]*(?:-[\d.]+)?[余多]?(?:万|亿|千|百)?[余多]?"
    r"(?:%|％|‰|个百分点|[^\d\s.．，。；、：（）()“”的和与及或]{1,4}?)(?:/[\u3400-\u9fff]{1,3}?)?(?=[^\u3400-\u9fff/]|[的和与及或，。；、：]|$|以[上下内])(?:以[上下内])?"
)
_NUMBER_OF_FILE = re.compile(
    r"(?:《[^》]{2,40}》[（(]?)?[\u3400-\u9fff]{1,10}[〔\[（(](?:19|20)\d\d[〕\]）)]\s?第?\d+号[）)]?"
)
BODY = re.compile(r"[\u3400-\u9fff](?:局|委|办|厅|部|院|会|组|中心|公司|机构)|书记|市长|主任|组长|政府")
_NUMBER = (
    r"(?:不得?(?:超过|[低高少多大小长短早晚]于)|不?[超低高少多]于|不超过|超过|约|达到?|至少|最高)?\s?"
    r"\d[\d,.]*(?:-[\d.]+)?[余多]?[万亿千百]*"
)
_DIGITS = re.compile(r"\d[\d,.]*")
_LONG = 8


def say_directly(question: Question, text: str, span: Span, before: Sequence[Span] = ()) -> tuple[Span, ...]:
    """Return the words of ``span`` that answer, without marks at their ends, in reading order.

    They are the one date or figure where the question asks for such. Where ``span`` has none, the last of the segments
    ``before`` it in its clause that has one is said with it: 到2024年 … 完成节能技术改造.
    """
    form = _form(question)
    span = trimmed(text, span)
    if form is None:
        return (span,)
    found = [match for match in form.finditer(text, span.start, span.end) if _says(form, match)]
    if not found:
        said = [one for one in before if any(_says(form, m) for m in form.finditer(text, one.start, one.end))]
        if said and not text[said[-1].end : span.start].strip(MARKS):
            return (trimmed(text, Span(said[-1].start, span.end)),)
        return (trimmed(text, said[-1]), span) if said else (span,)
    figures = len(_DIGITS.findall(span.of(text)))
    if form is BODY or span.end - span.start <= _LONG or len(found) != 1:
        return (span,)
    return (trimmed(text, Span(*found[0].span())),) if figures == len(_DIGITS.findall(found[0].group())) else (span,)


def holds_asked(question: Question, said: str) -> bool:
    """Return whether ``said`` holds the date, figure or body that is asked for; False where none is asked for."""
    form = _form(question)
    return form is not None and any(_says(form, match) for match in form.finditer(said))


def _form(question: Question) -> re.Pattern[str] | None:
    """Return the form of what is asked for, by a question word or by an attribute (什么时候 asks for a period)."""
    named, asks = question.named(MentionKind.ATTRIBUTE), question.asks
    if "document_number" in named:
        return _NUMBER_OF_FILE
    if Ask.WHEN in asks or "period" in named:
        return _DURATION if _HOW_LONG.search(question.key) and not _SINCE.search(question.key) else _DATE
    if Ask.HOW_MANY in asks or ("amount" in named and Ask.WHO not in asks):  # 总投资5000万元的项目由谁审批
        unit = UNIT_ASKED.search(question.key)
        return re.compile(_NUMBER + re.escape(unit["unit"])) if unit else _FIGURE
    return BODY if asks_who(question) else None


def asks_who(question: Question) -> bool:
    """Return whether a person or a body is asked for."""
    return Ask.WHO in question.asks or not set(AGENCY_ATTRIBUTES).isdisjoint(question.named(MentionKind.ATTRIBUTE))


def _says(form: re.Pattern[str], match: re.Match[str]) -> bool:
    return form is BODY or _DIGITS.search(match.group()) is not None
