"""A question for the rows that do not speak of something in, all rows without its words out.

Example: 名单中不是院士的有几位 → “职务”没有提到“院士”的专家共5位：….
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.models import Answer, AnswerKind, Calculation
from assistant.respond.compute import Computation
from assistant.respond.computed import row_table
from assistant.respond.evidence import cite, row_evidence
from assistant.respond.mentioning import RowSearch, Search, Tables, said
from assistant.respond.query_words import counter, name_of, noun
from assistant.respond.shown_sql import shown_sql
from assistant.understand.lexicon import Ask
from assistant.understand.negations import limits_of
from assistant.understand.query import Condition
from assistant.understand.question import MentionKind, Question
from assistant.understand.values import ValueMention
from corpus.models import Row

_VERB = r"(?:提到|提及|提|涉及|写到|写明|写|讲到|说到|谈到|包含|包括|含有|含|带有|带|挂|出现)"
_DENIAL = re.compile(rf"(?:不是|并非|不属于|不算|(?:没有|没|未|不)(?P<verb>{_VERB})了?|没有)[“\"「]?")
_AND_NOT = "是"


class RowsWithout:
    """Finds rows by words that they do not hold."""

    def __init__(
        self,
        rows: RowSearch,
        read: Callable[[str], Question],
        values_in: Callable[[Question], Sequence[ValueMention]],
    ) -> None:
        """Take the search for rows that hold words, and what reads a question and its values."""
        self._rows, self._read, self._values_in = rows, read, values_in

    def answer(self, question: Question, asked: str, tables: Tables) -> Answer | None:
        """Return the rows that hold none of what stands behind the question's one denial; None if that is not asked.

        None too where no row holds it: it may be said otherwise there.
        """
        limits = limits_of(question)
        denial = _DENIAL.match(question.key, limits[0].start) if len(limits) == 1 else None
        if denial is None:
            return None
        verb = denial["verb"] or (_AND_NOT if denial.group().startswith(("不是", "并非", "不属于", "不算")) else "有")
        affirmed = self._read(question.text[: denial.start()] + verb + question.text[denial.end() :])
        if not self._rows.asks_rows(affirmed):
            return None
        behind = question.key[denial.end() :]
        for search in self._rows.searches(affirmed, tables, self._values_in(affirmed)):
            if len(search.phrases) == 1 and behind.startswith(search.phrases[0].lower()):
                return self._without(search, question, asked)
        return None

    def _without(self, search: Search, question: Question, asked: str) -> Answer | None:
        columns = [column for column in search.columns if self._rows.rows(search, column)]
        holding = {row.number for column in columns for row in self._rows.rows(search, column)}
        query = search.query
        computation = Computation(query, self._rows.facts)
        rows = tuple(row for row in computation.run(query.conditions).rows if row.number not in holding)
        if not holding or not rows:
            return None
        counted = {"count"} & set(question.named(MentionKind.OPERATION)) or Ask.HOW_MANY in question.asks
        without = (*query.conditions, Condition(query.name_column, rows=tuple(sorted(holding)), negated=True))
        total = f"共 {len(rows)} {counter(query)}"
        return Answer(
            question=asked,
            standalone=question.text,
            kind=AnswerKind.LOOKUP,
            answer=_word(search, columns, rows),
            citations=cite([row_evidence(query.document, query.table, row, columns[:1]) for row in rows]),
            table=row_table(query, rows),
            calculation=Calculation(total, shown_sql(computation, without)) if counted else None,
        )


def _word(search: Search, columns: Sequence[int], rows: Sequence[Row]) -> str:
    query = search.query
    headers = "、".join(f"“{query.table.columns[number].name}”" for number in columns)
    names = "、".join(f"{name_of(query, row)}[{number}]" for number, row in enumerate(rows, 1))
    return f"{headers}没有提到{said(search)}的{noun(query)}共{len(rows)}{counter(query)}：{names}。"
