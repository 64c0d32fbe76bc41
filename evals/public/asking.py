"""A question on texts and an assistant in, what search ranked and what the answer said and cited out.

Example: 展会补贴多少 → search ranks the notices (n2, n7, …), the answer's first paragraph says “……50万元。[1]” and
cites n2.

A unit is what a set counts: a document, or an article of one. Search ranks chunks; a unit stands where its first chunk
stands, and a chunk that lies in no unit keeps its rank.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from tqdm import tqdm

from assistant.engine import Assistant
from assistant.models import Answer, AnswerKind, Citation
from corpus.models import ParsedDocument, Span
from evals.failures import FAILURES
from index.models import Hit

DEPTH = 50
"""How many chunks are asked for: more units than the ten that are scored."""

ANSWERED = frozenset({AnswerKind.LOOKUP, AnswerKind.PASSAGE, AnswerKind.MIXED})
DECLINED = frozenset({AnswerKind.REFUSAL, AnswerKind.CLARIFY})
_MARKS = re.compile(r"\[(\d+)\](?:–\[(\d+)\])?")

UnitsAt = Callable[[str, Span], tuple[str, ...]]
"""Gives the units that a place in a document, by its id, lies in."""


@dataclass(frozen=True, slots=True)
class TextQuestion:
    """One question; ``gold`` are the units that answer it (none: it cannot be answered), ``answers`` the gold texts.

    ``variant`` names the way it is asked, where a set asks the same question in several.
    """

    id: str
    text: str
    gold: frozenset[str]
    answers: tuple[str, ...] = ()
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One asked question: units ``ranked`` by search, best first, and the answer as far as it is judged.

    ``said`` is the first paragraph; ``cited`` and ``quotes`` are the units and verbatim texts of the citations that are
    marked in it, empty unless something is answered. Times are in milliseconds.
    """

    question: TextQuestion
    ranked: tuple[str, ...]
    kind: AnswerKind
    said: str
    cited: tuple[str, ...]
    quotes: tuple[str, ...]
    search_ms: float
    answer_ms: float

    @property
    def is_declined(self) -> bool:
        """Return whether the question was refused or asked back."""
        return self.kind in DECLINED


def ask_all(assistant: Assistant, questions: Sequence[TextQuestion], units_at: UnitsAt) -> Iterator[Asked]:
    """Yield each question as asked, with a progress bar; one that raises an error is answered by nothing."""
    for question in tqdm(questions, desc="评测", unit="题"):
        yield ask_one(assistant, question, units_at)


def ask_one(assistant: Assistant, question: TextQuestion, units_at: UnitsAt) -> Asked:
    """Return one question as asked."""
    started = perf_counter()
    try:
        hits = assistant.search(question.text, DEPTH)
        searched = perf_counter()
        answer = assistant.ask(question.text)
    except FAILURES as error:
        said = f"{type(error).__name__}：{error}"
        return Asked(question, (), AnswerKind.ERROR, said, (), (), 0.0, (perf_counter() - started) * 1000)
    took = (searched - started) * 1000, (perf_counter() - searched) * 1000
    said = answer.answer.partition("\n\n")[0]
    marked = marked_citations(answer, said) if answer.kind in ANSWERED else ()
    cited = _once(unit for c in marked for unit in units_at(c.document_id, Span(c.start, c.end)))
    quotes = tuple(citation.quote for citation in marked)
    return Asked(question, rank_units(hits, units_at), answer.kind, said, cited, quotes, *took)


def whole_documents(documents: Iterable[ParsedDocument]) -> UnitsAt:
    """Return what gives, wherever in a document a place lies, the document by the name of its file."""
    names = {document.info.id: Path(document.info.file).stem for document in documents}

    def document_at(document_id: str, span: Span) -> tuple[str, ...]:  # noqa: ARG001
        return (names[document_id],)

    return document_at


def rank_units(hits: Iterable[Hit], units_at: UnitsAt) -> tuple[str, ...]:
    """Return the units of ``hits`` in their order, each once."""
    return _once(
        unit
        for hit in hits
        for unit in units_at(hit.chunk.document_id, hit.chunk.span) or (f"{hit.chunk.document_id}@{hit.chunk.id}",)
    )


def marked_citations(answer: Answer, said: str) -> tuple[Citation, ...]:
    """Return the citations whose marks ([1], [2]–[4]) stand in ``said``, in the order of the marks."""
    by_index = {citation.index: citation for citation in answer.citations}
    numbers = [n for first, last in _MARKS.findall(said) for n in range(int(first), int(last or first) + 1)]
    return tuple(by_index[number] for number in dict.fromkeys(numbers) if number in by_index)


def _once(units: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(units))
