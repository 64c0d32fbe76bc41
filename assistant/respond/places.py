"""A query with a condition on a place in, the rows that name it, take it in or only mention it out, told apart.

Example: 达拉特旗有哪些项目 → 8 rows name it, 21 take it in (全市9个旗区), 1 mentions it only in “建设内容”.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from assistant.models import Answer, AnswerKind, Calculation, Citation, ResultTable
from assistant.respond.compute import Computation
from assistant.respond.computed import answer_query, row_table
from assistant.respond.evidence import cite, row_evidence
from assistant.respond.place_wording import (
    PlaceRows,
    Told,
    mark_range,
    note_around,
    note_covering,
    number,
    tell_apart,
    tell_covering,
    tell_outside,
    tell_written,
)
from assistant.respond.query_words import counter, described
from assistant.respond.shown_sql import shown_sql
from assistant.understand.places import Places, Scope
from assistant.understand.query import Condition, Operation, Query
from assistant.understand.question import Question
from corpus.models import Row
from index.facts import Facts

_MARKS = re.compile(r"\[\d+\](?:–\[\d+\])?")
_LISTED = {Operation.LIST, Operation.COUNT}
_GROUPS = ("写到", "所写范围包含", "仅在内容中提到", "未说明是否包含")


class PlaceAnswers:
    """Answers queries on places."""

    def __init__(self, places: Places, facts: Facts) -> None:
        self._places, self._facts = places, facts

    def answer(self, query: Query, question: Question, asked: str) -> Answer | None:
        """Return the answer with its groups; None where no row has to do with the place without naming it."""
        rows = self.rows(query)
        if rows is None or not (rows.covering or rows.mentioning or rows.unsaid):
            return None
        if not _LISTED.issuperset(query.operations) or query.group is not None:
            return self._computed(rows, question, asked)
        told = self._tell(rows, question)
        calculation = Calculation(f"共 {told.count} {counter(query)}", self._sql(query, rows.scopes))
        return Answer(
            question=asked,
            standalone=question.text,
            kind=AnswerKind.LOOKUP,
            answer=told.text,
            citations=self._cite(rows, told.cited),
            table=_table(rows, told.answering),
            calculation=calculation,
        )

    def rows(self, query: Query) -> PlaceRows | None:
        """Return the rows of a query by what they have to do with its place; None where it sets no place."""
        scopes = self._scopes(query)
        one_way = len({condition.negated for condition in scopes}) == 1
        return self._rows(query, scopes) if one_way else None

    def note(self, query: Query, answer: Answer) -> Answer:
        """Return ``answer`` to a query on a place with the rows beside those that name the place, by number."""
        scopes = self._scopes(query)
        if not scopes or any(condition.negated for condition in scopes):
            return answer
        rows = self._rows(query, scopes)
        around = (*rows.covering, *rows.mentioning, *rows.unsaid)
        marks = number(around, len(answer.citations))
        text = "\n\n".join(filter(None, (answer.answer, note_covering(rows, marks), note_around(rows, marks))))
        more = self._cite(rows, around, len(answer.citations))
        return replace(answer, answer=text, citations=(*answer.citations, *more))

    def _scopes(self, query: Query) -> dict[Condition, Scope]:
        return {c: scope for c in query.conditions if (scope := self._places.scope(c, query.table)) is not None}

    def _tell(self, rows: PlaceRows, question: Question) -> Told:
        if any(condition.negated for condition in rows.scopes):
            return tell_outside(rows)
        if self._places.covering_words(question):
            return tell_covering(rows)
        return tell_written(rows) if self._places.asks_written(question, rows.query) else tell_apart(rows)

    def _rows(self, query: Query, scopes: Mapping[Condition, Scope]) -> PlaceRows:
        others = [condition for condition in query.conditions if condition not in scopes]
        named = self._run(query, [*others, *(scope.named for scope in scopes.values())])
        if any(condition.negated for condition in scopes):
            covering = self._among(query, named, [scope.covering for scope in scopes.values()], scopes)
            unsaid = self._among(query, named, [scope.unsaid for scope in scopes.values()], scopes)
            return PlaceRows(query, scopes, named, covering, (), _without(unsaid, covering))
        wide = self._run(query, [*others, *_widened(scopes, unsaid=False)])
        widest = self._run(query, [*others, *_widened(scopes, unsaid=True)])
        # 只在甲旗: a row of 甲旗 and 乙旗, or of all of them, is none that only mentions 甲旗 elsewhere.
        with_others = [replace(one, exact=False) for one in _widened(scopes, unsaid=False)]
        mentioning = _without(self._mentioning(query, others, scopes), wide, self._run(query, [*others, *with_others]))
        return PlaceRows(query, scopes, named, _without(wide, named), mentioning, _without(widest, wide, mentioning))

    def _run(self, query: Query, conditions: Sequence[Condition]) -> tuple[Row, ...]:
        return Computation(query, self._facts).run(conditions).rows

    def _among(
        self, query: Query, rows: Sequence[Row], names: Sequence[Sequence[str]], scopes: Mapping[Condition, Scope]
    ) -> tuple[Row, ...]:
        """Return those of ``rows`` whose place column holds one of the ``names`` of its scope."""
        pairs = zip(scopes, names, strict=True)
        found = [self._run(query, [Condition(one.column, tuple(values))]) for one, values in pairs if values]
        numbers = {row.number for row in chain.from_iterable(found)}
        return tuple(row for row in rows if row.number in numbers)

    def _mentioning(
        self, query: Query, others: Sequence[Condition], scopes: Mapping[Condition, Scope]
    ) -> tuple[Row, ...]:
        """Return the rows that have to do with every place of the query in any column: named, covering, mentioning."""
        rows = self._run(query, others)
        for scope, widened in zip(scopes.values(), _widened(scopes, unsaid=False), strict=True):
            held = [self._run(query, [condition]) for condition in (widened, *scope.mentioning)]
            numbers = {row.number for row in chain.from_iterable(held)}
            rows = tuple(row for row in rows if row.number in numbers)
        return rows

    def _computed(self, rows: PlaceRows, question: Question, asked: str) -> Answer:
        """Return what is computed of the rows that name the place, then the same with those that take it in."""
        query = rows.query
        if not rows.named or any(condition.negated for condition in rows.scopes):
            return self._computed_of_one(rows, question, asked)
        narrow = replace(query, conditions=_exchanged(query, rows.scopes, [s.named for s in rows.scopes.values()]))
        answer = answer_query(narrow, self._facts, asked, question.text)
        around = (*rows.covering, *rows.mentioning, *rows.unsaid)
        marks = number(around, len(answer.citations))
        notes = [answer.answer]
        if rows.covering:
            first = _MARKS.sub("", self._counting_all(rows, question, asked).answer.split("\n")[0])
            size = f"{len(rows.covering)}{counter(query)}{mark_range(rows.covering, marks)}"
            notes.append(f"计入所写范围包含{rows.place}的{size}：{first}")
        notes.append(note_around(rows, marks))
        more = self._cite(rows, around, len(answer.citations))
        return replace(answer, answer="\n\n".join(filter(None, notes)), citations=(*answer.citations, *more))

    def _computed_of_one(self, rows: PlaceRows, question: Question, asked: str) -> Answer:
        """Return what is computed of the only rows there are: those that take the place in, or do not name it."""
        query = rows.query
        if not any(condition.negated for condition in rows.scopes):
            return self._computed_of_covering(rows, question, asked)
        answer = answer_query(query, self._facts, asked, question.text)
        inside = (*rows.covering, *rows.unsaid)
        marks = number(inside, len(answer.citations))
        note = f"其中{len(inside)}{counter(query)}所写范围包含或可能包含{rows.place}。{mark_range(inside, marks)}"
        more = self._cite(rows, inside, len(answer.citations))
        return replace(answer, answer=f"{answer.answer}\n\n{note}", citations=(*answer.citations, *more))

    def _computed_of_covering(self, rows: PlaceRows, question: Question, asked: str) -> Answer:
        counted = self._counting_all(rows, question, asked)
        if not rows.covering:
            return counted
        text = f"{rows.query.table.name}中没有{described(rows.query)}；计入所写范围包含它的：{counted.answer}"
        around = (*rows.mentioning, *rows.unsaid)
        note = note_around(rows, number(around, len(counted.citations)))
        more = self._cite(rows, around, len(counted.citations))
        whole = "\n\n".join(filter(None, (text, note)))
        return replace(counted, answer=whole, citations=(*counted.citations, *more))

    def _counting_all(self, rows: PlaceRows, question: Question, asked: str) -> Answer:
        conditions = _exchanged(rows.query, rows.scopes, _widened(rows.scopes, unsaid=False))
        return answer_query(replace(rows.query, conditions=conditions), self._facts, asked, question.text)

    def _cite(self, rows: PlaceRows, cited: Sequence[Row], before: int = 0) -> tuple[Citation, ...]:
        query, mentioned = rows.query, {row.number for row in rows.mentioning}
        held = [condition.column for condition in query.conditions if condition.column >= 0]
        prose = [condition.column for scope in rows.scopes.values() for condition in scope.mentioning]
        evidence = [
            row_evidence(query.document, query.table, row, prose if row.number in mentioned else held) for row in cited
        ]
        return tuple(replace(citation, index=citation.index + before) for citation in cite(evidence))

    def _sql(self, query: Query, scopes: Mapping[Condition, Scope]) -> str:
        named = _exchanged(query, scopes, [s.named for s in scopes.values()])
        return shown_sql(Computation(query, self._facts), named)


def _widened(scopes: Mapping[Condition, Scope], *, unsaid: bool) -> list[Condition]:
    """Return the conditions that also hold where a collective takes the place in, or may."""
    return [
        replace(s.named, values=(*s.named.values, *s.covering, *(s.unsaid if unsaid else ()))) for s in scopes.values()
    ]


def _exchanged(
    query: Query, scopes: Mapping[Condition, Scope], conditions: Sequence[Condition]
) -> tuple[Condition, ...]:
    exchange = dict(zip(scopes, conditions, strict=True))
    return tuple(exchange.get(condition, condition) for condition in query.conditions)


def _without(rows: Sequence[Row], *others: Sequence[Row]) -> tuple[Row, ...]:
    numbers = {row.number for row in chain.from_iterable(others)}
    return tuple(row for row in rows if row.number not in numbers)


def _table(rows: PlaceRows, shown: Sequence[Row]) -> ResultTable:
    """Return the rows with the group of each before its cells."""
    members = (rows.named, rows.covering, rows.mentioning, rows.unsaid)
    groups = {row.number: name for name, held in reversed(list(zip(_GROUPS, members, strict=True))) for row in held}
    plain = row_table(rows.query, shown)
    lines = tuple((*line, groups[row.number]) for line, row in zip(plain.rows, shown, strict=True))
    return ResultTable((*plain.columns, f"{rows.header}与{rows.place}"), lines)
