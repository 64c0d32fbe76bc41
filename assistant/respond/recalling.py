"""An earlier question of a conversation in, what its answer rests on out; each question is answered once.

Example: 现代煤化工产能要达到多少 → a sentence of the clause “现代煤化工高质量发展工程”, which is the work around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.models import Answer, AnswerKind, Citation
from assistant.respond.mentioning import rows_told
from assistant.understand.question import MentionKind
from assistant.understand.recalled import Recalled
from assistant.understand.understanding import Understanding
from corpus.folding import fold
from corpus.knowledge import AGENCY_ATTRIBUTES
from corpus.models import Span

_SEVERAL = 2
_MARK = re.compile(r"\[(\d+)\]")


class Recalling:
    """Recalls what the answers of one conversation rest on."""

    def __init__(self, ask: Callable[[str, Sequence[str] | None], Answer], understanding: Understanding) -> None:
        """Take what answers a question that stands alone, within documents (ids; None for all)."""
        self._ask, self._understanding = ask, understanding
        self._known: dict[tuple[str, tuple[str, ...] | None], Recalled] = {}

    def recall(self, question: str, documents: Sequence[str] | None) -> Recalled:
        """Return what the answer to ``question`` within ``documents`` rests on."""
        key = question, None if documents is None else tuple(documents)
        if key not in self._known:
            self._known[key] = self._recall(question, self._ask(question, documents))
        return self._known[key]

    def _recall(self, question: str, answer: Answer) -> Recalled:
        marks = {int(number) for number in _MARK.findall(answer.answer.split("\n")[0])}
        one = [citation for citation in answer.citations if marks == {citation.index}]
        places = [(c.document_id, Span(c.start, c.end)) for c in one or answer.citations]
        if answer.kind is not AnswerKind.PASSAGE:
            missing = answer.missing if answer.kind is AnswerKind.REFUSAL else ()
            group = self._group(question, answer) if answer.kind is AnswerKind.LOOKUP else ""
            is_open = answer.kind in (AnswerKind.REFUSAL, AnswerKind.CLARIFY)
            rows, agency = self._understanding.cited.rows(places), self._agency(question, answer) if not group else ""
            told = rows_told(answer.answer)
            return Recalled(rows=rows, group=group, agency=agency, mentioning=told, missing=missing, is_open=is_open)
        return Recalled(
            rows=self._understanding.cited.rows(places),
            listed=self._listed(question, [c for c in answer.citations if c.index in marks]),
            around=self._understanding.cited.works(places),
            said=fold("\n".join(citation.quote for citation in one or answer.citations)),
            is_passage=True,
        )

    def _group(self, question: str, answer: Answer) -> str:
        """Return the one group that the first line names and the question does not: 项目最多的是水利局，9个."""
        line = answer.answer.split("\n")[0]
        # Else rows are told, or one of them.
        return self._told(question, line) if "：" not in line and len(answer.citations) >= _SEVERAL else ""

    def _agency(self, question: str, answer: Answer) -> str:
        """Return the one agency that the first line names in answer to who is in charge: …的责任单位是市科技局."""
        asked = set(self._understanding.read(question).named(MentionKind.ATTRIBUTE)) & set(AGENCY_ATTRIBUTES)
        line = answer.answer.split("\n")[0]
        return self._told(question, line.rpartition("是")[2]) if asked and "：" not in line else ""

    def _told(self, question: str, line: str) -> str:
        """Return the one value that ``line`` names and the question does not."""
        held = fold(question)
        named = [m.span.of(line) for m in self._understanding.values_in(self._understanding.read(line))]
        named = [name for name in dict.fromkeys(named) if fold(name) not in held]
        return named[0] if len(named) == 1 else ""

    def _listed(self, question: str, citations: list[Citation]) -> tuple[str, ...]:
        """Return what the cited headings are, or what the first cited sentence with a list lists."""
        headings = self._understanding.cited.headings([(c.document_id, Span(c.start, c.end)) for c in citations])
        if len(headings) == len(citations) > 1:
            return headings
        lists = (self._understanding.listed_in(citation.quote, question) for citation in citations)
        return next((found for found in lists if found), ())
