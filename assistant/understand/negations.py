"""A question in, where it takes rows out or narrows to some of them out.

Example: 除能源局外，投资超过100亿元的项目有几个 → 除能源局外; 是不是 and 有没有 only ask.
"""

from __future__ import annotations

import re

from assistant.understand.question import MentionKind, Question
from corpus.models import Span

NOT = re.compile(
    r"(?:除开|除去|除了?|扣除|扣掉|剔除|排除|去掉|刨去|不算|不计|不是|并非|不由|不归|不在|不属于|未在|不含|不包括|非)"
    r"(?:由|在|以)?$"
)
EITHER = re.compile(r"([\u4e00-\u9fff])[不没]\1")  # 是不是, 有没有, 好不好
OUTSIDE = re.compile(r"[以之]?外|牵头的?(?:项目)?[以之]外")
_NEGATION = re.compile(
    r"除|不(?![得能应]?(?:低于|少于|超过|高于|大于|小于|多于)|足|断|同|到\d|满)|未|没|无|以外|之外|(?<![多少几\d百千万])只(?![有是剩要需]?(?:多少|几))|仅"
)


def excluding_span(key: str, named: Span) -> Span | None:
    """Return the stretch that takes out what stands at ``named``, from 除 or 不算 to 外; None where nothing does."""
    negation = NOT.search(key[: named.start])
    if negation is None:
        return None
    outside = OUTSIDE.match(key, named.end)
    return Span(negation.start(), outside.end() if outside else named.end)


def limiting_words(key: str) -> tuple[Span, ...]:
    """Return where the question negates or narrows (不, 没有, 除, 只), apart from 是不是 and 有没有."""
    asking = [Span(*match.span()) for match in EITHER.finditer(key)]
    found = [Span(*match.span()) for match in _NEGATION.finditer(key)]
    return tuple(span for span in found if not any(either.overlaps(span) for either in asking))


def limits_of(question: Question) -> tuple[Span, ...]:
    """Return where the question negates or narrows, but not within what a column is called: 未分配利润."""
    columns = [m.span for m in question.mentions if m.kind is MentionKind.ATTRIBUTE]
    return tuple(s for s in limiting_words(question.key) if not any(column.covers(s) for column in columns))
