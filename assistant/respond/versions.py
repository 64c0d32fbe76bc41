"""What one version of a text says in, what another version says of the same out.

Example: 公示期不少于7个工作日 of the rule in force → 公示期不少于5个工作日 of its draft.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.models import Answer, AnswerKind
from assistant.respond.evidence import Evidence, cite, clause_evidence
from assistant.respond.sentences import split_sentences
from assistant.understand.document_titles import title_keys
from corpus.folding import fold
from corpus.models import ClauseKind, ParsedDocument, Span

_LEAST, _PAIR = 0.5, 2
_OF_NO_TEXT = frozenset({ClauseKind.TITLE, ClauseKind.SIGNATURE, ClauseKind.ANNEX_LIST})
_IS_DRAFT = re.compile("征求意见|草案|送审|讨论|修订稿")
_STATUS = re.compile(r"[（(]?(?:修订|修改|征求意见|草案|送审|讨论|试行|暂行|公开|稿)+[）)]?|[《》（）()]")
_YEAR = re.compile(r"(?:19|20)\d\d")

Alone = tuple[ParsedDocument, Answer]


def are_versions(documents: Sequence[ParsedDocument]) -> bool:
    """Return whether all documents are versions of one text, by their titles."""
    keys = [{_STATUS.sub("", key) for key in title_keys(fold(document.info.title))} for document in documents]
    return all(one & other for one, other in pairwise(keys))


def of_years(documents: Sequence[ParsedDocument]) -> bool:
    """Return whether the titles of all documents differ in their years alone."""
    keys = [{_YEAR.sub("", key) for key in title_keys(fold(document.info.title))} for document in documents]
    return all(one & other for one, other in pairwise(keys))


def in_order(documents: Sequence[ParsedDocument]) -> list[ParsedDocument]:
    """Return documents with what is in force before what is to change it, and the plan of a year before the next."""
    return sorted(documents, key=_age)


def is_later(one: ParsedDocument, other: ParsedDocument) -> bool:
    """Return whether the status, the title's year or the date of ``one`` puts it behind ``other``."""
    return _age(other) < _age(one)


def _age(document: ParsedDocument) -> tuple[bool, str, str]:
    year = next(iter(_YEAR.findall(document.info.title)), "")
    return _IS_DRAFT.search(document.info.status) is not None, year, document.info.date


def with_counterparts(told: Sequence[Alone], documents: Sequence[ParsedDocument]) -> list[Alone]:
    """Return what two versions say, in order: of the sentence that answers in one, the like of it in the other.

    As it was told where the answer is no single sentence, or nothing of the other is like it.
    """
    first, answer = told[0]
    others = [document for document in documents if document is not first]
    by = {document.info.id: one for document, one in told}
    ordered = [(document, by[document.info.id]) for document in in_order([document for document, _ in told])]
    if any(one.kind is not AnswerKind.PASSAGE for one in by.values()) or len(documents) != _PAIR:
        return list(told)
    if len(answer.citations) != 1 or answer.missing or not are_versions(documents):
        return ordered
    cited = answer.citations[0]
    own = _sentence_at(first, Span(cited.start, cited.end))
    other = _counterpart(others[0], own.quote) if own is not None else None
    if own is None or other is None:
        return ordered
    whole = {first.info.id: _told_whole(answer, own), others[0].info.id: _told_whole(answer, other)}
    return [(document, whole[document.info.id]) for document in in_order(documents)]


def pairs_of(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters of a text, folded and without blanks."""
    return frozenset(map("".join, pairwise("".join(fold(text).split()))))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return which share of the pairs of two texts both have (Jaccard 1901), from 0 to 1."""
    return len(one & other) / len(one | other) if one and other else 0.0


def _counterpart(document: ParsedDocument, quote: str) -> Evidence | None:
    """Return the sentence of ``document`` that is most like ``quote``; None where none is like it."""
    wanted = pairs_of(quote)
    found = [
        (likeness(wanted, pairs_of(span.of(document.text))), clause, span)
        for clause in document.clauses
        if clause.kind not in _OF_NO_TEXT
        for span in split_sentences(document.text, clause.own)
    ]
    best = max(found, key=lambda one: one[0], default=None)
    return clause_evidence(document, best[1], best[2]) if best is not None and best[0] >= _LEAST else None


def _told_whole(answer: Answer, evidence: Evidence) -> Answer:
    """Return ``answer`` as the whole sentence that it rests on: what is compared is not cut."""
    said = " ".join(evidence.quote.split())
    text = f"{said}[1]\n\n依据：《{evidence.document.info.title}》{evidence.locator.rstrip('.、')}。"
    return replace(answer, answer=text, citations=cite([evidence]), claims=())


def _sentence_at(document: ParsedDocument, span: Span) -> Evidence | None:
    """Return the sentence of ``document`` in which ``span`` begins; None where no clause has it."""
    for clause in document.clauses:
        for sentence in split_sentences(document.text, clause.own):
            if sentence.start <= span.start < sentence.end:
                return clause_evidence(document, clause, sentence)
    return None
