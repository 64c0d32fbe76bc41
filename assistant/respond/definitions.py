"""A question for what a term means in, the sentence of the documents that defines it out; None where none does.

Example: 某缩写是什么意思 → “碳捕获、利用与封存（简称某缩写）” in its sentence, with its place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.models import Answer, AnswerKind
from assistant.respond.evidence import cite, clause_evidence
from assistant.respond.sentences import split_sentences
from assistant.understand.question import MentionKind, Question
from corpus.folding import fold, fold_once
from corpus.models import Clause, ParsedDocument, Span

_ASKS_MEANING = re.compile(
    r"(?:什么|啥)意思|指的?是?(?:什么|啥)|什么叫|含义|定义|简称是|全称|(?:什么|啥|哪个[^，,。；;？?]{0,4})的(?:简称|缩写)|代表(?:什么|啥)"
)
_ASKS_WHAT = re.compile(r"^(?:请问)?(?:什么|啥)(?:是|叫做?)|是(?:个)?(?:什么|啥)(?:东西|概念)?[？?。]*$")
_ABBREVIATION = re.compile(r"(?:的)?(?:中文|英文)?(?:简称|缩写|全称)$")
_STANDS_FOR = "代表"
_LETTERS = re.compile(r"[a-z][a-z&/.+\-]*")
_KEPT = frozenset({MentionKind.ATTRIBUTE, MentionKind.CLASS_NOUN, MentionKind.OPERATION})
_LONGEST_TERM = 20
_MEANS = re.compile(r"[：:。，,\s]*(?:是指|指的?是?|即)")


def define(question: Question, asked: str, documents: Sequence[ParsedDocument]) -> Answer | None:
    """Return the first sentence in reading order that gives the meaning of what is asked, said whole."""
    term = "".join(span.of(question.key) for span in question.content(keep=_KEPT)).strip("“”")
    term = _ABBREVIATION.sub("", term)
    if _LETTERS.fullmatch(term.removesuffix(_STANDS_FOR)):
        term = term.removesuffix(_STANDS_FOR)
    asks = _ASKS_MEANING.search(question.key) or _ASKS_WHAT.search(question.key)
    if not asks or not 1 < len(term) <= _LONGEST_TERM:
        return None
    defining = re.compile(
        rf"[（(](?:以下)?(?:统称|简称)(?:为|：)?“?{re.escape(term)}”?[）)]"
        rf"|“?{re.escape(term)}”?[,，]?(?:是指|指的是|系指|即(?![将可时日使便]))|所称的?“?{re.escape(term)}”?[,，是]"
    )
    # An abbreviation in letters may stand in brackets behind its name alone: 研究与试验发展(R&D).
    behind = re.compile(rf"(?<=[\u3400-\u9fff])[（(]{re.escape(term)}[）)]") if _LETTERS.fullmatch(term) else None
    for pattern in filter(None, (defining, behind)):
        for document in documents:
            matches = list(pattern.finditer(fold_once(document.text)))
            if len(matches) > 1 and not _ASKS_MEANING.search(question.key):
                continue  # A类补贴对象是指…，B类补贴对象是指… define two things
            for match in matches:
                if said := _said(document, Span(*match.span()), question, asked):
                    return said
    return _headed(term, question, asked, documents)


def _headed(term: str, question: Question, asked: str, documents: Sequence[ParsedDocument]) -> Answer | None:
    """Return what a clause says that is headed by the term and begins so: 零基预算：指不考虑…."""
    for document in documents:
        for clause in document.clauses:
            text = document.text
            for own in clause.own if fold(clause.heading).strip("“”") == term else ():
                at = max(own.start, clause.heading_span.end)
                if _MEANS.match(text, at, own.end) and (said := _said(document, Span(at, own.end), question, asked)):
                    return said
    return None


def _said(document: ParsedDocument, place: Span, question: Question, asked: str) -> Answer | None:
    clause = _clause_at(document, place)
    own = next((span for span in clause.own if span.covers(place)), None) if clause is not None else None
    if clause is None or own is None:
        return None
    sentence = next(span for span in split_sentences(document.text, [own]) if span.overlaps(place))
    evidence = clause_evidence(document, clause, sentence)
    text = f"{' '.join(evidence.quote.split())}[1]\n\n依据：《{document.info.title}》{evidence.locator.rstrip('.、')}。"
    return Answer(asked, question.text, AnswerKind.PASSAGE, text, citations=cite([evidence]))


def _clause_at(document: ParsedDocument, place: Span) -> Clause | None:
    found = (clause for clause in document.clauses if any(span.covers(place) for span in clause.own))
    return next(found, None)
