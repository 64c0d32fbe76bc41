"""A question that nothing answers as it stands in, the answer to the same question put otherwise out.

Example: 甲到2024年要达到多少个 → 到2024年甲要达到多少个, as documents say it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.models import Answer, AnswerKind
from assistant.respond.by_content import ByContent
from assistant.understand.spoken import in_plain_words
from assistant.understand.understanding import Understanding
from assistant.understand.understood import Understood
from corpus.models import Span

_BY_YEAR = re.compile(r"(?:到|截至|至)20\d\d年(?:底|末)?")
_WHICH_NOT = re.compile(
    r"(?:不包括|不包含|不含|[没未]有?(?:覆盖|涵盖|包括|安排)到?)(?:的是)?哪(?:一?[个些]|几个)(?:旗区|旗县|区县|区|旗|县|地方)[？?。]*$"
)
_EXCEPT = re.compile(r"除(?P<left>[^，。；;外]{2,20}?)(?:以|之)?外")
_COUNTED_MEANT = re.compile(
    r"[二两三四五六七八九十]大[\u4e00-\u9fff]{2,6}?(?P<meant>(?:是|都|分别)*指的?是?(?:什么|啥|哪些))[？?。]*$"
)


class AskedOtherwise:
    """Asks again with the year first, in plainer words, or of the row that alone says the words of the question."""

    def __init__(
        self,
        understanding: Understanding,
        ask: Callable[[str, Understood], Answer],
        row_called: Callable[[Understood], tuple[Span, str] | None],
    ) -> None:
        """Take what answers a text, put to the documents that a question is put to.

        ``row_called`` gives the stretch of a question that calls a row as the text does, and the row's own name.
        """
        self._ask, self._understanding, self._row_called = ask, understanding, row_called
        self._by_content = ByContent(understanding.support, understanding.attributes)

    def answer(self, understood: Understood) -> Answer | None:
        """Return the first answer that one of these has; None where none does."""
        found = self._passage(understood, _with_year_first) or self._passage(understood, _asking_which)
        found = found or self._in_plain_words(understood) or self._of_row_called(understood)
        found = found or self._left_out(understood)
        return found or self._by_content.answer(understood, lambda text: self._ask(text, understood))

    def _in_plain_words(self, understood: Understood) -> Answer | None:
        """Return the cells or figures that answer the question in plainer words; sentences need its own words."""
        names = [mention.span for mention in self._understanding.values_in(understood.question)]
        plain = in_plain_words(understood.standalone, names)
        answer = self._ask(plain, understood) if plain != understood.standalone else None
        if answer is None or answer.kind is not AnswerKind.LOOKUP or answer.missing:
            return None
        return replace(answer, question=understood.asked)

    def _of_row_called(self, understood: Understood) -> Answer | None:
        """Return what the row states that the question calls as the text does: 研发投入强度由谁负责."""
        found, text = self._row_called(understood), understood.standalone
        if found is None or found[1] in text:
            return None
        answer = self._ask(text[: found[0].start] + found[1] + text[found[0].end :], understood)
        if answer.kind is not AnswerKind.LOOKUP or answer.missing:
            return None
        said = f"按“{found[1]}”理解。"
        return replace(answer, question=understood.asked, answer=f"{answer.answer}\n\n{said}")

    def _left_out(self, understood: Understood) -> Answer | None:
        """Return the place that a row leaves out, where its cell says so: 不包括哪个区, of 除甲区外的8个区."""
        match = _WHICH_NOT.search(understood.standalone)
        answer = self._ask(f"{understood.standalone[: match.start()]}在哪里", understood) if match else None
        if answer is None or answer.kind is not AnswerKind.LOOKUP or len(answer.citations) != 1:
            return None
        out = _EXCEPT.search(answer.citations[0].quote)
        if out is None:
            return None
        return replace(answer, question=understood.asked, answer=f"没有包括{out['left']}。[1]\n\n{answer.answer}")

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
