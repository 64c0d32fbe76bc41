"""An understood question in, the answer of the route that explains all of it out; a refusal where none does.

Example: a complete lookup → the cells; a complete query → the computed rows; else the sentences that support every
word; else what is missing (“施工单位”).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from assistant.models import Answer, AnswerKind
from assistant.respond.about_document import DocumentFacts
from assistant.respond.agreeing.route import Agreeing
from assistant.respond.agreement import AgreementAnswers
from assistant.respond.annexes import Annexes
from assistant.respond.by_document import join_documents
from assistant.respond.by_table import join_tables
from assistant.respond.cells import CellAnswers
from assistant.respond.changed import answer_changes
from assistant.respond.claims import Claims
from assistant.respond.clause_answers import answer_clauses
from assistant.respond.combined import answer_combinations
from assistant.respond.computed import answer_query
from assistant.respond.conflicts import BothSides
from assistant.respond.converted import UnitAnswers
from assistant.respond.counted_things import deny_count
from assistant.respond.definitions import define
from assistant.respond.document_labels import name_sources
from assistant.respond.each_document import EachDocument
from assistant.respond.each_row import EachRow
from assistant.respond.evidence import clause_address
from assistant.respond.fields import FieldScan
from assistant.respond.fields_under import FieldsUnder
from assistant.respond.groups import GroupAnswers
from assistant.respond.in_parts import InParts
from assistant.respond.lookup import answer_lookup
from assistant.respond.mentioning import RowSearch
from assistant.respond.named_things import asks_of_one_thing, is_named_whole
from assistant.respond.not_mentioning import RowsWithout
from assistant.respond.outline import outline, text_under, works_under
from assistant.respond.overview import overview
from assistant.respond.parts import STATES_FACTS
from assistant.respond.passages import PassageAnswers
from assistant.respond.picked import answer_picked
from assistant.respond.places import PlaceAnswers
from assistant.respond.reading.model import load_models
from assistant.respond.reading.reader import PassageReader
from assistant.respond.refusal import (
    correct_premise,
    deny_number,
    deny_value,
    refuse,
    refuse_absent_annex,
    refuse_unknown_document,
)
from assistant.respond.whether import Whether, undecided
from assistant.respond.whether_value import WhetherValue
from assistant.respond.wording import (
    ask_of_what,
    ask_which_meaning,
    ask_which_table,
    chat_greeting,
    chat_help,
    note_meaning,
    word_outline,
    word_text_under,
)
from assistant.understand.binding import in_full
from assistant.understand.lexicon import load_lexicon
from assistant.understand.plan import LookupPlan
from assistant.understand.support import join
from assistant.understand.table_names import called
from assistant.understand.table_subject import stem_of
from assistant.understand.understanding import Understanding
from assistant.understand.understood import Understood
from corpus.folding import fold
from corpus.models import Span, Table
from index.reader import Index

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
        self._places = PlaceAnswers(understanding.places, index.facts)
        nouns = [noun.key for noun in load_lexicon().class_nouns]
        nouns += sorted({stem_of(table) for document in index.documents for table in document.tables} - {""})
        self._rows = RowSearch(understanding.attributes, index.facts, understanding.queries.speaks_of, nouns)
        self._rows_without = RowsWithout(self._rows, understanding.read, understanding.values_in)
        self._groups = GroupAnswers(index.documents)
        self._each_row = EachRow(understanding.attributes, index.facts)
        self._in_parts = InParts(understanding, self._answer_whole, self._answer)
        self._units = UnitAnswers(understanding.units)
        self._cells = CellAnswers(understanding.support)
        self._whether = Whether(understanding.units, index.facts, self._read_anew, self._answer_whole)
        self._whether_value = WhetherValue(understanding.attributes, understanding.places, index.facts)
        self._claims = Claims(understanding.units, understanding.agencies, lambda: understanding.subjects)
        self._each_document = EachDocument(understanding, self, self._found, self._claims, load_lexicon())

    @cached_property
    def _fields(self) -> FieldScan:
        understanding = self._understanding
        return FieldScan(self._index.documents, understanding.attributes, understanding.support, understanding.agencies)

    @cached_property
    def _fields_under(self) -> FieldsUnder:
        return FieldsUnder(self._fields, self._understanding.support)

    def answer(self, understood: Understood) -> Answer:
        """Return the answer; where there are several documents, with those that it rests on named in its text."""
        if understood.unknown:
            return refuse_unknown_document(understood.asked, understood.unknown, understood.documents)
        answer = self._as_stated(understood)
        if len(understood.documents) == 1 and understood.structure is None:
            answer = self.finished(understood, answer)
        if len(self._index.documents) > 1:
            answer = name_sources(answer, understood.documents, self._understanding.library)
        return replace(answer, standalone=in_full(answer.standalone, understood.called, understood.asked))

    def finished(self, understood: Understood, answer: Answer) -> Answer:
        """Return an answer with its figure in the unit asked for, and every other place of the document beside it."""

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
            return self._chat(understood)
        if understood.structure is not None:
            return self._of_clauses(understood)
        if understood.picked is not None:
            scope = self._understanding.library.scope(understood.documents)
            listed = self._answer(self._understanding.understand(understood.picked.listed_by, (), scope))
            return answer_picked(understood.picked, listed, understood.asked)
        if agreeing := self._agreeing.answer(understood) or self._agreement.alone(understood):
            return agreeing
        whole = self._answer_whole(understood)
        if clause := self._clause_named(understood, whole):
            return clause
        if whole.kind in STATES_FACTS:
            return self._in_parts.with_every_clause(understood, whole)
        return self._in_parts.of(understood, whole) or whole

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
        """Return the answer; of several documents each is asked alone."""
        if len(understood.documents) > 1:
            return self._about(understood) or self._each_document.answer(understood)
        answer = self.exact(understood) or self._from_passages(understood)
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
            self._whether.figure,
            self._has_value,
            self._of_each,
            self._from_tables,
            self._agreement.figure,
        )
        return next(filter(None, (route(understood) for route in exact)), None)

    def _is_absent(self, title: Span, understood: Understood) -> bool:
        """Return whether no document has the table that stands at ``title``: 收入明细表（九） of two."""
        return title.of(understood.question.key) not in self._table_names

    @cached_property
    def _table_names(self) -> frozenset[str]:
        return frozenset(fold(name) for one in self._index.documents for table in one.tables for name in called(table))

    def _has_value(self, understood: Understood) -> Answer | None:
        return self._whether_value.answer(understood, self._understanding.values_in(understood.question))

    def _read_anew(self, text: str, understood: Understood) -> Understood:
        """Return what another question asks of the documents that a question is put to."""
        return self._understanding.understand(text, (), self._understanding.library.scope(understood.documents))

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
        answers = [answer for part in understood.by_table if (answer := self._from_tables(part)) is not None]
        if len(answers) < len(understood.by_table) or any(answer.kind is not AnswerKind.LOOKUP for answer in answers):
            return None
        return join_tables(understood, answers) if answers else None

    def _chat(self, understood: Understood) -> Answer:
        if understood.chat == "creation":
            return refuse(understood.asked, understood.asked, (understood.asked,), (), understood.documents)
        if understood.chat == "help":
            return chat_help(understood.asked, understood.documents)
        return chat_greeting(understood.asked)

    def _from_tables(self, understood: Understood) -> Answer | None:
        """Return the answer of a row, a query or a clause's outline, whichever explains the whole question first."""
        asked, standalone, facts = understood.asked, understood.standalone, self._index.facts
        plan, query = understood.plan, understood.query
        if understood.beyond is not None:
            return deny_number(asked, standalone, understood.beyond)
        whole = plan is not None and is_named_whole(plan)
        # A row named so exactly comes before the parts of its name, read as heads of another table's cells.
        if not (whole and not self._cells.are_unusual(_tables_of(plan))) and (
            found_cells := self._cells.answer(understood.question, asked, understood.tables)
        ):
            return found_cells
        if self._cells.are_unusual(_tables_read(understood)):
            return None
        mentions = self._understanding.values_in(understood.question)
        if found_group := self._groups.answer(understood.question, asked, mentions):
            return found_group
        if understood.combinations:
            return answer_combinations(understood.combinations, facts, asked, standalone)
        if understood.changes is not None:
            return answer_changes(understood.changes, facts, asked, standalone)
        if found_fields := self._fields.answer(understood.question, asked, understood.documents):
            return found_fields
        if by_work := self._fields_under.answer(understood.question, asked, understood.documents, mentions):
            return by_work
        if not whole and (found_rows := self._rows_without.answer(understood.question, asked, understood.tables)):
            return found_rows
        if not whole and (
            found_rows := self._rows.mentioning(*(understood.question, asked), understood.tables, mentions)
        ):
            return found_rows
        if found := works_under(understood.question, understood.documents, self._understanding.support):
            return word_outline(asked, standalone, *found)
        complete = query if query is not None and not query.unexplained else None
        if complete and len(understood.queries) > 1 and not (plan is not None and plan.is_complete):
            return ask_which_table(asked, standalone, understood.queries)
        if complete and complete.conditions and not asks_of_one_thing(understood, mentions):
            if of_each := self._each_row.answer(complete, understood.question, asked, mentions):
                return self._places.note(complete, of_each)
            if by_place := self._places.answer(complete, understood.question, asked):
                return by_place
            return answer_query(complete, facts, asked, standalone)
        if found := outline(understood.question, understood.documents, self._understanding.support):
            return word_outline(asked, standalone, *found)
        if text := text_under(understood.question, understood.documents, self._understanding.support):
            return word_text_under(asked, standalone, *text)
        if plan is not None and plan.is_complete:
            return answer_lookup(plan, facts, asked, standalone)
        if complete and not complete.conditions:
            return answer_query(complete, facts, asked, standalone)
        if found_rows := self._rows.holding(understood.question, asked, understood.tables, mentions):
            return found_rows
        if plan is not None and plan.targets and self._understanding.premises.contradicts(plan):
            return correct_premise(answer_lookup(plan, facts, asked, standalone), plan)
        if plan is not None and (stated := self._stated_instead(understood, plan)):
            return stated
        if query is not None and self._understanding.premises.denies(query, understood.question):
            return deny_value(asked, standalone, query)
        if query is not None and query.conditions and plan is None:
            # Rows were asked for and a part of what they should meet was not understood: no sentence makes up for it.
            missing = tuple(standalone[span.start : span.end] for span in join(query.unexplained))
            return refuse(asked, standalone, missing, (), understood.documents)
        return None

    def _stated_instead(self, understood: Understood, plan: LookupPlan) -> Answer | None:
        """Return what the cells state where the question takes another value of theirs for granted."""
        header = self._understanding.premises.header_denied(plan)
        if not header:
            return None
        scope = self._understanding.library.scope(understood.documents)
        read = self._understanding.understand(f"{plan.named}的{header}", (), scope)
        if read.plan is None or not read.plan.is_complete:
            return None
        answer = answer_lookup(read.plan, self._index.facts, understood.asked, understood.standalone)
        taken = [span.of(plan.question.key) for span in plan.unexplained] + list(plan.question.years)
        head = fold(answer.answer.splitlines()[0])
        return None if any(word in head for word in taken) else correct_premise(answer, plan)

    @cached_property
    def _reader(self) -> PassageReader:
        return PassageReader(self._index, self._understanding, load_models())

    @cached_property
    def _passages(self) -> PassageAnswers:
        return PassageAnswers(self._reader, self._understanding)

    def _from_passages(self, understood: Understood) -> Answer:
        question = understood.question
        if not question.words and not question.years:
            return ask_of_what(understood.asked, question.text)
        return self._passages.answer(understood)


def _tables_read(understood: Understood) -> Iterator[Table]:
    """Yield the tables that the plan and the queries take for lists under one header."""
    yield from _tables_of(understood.plan)
    yield from (query.table for query in understood.queries)


def _tables_of(plan: LookupPlan | None) -> Iterator[Table]:
    targets = plan.targets if plan is not None else ()
    yield from (target.entity.table for target in targets if target.entity.table is not None)
