"""A question of several clauses and the sentences told for it in, with what each further clause asks for out.

Example: 基本生活费最低多少，县财政补多少, told “县财政按每月1320元补贴” → the sentence on 基本生活费 before it too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.respond.reading.features import longest_run
from assistant.respond.reading.segments import Segment
from assistant.understand.question import Question
from corpus.models import Span

ASKS = re.compile(r"[谁哪几啥何吗]|多[少久大长]|什么|怎")
_OF_EACH = re.compile(
    r"(?<![呼共以])[和与及跟、][^，。；]*(?:(?:各自|分别|各(?=[是有为占多几]))[^，。；]{0,3}(?:多少|几|谁|什么|哪)"
    r"|(?:各自?|分别)(?![级地类种项旗县区市镇乡村部委局单机行业个位家方])[^，。；]{0,6}(?:多少|几))"
)
_CLAUSE = re.compile(r"[^，,；;。？?！!]+")
_LISTED = re.compile(r"[^、，,；;。？?！!]+")
_FIGURE_ASKED = re.compile(r"多少|(?<![好十])几")
TIME = re.compile(r"[\d一二三四五六七八九十两半]个?(?:年|季度|月|周|工作日|日|天|小时|分钟)")
_KINDS = (
    (
        re.compile(r"什么时候|何时|哪[一几]?[年天月日]|几[年天月日号]|多久|多长时间|什么时间"),
        TIME,
    ),
    (
        re.compile(r"谁|哪(?:一?[个家位]|些|几[个家])?(?:部门|单位|机构|局|委|企业|公司|医院)"),
        re.compile(r"[局委办厅部院会组]|中心|公司|机构|政府|单位|人员?|企业"),
    ),
    (
        re.compile(r"(?:到|在|去|向|上)(?:哪[里儿]?|何处|什么地方)"),
        re.compile(r"(?:[向到在]|通过)[^，。；]{2,24}(?:提出|提交|申请|办理|报名|领取)"),
    ),
    (
        re.compile(r"多少|[几多](?=[^，。]{0,3}[次个名人户家元项吨米])"),
        re.compile(r"\d|[一二三四五六七八九十百千万两]+[次个名人户家元项吨米倍成]"),
    ),
)
"""What a clause asks for, and what a sentence must have that answers it."""
_HALF = 0.5
_FIRM = 2
_BY_LETTER = 0.02
"""What each letter of a common run counts beside the words, to tell sentences apart that hold the same."""

Same = Callable[[Span], tuple[str, ...]]


def asks_twice(question: Question) -> bool:
    """Return whether the question asks for something more than once: 哪几个片区，要改多少处; 新建和加固的各是多少座."""
    return (
        _OF_EACH.search(question.key) is not None
        or sum(ASKS.search(clause) is not None for clause in _CLAUSE.findall(question.key)) > 1
        or sum(_FIGURE_ASKED.search(part) is not None for part in _LISTED.findall(question.key)) > 1
    )


def parts_unsaid(question: Question, segments: Sequence[Segment], run: Span, same: Same) -> list[Span]:
    """Return the sentences, besides those that ``run`` stands in, that answer a clause which ``run`` does not."""
    sentences = _sentences(segments)
    told = {number for number, (span, _) in sentences.items() if span.overlaps(run)}
    more: list[Span] = []
    for clause in (Span(*match.span()) for match in _CLAUSE.finditer(question.key)):
        if not ASKS.search(clause.of(question.key)):
            continue
        worth = {number: _worth(question, clause, key, same) for number, (_, key) in sentences.items()}
        if max((worth[number] for number in told), default=0.0) >= max(worth.values(), default=0.0):
            continue
        best = max(worth, key=lambda number: (worth[number], -min((abs(number - one) for one in told), default=0)))
        if worth[best] > _HALF:
            told.add(best)
            more.append(sentences[best][0])
    return more


def _worth(question: Question, clause: Span, key: str, same: Same) -> float:
    """Return the share of the words of ``clause`` that a sentence holds; 0 where it lacks what the clause asks for."""
    asked = clause.of(question.key)
    if any(form.search(asked) and not says.search(key) for form, says in _KINDS):
        return 0.0
    if any(clause.covers(span) and year not in key for year, span in question.year_spans()):
        return 0.0
    words = [word for word in question.words if word.end - word.start >= _FIRM]
    words = [word for word in words if clause.covers(word)] or words
    held = sum(any(way in key for way in (word.of(question.key), *same(word))) for word in words)
    return held / len(words) + _BY_LETTER * longest_run(asked, key) if words else 0.0


def _sentences(segments: Sequence[Segment]) -> dict[int, tuple[Span, str]]:
    """Return the span and the folded text of each sentence by its number."""
    found: dict[int, tuple[Span, str]] = {}
    for one in segments:
        span, key = found.get(one.sentence, (one.span, ""))
        found[one.sentence] = Span(span.start, one.span.end), key + one.key
    return found
