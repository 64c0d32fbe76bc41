"""Every citation of every answer to the evaluation questions: verbatim, at its offsets, at its address, marked."""

from __future__ import annotations

import re

import pytest

from assistant.engine import Assistant
from assistant.models import Answer, Citation
from assistant.respond.evidence import clause_address
from corpus.models import ParsedDocument, Span
from evals.case_files import load_sets

pytestmark = pytest.mark.slow

_MARK = re.compile(r"\[(\d+)\](?:–\[(\d+)\])?")
ADDRESSED = 0.6
"""Locators may name an annex, a field or a group beside the clause; most are the clause's address itself."""


@pytest.fixture(scope="module")
def answers(assistant: Assistant) -> list[Answer]:
    return [assistant.ask(case.question, case.history) for case in load_sets()]


@pytest.fixture(scope="module")
def documents(assistant: Assistant) -> dict[str, ParsedDocument]:
    return {document.info.id: document for document in assistant.documents}


def _citations(answers: list[Answer]) -> list[Citation]:
    return [citation for answer in answers for citation in answer.citations]


def test_every_quote_is_the_slice_at_its_offsets(answers: list[Answer], documents: dict[str, ParsedDocument]) -> None:
    cited = _citations(answers)
    assert len(cited) > len(answers)
    assert [c for c in cited if documents[c.document_id].text[c.start : c.end] != c.quote or not c.quote] == []


def test_every_citation_bears_title_and_status_of_its_document(
    answers: list[Answer], documents: dict[str, ParsedDocument]
) -> None:
    infos = {name: document.info for name, document in documents.items()}
    wrong = [c for c in _citations(answers) if (c.document, c.status) != _stated(infos[c.document_id])]
    assert wrong == []


def test_every_section_and_address_is_that_of_the_place_itself(
    answers: list[Answer], documents: dict[str, ParsedDocument]
) -> None:
    strays = [c for c in _citations(answers) if c.section not in _paths(documents[c.document_id], Span(c.start, c.end))]
    assert strays == []
    in_text = [c for c in _citations(answers) if not _in_table(documents[c.document_id], c)]
    named = [c for c in in_text if c.locator in _addresses(documents[c.document_id], Span(c.start, c.end))]
    assert len(named) >= ADDRESSED * len(in_text)


def test_every_mark_has_its_citation_and_every_citation_its_mark(answers: list[Answer]) -> None:
    for answer in answers:
        marked = {
            number
            for match in _MARK.finditer(answer.answer)
            for number in range(int(match[1]), int(match[2] or match[1]) + 1)
        }
        differing = {statement.citation for conflict in answer.conflicts for statement in conflict.statements}
        indices = {citation.index for citation in answer.citations}
        assert marked <= indices <= marked | differing, answer.question


def _stated(info: object) -> tuple[str, str]:
    return info.title, info.status  # type: ignore[attr-defined]


def _paths(document: ParsedDocument, span: Span) -> set[tuple[str, ...]]:
    clauses = {clause.path for clause in document.clauses if clause.span.overlaps(span)}
    return clauses | {table.path for table in document.tables if table.span.overlaps(span)}


def _in_table(document: ParsedDocument, citation: Citation) -> bool:
    return any(table.span.overlaps(Span(citation.start, citation.end)) for table in document.tables)


def _addresses(document: ParsedDocument, span: Span) -> set[str]:
    return {clause_address(document, c.id) for c in document.clauses if c.span.overlaps(span)}
