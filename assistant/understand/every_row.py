"""A question that asks whether all rows of a kind are so in, what the rows are called and what is asked of them out.

Example: 甲局牵头的项目投资都没超过1亿吗 → “甲局牵头的项目”, “投资不超过1亿”.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.understand.lexicon import Ask
from assistant.understand.question import MentionKind, Question
from corpus.models import Span

ALL = re.compile(
    r"(?:(?:是不是|是否)(?:全部都?|全都?(?![市员社区国省县])|都|均)|(?:全部|全)?(?<![首成])都(?![市江督匀])"
    r"|(?<![人平年月日户亩])均(?![衡匀价线])|(?:全部|全)(?=[是在由归为属]))(?:是|为)?"
)
_EVERY = re.compile(r"^(?:请问|是不是|是否|所有|全部|全体|每一?[个项位]|各个?)+的?")
_END = re.compile(r"(?:了?没有|[吗么嘛吧了]|[，,]?(?:对吗|对吧|对不对|是吗|是吧|是不是))*[？?。！!\s]*$")
_NOT_ALL, _NOT = re.compile(r"(?:[不没非未]|不是|并非)$"), re.compile(r"(?:没有?|未)(?=[超高低多少])")
_AGAINST = re.compile(
    r"比(?!(?:19|20)\d\d年)(?P<figure>[\d.]+[^，,多少高低大小长短]{0,6})[要还]?(?P<sign>[多高大长少低小短])$"
)
_MORE = "多高大长"
_WHEN = re.compile(r"[的，,到在于截至]*(?:[年之以]?[底末初前内])?的?[，,]?")


@dataclass(frozen=True, slots=True)
class EveryRow:
    """What rows are called (``rows``), and what is asked to be so of all of them (``said``)."""

    rows: str
    said: str


def find_every_row(question: Question) -> EveryRow | None:
    """Return what is asked of every row of a kind, and of which; None where no such thing is asked.

    Whether it is asked at all (吗, 吧) is not looked at. What is so of not all (不都) is not asked of every row.
    """
    match = find_all(question)
    said = _END.sub("", question.text[match.end() :]) if match is not None else ""
    if match is None or not said or question.asks - {Ask.YES_NO} or _NOT_ALL.search(question.text[: match.start()]):
        return None
    nouns = [m.span.end for m in question.mentions if m.kind is MentionKind.CLASS_NOUN and m.span.end <= match.start()]
    end = nouns[-1] if nouns else match.start()
    rows = _EVERY.sub("", question.text[:end])
    measured = Span(end, match.start())
    if not rows or not _is_measured(question, measured):
        return None
    said = _AGAINST.sub(_as_bound, _NOT.sub("不", said).rstrip("的"))
    return EveryRow(rows, measured.of(question.text).strip("的，,") + said)


def find_all(question: Question) -> re.Match[str] | None:
    """Return where 都 stands as a word of its own: in no longer word, and not in what is asked."""
    spans: Sequence[Span] = (*question.words, *(m.span for m in question.mentions if m.kind is MentionKind.ATTRIBUTE))
    found = ALL.finditer(question.text)
    return next((m for m in found if not any(s.start <= m.start() < s.end for s in spans)), None)


def _is_measured(question: Question, place: Span) -> bool:
    """Return whether nothing stands at ``place`` but when and what is measured: 到2025年底, 2024年的目标值, no 平均."""
    kinds = (MentionKind.ATTRIBUTE, MentionKind.YEAR)
    spans = [mention.span for mention in question.mentions if mention.kind in kinds]
    left = (question.text[at] for at in range(place.start, place.end) if not any(s.start <= at < s.end for s in spans))
    return _WHEN.fullmatch("".join(left)) is not None


def _as_bound(match: re.Match[str]) -> str:
    return f"{'超过' if match['sign'] in _MORE else '低于'}{match['figure']}"
