"""A question put to several documents in, what each of them alone answers out, told apart by document.

Example: 单位能耗的目标是多少, of a draft and the adopted text → 1.82 in one, 1.75 in the other, and that they differ.

No figure is made of two documents: each answers the whole question by itself, and what it does not explain it does
not answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from itertools import islice
from typing import Protocol

from assistant.models import Answer, AnswerKind, Claim
from assistant.respond.by_document import Compared, are_alike, join_documents
from assistant.respond.claims import Claims
from assistant.respond.document_labels import labels_of
from assistant.respond.parts import STATES_FACTS
from assistant.respond.set_changes import set_changes
from assistant.respond.versions import with_counterparts
from assistant.understand.binding import in_full
from assistant.understand.lexicon import Lexicon
from assistant.understand.question import Question
from assistant.understand.understanding import Understanding
from assistant.understand.understood import Understood
from corpus.folding import fold, fold_once
from corpus.models import ParsedDocument, Span
from index.search import FEW_DOCUMENTS

MOST_ASKED = 8
"""Of more documents only those are asked whose tables or clauses the question speaks of."""

_MOST_TOLD = 5
_MOST_PASSAGES = 4
_COVERAGE = 0.9
_SEVERAL = re.compile(r"(?:[各两几]个?份?|不同|这些)文件(?:[中里]的?|之间|的)?|(?:前后)?两个?(?:版本|稿)的?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CHANGED = re.compile(
    r"(?<![最至应须需可得当能以])(?:提高|降低|增加|减少|缩短|延长|上调|下调|上升|下降|推迟|提前|扩大|压缩|放宽|压减|[多少高低长短早晚])了?(?:多少|多久|几)"
    r"个?(?:百分点|工作日|自然日|小时|分钟|天|日|年|月|[百千万亿]*元|亩|公里|家|项|倍|人)?"
)
"""Asks by how much one document differs from another: 缩短了几个工作日."""
_LEFT = re.compile(r"[吗呢么？?。]+$")

Alone = tuple[ParsedDocument, Answer]


class Ways(Protocol):
    """How one question is answered, whatever the number of its documents."""

    def exact(self, understood: Understood) -> Answer | None:
        """Return the answer of tables, fields and headings; None where they have none."""
        ...

    def wants_figure(self, understood: Understood) -> bool:
        """Return whether the question asks for a figure that a document may state anywhere."""
        ...

    def stated(self, understood: Understood, subject: str = "") -> Answer | None:
        """Return the figure that one document states of ``subject``, or of what the question names; None for none."""
        ...

    def passages(self, understood: Understood) -> Answer:
        """Return the sentences that answer, or the refusal."""
        ...

    def finished(self, understood: Understood, answer: Answer) -> Answer:
        """Return an answer of one document in the unit asked for, with what else the document states of it."""
        ...


class EachDocument:
    """Answers questions over several documents."""

    def __init__(
        self,
        understanding: Understanding,
        ways: Ways,
        search: Callable[[Understood], Sequence[str]],
        claims: Claims,
        lexicon: Lexicon,
    ) -> None:
        """Take ``search``, which gives the ids of the documents that a search finds, best first."""
        self._understanding, self._ways, self._search, self._claims = understanding, ways, search, claims
        self._library = understanding.library
        self._compares = tuple((word.key, word.name) for word in lexicon.document_comparison)

    def answer(self, understood: Understood) -> Answer:
        """Return what every document that explains the whole question states, each by its name."""
        names = self._understanding.attributes.header_words("name")
        if changed := set_changes(understood.question, understood.documents, names):
            return replace(changed, question=understood.asked, standalone=understood.complete)
        asked, compared = self._without_comparison(understood)
        at_once = bool(asked.by_table) or len(asked.documents) > MOST_ASKED
        whole = self._ways.exact(asked) if at_once else None
        if whole is not None and whole.kind is AnswerKind.LOOKUP and asked.by_table:
            return whole
        if whole is not None and whole.kind is AnswerKind.PASSAGE and _are_many(asked):
            return whole
        told, refused = self._exact(asked, whole)
        if told:
            return self._join(understood, [*told, *self._stated_elsewhere(asked, told)], compared)
        whole = whole if at_once else self._ways.exact(asked)
        if whole is not None:
            # Which table is meant is not asked where none of them answers.
            return refuse_together(refused) if refused and whole.kind is AnswerKind.CLARIFY else whole
        told, refusal = self._in_words(asked)
        if told and compared is not Compared.NOT:
            told = with_counterparts(told, asked.documents)
        if told:
            return self._join(understood, told, compared)
        return self._of_pair(asked) or self._ways.finished(asked, refusal)

    def _in_words(self, asked: Understood) -> tuple[list[Alone], Answer]:
        """Return the figures that several documents state, else the sentences that answer; with them the refusal.

        Of many documents some state a figure by chance: they are told only where it is one quantity.
        """
        stated = self._stated(asked)
        best = self._ways.passages(asked)
        if best.kind is not AnswerKind.PASSAGE:
            return stated, best
        if len(stated) > 1 and (not _are_many(asked) or self._is_one_quantity(stated)):
            return stated, best
        return self._beside(asked, best), best

    def _is_one_quantity(self, told: Sequence[Alone]) -> bool:
        return len({self._claims.key(claim.quantity) for _, answer in told for claim in answer.claims}) == 1

    def _of_pair(self, asked: Understood) -> Answer | None:
        """Return the answer of the documents whose titles begin with two things that the question joins."""
        pair = self._understanding.side_by_side(asked)
        answer = self.answer(pair) if pair is not None else None
        if pair is None or answer is None or answer.kind not in STATES_FACTS:
            return None
        return replace(answer, standalone=in_full(answer.standalone, pair.called))

    def _without_comparison(self, understood: Understood) -> tuple[Understood, Compared]:
        """Return the question without the words that compare documents (一样吗), and what it compares them for.

        These are read so only where several documents are spoken of: 正稿与草稿的目标一样吗.
        """
        text, key = understood.standalone, fold(understood.standalone)
        several = [Span(*match.span()) for match in _SEVERAL.finditer(key)]
        if not several and (not understood.called or len(understood.documents) < 2):
            return understood, Compared.NOT
        changed = [Span(*match.span()) for match in _CHANGED.finditer(key)]
        cut, compared = [*several, *changed], Compared.GAP if changed else Compared.NOT
        for word, name in self._compares:
            at = key.find(word)
            if at >= 0 and not any(span.overlaps(Span(at, at + len(word))) for span in cut):
                cut.append(Span(at, at + len(word)))
                compared = Compared.GAP if Compared.GAP in (compared, Compared(name)) else Compared.SAME
        for span in sorted(cut, reverse=True):
            text = text[: span.start] + text[span.end :]
        scope = self._library.scope(understood.documents)
        left = self._understanding.understand(_LEFT.sub("", text) if cut else text, (), scope)
        return replace(left, asked=understood.asked, called=understood.called), compared

    def _exact(self, asked: Understood, whole: Answer | None) -> tuple[list[Alone], list[Alone]]:
        """Return the answers of tables and fields, and the refusals."""
        told, refused = [], []
        cited = {citation.document_id for citation in whole.citations} if whole is not None else set()
        for document in self._candidates(asked, whole):
            if cited == {document.info.id}:
                # What all documents together are answered with is this one's answer.
                alone, found = replace(asked, documents=(document,)), whole
            else:
                alone = self._understanding.alone(asked, document)
                found = self._ways.exact(alone)
            # A unit that no cell is in leaves the question unexplained: the figure is found without it.
            answer = self._ways.finished(alone, found or Answer("", "", AnswerKind.REFUSAL, ""))
            if answer.kind is AnswerKind.LOOKUP or (found and answer.kind in STATES_FACTS and not _are_many(asked)):
                told.append((document, answer))
            elif found is not None and found.kind is AnswerKind.REFUSAL:
                refused.append((document, found))
        return self._like(whole, told), refused

    def _candidates(self, asked: Understood, whole: Answer | None) -> Sequence[ParsedDocument]:
        if len(asked.documents) <= MOST_ASKED:
            return asked.documents
        ids = [document.info.id for document, _ in asked.tables]
        ids += [t.entity.document.info.id for t in asked.plan.targets] if asked.plan is not None else []
        cited = {citation.document_id for citation in whole.citations} if whole is not None else set()
        found = self._library.within(asked.documents, cited.union(ids))
        likely = (one for one in found if one.info.id in cited or self._speaks_of(one, asked.question))
        return list(islice(likely, MOST_ASKED))

    def _like(self, whole: Answer | None, told: list[Alone]) -> list[Alone]:
        """Return the answers that speak of the same quantities as that of all documents at once.

        Among many documents some hold the words of a question by chance, and are understood as asked of another thing.
        """
        if whole is None or whole.kind is not AnswerKind.LOOKUP or not whole.claims:
            return told
        keys = {self._claims.key(claim.quantity) for claim in whole.claims}
        return [one for one in told if keys.issuperset(self._claims.key(claim.quantity) for claim in one[1].claims)]

    def _speaks_of(self, document: ParsedDocument, question: Question) -> bool:
        """Return whether a document holds every year and every word of the question that names something, somewhere."""
        text = fold_once(document.text) + "\n" + fold(document.info.title)
        left = self._understanding.support.unsupported(question.key, question.telling, text)
        return not left and all(year in text for year in question.years)

    def _stated_elsewhere(self, asked: Understood, told: Sequence[Alone]) -> list[Alone]:
        """Return the figure that other documents state in their text, where one that has ``told`` states one."""
        claims = [answer.claims[0] for _, answer in told if len(answer.claims) == 1]
        if not claims or not claims[0].subject:
            return []
        known, first = {document.info.id for document, _ in told}, claims[0]
        return [
            (document, replace(answer, claims=(replace(answer.claims[0], quantity=first.quantity),)))
            for document, answer in self._stated(asked, first.subject, known)
            if self._is_same(answer.claims[0], first)
        ]

    def _stated(self, asked: Understood, subject: str = "", known: Collection[str] = ()) -> list[Alone]:
        """Return the figure that each document but those ``known`` states somewhere; of many some found are read."""
        if not subject and not self._ways.wants_figure(asked):
            return []
        documents = asked.documents
        if len(documents) > MOST_ASKED:
            found = map(self._library.document, dict.fromkeys(self._search(asked)))
            documents = tuple(islice((one for one in found if self._speaks_of(one, asked.question)), MOST_ASKED))
        others = [one for one in documents if one.info.id not in known]
        stated = ((one, self._ways.stated(self._understanding.alone(asked, one), subject)) for one in others)
        return [(document, answer) for document, answer in stated if answer is not None]

    def _is_same(self, one: Claim, other: Claim) -> bool:
        """Return whether two claims are of one year and in units of one kind."""
        years, others = set(_YEAR.findall(one.quantity)), set(_YEAR.findall(other.quantity))
        return (not years or not others or years == others) and self._claims.are_alike(one.statement, other.statement)

    def _beside(self, asked: Understood, best: Answer) -> list[Alone]:
        """Return the best sentences and those of other found documents that speak of the question no less.

        Of many documents the best sentences alone: an answer from ten of hundreds is none.
        """
        document = self._library.document
        first = best.citations[0].document_id
        found = [(document(first), self._ways.finished(asked, best))]
        if _are_many(asked):
            return found
        least = _COVERAGE * _coverage(asked, best, document(first))
        for name in dict.fromkeys(self._search(asked)):
            if name == first or len(found) == _MOST_PASSAGES or not self._speaks_of(document(name), asked.question):
                continue
            alone = self._understanding.alone(asked, document(name))
            answer = self._ways.passages(alone)
            if answer.kind is AnswerKind.PASSAGE and _coverage(asked, answer, document(name)) >= least:
                found.append((document(name), self._ways.finished(alone, answer)))
        return found

    def _join(self, understood: Understood, told: Sequence[Alone], compared: Compared) -> Answer:
        if len(told) > _MOST_TOLD and not are_alike([answer for _, answer in told], self._claims):
            return ask_which_document(understood, [document for document, _ in told])
        answer = told[0][1] if len(told) == 1 else join_documents(told, self._claims, compared)
        return replace(answer, question=understood.asked, standalone=understood.complete)


def _are_many(asked: Understood) -> bool:
    """Return whether the question is put to so many documents that the best passage of all decides."""
    return len(asked.documents) > FEW_DOCUMENTS


def refuse_together(refused: Sequence[Alone]) -> Answer:
    """Return the refusals of several documents as one, each behind its document where they are worded apart."""
    labels = labels_of([document for document, _ in refused])
    heads = [answer.answer.split("\n")[0] for _, answer in refused]
    lines = [f"{labels[document.info.id]}：{head}" for (document, _), head in zip(refused, heads, strict=True)]
    missing = dict.fromkeys(part for _, answer in refused for part in answer.missing)
    text = heads[0] if len(set(heads)) == 1 else "\n\n".join(lines)
    return replace(refused[0][1], answer=text, citations=(), missing=tuple(missing))


def ask_which_document(understood: Understood, documents: Sequence[ParsedDocument]) -> Answer:
    """Return the question back where many documents answer it, with the documents to choose from."""
    labels = list(labels_of(documents).values())
    lines = [f"{number}. {label}" for number, label in enumerate(labels, 1)]
    text = f"有{len(labels)}个文件写到这个问题，请说明是哪一个：\n\n" + "\n".join(lines)
    suggestions = tuple(in_full(understood.standalone, (label,)) for label in labels[:MOST_ASKED])
    return Answer(understood.asked, understood.standalone, AnswerKind.CLARIFY, text, suggestions=suggestions)


def _coverage(asked: Understood, answer: Answer, document: ParsedDocument) -> float:
    """Return how many characters of the question's words stand in what is quoted, its headings and its title."""
    quoted = [text for citation in answer.citations for text in (citation.quote, *citation.section)]
    context = fold("\n".join((*quoted, document.info.title)))
    held = [span.of(asked.question.key) in context for span in asked.question.words]
    lengths = [span.end - span.start for span in asked.question.words]
    return sum(n for n, there in zip(lengths, held, strict=True) if there) / sum(lengths) if lengths else 0.0
