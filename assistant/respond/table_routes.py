"""An understood question in, what rows, queries over them, fields or headings state of it out; None where none does.

Example: 水利局牵头的项目有几个 → the query's rows; 绿氢产业项目由谁牵头 → the row's cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.models import Answer, AnswerKind
from assistant.respond.cells import CellAnswers
from assistant.respond.changed import answer_changes
from assistant.respond.combined import answer_combinations
from assistant.respond.computed import answer_query
from assistant.respond.each_row import EachRow
from assistant.respond.expected import lists_one_of_many
from assistant.respond.fields import FieldScan
from assistant.respond.fields_under import FieldsUnder
from assistant.respond.goals import goals_under
from assistant.respond.groups import GroupAnswers
from assistant.respond.lookup import answer_lookup
from assistant.respond.mentioning import RowSearch
from assistant.respond.named_things import (
    asks_beyond,
    asks_of_one_thing,
    is_named_whole,
    names_nothing,
    only_one_asked,
    ranks_rows,
    sums_whole_table,
)
from assistant.respond.not_mentioning import RowsWithout
from assistant.respond.outline import outline, text_under, works_under
from assistant.respond.parts import words_told
from assistant.respond.places import PlaceAnswers
from assistant.respond.refusal import correct_premise, deny_number, deny_value, refuse
from assistant.respond.stated_amounts import beside_named, only_stated, rows_that_state
from assistant.respond.wording import ask_of_what, ask_which_table, word_outline, word_text_under
from assistant.understand.columns import year_of
from assistant.understand.combination import Combining
from assistant.understand.leave import asks_leave
from assistant.understand.lexicon import Ask, load_lexicon
from assistant.understand.plan import LookupPlan
from assistant.understand.query import Operation, Query
from assistant.understand.question import MentionKind, Question
from assistant.understand.support import join
from assistant.understand.table_frame import stem_of
from assistant.understand.understanding import Understanding
from assistant.understand.understood import Understood
from assistant.understand.values import ValueMention
from assistant.understand.whole_area import is_apart_from_area
from corpus.folding import fold
from corpus.models import Table
from index.reader import Index

_EXCEPT = re.compile(r"除了?(?!险|尘|涝)|[以之]外")
_EACH_OVER_YEARS = re.compile(r"都[^，,。；;？?]{0,4}比(?:19|20)\d\d年")
"""Asks how each of several changes (甲率和乙率都比2020年高吗), and not which of them is more."""
_SAYS_WHICH = re.compile(
    r"(?<![所拥具享只国含没都])(?:有没有|有无|有(?![关效些]))[^，,。；;？?有]*[\u3400-\u9fff]{2}的"
    r"(?:项目|工程|指标|专家|人|企业|单位|[吗么？?]|$)"
)
"""Says of rows which are looked for: where no condition came of it, all rows are no answer."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with the values that it names; ``is_named`` that it holds the whole name of the row looked up."""

    understood: Understood
    mentions: Sequence[ValueMention]
    is_named: bool

    @property
    def complete(self) -> Query | None:
        """Return the query where it explains every word."""
        query = self.understood.query
        return query if query is not None and not query.unexplained else None


class TableRoutes:
    """Answers questions from tables, fields and headings of one opened index."""

    def __init__(self, index: Index, understanding: Understanding) -> None:
        self._index, self._understanding = index, understanding
        nouns = [noun.key for noun in load_lexicon().class_nouns]
        nouns += sorted({stem_of(table) for document in index.documents for table in document.tables} - {""})
        self._rows = RowSearch(understanding.attributes, index.facts, understanding.queries.speaks_of, nouns)
        self._rows_without = RowsWithout(self._rows, understanding.read, understanding.values_in)
        self._places = PlaceAnswers(understanding.places, index.facts)
        self._groups = GroupAnswers(index.documents)
        self._each_row = EachRow(understanding.attributes, index.facts)
        self._cells = CellAnswers(understanding.support, understanding.attributes)

    @cached_property
    def fields(self) -> FieldScan:
        """Return the labelled fields of all clauses."""
        understanding = self._understanding
        return FieldScan(self._index.documents, understanding.attributes, understanding.support, understanding.agencies)

    @cached_property
    def _fields_under(self) -> FieldsUnder:
        return FieldsUnder(self.fields, self._understanding.support)

    def answer(self, understood: Understood) -> Answer | None:
        """Return the answer of a row, a query or a clause's outline, whichever explains the whole question first.

        One cell that is no list answers nothing where so many things are asked for: 哪37处煤矿.
        """
        answer, key = self._explaining(understood), understood.question.key
        if answer is None or answer.kind is not AnswerKind.LOOKUP or len(answer.citations) > 1:
            return answer
        return None if lists_one_of_many(key, fold(words_told(answer).strip())) else answer

    def _explaining(self, understood: Understood) -> Answer | None:
        plan, question = understood.plan, understood.question
        if understood.beyond is not None:
            return deny_number(understood.asked, understood.standalone, understood.beyond)
        whole = plan is not None and is_named_whole(plan)
        # A row named so exactly comes before the parts of its name, read as heads of another table's cells.
        if not (whole and not self._cells.are_unusual(_tables_of(plan))) and (
            found := self._cells.answer(question, understood.asked, understood.tables)
        ):
            return found
        if self._cells.are_unusual(_tables_read(understood)):
            return None
        asked = _Asked(understood, self._understanding.values_in(question), whole)
        routes = (self._put_together, self._by_fields, self._by_words, self._by_query, self._by_name, self._corrected)
        return next(filter(None, (route(asked) for route in routes)), None)

    def _put_together(self, asked: _Asked) -> Answer | None:
        """Return groups told by their number, years of each row, combinations of figures, or changes between years."""
        understood, facts = asked.understood, self._index.facts
        if found := self._groups.answer(understood.question, understood.asked, asked.mentions):
            return found
        if found := self._years_of_each(asked):
            return found
        each_over_years = _EACH_OVER_YEARS.search(understood.standalone) is not None
        if understood.combinations and not _reads_one_row(understood) and not each_over_years:
            return answer_combinations(understood.combinations, facts, understood.asked, understood.standalone)
        if understood.changes is not None:
            return answer_changes(understood.changes, facts, understood.asked, understood.standalone)
        return None

    def _years_of_each(self, asked: _Asked) -> Answer | None:
        """Return the cells of years of every row: 生态环境局负责的指标2020年和2024年分别是多少, 各指标2024年的值."""
        understood, query = asked.understood, asked.understood.query
        combined = [one.operation for one in understood.combinations]
        years = understood.question.years
        if query is None or not years or not set(combined) <= {Combining.EACH} or not _tells_each(query):
            return None
        said = (span.of(understood.question.key).rstrip("年的") for span in query.unexplained)
        left = [word for word in said if word not in years]
        if left or not set(years) <= {year_of(column) for column in query.table.columns}:
            return None
        listed = replace(query, unexplained=(), operations=(Operation.LIST,))
        return self._each_row.answer(listed, understood.question, understood.asked, asked.mentions)

    def _by_fields(self, asked: _Asked) -> Answer | None:
        understood, question = asked.understood, asked.understood.question
        found = self.fields.answer(question, understood.asked, understood.documents)
        return found or self._fields_under.answer(question, understood.asked, understood.documents, asked.mentions)

    def _by_words(self, asked: _Asked) -> Answer | None:
        """Return the rows that do or do not speak of something, or the works under a heading."""
        understood, question = asked.understood, asked.understood.question
        if not asked.is_named:
            found = self._rows_without.answer(question, understood.asked, understood.tables)
            found = found or self._rows.mentioning(question, understood.asked, understood.tables, asked.mentions)
            if found:
                return found
        works = works_under(question, understood.documents, self._understanding.support)
        return word_outline(understood.asked, understood.standalone, *works) if works else None

    def _by_query(self, asked: _Asked) -> Answer | None:
        """Return the rows of a complete query with conditions; the question back where several tables fit."""
        understood, complete = asked.understood, asked.complete
        if complete is None:
            return None
        if len(understood.queries) > 1 and not (understood.plan is not None and understood.plan.is_complete):
            return ask_which_table(understood.asked, understood.standalone, understood.queries)
        if not complete.conditions or asks_of_one_thing(understood, asked.mentions):
            return None
        if of_each := self._each_row.answer(complete, understood.question, understood.asked, asked.mentions):
            return self._places.note(complete, of_each)
        if by_place := self._places.answer(complete, understood.question, understood.asked):
            return by_place
        return answer_query(complete, self._index.facts, understood.asked, understood.standalone)

    def _by_name(self, asked: _Asked) -> Answer | None:
        """Return what stands under a heading, a named row's cells, a query over all rows, or rows by their words."""
        understood, facts, support = asked.understood, self._index.facts, self._understanding.support
        plan, complete, question = understood.plan, asked.complete, understood.question
        if goals := goals_under(question, understood.documents):
            return word_text_under(understood.asked, understood.standalone, *goals)
        if found := outline(question, understood.documents, support):
            return word_outline(understood.asked, understood.standalone, *found)
        if text := text_under(question, understood.documents, support):
            return word_text_under(understood.asked, understood.standalone, *text)
        stating = rows_that_state(question, understood.tables, self._understanding.attributes.header_words("name"))
        if complete is not None and (sums_whole_table(understood) or ranks_rows(understood)):
            return answer_query(complete, facts, understood.asked, understood.standalone)
        if plan is not None and plan.is_complete and not asks_leave(question) and not asks_beyond(plan):
            return answer_lookup(
                only_one_asked(beside_named(plan, stating)), facts, understood.asked, understood.standalone
            )
        if stating:
            return answer_lookup(only_stated(question, stating), facts, understood.asked, understood.standalone)
        if complete and names_nothing(complete, question):
            return ask_of_what(understood.asked, understood.standalone)
        if complete and not complete.conditions and not (complete.asks_whether and _SAYS_WHICH.search(question.key)):
            if of_each := self._each_row.answer(complete, question, understood.asked, asked.mentions):
                return of_each
            return answer_query(complete, facts, understood.asked, understood.standalone)
        return self._rows.holding(question, understood.asked, understood.tables, asked.mentions)

    def _corrected(self, asked: _Asked) -> Answer | None:
        """Return what the cells state where the question takes something else for granted, or what is not there."""
        understood, premises = asked.understood, self._understanding.premises
        plan, query, standalone = understood.plan, understood.query, understood.standalone
        if plan is not None and premises.confirms(plan):
            return answer_lookup(replace(plan, unexplained=()), self._index.facts, understood.asked, standalone)
        narrowed = plan is not None and _EXCEPT.search(understood.question.key.replace(fold(plan.named), ""))
        if plan is not None and not narrowed and (denied := premises.denied(plan)):
            return correct_premise(answer_lookup(denied, self._index.facts, understood.asked, standalone), plan)
        if plan is not None and not narrowed and (stated := self._stated_instead(understood, plan)):
            return stated
        if query is not None and premises.denies(query, understood.question):
            return deny_value(understood.asked, standalone, query)
        limited = query is not None and not all(map(is_apart_from_area, query.conditions))
        if query is not None and limited and plan is None and _asks_for_rows(understood.question):
            # Rows were asked for and a part of what they should meet was not understood: no sentence makes up for it.
            missing = tuple(standalone[span.start : span.end] for span in join(query.unexplained))
            return refuse(understood.asked, standalone, missing, (), understood.documents)
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


def _asks_for_rows(question: Question) -> bool:
    """Return whether rows are spoken of: 养护项目, 哪些; 日常养护资金 only holds a value of theirs and may be text."""
    nouns = any(mention.kind is MentionKind.CLASS_NOUN for mention in question.mentions)
    return nouns or Ask.LIST in question.asks or bool(question.named(MentionKind.OPERATION))


def _tells_each(query: Query) -> bool:
    """Return whether each row's own cells are asked for, and nothing is computed of them."""
    listed = query.operations == (Operation.LIST,)
    return query.group is None and (listed or (query.each and query.operations == (Operation.SUM,)))


def _reads_one_row(understood: Understood) -> bool:
    """Return whether the figures told side by side are one row's, which the lookup tells in one sentence.

    甲指标2020年和2024年分别是多少.
    """
    plan, sides = understood.plan, [side for one in understood.combinations for side in one.sides]
    is_each = all(one.operation is Combining.EACH for one in understood.combinations)
    rows = {side.query.conditions if side.query is not None else None for side in sides}
    is_over_years = is_each and len(understood.question.years) > 1 and len(rows) == 1
    return is_over_years and plan is not None and plan.is_complete and len(plan.targets) == 1


def _tables_read(understood: Understood) -> Iterator[Table]:
    """Yield the tables that the plan and the queries take for lists under one header."""
    yield from _tables_of(understood.plan)
    yield from (query.table for query in understood.queries)


def _tables_of(plan: LookupPlan | None) -> Iterator[Table]:
    targets = plan.targets if plan is not None else ()
    yield from (target.entity.table for target in targets if target.entity.table is not None)
