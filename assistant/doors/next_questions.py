"""An answer and what it rests on in, questions that could follow out, only those that are answered.

Example: after the lead agency of a project, “…项目的建设时间是什么？” of the same row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.doors.answerer import Answerer
from assistant.doors.examples import ask_clause, ask_row, propose_questions
from assistant.errors import AssistantError
from assistant.models import Answer, AnswerKind, Citation
from assistant.viewing.anchors import clause_around
from corpus.errors import CorpusError
from corpus.models import ParsedDocument, RowKind, Span
from index.errors import IndexRoomError

MOST_SHOWN, MOST_TRIED = 3, 6
_ANSWERED = (AnswerKind.LOOKUP, AnswerKind.PASSAGE, AnswerKind.MIXED)
_PLACES = 3


def propose_next(answer: Answer, places: Sequence[Citation], documents: Sequence[ParsedDocument]) -> Iterator[str]:
    """Yield questions: the answer's own, then others on its rows and clauses, then examples, none of them asked."""
    seen = {answer.question.strip(), answer.standalone.strip()}
    for question in _proposed(answer, places, documents):
        if question not in seen:
            seen.add(question)
            yield question


def answerable(
    assistant: Answerer, questions: Iterator[str], earlier: Sequence[str], within: Sequence[str] | None
) -> tuple[str, ...]:
    """Return the first few of ``questions`` that the documents answer: each was asked to know it."""
    found: list[str] = []
    for _, question in zip(range(MOST_TRIED), questions, strict=False):
        try:
            if assistant.ask(question, earlier, within).kind in _ANSWERED:
                found.append(question)
        except (AssistantError, IndexRoomError, CorpusError):
            continue
        if len(found) == MOST_SHOWN:
            break
    return tuple(found)


def _proposed(answer: Answer, places: Sequence[Citation], documents: Sequence[ParsedDocument]) -> Iterator[str]:
    yield from answer.suggestions
    by_id = {document.info.id: document for document in documents}
    for place in places[:_PLACES]:
        if place.document_id in by_id:
            yield from _about(by_id[place.document_id], Span(place.start, place.end), place.locator)
    yield from propose_questions(documents)


def _about(document: ParsedDocument, span: Span, told: str) -> Iterator[str]:
    """Questions on the other columns of the row, or on the labelled fields of the clause, that stand at ``span``."""
    table = next((one for one in document.tables if one.span.covers(span)), None)
    if table is None:
        clause = clause_around(document, span)
        yield from ask_clause(clause) if clause else ()
        return
    row = next((one for one in table.rows if one.kind is RowKind.DATA and one.span.overlaps(span)), None)
    if row is not None:
        yield from (question for column, question in ask_row(table, row) if f"“{column}”" not in told)
