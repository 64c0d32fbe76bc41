"""A query over rows and what the question asks of each of them in, every row with its own cells out.

Example: 水利局牵头的项目的建设时间分别是什么 → 共9个：…（建设时间：2022-2030）[1]、….
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.models import Answer, AnswerKind, Calculation
from assistant.respond.compute import Computation, Result
from assistant.respond.computed import row_table
from assistant.respond.evidence import cite, row_evidence
from assistant.respond.lookup import with_unit
from assistant.respond.query_words import counter, described, measure_name, name_of, not_added, shown_figure, terms
from assistant.respond.shown_sql import shown_sql
from assistant.understand.attributes import Attributes
from assistant.understand.columns import asked_columns, year_of
from assistant.understand.lexicon import Ask
from assistant.understand.operations import behind_first_clause
from assistant.understand.query import Measure, Operation, Query
from assistant.understand.question import MentionKind, Question
from assistant.understand.table_frame import has_one_unit
from assistant.understand.values import ValueMention, holds_prose
from corpus.folding import fold
from corpus.models import ColumnKind, Row
from corpus.row_names import cell_text
from index.facts import Facts

_LISTED = {Operation.LIST, Operation.COUNT, Operation.SUM}
_MOST = 40
_FEW = 4
_TOTAL = re.compile(r"总额|总和|总计|合计|共计|[一总]共|加起来")


class EachRow:
    """Answers what is asked of each of the rows that a query finds."""

    def __init__(self, attributes: Attributes, facts: Facts) -> None:
        self._attributes, self._facts = attributes, facts

    def answer(self, query: Query, question: Question, asked: str, values: Sequence[ValueMention]) -> Answer | None:
        """Return all rows with the cells asked for; None where the question asks nothing of each row."""
        if not _LISTED.issuperset(query.operations) or query.group is not None:
            return None
        if query.also and _TOTAL.search(question.key):
            return None  # 收入合计和成本合计分别是多少 asks for each column, not for each row
        # 分别是多少，合计多少 asks for each and for all.
        totals = _TOTAL.search(question.key) is not None
        sums = Operation.SUM in query.operations and (totals or not query.each)
        added = sums and not not_added(query)
        counted = Operation.COUNT in query.operations
        # What is asked of each row beside their number or their total stands in a clause of its own.
        beside = (added or counted) and not query.each
        columns = self._columns(query, behind_first_clause(question) if beside else question, values)
        if added and not query.each:
            columns = tuple(column for column in columns if column != query.measure_column)
        if not columns:
            return None
        computation = Computation(query, self._facts)
        result = computation.run(query.conditions)
        rows = result.rows
        if len(rows) > _FEW:
            # Whole paragraphs of many rows are no answer to read: they stand in the rows that are cited.
            columns = tuple(c for c in columns if not self._is_too_long(query, question, rows, c))
        if not columns or not 0 < len(rows) <= _MOST:
            return None
        held = [condition.column for condition in query.conditions if condition.column >= 0]
        evidence = [row_evidence(query.document, query.table, row, [*held, *columns]) for row in rows]
        cells = self._cells(computation, query, rows, columns)
        listed = "；".join(f"{name_of(query, row)}（{cells[row.number]}）[{n}]" for n, row in enumerate(rows, 1))
        head = f"{described(query)}共{len(rows)}{counter(query)}"
        expression = f"共 {len(rows)} {counter(query)}" if counted else ""
        summed = computation
        if added or (columns == (query.measure_column,) and _is_one_amount(query, question, result)):
            summed = Computation(replace(query, names_measure=True, operations=(Operation.SUM,)), self._facts)
            total, expression = _total(query, result)
            head += f"，{total}"
        elif sums:
            head += f"，{measure_name(query)}{not_added(query)}"
        calculation = Calculation(expression, shown_sql(summed)) if expression else None
        text, table = f"{head}：{listed}。", row_table(query, rows)
        return Answer(
            asked,
            question.text,
            AnswerKind.LOOKUP,
            text,
            citations=cite(evidence),
            table=table,
            calculation=calculation,
        )

    def _columns(self, query: Query, question: Question, values: Sequence[ValueMention]) -> tuple[int, ...]:
        """Return the columns asked for: not those that a condition is on, nor the one that names the rows."""
        ends = {mention.span.end for mention in values}
        named = [m for m in question.mentions if m.kind is MentionKind.ATTRIBUTE and m.span.start not in ends]
        if not named and not question.years:
            return ()
        held = {number for condition in query.conditions for number in (condition.column, condition.against)}
        years = {c.number for c in query.table.columns if year_of(c) in question.years}
        if not named and not years:
            return ()
        found = asked_columns(query.table, question, self._attributes)
        asked = tuple(c for c in found if c >= 0 and c not in held and c != query.name_column)
        # 市水利局负责的指标2024年分别是多少 asks for the year; the other columns only say of which rows.
        return asked or tuple(sorted(years - held))

    def _is_too_long(self, query: Query, question: Question, rows: Sequence[Row], column: int) -> bool:
        """Return whether a column holds paragraphs that the question does not ask for by their header."""
        header = fold(query.table.columns[column].name)
        asked = [m.span.of(question.key) for m in question.mentions if m.kind is MentionKind.ATTRIBUTE]
        return holds_prose([cell_text(row, column) for row in rows]) and not any(word in header for word in asked)

    def _cells(
        self, computation: Computation, query: Query, rows: Sequence[Row], columns: Sequence[int]
    ) -> dict[int, str]:
        """Return what each row states in ``columns``, read from SQL, with its unit."""
        stated = self._facts.select(computation.ref, columns, [row.number for row in rows]).rows
        told = {}
        for row, line in zip(rows, stated, strict=True):
            own = {cell.column: cell for cell in row.cells}
            # A lone figure is told by its unit, other cells by their header.
            lone = len(columns) == 1 and query.table.columns[columns[0]].kind is ColumnKind.NUMBER
            parts = [
                ("" if lone else f"{query.table.columns[column].name}：")
                + with_unit(str(value), query.table, own[column])
                for column, value in zip(columns, line, strict=True)
                if value and column in own
            ]
            told[row.number] = "，".join(parts) or "原表没有写"
        return told


def _is_one_amount(query: Query, question: Question, result: Result) -> bool:
    """Return whether one amount is asked of rows that are not asked for: 甲旗的项目投资, but not 甲旗有哪些项目."""
    asks_rows = query.each or Ask.LIST in question.asks or any(c.sign or c.top for c in query.conditions)
    adds_up = query.measure is Measure.FIGURE and not not_added(query) and has_one_unit(query)
    return query.operations == (Operation.LIST,) and not asks_rows and adds_up and len(result.pairs()) > 1


def _total(query: Query, result: Result) -> tuple[str, str]:
    """Return what the rows come to together, in words and as an expression; rows without a figure are counted."""
    figures = [figure for _, figure in result.pairs()]
    amount = shown_figure(sum(figures, Decimal(0)), query)
    lacking = len(result.rows) - len(figures)
    note = f"（其中{lacking}{counter(query)}没有写明确数，未计入）" if lacking else ""
    return f"{measure_name(query)}合计{amount}{note}", f"{terms(figures)} = {amount}"
