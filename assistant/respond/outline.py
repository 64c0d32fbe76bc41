"""A question that names a clause in, the clause with the headings under it out.

Example: 保障措施有哪些 → 四、保障措施 and its six headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.respond.evidence import Evidence, clause_evidence
from assistant.respond.other_sections import stands_elsewhere
from assistant.respond.sentences import split_sentences
from assistant.understand.attributes import GROUP
from assistant.understand.lexicon import Ask
from assistant.understand.question import MentionKind, Question
from assistant.understand.support import Support
from corpus.folding import fold, fold_once
from corpus.models import Clause, ClauseKind, ParsedDocument, Span

_COUNTED = re.compile(r"(?:几|多少|哪几)个?(?:方面|条|项|部分|点|章|类|大|个)|哪些")
_OF_WHAT_KIND = re.compile(r"什么样的|怎样的|何种|哪种|(?:当作|当成|看作|看成|视为|视作)(?:是)?(?:什么|啥)")
_POINTING = re.compile(r"[\u3400-\u9fff”\"》](?:这一?[个项条类点]?|该)$")
_LEAST_HEADING = 4
_NOUN = 2


def outline(
    question: Question, documents: Sequence[ParsedDocument], support: Support
) -> tuple[ParsedDocument, Clause, tuple[Clause, ...]] | None:
    """Return the clause whose heading the question names, with its children; None where it names none.

    “保障措施有哪些” names the clause 四、保障措施; its children are the answer, all of them. Words beside the heading
    must be those of the document's title or of the headings above.
    """
    counts = _COUNTED.search(question.key) is not None
    if _OF_WHAT_KIND.search(question.key):
        return None  # 以什么样的方式 asks of the clause, not what it is made of
    if not counts and not question.asks & {Ask.LIST, Ask.WHAT, Ask.HOW}:
        return None
    asked = [m.span for m in question.mentions if m.kind is MentionKind.ATTRIBUTE and not _is_outline(m.name)]
    for document in documents:
        for clause in document.clauses:
            heading = fold_once(clause.heading)
            place = question.key.find(heading)
            named = Span(place, place + len(heading))
            short = len(heading) < _LEAST_HEADING and clause.kind is not ClauseKind.ANNEX_LIST
            if short or place < 0 or not all(named.covers(span) for span in asked):
                continue
            frame = fold("\n".join((document.info.title, *clause.path)))
            beside = [span for span in question.telling if not named.overlaps(span)]
            children = _parts(document, clause)
            elsewhere = stands_elsewhere(question, document, clause, clause.span.end)
            if children and not elsewhere and not support.unsupported(question.key, beside, frame):
                return document, clause, children
    return None


def works_under(
    question: Question, documents: Sequence[ParsedDocument], support: Support
) -> tuple[ParsedDocument, Clause, tuple[Clause, ...]] | None:
    """Return the outline where the question asks for what its headings are called: 甲行动有哪些工程, each of them 工程.

    A table may hold projects of the same group, which are other things than its works.
    """
    found = outline(question, documents, support)
    if found is None or question.asks - {Ask.LIST, Ask.HOW_MANY, Ask.WHAT}:
        return None
    _, clause, children = found
    nouns = [m.span.of(question.key) for m in question.mentions if m.kind is MentionKind.CLASS_NOUN]
    nouns += [m.span.of(question.key)[-_NOUN:] for m in question.mentions if m.name.startswith(GROUP)]
    called = [noun for noun in nouns if all(fold(child.heading).rstrip("。.").endswith(noun) for child in children)]
    return found if called and not fold(clause.heading).endswith(called[-1]) else None


_BEFORE_TEXT = re.compile(r"[。.？?\s\u3000]*(?:答\s*[:：]\s*)?")
"""Stands between a heading and what is under it; behind a question its answer begins."""


def text_under(
    question: Question, documents: Sequence[ParsedDocument], support: Support
) -> tuple[ParsedDocument, Clause, Span] | None:
    """Return the clause without parts whose heading is all that the question names, and what stands under it.

    总体思路是什么 asks for the paragraph under （一）总体思路.
    """
    named = [m for m in question.mentions if m.kind is MentionKind.ATTRIBUTE and not _is_pointed_at(question, m.span)]
    if question.asks - {Ask.WHAT, Ask.HOW} or any(not _is_outline(one.name) for one in named) or question.years:
        return None
    for document in documents:
        for clause in document.clauses:
            heading = fold(clause.heading)
            place = question.key.find(heading) if len(heading) >= _LEAST_HEADING else -1
            if place < 0 or clause.fields or any(c.parent == clause.id and c.heading for c in document.clauses):
                continue
            span = Span(place, place + len(heading))
            beside = [word for word in question.words if word.end - word.start > 1 and not word.overlaps(span)]
            beside = [word for word in beside if not _is_pointed_at(question, word)]
            under = Span(clause.heading_span.end, max(piece.end for piece in clause.own))
            said = under.of(document.text)
            begins = _BEFORE_TEXT.match(said)
            under = Span(under.start + (begins.end() if begins is not None else 0), under.start + len(said.rstrip()))
            frame = fold("\n".join((document.info.title, *clause.path)))
            elsewhere = stands_elsewhere(question, document, clause, clause.span.end)
            if elsewhere or support.unsupported(question.key, beside, frame):
                continue
            if under.end - under.start > len(heading):
                return document, clause, under
    return None


def _parts(document: ParsedDocument, clause: Clause) -> tuple[Clause, ...]:
    """Return the parts of a clause where some have headings, with those of their kind that have a number alone."""
    below = [one for one in document.clauses if one.parent == clause.id]
    kinds = {one.kind for one in below if one.heading}
    return tuple(one for one in below if one.heading or (one.kind in kinds and one.label and one.own))


def _is_pointed_at(question: Question, span: Span) -> bool:
    """Return whether the word at ``span`` only says what kind of thing was named: 甲乙丙这一目标, 丁戊这项工程."""
    return _POINTING.search(question.key[: span.start]) is not None


def _is_outline(attribute: str) -> bool:
    return attribute == "content" or attribute.startswith(GROUP)


def heading_evidence(document: ParsedDocument, clauses: Sequence[Clause]) -> tuple[Evidence, ...]:
    """Return the headings of ``clauses`` as evidence, of one without a heading its first sentence."""
    return tuple(clause_evidence(document, clause, _head(document, clause)) for clause in clauses)


def _head(document: ParsedDocument, clause: Clause) -> Span:
    return (
        clause.heading_span if clause.heading else next(iter(split_sentences(document.text, clause.own)), clause.own[0])
    )
