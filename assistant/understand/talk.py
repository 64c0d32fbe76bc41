"""A question in, the kind of talk that it is out, where it asks nothing of the documents.

Example: 你好 → “greetings”; 怎么用这个系统 → “help”; 写一首诗 → “creation”; 怎么用水 → nothing.
"""

from __future__ import annotations

import re

from assistant.understand.lexicon import Lexicon
from assistant.understand.question import Question
from corpus.models import Span

_ASKS_ON = re.compile(r"(?:怎么|如何)(?:使用|用|问)(?![呢啊吗呀哦你它这该系助])[\u3400-\u9fff]")
"""怎么用水 and 怎么问责 ask of the documents, 怎么用这个系统 of the assistant."""

_MARKS = "。.！!～~ "
_SENTENCE_END = re.compile(r"[？?。！!]")
_REFUSED = frozenset({"creation", "instructions"})


class Talk:
    """Tells talk from questions by the words of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def kind(self, question: Question) -> str:
        """Return the kind of talk (“greetings”, “help”, “creation”) of words that ask nothing; empty for a question."""
        said = {
            Span(*match.span()): word.name
            for word in self._lexicon.chat
            # The “hi” of shidakongdui greets nobody.
            if word.key in question.key
            and (match := re.search(rf"(?<![a-z]){re.escape(word.key)}(?![a-z])", question.key))
            and not _ASKS_ON.match(question.key, match.start())
        }
        first = _SENTENCE_END.search(question.key)
        if any(name in _REFUSED and (first is None or span.start < first.start()) for span, name in said.items()):
            return "creation"
        farewell = not question.asks and any(span.end == len(question.key.rstrip(_MARKS)) for span in said)
        if not farewell and any(not any(span.overlaps(word) for span in said) for word in question.telling):
            return ""
        return "help" if "help" in said.values() else next(iter(said.values()), "")
