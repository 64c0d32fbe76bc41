"""A question and the chunks found for it in, the sentences that answer it with what they leave unsupported out.

Example: 谁担任领导小组组长 → “……由市委书记、市人民政府市长任双组长，……。” in 四、（一）.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

from assistant.respond.evidence import Evidence, cell_evidence, clause_evidence
from assistant.respond.sentences import split_sentences
from assistant.understand.columns import Attributes
from assistant.understand.lexicon import Ask
from assistant.understand.question import MentionKind, Question
from assistant.understand.support import Support
from corpus.folding import fold
from corpus.knowledge import AGENCY_ATTRIBUTES
from corpus.models import Clause, ClauseKind, ParsedDocument, Span
from corpus.row_names import name_column
from index.models import Chunk, ChunkKind, Hit

_CONTENT_KINDS = frozenset({MentionKind.ATTRIBUTE, MentionKind.CLASS_NOUN, MentionKind.YEAR})
_PATH_SHARE = 0.6
_RANK_BONUS = 0.15
_TYPE_BONUS = 0.12
_HEADING_MALUS = 0.3
_SECOND_GAIN = 0.2
_MOST_SENTENCES = 3
_LONG_CELL = 12
_LISTS = (*AGENCY_ATTRIBUTES, "place")
QUESTION_WORD = re.compile(
    r"(?:由|归|是|让)?谁来?|什么时候|啥时候|何时|哪一?年|几年|多久|在?哪[里儿]?|多少钱"
    r"|哪[个些几]?(?:地方|地区|部门|单位|局|旗区?|旗县|区县?|县区?|市|乡镇|村|园区)"
)
_ASKED_FORM = {
    Ask.HOW_MANY: re.compile(r"\d|[一二三四五六七八九十百千]+[个项家张条]"),
    Ask.WHEN: re.compile(r"\d{4}年|\d+年|每年"),
    Ask.WHAT: re.compile(r"简称|是指|指的是|即|所称"),
    Ask.WHO: re.compile(r"[局委办部厅院组会]|书记|市长|主任|组长|中心"),
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or cell that may answer; ``support`` (0 to 1) is the weighted share of the question in it.

    ``subject`` names the row of a cell. ``key``, ``context`` and ``clause`` are folded: the sentence itself, it with
    its headings, and it with the whole clause.
    """

    evidence: Evidence
    subject: str
    support: float
    score: float
    key: str
    context: str
    clause: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence with the headings above it; of a cell ``subject`` names the row; ``is_heading`` says it is no more."""

    evidence: Evidence
    headings: str
    subject: str = ""
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A bigram of the question, its weight, and the words that may stand for it."""

    bigram: str
    weight: float
    substitutes: tuple[str, ...]


class PassageFinder:
    """Scores sentences of found chunks by the weighted bigrams of the question that they and their headings hold."""

    def __init__(self, documents: Sequence[ParsedDocument], support: Support, attributes: Attributes) -> None:
        self._documents = {document.info.id: document for document in documents}
        self._clauses = {(d.info.id, clause.id): clause for d in documents for clause in d.clauses}
        self._annex_lists = {c.id for d in documents for c in d.clauses if c.kind is ClauseKind.ANNEX_LIST}
        self._rows = {
            (d.info.id, t.id, row.number): (t, row) for d in documents for t in d.tables for row in t.data_rows
        }
        self._own_keys: dict[tuple[str, str], str] = {}
        self._support = support
        self._attributes = attributes

    @cached_property
    def _frequencies(self) -> Counter[str]:
        counts: Counter[str] = Counter()
        for document_id, clause_id in self._clauses:
            key = self._own_key(document_id, clause_id)
            counts.update({key[i : i + 2] for i in range(len(key) - 1)})
        return counts

    def _own_key(self, document_id: str, clause_id: str) -> str:
        place = (document_id, clause_id)
        if place not in self._own_keys:
            text = self._documents[document_id].text
            self._own_keys[place] = fold("\n".join(span.of(text) for span in self._clauses[place].own))
        return self._own_keys[place]

    def weight(self, bigram: str) -> float:
        """Return the inverse document frequency of a bigram over clauses, ``log(1 + N / (1 + df))``."""
        return log(1 + len(self._clauses) / (1 + self._frequencies[bigram]))

    def terms(self, question: Question) -> tuple[Term, ...]:
        """Return the bigrams of the question's content with their weights and what may stand for them."""
        return tuple(
            Term(
                pair.of(question.key), self.weight(pair.of(question.key)), self._support.substitutes(question.key, pair)
            )
            for span in question.content(keep=_CONTENT_KINDS)
            for pair in (Span(i, i + 2) for i in range(span.start, span.end - 1))
            if not any(asking.overlaps(pair) for asking in _asking(question))
        )

    def rank(self, question: Question, hits: Sequence[Hit]) -> tuple[Passage, ...]:
        """Return the candidate sentences of ``hits``, best first; equal scores stay in reading order."""
        terms = self.terms(question)
        found: dict[tuple[str, Span], Passage] = {}
        for hit in hits:
            clause = self._own_key(hit.chunk.document_id, hit.chunk.clause_id)
            for candidate in self._candidates(hit.chunk, "附件" in question.key):
                passage = _score(question, terms, candidate, clause, hit.rank)
                place = (hit.chunk.document_id, candidate.evidence.span)
                if place not in found or found[place].score < passage.score:
                    found[place] = passage
        return tuple(sorted(found.values(), key=lambda p: (-p.score, p.evidence.document.info.id, p.evidence.span)))

    def choose(self, question: Question, ranked: Sequence[Passage]) -> tuple[Passage, ...]:
        """Return the best sentence and up to two more of the same clause that support further parts of the question."""
        if not ranked:
            return ()
        terms = self.terms(question)
        chosen = [ranked[0]]
        for passage in ranked[1:]:
            same = (passage.evidence.section, passage.subject) == (ranked[0].evidence.section, ranked[0].subject)
            if not same or len(chosen) == _MOST_SENTENCES:
                continue
            joined = "\n".join(p.key for p in chosen)
            if share(terms, joined + "\n" + passage.key) - share(terms, joined) >= _SECOND_GAIN:
                chosen.append(passage)
        return tuple(chosen)

    def _candidates(self, chunk: Chunk, with_annex_list: bool) -> Iterator[Candidate]:
        """Yield the sentences of a chunk, the headings above each, and for a row's cell the name of the row.

        Of a row only the long cells speak in sentences; its name and figures are for the lookup, and so are the fields
        of a clause. An entry of the list of annexes (unless annexes are asked for) states nothing.
        """
        document = self._documents[chunk.document_id]
        if chunk.kind is ChunkKind.CLAUSE:
            clause = self._clauses[chunk.document_id, chunk.clause_id]
            listed = clause.kind is ClauseKind.ANNEX_LIST or clause.parent in self._annex_lists
            if listed and not with_annex_list:
                return
            for span in split_sentences(document.text, [chunk.span]):
                if not any(item.span.overlaps(span) for item in clause.fields):
                    evidence = clause_evidence(document, clause, span)
                    yield Candidate(evidence, "\n".join(clause.path), is_heading=_is_heading(clause, span))
            return
        table, row = self._rows[chunk.document_id, chunk.table_id, chunk.row]
        names = name_column(table, self._attributes.header_words("name"))
        name = next((cell.text for cell in row.cells if cell.column == names), "")
        groups = [group.label + group.name for group in row.groups]
        headings = "\n".join([*table.path, table.caption, table.name, *groups, *(c.text for c in row.cells)])
        for cell in row.cells:
            listed = any(self._attributes.fits(name, table.columns[cell.column].name) for name in _LISTS)
            if len(cell.text) >= _LONG_CELL and not cell.carried and cell.column != names and not listed:
                yield Candidate(cell_evidence(document, table, row, cell), headings, name)


def share(terms: Sequence[Term], key: str) -> float:
    """Return the weighted share (0 to 1) of ``terms`` that ``key`` holds, itself or by a synonym."""
    total = sum(term.weight for term in terms)
    held = sum(term.weight for term in terms if term.bigram in key or any(word in key for word in term.substitutes))
    return held / total if total else 0.0


def _score(question: Question, terms: Sequence[Term], candidate: Candidate, clause: str, rank: int) -> Passage:
    key = fold(candidate.evidence.quote)
    above = fold(candidate.headings)
    support = share(terms, key)
    with_path = share(terms, key + "\n" + above)
    form = any(form.search(key) is not None for ask, form in _ASKED_FORM.items() if ask in question.asks)
    score = support + _PATH_SHARE * (with_path - support) + _RANK_BONUS / rank + _TYPE_BONUS * form
    score -= _HEADING_MALUS * candidate.is_heading
    context = "\n".join((key, above, fold(candidate.evidence.document.info.title)))
    return Passage(candidate.evidence, candidate.subject, with_path, score, key, context, clause + context)


def _is_heading(clause: Clause, span: Span) -> bool:
    """Return whether ``span`` is no more than the clause's number and heading; an item that is all heading is not."""
    start = clause.own[0].start if clause.own else clause.heading_span.start
    heading = Span(min(start, clause.heading_span.start), clause.heading_span.end + 1)
    return heading.covers(span) and clause.span.end > heading.end


def _asking(question: Question) -> list[Span]:
    """Return where an attribute is asked for by a bare question word (什么时候), which no sentence holds."""
    spans = [mention.span for mention in question.mentions if mention.kind is MentionKind.ATTRIBUTE]
    return [span for span in spans if QUESTION_WORD.fullmatch(span.of(question.key))]
