"""A question in, what it asks whether it may be done out.

Example: 草原能开荒吗 → 开荒, which names what is asked even where no document has the word.
"""

from __future__ import annotations

import re

from assistant.understand.lexicon import Ask
from assistant.understand.question import MentionKind, Question
from corpus.models import Span

_MAY = frozenset({"能", "能不能", "能否", "可以", "可不可以", "可否", "准", "许", "允许"})
_FREELY = ("随便", "随意", "任意", "自由", "直接", "马上", "继续", "一起", "自己")
_BEHIND_MAY = re.compile(rf"(?:{'|'.join(_MAY)})(?:{'|'.join(_FREELY)})?$")
_WHETHER = re.compile(r"[吗么][？?。]*$|能不能|可不可以|能否|可否")
_LAST = 8
"""How many characters from its end a question says what may be done: the passages are asked for each of its words."""


def is_done(key: str, span: Span) -> bool:
    """Return whether the folded question ``key`` asks whether the word at ``span`` may be done."""
    return (
        len(key) - span.end <= _LAST
        and span.of(key) not in _FREELY
        and _BEHIND_MAY.search(key, 0, span.start) is not None
        and _WHETHER.search(key) is not None
    )


def asks_leave(question: Question) -> bool:
    """Return whether something is asked to be done with what is named before; no row tells whether it may.

    能找一下甲项目吗 asks for the row.
    """
    if Ask.YES_NO not in question.asks or question.named(MentionKind.ATTRIBUTE) or not question.words:
        return False
    first, last = question.words[0], question.words[-1]
    may = (mention.span for mention in question.mentions if mention.span.of(question.key) in _MAY)
    return any(first.end <= span.start and span.end <= last.start for span in may)
