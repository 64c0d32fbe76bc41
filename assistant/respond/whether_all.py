"""A question that asks whether all rows of a kind are so in, “是” or “不是” with those that are and are not out.

Example: 甲局牵头的项目投资都超过1亿吗 → 不是。…共9个。…不超过1亿元的项目有1个：…；…超过1亿元的项目有8个：….

Rows that only take a place in (全市9个旗区) are told apart from those that name it; a row whose cell does not decide
it (≥95) is neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from assistant.models import Answer, AnswerKind, Calculation
from assistant.respond.changed import divide, said_change
from assistant.respond.compute import Computation
from assistant.respond.computed import row_table
from assistant.respond.evidence import cite, row_evidence
from assistant.respond.places import PlaceAnswers
from assistant.respond.query_words import counter, described, name_of
from assistant.respond.refusal import NO, YES
from assistant.respond.shown_sql import shown_sql
from assistant.understand.changes import Changes
from assistant.understand.every_row import find_every_row
from assistant.understand.places import Places
from assistant.understand.query import OPPOSITES, Condition, Operation, Query
from assistant.understand.turn import WHETHER
from assistant.understand.understood import Understood
from assistant.understand.values import holds_prose
from corpus.folding import fold
from corpus.models import Row
from corpus.row_names import cell_text
from index.facts import Facts

_WORD = re.compile("[\u3400-\u9fff]{2,8}")
_OPEN = "不能确定是否都是这样。"


@dataclass(frozen=True, slots=True)
class _Rows:
    """All rows asked about in groups, each behind what is said of it.

    ``verdict`` is what is so of all, or that nobody can say it where some do not decide it; ``count`` are those that
    are so, ``called`` how rows are told, by number, where not by their names.
    """

    query: Query
    groups: Mapping[str, tuple[Row, ...]]
    verdict: str
    count: int
    sql: str
    columns: tuple[int, ...]
    called: Mapping[int, str]

    @property
    def shown(self) -> tuple[Row, ...]:
        """Return the rows in the order that they are told in."""
        return tuple(row for rows in self.groups.values() for row in rows)


class WhetherAll:
    """Confirms or denies that every row of a kind is as the question says."""

    def __init__(self, read: Callable[[str, Understood], Understood], places: Places, facts: Facts) -> None:
        """Take ``read``, which understands another question put to the same documents."""
        self._read, self._places, self._facts = read, PlaceAnswers(places, facts), facts

    def answer(self, understood: Understood) -> Answer | None:
        """Return whether all rows are so, with those that are and those that are not; None if it is not asked."""
        asked = find_every_row(understood.question) if WHETHER.search(understood.standalone) else None
        every = self._query(f"{asked.rows}有哪些", understood) if asked is not None else None
        if asked is None or every is None:
            return None
        changes = self._read(f"{asked.rows}{asked.said}的有哪些", understood).changes
        if changes is not None and changes.query.table is every.table and not changes.picks:
            same = set(changes.query.conditions) == set(every.conditions) and self._run(every)
            return self._told(self._changing(every, changes), understood) if same else None
        more = self._more(f"{asked.rows}中{asked.said}的有哪些", every, understood)
        if not more and asked.said.startswith("有"):
            lacking = self._more(f"没{asked.said}的{asked.rows}有哪些", every, understood)
            more = tuple(replace(one, negated=True) for one in lacking if one.empty)
        word = "" if more else asked.said
        more = more or _mentioned(every, word)
        found = self._found(every, more) if more else None
        if found is not None and word:
            found = replace(found, verdict=f"{'' if found.verdict == YES else '不是'}都写有“{word}”。")
        return self._told(found, understood) if found is not None and found.shown else None

    def _query(self, text: str, understood: Understood) -> Query | None:
        """Return the plain list that a question asks for; None where it asks for anything else or is not explained."""
        query = self._read(text, understood).query
        is_list = query is not None and query.operations == (Operation.LIST,) and query.group is None
        plain = query is not None and not query.unexplained and not query.names_rows
        return query if is_list and plain else None

    def _more(self, text: str, every: Query, understood: Understood) -> tuple[Condition, ...]:
        """Return the conditions that a list sets besides those of ``every``; none where it is not of the same rows."""
        such = self._query(text, understood)
        if such is None or such.table is not every.table or any(one.top for one in such.conditions):
            return ()
        if not set(every.conditions) <= set(such.conditions):
            return ()
        return tuple(one for one in such.conditions if one not in every.conditions)

    def _changing(self, every: Query, changes: Changes) -> _Rows:
        """Return the rows by whether they change over the years as is asked: 2024年都比2020年高吗."""
        fits, others, sql = divide(replace(changes, query=every), self._facts)
        rows = self._run(every)
        unclear = tuple(row for row in rows if row.number not in fits | others)
        groups = {
            "不是这样的有": _numbered(rows, others.keys()),
            f"{said_change(changes)}有": _numbered(rows, fits.keys()),
            "没有两年都写明确数，不能比较的有": unclear,
        }
        columns = (changes.earlier.number, changes.later.number)
        verdict = NO if others else _OPEN if unclear else YES
        return _Rows(every, groups, verdict, len(fits), sql, columns, fits | others)

    def _found(self, every: Query, more: tuple[Condition, ...]) -> _Rows:
        such = _with(every, *more)
        so, rows = self._run(such), self._run(every)
        places = self._places.rows(replace(every, conditions=more))
        covering, unsaid = ((), ()) if places is None else (_of(rows, places.covering), _of(rows, places.unsaid))
        if places is not None:  # what is not in a place does not name it, nor take it in
            so = _without(_of(rows, places.named), (*covering, *unsaid))
        not_so = {row.number for one in more for sign in _against(one) for row in self._run(_with(every, sign))}
        not_so -= {row.number for row in (*so, *covering, *unsaid)}
        told = {row.number for row in (*so, *covering)} | not_so
        others = described(replace(every, conditions=tuple(map(_opposite, more)))) if len(more) == 1 else "不全是这样的"
        groups = {
            f"{others}有": _numbered(rows, not_so),
            f"{described(replace(every, conditions=more))}有": so,
            f"“{places.header if places is not None else ''}”所写范围包含的有": covering,
            "所写不能判断的有": _numbered(rows, {row.number for row in rows} - told),
        }
        columns = tuple(one.column for one in such.conditions if one.column >= 0)
        denied = places is not None and any(one.negated for one in places.scopes)
        count = len(so) + (0 if denied else len(covering))  # what takes a place in is there, as of a single row
        verdict = NO if not_so or (denied and covering) else YES if count == len(rows) else _OPEN
        return _Rows(every, groups, verdict, count, shown_sql(Computation(such, self._facts)), columns, {})

    def _run(self, query: Query) -> tuple[Row, ...]:
        return Computation(query, self._facts).run(query.conditions).rows

    def _told(self, found: _Rows, understood: Understood) -> Answer:
        query, count = found.query, counter(found.query)
        before, groups = 0, []
        for said, rows in found.groups.items():
            names = (
                f"{found.called.get(row.number) or name_of(query, row)}[{number}]"
                for number, row in enumerate(rows, before + 1)
            )
            groups += [f"{said}{len(rows)}{count}：{'、'.join(names)}"] if rows else []
            before += len(rows)
        evidence = [row_evidence(query.document, query.table, row, found.columns) for row in found.shown]
        return Answer(
            question=understood.asked,
            standalone=understood.standalone,
            kind=AnswerKind.LOOKUP,
            answer=f"{found.verdict}{described(query)}共{before}{count}。{'；'.join(groups)}。",
            citations=cite(evidence),
            table=row_table(query, found.shown),
            calculation=Calculation(f"{found.count} / {before} {count}", found.sql),
        )


def _mentioned(every: Query, said: str) -> tuple[Condition, ...]:
    """Return the condition that the one column of short cells which has a word holds it: 都是院士吗; else none."""
    word, columns = fold(said), []
    for column in every.table.columns if _WORD.fullmatch(word) else ():
        cells = [cell_text(row, column.number) for row in every.table.data_rows]
        if column.number != every.name_column and not holds_prose(cells) and any(word in fold(cell) for cell in cells):
            columns.append(column.number)
    return (Condition(columns[0], (said,), inside=True),) if len(columns) == 1 else ()


def _with(query: Query, *more: Condition) -> Query:
    return replace(query, conditions=(*query.conditions, *more))


def _opposite(one: Condition) -> Condition:
    return replace(one, sign=OPPOSITES[one.sign]) if one.sign else replace(one, negated=not one.negated)


def _against(one: Condition) -> tuple[Condition, ...]:
    """Return what is so of a row that surely does not meet ``one``: of ≥95 nobody knows whether it is 95."""
    return tuple(replace(one, sign=sign) for sign in "<>") if one.sign == "=" else (_opposite(one),)


def _numbered(rows: Sequence[Row], numbers: AbstractSet[int]) -> tuple[Row, ...]:
    return tuple(row for row in rows if row.number in numbers)


def _without(rows: Sequence[Row], others: Sequence[Row]) -> tuple[Row, ...]:
    numbers = {row.number for row in others}
    return tuple(row for row in rows if row.number not in numbers)


def _of(rows: Sequence[Row], others: Sequence[Row]) -> tuple[Row, ...]:
    """Return those of ``others`` that are among ``rows``."""
    numbers = {row.number for row in rows}
    return tuple(row for row in others if row.number in numbers)
