"""A question that nothing answers as it stands in, the answer to the same question put otherwise out.

Example: 甲到2024年要达到多少个 → 到2024年甲要达到多少个, as documents say it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.models import Answer, AnswerKind
from assistant.respond.by_content import ByContent
from assistant.understand.understanding import Understanding
from assistant.understand.understood import Understood

_BY_YEAR = re.compile(r"(?:到|截至|至)20\d\d年(?:底|末)?")
_COUNTED_MEANT = re.compile(
    r"[二两三四五六七八九十]大[\u4e00-\u9fff]{2,6}?(?P<meant>(?:是|都|分别)*指的?是?(?:什么|啥|哪些))[？?。]*$"
)


class AskedOtherwise:
    """Asks again with the year first, in plainer words, or of the row that alone says the words of the question."""

    def __init__(self, understanding: Understanding, ask: Callable[[str, Understood], Answer]) -> None:
        """Take what answers a text, put to the documents that a question is put to."""
        self._ask = ask
        self._by_content = ByContent(understanding.support, understanding.attributes)

    def answer(self, understood: Understood) -> Answer | None:
        """Return the first answer that one of these has; None where none does."""
        found = self._passage(understood, _with_year_first) or self._passage(understood, _asking_which)
        return found or self._by_content.answer(understood, lambda text: self._ask(text, understood))

    def _passage(self, understood: Understood, put: Callable[[str], str]) -> Answer | None:
        text = put(understood.standalone)
        answer = self._ask(text, understood) if text else None
        if answer is None or answer.kind is not AnswerKind.PASSAGE:
            return None
        return replace(answer, question=understood.asked)


def _with_year_first(text: str) -> str:
    """Return ``text`` with the year that something is due by at its beginning; empty where it is there or none is."""
    match = _BY_YEAR.search(text)
    return match.group() + text[: match.start()] + text[match.end() :] if match is not None and match.start() else ""


def _asking_which(text: str) -> str:
    """Return ``text`` as it asks which they are, where so many are asked what they mean: 两大瓶颈问题指什么."""
    match = _COUNTED_MEANT.search(text)
    return text[: match.start("meant")] + "是什么" if match is not None else ""
