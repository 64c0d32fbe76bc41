"""An understood question in, the answer of the route that explains all of it out; a refusal where none does.

Example: a complete lookup → the cells; a complete query → the computed rows; else the sentences that support every
word; else what is missing (“施工单位”).
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, partial

from assistant.models import Answer, AnswerKind
from assistant.respond.about_document import DocumentFacts
from assistant.respond.agreeing.route import Agreeing
from assistant.respond.agreement import AgreementAnswers
from assistant.respond.annexes import Annexes
from assistant.respond.applied_rates import AppliedRates
from assistant.respond.asked_otherwise import AskedOtherwise
from assistant.respond.by_document import join_documents
from assistant.respond.by_table import join_tables
from assistant.respond.cited_documents import cited_document
from assistant.respond.claims import Claims
from assistant.respond.clause_answers import answer_clauses
from assistant.respond.conflicts import BothSides
from assistant.respond.converted import UnitAnswers
from assistant.respond.counted_sets import CountedSets
from assistant.respond.counted_things import deny_count
from assistant.respond.definitions import define
from assistant.respond.described import Described
from assistant.respond.document_labels import name_sources
from assistant.respond.each_document import EachDocument
from assistant.respond.each_group import first_of_each
from assistant.respond.each_parent import below_each
from assistant.respond.evidence import clause_address
from assistant.respond.in_parts import InParts
from assistant.respond.of_clause import OfClause
from assistant.respond.overview import overview
from assistant.respond.part_answers import PartAnswers
from assistant.respond.parts import STATES_FACTS
from assistant.respond.passages import PassageAnswers
from assistant.respond.picked import answer_picked
from assistant.respond.range_clauses import RangeClauses
from assistant.respond.range_items import RangeItems
from assistant.respond.reading.model import load_models
from assistant.respond.reading.reader import PassageReader
from assistant.respond.refusal import refuse, refuse_absent_annex, refuse_unasked, refuse_unknown_document
from assistant.respond.row_called import row_called
from assistant.respond.small_talk import chat
from assistant.respond.sourced import answer_source
from assistant.respond.stated_growth import grew_most, growths_apart
from assistant.respond.stated_sums import StatedSums
from assistant.respond.subgroups import count_subgroups
from assistant.respond.table_routes import TableRoutes
from assistant.respond.through_agency import through_agency
from assistant.respond.where_said import where_said
from assistant.respond.whether import Whether, undecided
from assistant.respond.whether_all import WhetherAll
from assistant.respond.whether_value import WhetherValue
from assistant.respond.wording import ask_of_what, ask_which_meaning, note_meaning
from assistant.understand.binding import in_full
from assistant.understand.lexicon import load_lexicon
from assistant.understand.table_names import called
from assistant.understand.understanding import Understanding
from assistant.understand.understood import Understood
from corpus.folding import fold
from corpus.models import Span
from index.reader import Index
from index.search import FEW_DOCUMENTS

_SEARCH_HITS = 20


class Answering:
    """Answers understood questions from one opened index."""

    def __init__(self, index: Index, understanding: Understanding) -> None:
        self._index, self._understanding = index, understanding
        self._annexes = Annexes(index.documents)
        self._documents = DocumentFacts(load_lexicon(), understanding.support)
        self._both_sides = BothSides(
            lambda: index.findings, index.documents, understanding.agencies, lambda: understanding.subjects
        )
        self._agreement = AgreementAnswers(
            self._both_sides, understanding.support, load_lexicon(), understanding.figures.of, understanding.units
        )
        self._agreeing = Agreeing(index.documents, understanding.support, understanding.places, load_lexicon())
        self._tables = TableRoutes(index, understanding)
        self._sums = StatedSums(understanding.figures.of, understanding.support, understanding.units.alike)
        self._in_parts = InParts(PartAnswers(understanding, self._answer_part, self._answer))
        units, places, row_named = understanding.units, understanding.places, partial(row_called, self._both_sides)
        self._asked_otherwise = AskedOtherwise(understanding, self._ask_anew, row_named, self._ask_named)
        self._range_clauses = RangeClauses(units, understanding.support)
        self._applied = AppliedRates(units, self._ask_anew)
        self._range_items, self._units = RangeItems(units, self._ask_anew), UnitAnswers(units)
        self._whether = Whether(units, places, index.facts, self._read_anew, self._answer_whole)
        self._whether_all = WhetherAll(self._read_anew, places, index.facts)
        self._counted_sets = CountedSets(understanding.listed_in, understanding.support)
        self._whether_value = WhetherValue(understanding.attributes, places, understanding.values_in, index.facts)
        self._claims = Claims(understanding.units, understanding.agencies, lambda: understanding.subjects)
        self._each_document = EachDocument(understanding, self, self._found, self._claims, load_lexicon())

    def answer(self, understood: Understood) -> Answer:
        """Return the answer; where there are several documents, with those that it rests on named in its text."""
        if understood.unknown:
            return refuse_unknown_document(understood.asked, understood.unknown, understood.documents)
        if understood.unasked:
            return refuse_unasked(understood.asked, understood.unasked, understood.documents)
        answer = self._as_stated(understood)
        if len(understood.documents) == 1 and understood.structure is None:
            answer = self.finished(understood, answer)
        if len(self._index.documents) > 1:
            answer = name_sources(answer, understood.documents, self._understanding.library)
        return replace(answer, standalone=in_full(answer.standalone, understood.called, understood.asked))

    def warm_up(self) -> None:
        """Load and read what the first question that is searched for would wait for."""
        documents = self._index.documents
        if not documents:
            return
        understood = self._understanding.understand(documents[0].info.title, (), None)
        self._reader.warm_up(understood.question, documents)

    def finished(self, understood: Understood, answer: Answer) -> Answer:
        """Return an answer with its figure in the unit asked for, and every other place of the document beside it."""
        if understood.source_of:
            return answer

        def ask(text: str) -> Answer:
            scope = self._understanding.library.scope(understood.documents)
            return self._as_stated(self._understanding.understand(text, (), scope))

        wanted = self._units.answer(understood.standalone, answer, ask, understood.documents)
        return undecided(self._both_sides.beside(wanted, understood.question))

    def _as_stated(self, understood: Understood) -> Answer:
        """Return the answer, and beside it what mistyped names were taken for; the question back if that is open."""
        if understood.choices:
            return ask_which_meaning(understood.asked, understood.standalone, understood.choices)
        return note_meaning(self._answer(understood), understood.meant)

    def _answer(self, understood: Understood) -> Answer:
        """Return the answer; what the whole question does not find, its parts may."""
        if understood.chat:
            return chat(understood)
        if understood.structure is not None:
            return self._of_clauses(understood)
        if understood.source_of:
            return answer_source(understood.asked, self._answer(self._read_anew(understood.source_of, understood)))
        if understood.picked is not None:
            scope = self._understanding.library.scope(understood.documents)
            listed = self._answer(self._understanding.understand(understood.picked.listed_by, (), scope))
            return answer_picked(understood.picked, listed, understood.asked)
        if told := where_said(understood) or self._agreeing.answer(understood) or self._agreement.alone(understood):
            return told
        ask = partial(self._ask_anew, understood)
        if told := self._in_parts.of_both_ends(understood) or first_of_each(understood, ask):
            return told
        if of_agency := through_agency(understood, self._understanding, partial(self._finished_anew, understood)):
            return of_agency
        return self._described.answer(understood) or self._of_what_is_named(understood)

    def _of_what_is_named(self, understood: Understood) -> Answer:
        """Return the answer where nothing is described; one to a description is asked here, and never described."""
        whole = self._answer_whole(understood)
        if ruled := self._of_range(understood, whole):
            return ruled
        if whole.kind is not AnswerKind.LOOKUP and (summed := self._applied.answer(understood)):
            return summed
        if clause := self._clause_named(understood, whole):
            return clause
        if dated := self._asked_otherwise.rather_of_this_year(understood, whole):
            return dated
        if most := grew_most(understood, whole, understood.documents):
            return most
        if whole.kind in STATES_FACTS:
            return self._in_parts.with_every_clause(understood, whole)
        return self._in_parts.of(understood, whole) or self._asked_otherwise.answer(understood) or whole

    def _of_range(self, understood: Understood, whole: Answer) -> Answer | None:
        """Return what the range rules that a figure of the question falls in; cells answer before it."""
        if whole.kind is AnswerKind.LOOKUP:
            return None
        return self._range_items.answer(understood) or self._range_clauses.answer(understood, whole)

    def _answer_part(self, understood: Understood) -> Answer:
        whole = self._answer_whole(understood)
        return self._of_range(understood, whole) or whole

    def _of_clauses(self, understood: Understood) -> Answer:
        told = answer_clauses(understood, lambda alone: join_documents(alone, self._claims))
        return replace(told, question=understood.asked, standalone=understood.standalone)

    def _clause_named(self, understood: Understood, whole: Answer) -> Answer | None:
        """Return the clause that the question names by number and asks of, where ``whole`` is not from it.

        What that clause does not say is refused: another clause answers no question about this one.
        """
        if whole.kind not in (AnswerKind.REFUSAL, AnswerKind.PASSAGE) or understood.beyond is not None:
            return None
        understanding = self._understanding
        named = understanding.clauses.beside(understood.question, understood.documents, understanding.support)
        if named is None:
            return None
        place = named.of[0].named[0].places[0]
        if whole.kind is AnswerKind.PASSAGE and any(place.span.covers(Span(c.start, c.end)) for c in whole.citations):
            return None
        if named.missing:
            nearest = [clause_address(place.document, place.clause.id)]
            said = named.missing if whole.kind is AnswerKind.PASSAGE else whole.missing
            return refuse(understood.asked, understood.standalone, said, nearest, understood.documents)
        return self._of_clauses(replace(understood, structure=named))

    def _answer_whole(self, understood: Understood) -> Answer:
        """Return the answer; each of several documents alone."""
        if len(understood.documents) > 1:
            few = len(understood.documents) <= FEW_DOCUMENTS
            defined = self._defined(understood) if few else None  # what a term means is no row called so elsewhere
            return self._about(understood) or defined or self._each_document.answer(understood)
        answer = self.exact(understood) or self._from_passages(understood)
        if answer.kind is AnswerKind.REFUSAL and (
            hinted := self._annexes.hinted(understood.question, understood.documents)
        ):
            return refuse_absent_annex(understood.asked, understood.standalone, hinted, understood.documents)
        if answer.kind is AnswerKind.REFUSAL and understood.beyond is None and (other := deny_count(understood)):
            return other
        if answer.kind is AnswerKind.REFUSAL and len(self._index.documents) > 1:
            return self.stated(understood) or answer
        return answer

    def _about(self, understood: Understood) -> Answer | None:
        return self._documents.answer(understood.question, understood.asked, understood.documents)

    def _overview(self, understood: Understood) -> Answer | None:
        return overview(understood.question, understood.asked, understood.documents)

    def _defined(self, understood: Understood) -> Answer | None:
        return define(understood.question, understood.asked, understood.documents)

    def exact(self, understood: Understood) -> Answer | None:
        """Return the answer of the first route that has one, from the most exact to the least."""
        for route in (cited_document, count_subgroups, below_each):
            if told := route(understood.question, understood.asked, understood.documents):
                return told
        if annex := self._annexes.absent(understood.question, understood.documents):
            return refuse_absent_annex(understood.asked, understood.standalone, annex, understood.documents)
        if table := next((title for title in understood.question.titles if self._is_absent(title, understood)), None):
            missing = (table.of(understood.standalone),)
            return refuse(understood.asked, understood.standalone, missing, (), understood.documents)
        exact = (
            self._about,
            self._overview,
            self._defined,
            self._agreeing.answer,
            self._agreement.answer,
            self._whether_all.answer,
            self._whether.figure,
            self._whether_value.answer,
            self._of_each,
            growths_apart,
            self._sums.answer,
            self._tables.answer,
            self._agreement.figure,
            self._of_clause,
            self._counted_sets.answer,
        )
        return next(filter(None, (route(understood) for route in exact)), None)

    def _is_absent(self, title: Span, understood: Understood) -> bool:
        """Return whether no document has the table that stands at ``title``: 收入明细表（九） of two."""
        return title.of(understood.question.key) not in self._table_names

    @cached_property
    def _table_names(self) -> frozenset[str]:
        return frozenset(fold(name) for one in self._index.documents for table in one.tables for name in called(table))

    def _of_clause(self, understood: Understood) -> Answer | None:
        understanding = self._understanding
        return OfClause(self._tables.fields, understanding.support, understanding.attributes).answer(understood)

    def _read_anew(self, text: str, understood: Understood) -> Understood:
        """Return what another question asks of the documents that a question is put to."""
        return self._understanding.understand(text, (), self._understanding.library.scope(understood.documents))

    def _ask_anew(self, understood: Understood, text: str) -> Answer:
        return self._answer_whole(self._read_anew(text, understood))

    def _finished_anew(self, understood: Understood, text: str) -> Answer:
        asked = self._read_anew(text, understood)
        return self._both_sides.beside(self._answer_whole(asked), asked.question)

    def wants_figure(self, understood: Understood) -> bool:
        """Return whether the question asks for a figure that a document may state anywhere."""
        return self._agreement.wants_figure(understood.question)

    def stated(self, understood: Understood, subject: str = "") -> Answer | None:
        """Return the figure that the one document states somewhere of ``subject`` or of what the question names."""
        return self._agreement.stated(understood, subject)

    def passages(self, understood: Understood) -> Answer:
        """Return the sentences that answer, or the refusal that names what nothing explains."""
        return self._from_passages(understood)

    def _found(self, understood: Understood) -> list[str]:
        hits = self._reader.search(understood.question, understood.documents)
        return [hit.chunk.document_id for hit in hits[:_SEARCH_HITS]]

    def _of_each(self, understood: Understood) -> Answer | None:
        """Return the answers of the tables that the question names side by side; None unless each has one."""
        answers = [answer for part in understood.by_table if (answer := self._tables.answer(part)) is not None]
        if len(answers) < len(understood.by_table) or any(answer.kind is not AnswerKind.LOOKUP for answer in answers):
            return None
        return join_tables(understood, answers) if answers else None

    @cached_property
    def _reader(self) -> PassageReader:
        return PassageReader(self._index, self._understanding, load_models())

    @cached_property
    def _described(self) -> Described:
        return Described(self._reader, self._understanding, self._ask_named)

    def _ask_named(self, understood: Understood, text: str) -> Answer:
        return self._of_what_is_named(self._read_anew(text, understood))

    @cached_property
    def _passages(self) -> PassageAnswers:
        return PassageAnswers(self._reader, self._understanding)

    def _from_passages(self, understood: Understood) -> Answer:
        question = understood.question
        if not question.words and not question.years:
            return ask_of_what(understood.asked, question.text)
        return self._passages.answer(understood)
