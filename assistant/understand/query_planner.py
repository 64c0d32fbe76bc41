"""A question in, the query over one table that explains most of it out.

Example: 能源局牵头的项目总投资多少 → 项目表, rows whose “牵头责任单位” holds 能源局, sum of the planned investment.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.understand.attributes import Attributes
from assistant.understand.kinds_of_places import calls_places
from assistant.understand.lexicon import Ask, Lexicon
from assistant.understand.measures import Others, names_measure, other_measures
from assistant.understand.operations import EACH, WHETHER, Operations
from assistant.understand.places import Places
from assistant.understand.query import Measure, Operation, Query
from assistant.understand.query_draft import PICKING, Draft
from assistant.understand.query_steps import QuerySteps
from assistant.understand.question import MentionKind, Question
from assistant.understand.question_reader import QuestionReader
from assistant.understand.support import Support
from assistant.understand.table_choice import Shortlist
from assistant.understand.table_frame import frame
from assistant.understand.table_subject import TableSubject
from assistant.understand.unmet import Unmet
from assistant.understand.values import ValueMention, Values
from corpus.folding import fold
from corpus.models import ColumnKind, ParsedDocument, Span, Table
from corpus.row_names import name_column

_YEAR = re.compile(r"(?:19|20)\d\d年?")
_COUNTED_BY = re.compile(
    r"(?:多少|几)(?P<counter>[项位家条名])(?=[的是由归属在]|项目|指标|工程|任务|专家|企业|公司|[，,；;。？?呢]|$)"
)
_REMEMBERED = 64


class QueryPlanner:
    """Turns questions over many rows into queries."""

    def __init__(
        self,
        values: Values,
        attributes: Attributes,
        reader: QuestionReader,
        support: Support,
        lexicon: Lexicon,
        places: Places,
    ) -> None:
        self._values, self._attributes, self._reader = values, attributes, reader
        self._steps = QuerySteps(attributes, support, places)
        self._operations, self._unmet = Operations(lexicon), Unmet(attributes, support)
        self._known = lru_cache(maxsize=_REMEMBERED)(self._find)
        self.speaks_of = TableSubject(attributes, reader, support, lexicon).speaks_of

    def plan(self, text: str, shortlist: Shortlist, default: Operation | None = None) -> tuple[Query, ...]:
        """Return the queries over listed tables that explain most of the question, several where they fit equally.

        Empty where the question asks for no computation over rows and no ``default`` is given. Recent plans are
        remembered.
        """
        return self._known(text, shortlist, default)

    def _find(self, text: str, shortlist: Shortlist, default: Operation | None) -> tuple[Query, ...]:
        key = fold(text)
        headed = self._headers(text)
        found = self._values.find(key, shortlist.places)
        # 2026年 of the column 2026年计划投资 is no date of a row.
        mentions = [one for one in found if not any(span.covers(one.span) and span != one.span for span in headed)]
        # A year that begins the dates of one table may head a column of another.
        names = frozenset(mention.span for mention in mentions if not _YEAR.fullmatch(mention.span.of(key)))
        question = self._reader.read(text, names)
        operations = self._operations.find(question, mentions)
        if default is not None and not PICKING & set(operations):
            operations = (default,)
        if not operations:
            return self._only_conditions(question, mentions, shortlist)
        plans = [
            self._plan_table(question, mentions, operations, document, table)
            for document, table in shortlist.tables
            if self.speaks_of(question, table) or _lists_by_values(question, mentions, document, table)
        ]
        least = min((_cost(plan, question) for plan in plans), default=None)
        return tuple(plan for plan in plans if _cost(plan, question) == least)

    def _headers(self, text: str) -> list[Span]:
        """Return where the question holds a column's own name."""
        question = self._reader.read(text)
        return [
            m.span for m in question.mentions if m.kind is MentionKind.ATTRIBUTE and m.name == m.span.of(question.key)
        ]

    def _only_conditions(
        self, question: Question, mentions: Sequence[ValueMention], shortlist: Shortlist
    ) -> tuple[Query, ...]:
        """Return the lists of rows of a question that is conditions and nothing else: 甲局；2024年完工."""
        if question.asks or question.named(MentionKind.CLASS_NOUN):
            return ()
        found = []
        for document, table in shortlist.tables:
            plan = self._plan_table(question, mentions, (Operation.LIST,), document, table)
            columns = {c.column for c in plan.conditions if c.column >= 0} | {plan.name_column}
            held = {table.columns[column].name for column in columns}
            named = question.named(MentionKind.ATTRIBUTE)
            restated = all(any(self._attributes.fits(name, header) for header in held) for name in named)
            if plan.conditions and restated and not plan.unexplained and not plan.names_rows:
                found.append(plan)
        return tuple(found)

    def _plan_table(
        self,
        question: Question,
        mentions: Sequence[ValueMention],
        operations: tuple[Operation, ...],
        document: ParsedDocument,
        table: Table,
    ) -> Query:
        around = frame(document, table)
        draft = self._steps.read(Draft(question, mentions, document, table, around, operations))
        others = self._others(draft)
        counted = _COUNTED_BY.search(question.key) if draft.group is None else None
        query = Query(
            document=document,
            table=table,
            name_column=name_column(table, self._attributes.header_words("name")) or 0,
            conditions=draft.conditions,
            operations=draft.operations,
            measure_column=draft.column,
            measure=draft.measure,
            group=draft.group,
            having=draft.having,
            each=EACH.search(question.key) is not None,
            limit=draft.limits.limit,
            skip=draft.limits.skip,
            names_measure=draft.column is not None and names_measure(question, table, self._attributes, draft.column),
            names_rows=draft.names_rows,
            asked_column=self._asked_column(question, table),
            stated=draft.number,
            asks_whether=WHETHER.search(question.key) is not None and not draft.stated,
            counter=counted["counter"] if counted is not None else "",
            also=others.also,
            beside=others.beside,
            whole=draft.whole,
            unexplained=(*draft.left, *draft.unheard),
        )
        return replace(query, unexplained=(*query.unexplained, *self._unmet.find(question, query)))

    def _others(self, draft: Draft) -> Others:
        """Return the further columns of figures that are measured or shown beside the one that is measured."""
        if draft.column is None or draft.measure is not Measure.FIGURE:
            return Others()
        compared = {number for c in draft.conditions for number in (c.column, c.against)}
        others = other_measures(draft.question, draft.table, self._attributes, draft.column, draft.operations)
        return others.apart_from(compared)

    def _asked_column(self, question: Question, table: Table) -> int | None:
        texts = [column for column in table.columns if column.kind is ColumnKind.TEXT]
        names = name_column(table, self._attributes.header_words("name"))
        named = [m for m in question.mentions if m.kind is MentionKind.ATTRIBUTE]
        found = [
            column.number
            for name in dict.fromkeys(m.name for m in named if not calls_places(m.span.of(question.key), table, names))
            for attribute in ((name, "responsible_agency") if name == "lead_agency" else (name,))
            for column in texts
            if self._attributes.fits(attribute, column.name)
        ]
        # The rows are named in any case: 投资最少的任务由谁牵头, of rows under 任务, asks for their agency.
        return next((number for number in found if number != names), found[0] if found else None)


def _lists_by_values(
    question: Question, mentions: Sequence[ValueMention], document: ParsedDocument, table: Table
) -> bool:
    """Return whether rows are asked for by values of several of the table's columns: 由甲局牵头、又建在乙旗的有哪些."""
    if Ask.LIST not in question.asks or question.named(MentionKind.CLASS_NOUN):
        return False
    place = (document.info.id, table.id)
    held = [{ref.column for ref in one.refs if (ref.document_id, ref.table_id) == place} for one in mentions]
    return len({min(columns) for columns in held if columns}) > 1


def _cost(plan: Query, question: Question) -> tuple[int, int]:
    unexplained = sum(span.end - span.start for span in plan.unexplained)
    named = fold(plan.table.name) in question.key
    return unexplained, -len(plan.conditions) - named
