"""A question and the documents it is put to in, the clauses that it names by number or heading out.

Example: 第五条第（三）项是什么 → the one item; 第八十条 of a law with 68 articles → no place, which is denied.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.understand.clause_index import ClauseIndex, ClauseTree, Place, heading_names
from assistant.understand.clause_steps import ARTICLE, PART, Address, Step
from assistant.understand.clause_words import ClauseAsk, ClauseWording, ClauseWords
from assistant.understand.lexicon import Lexicon
from assistant.understand.question import Question
from assistant.understand.support import Support
from corpus.folding import fold, fold_once
from corpus.models import Clause, ParsedDocument

_OF_DOCUMENT = frozenset({"编", "篇", "章", "节", ARTICLE, PART})
_UNNAMED_UNITS = frozenset({"项", "目", "款"})
_LEAST_PART = 2
_LEAST_TITLE = 4


@dataclass(frozen=True, slots=True)
class Named:
    """What a question calls ``said``: its places in one document, several where the number alone does not tell."""

    said: str
    steps: tuple[Step, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class OfDocument:
    """What a question names in one document; nothing where it asks of the document itself."""

    tree: ClauseTree
    named: tuple[Named, ...]

    @property
    def is_found(self) -> bool:
        """Return whether everything that is named is there."""
        return all(one.places for one in self.named)


@dataclass(frozen=True, slots=True)
class ClauseQuestion:
    """A question about the structure of documents; ``of`` are those that have what it names, else all.

    ``missing`` is what it asks besides of a clause that does not say it.
    """

    ask: ClauseAsk
    unit: str
    of: tuple[OfDocument, ...]
    missing: tuple[str, ...] = ()

    @property
    def is_found(self) -> bool:
        """Return whether a document has what is named."""
        return any(one.is_found for one in self.of)


class ClauseQuestions:
    """Understands questions about the structure of documents."""

    def __init__(self, documents: Sequence[ParsedDocument], lexicon: Lexicon) -> None:
        self._index = ClauseIndex(documents)
        self.wording = ClauseWording(lexicon)
        self.divides = self._index.divides

    def read(self, text: str, documents: Sequence[ParsedDocument]) -> ClauseQuestion | None:
        """Return what ``text`` asks of the structure of ``documents``; None where it asks for anything more."""
        words = self.wording.read(text)
        if words is None:
            return None
        if words.addresses:
            of = self._addressed(words, documents)
        elif any(self._may_name(stretch) for stretch in words.stretches):
            of = self._headed(words, documents)
        else:
            of = self._whole(words, documents)
        return ClauseQuestion(words.ask, words.unit, of) if of else None

    def beside(
        self, question: Question, documents: Sequence[ParsedDocument], support: Support
    ) -> ClauseQuestion | None:
        """Return the one clause named by number of which the question asks more, with what its text does not hold.

        None where several are named, or none: 第五十条规定罚款多少 → 第五十条.
        """
        words = self.wording.read(question.text)
        if words is None or len(words.addresses) != 1 or len(documents) != 1:
            return None
        address, tree = words.addresses[0], self._index.tree(documents[0])
        places = tree.resolve(address.steps)
        if address.steps[0].is_style or len(places) != 1:
            return None
        beside = [span for span in question.words if not any(span.overlaps(number) for number in address.spans)]
        left = [span for span in beside if span in question.telling] or beside
        said = "\n".join((fold(places[0].span.of(documents[0].text)), *map(fold, places[0].clause.path)))
        if not left:
            return None
        missing = tuple(span.of(question.text) for span in support.unsupported(question.key, left, said))
        named = Named(address.said, address.steps, places)
        return ClauseQuestion(ClauseAsk.TEXT, "", (OfDocument(tree, (named,)),), missing)

    def _addressed(self, words: ClauseWords, documents: Sequence[ParsedDocument]) -> tuple[OfDocument, ...]:
        """Return the documents that have every clause named, else, where nothing else is named, all of them."""
        if words.addresses[0].steps[0].unit in _UNNAMED_UNITS:
            return ()
        trees = map(self._index.tree, documents)
        of = [OfDocument(tree, tuple(self._named(one, words, tree) for one in words.addresses)) for tree in trees]
        if found := tuple(one for one in of if one.is_found):
            return found
        return tuple(of) if all(map(self.wording.is_empty, words.stretches)) else ()

    def _named(self, address: Address, words: ClauseWords, tree: ClauseTree) -> Named:
        places = tree.resolve(address.steps)
        fitting = tuple(place for place in places if self._fits(words, place, tree))
        return Named(address.said, address.steps, fitting)

    def _fits(self, words: ClauseWords, place: Place, tree: ClauseTree) -> bool:
        """Return whether what is said beside the numbers is the headings of the clause and of those around it."""
        is_name = self._is_heading_of(tree.ancestors(place.clause), tree.document)
        return all(self.wording.fits(stretch, is_name) for stretch in words.stretches)

    def _is_heading_of(self, chain: Sequence[Clause], document: ParsedDocument) -> Callable[[str], bool]:
        headings = [fold(clause.label + clause.heading) for clause in chain] + [fold_once(document.info.title)]
        return lambda name: len(name) >= _LEAST_PART and any(name in heading for heading in headings)

    def _may_name(self, stretch: str) -> bool:
        """Return whether a stretch may name a heading: even of empty words, where a heading is so called (总则)."""
        subjects = (one for one in self.wording.subjects(stretch) if len(one) >= _LEAST_PART)
        called = (heading_names(place.clause)[0] == one for one in subjects for place in self._index.named(one))
        return not self.wording.is_empty(stretch) or any(called)

    def _headed(self, words: ClauseWords, documents: Sequence[ParsedDocument]) -> tuple[OfDocument, ...]:
        """Return what is asked of the clauses that one heading names, by document."""
        naming = [stretch for stretch in words.stretches if self._may_name(stretch)]
        if len(naming) != 1 or words.unit not in _OF_DOCUMENT:
            return ()
        ids = {document.info.id for document in documents}
        for subject in self.wording.subjects(naming[0]):
            places = [place for place in self._index.named(subject) if place.document.info.id in ids]
            whole = [place for place in places if heading_names(place.clause)[0] == subject] or places
            if whole:
                return self._by_document(subject, whole)
            if len(subject) >= _LEAST_TITLE and (titled := _titled(subject, documents)):
                return self._whole(words, titled)
        return ()

    def _by_document(self, subject: str, places: Sequence[Place]) -> tuple[OfDocument, ...]:
        documents = {place.document.info.id: place.document for place in places}
        return tuple(
            OfDocument(
                self._index.tree(document),
                (Named(subject, (), tuple(place for place in places if place.document.info.id == id_)),),
            )
            for id_, document in documents.items()
        )

    def _whole(self, words: ClauseWords, documents: Sequence[ParsedDocument]) -> tuple[OfDocument, ...]:
        """Return the documents whose own parts are counted: 全文共多少条."""
        if words.ask is not ClauseAsk.COUNT or words.unit not in _OF_DOCUMENT:
            return ()
        trees = [self._index.tree(document) for document in documents]
        return tuple(OfDocument(tree, ()) for tree in trees if tree.of_unit(words.unit))


def _titled(name: str, documents: Sequence[ParsedDocument]) -> list[ParsedDocument]:
    """Return the documents whose title ends in ``name``, all that hold it where none ends so."""
    holding = [(document, title) for document in documents if name in (title := fold_once(document.info.title))]
    return [one for one, title in holding if title.rstrip("》的通知").endswith(name)] or [one for one, _ in holding]
