"""A question in, the query over one table that explains most of it out.

Example: 能源局牵头的项目总投资多少 → 项目表, rows whose “牵头责任单位” holds 能源局, sum of the planned investment.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.understand.columns import GROUP, GROUP_COLUMN, Attributes, year_of
from assistant.understand.conditions import find_conditions, find_limits, states_order, unheard_negation
from assistant.understand.entities import name_column
from assistant.understand.lexicon import Ask, Lexicon
from assistant.understand.plan import LookupPlan
from assistant.understand.query import Condition, Measure, Operation, Query
from assistant.understand.question import MentionKind, Question, QuestionReader
from assistant.understand.support import Support
from assistant.understand.values import ValueMention, Values
from corpus.folding import fold
from corpus.models import ColumnKind, ParsedDocument, Span, Table

_SMALLEST = re.compile(r"最小|最少|最低|第[一二两三四五六七八九十\d]+[小少低]|从[小低少]到[大高多]")
_EACH = re.compile(r"各个|各[重牵项部单]|每个|每家|分别")
_LISTING = re.compile(r"列出|列举|全部|所有|哪些")
_WHICH_AGENCY = re.compile(
    r"哪[个家些]?(?:牵头)?(?:责任)?(?:单位|部门|局)|谁牵头的|谁负责的|各个?(?:牵头)?(?:单位|部门|局)"
)
_ROWS_IN_ORDER = re.compile(r"最[大多高小少低长短早晚]的")
_TABLE_WORD = re.compile(r"(?:统计|一览|汇总)?(?:表|名单|清单|目录)$")
_YEAR_DIGITS = 4
_LONG_HEADER = 3
_SEVERAL = 2


class QueryPlanner:
    """Turns questions over many rows into queries."""

    def __init__(
        self,
        documents: Sequence[ParsedDocument],
        values: Values,
        attributes: Attributes,
        reader: QuestionReader,
        support: Support,
        lexicon: Lexicon,
    ) -> None:
        self._documents, self._values, self._attributes = documents, values, attributes
        self._reader, self._support, self._lexicon = reader, support, lexicon

    def plan(self, text: str, documents: Sequence[str] | None = None) -> Query | None:
        """Return the query that explains most of the question, None where it asks for no computation over rows."""
        key = fold(text)
        mentions = self._values.find(key)
        question = self._reader.read(text, frozenset(mention.span for mention in mentions))
        operations = self._operations(question)
        if not operations:
            return None
        plans = [
            self._plan_table(question, mentions, operations, document, table)
            for document in self._documents
            if documents is None or document.info.id in documents
            for table in document.tables
            if self.speaks_of(question, table)
        ]
        return min(plans, key=lambda plan: _cost(plan, question), default=None)

    def contradicts(self, plan: LookupPlan) -> bool:
        """Return whether all that a lookup leaves unexplained are other values of what it asks for.

        绿氢产业项目由水利局牵头 names an agency that is not this row's, 投资500亿元 a figure that is not.
        """
        question = plan.question
        named = question.named(MentionKind.ATTRIBUTE)
        if not named or not plan.unexplained:
            return False
        figures = any(not name.startswith(GROUP) and name in ("amount", "period") for name in named)
        return all(
            (span.of(question.key).isdigit() and figures and len(span.of(question.key)) != _YEAR_DIGITS)
            or any(self._attributes.fits(name, header) for header in self._headers_of(span, question) for name in named)
            for span in plan.unexplained
        )

    def _headers_of(self, span: Span, question: Question) -> list[str]:
        """Return the headers of the columns, in any table, that hold the value at ``span``."""
        tables = {(d.info.id, table.id): table for d in self._documents for table in d.tables}
        return [
            tables[ref.document_id, ref.table_id].columns[ref.column].name
            for mention in self._values.find(question.key)
            if mention.span.overlaps(span)
            for ref in mention.refs
            if ref.column >= 0
        ]

    def denies(self, query: Query, question: Question) -> bool:
        """Return whether the question sets a condition on a column that no cell of it meets: 市公安局牵头的项目."""
        agency = any(name in ("lead_agency", "responsible_agency") for name in question.named(MentionKind.ATTRIBUTE))
        return agency and query.asked_column is not None and not query.conditions and len(query.unexplained) == 1

    def _operations(self, question: Question) -> tuple[Operation, ...]:
        """Return what the question asks to compute, the main thing first."""
        said = {word.name for word in self._lexicon.operations if word.key in question.key}
        if states_order(question.key) or "rank" in said:
            said |= {"max"} if not said & {"max", "min"} else set()
        if _SMALLEST.search(question.key):
            said = (said - {"max"}) | {"min"}
        order = (Operation.SHARE, Operation.AVERAGE, Operation.MAX, Operation.MIN, Operation.COUNT, Operation.SUM)
        found = [operation for operation in order if operation.value in said]
        if not found and _EACH.search(question.key):
            found = [Operation.SUM]
        if not found and (Ask.LIST in question.asks or _LISTING.search(question.key)):
            found = [Operation.LIST]
        return tuple(found)

    def _plan_table(
        self,
        question: Question,
        mentions: Sequence[ValueMention],
        operations: tuple[Operation, ...],
        document: ParsedDocument,
        table: Table,
    ) -> Query:
        column, measure = self._measured(question, table)
        found = find_conditions(question, mentions, document.info.id, table, self._attributes, column)
        left = [s for s in (*question.telling, *(s for _, s in question.year_spans())) if not _spent(s, found.spent)]
        left += [mention.span for mention in mentions if mention.span not in found.spent]
        left = list(self._support.unsupported(question.key, left, _frame(document, table)))
        left += unheard_negation(question, found.conditions)
        by_name = self._name_conditions(question, table, left)
        conditions = (*found.conditions, *by_name)
        limits = find_limits(question.key, len(table.data_rows))
        return Query(
            document=document,
            table=table,
            name_column=name_column(table, self._attributes.header_words("name")) or 0,
            conditions=conditions,
            operations=operations,
            measure_column=column,
            measure=measure,
            group=self._group(question, table, conditions, operations),
            limit=limits.limit,
            skip=limits.skip,
            names_measure=column is not None and bool(self._named_measures(question, table)),
            names_rows=bool(by_name),
            asked_column=self._asked_column(question, table),
            unexplained=tuple(left),
        )

    def _name_conditions(self, question: Question, table: Table, left: list[Span]) -> list[Condition]:
        """Return conditions on the rows' names for stretches of the question that stand in several; takes them off.

        What stands in the name of a single row names that row, and is the lookup's to answer.
        """
        column = name_column(table, self._attributes.header_words("name"))
        names = [fold(cell.text) for row in table.data_rows for cell in row.cells if cell.column == column]
        found = [span for span in left if any(span.of(question.key) in name for name in names)]
        if sum(all(span.of(question.key) in name for span in found) for name in names) < _SEVERAL:
            return []
        for span in found:
            left.remove(span)
        return [Condition(column, (span.of(question.text),)) for span in found if column is not None]

    def speaks_of(self, question: Question, table: Table) -> bool:
        """Return whether the question speaks of this table's rows: its name, its caption or the header of its names."""
        column = name_column(table, self._attributes.header_words("name"))
        header = fold(table.columns[column].name) if column is not None else ""
        nouns = [noun.key for noun in self._lexicon.class_nouns if noun.key in question.key]
        stem = _TABLE_WORD.sub("", fold(table.name))
        if len(stem) > 1 and stem in question.key:
            return True
        levels = {f"{GROUP}{group.level}" for row in table.data_rows for group in row.groups}
        if levels & set(question.named(MentionKind.ATTRIBUTE)):
            return True
        named = [header.removesuffix("名称"), *(fold(column.name) for column in table.columns if not year_of(column))]
        if any(len(name) >= _LONG_HEADER and name in question.key for name in named):
            return True
        return any(noun in header for noun in nouns)

    def _measured(self, question: Question, table: Table) -> tuple[int | None, Measure]:
        periods = [column.number for column in table.columns if column.kind is ColumnKind.PERIOD]
        if periods and re.search(r"周期|工期|时间最|最长|最短", question.key):
            return periods[0], Measure.LENGTH
        if periods and re.search(r"最晚|最迟", question.key):
            return periods[0], Measure.END
        if periods and re.search(r"最早|最先", question.key):
            return periods[0], Measure.START
        numbers = [column for column in table.columns if column.kind is ColumnKind.NUMBER]
        years = [column.number for column in numbers if year_of(column) in question.years]
        picked = years or self._named_measures(question, table) or ([numbers[0].number] if len(numbers) == 1 else [])
        return (picked[0] if picked else None), Measure.FIGURE

    def _named_measures(self, question: Question, table: Table) -> list[int]:
        named = question.named(MentionKind.ATTRIBUTE)
        numbers = [column for column in table.columns if column.kind is ColumnKind.NUMBER]
        return [c.number for c in numbers if any(self._attributes.fits(name, c.name) for name in named)]

    def _asked_column(self, question: Question, table: Table) -> int | None:
        texts = [column for column in table.columns if column.kind is ColumnKind.TEXT]
        for name in question.named(MentionKind.ATTRIBUTE):
            for attribute in (name, "responsible_agency") if name == "lead_agency" else (name,):
                for column in texts:
                    if self._attributes.fits(attribute, column.name):
                        return column.number
        return None

    def _group(
        self, question: Question, table: Table, conditions: Sequence[Condition], operations: Sequence[Operation]
    ) -> int | None:
        """Return what to compute for each value of: what the question asks “which” or “each” of."""
        held = {condition.column for condition in conditions}
        listed = self._listed_column(question, table)
        if listed is not None and listed not in held:
            return listed
        asked = _WHICH_AGENCY.search(question.key) is not None
        agency = [c.number for c in table.columns if self._attributes.fits("lead_agency", c.name)]
        if Operation.LIST in operations:
            return agency[0] if asked and agency and "哪些" in question.key else None
        if _ROWS_IN_ORDER.search(question.key):
            return None
        if not (_EACH.search(question.key) or {Operation.MAX, Operation.MIN} & set(operations)):
            return None
        for name in question.named(MentionKind.ATTRIBUTE):
            if name.startswith(GROUP):
                level = GROUP_COLUMN - int(name.removeprefix(GROUP))
                return level if level not in held else None
        return agency[0] if asked and agency and agency[0] not in held else None

    def _listed_column(self, question: Question, table: Table) -> int | None:
        """Return the column whose different values are asked for: 出现了哪些牵头责任单位."""
        for mention in question.mentions:
            before = question.key[: mention.span.start]
            if mention.kind is MentionKind.ATTRIBUTE and re.search(r"(?:哪些|哪几[个家项])$", before):
                if mention.name.startswith(GROUP):
                    return GROUP_COLUMN - int(mention.name.removeprefix(GROUP))
                columns = [c.number for c in table.columns if self._attributes.fits(mention.name, c.name)]
                return columns[0] if columns else None
        return None


def _cost(plan: Query, question: Question) -> tuple[int, int]:
    unexplained = sum(span.end - span.start for span in plan.unexplained)
    named = fold(plan.table.name) in question.key
    return unexplained, -len(plan.conditions) - named


def _spent(span: Span, spent: Sequence[Span]) -> bool:
    return any(span.overlaps(other) for other in spent)


def _frame(document: ParsedDocument, table: Table) -> str:
    headers = [column.name + column.unit for column in table.columns]
    count = str(len(table.data_rows))
    return fold("\n".join((document.info.title, table.caption, table.name, *table.path, *headers, count)))
