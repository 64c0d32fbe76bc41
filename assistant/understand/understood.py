"""What is understood of a question: the question that stands alone with the plans that could answer it.

Example: 那水利局呢, after 能源局牵头的项目有几个 → standalone “水利局牵头的项目有几个” and a query that counts rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.understand.changes import Changes
from assistant.understand.clause_questions import ClauseQuestion
from assistant.understand.combination import Combination, Combining
from assistant.understand.ordinals import Beyond
from assistant.understand.plan import LookupPlan
from assistant.understand.query import Query
from assistant.understand.question import Question
from assistant.understand.recalled import Picked
from assistant.understand.support import common
from corpus.models import ParsedDocument, Table


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as understood; ``plan`` and ``queries`` are the best of their kind, complete or not.

    ``asked`` is the question as typed, ``question`` the one that stands alone, ``documents`` those it is put to, which
    it calls ``called``; ``unknown`` is a name that none of them has, ``unasked`` what it says was asked before and was
    not (这三个数). ``complete`` is the question before what it names by number is called by name, since each document
    numbers otherwise. ``chat`` says what kind of talk it is where it
    asks nothing of the documents. ``meant`` are names that were typed otherwise, ``choices`` the questions it may be
    where a mistyped name may be several. ``tables`` are those looked at; where it names several side by side,
    ``by_table`` is what it asks of each. ``picked`` are things of a list that an earlier answer gave. ``structure`` is
    what it asks of the clauses themselves; nothing else is read of it then. ``anew`` is what a follow-up that is a
    phrase alone names, folded: nothing answers that does not say it. ``source_of`` is the earlier question of whose
    answer it is asked where that stands.
    """

    asked: str
    question: Question
    documents: tuple[ParsedDocument, ...]
    chat: str = ""
    beyond: Beyond | None = None
    picked: Picked | None = None
    plan: LookupPlan | None = None
    queries: tuple[Query, ...] = ()
    combinations: tuple[Combination, ...] = ()
    changes: Changes | None = None
    tables: tuple[tuple[ParsedDocument, Table], ...] = ()
    by_table: tuple[Understood, ...] = ()
    meant: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    unknown: str = ""
    unasked: str = ""
    complete: str = ""
    structure: ClauseQuestion | None = None
    anew: str = ""
    source_of: str = ""

    @property
    def is_explained(self) -> bool:
        """Return whether a table answers the whole question, or it asks nothing."""
        by_plan = self.plan is not None and self.plan.is_complete
        by_tables = bool(self.by_table) and all(one.is_explained for one in self.by_table)
        asked_otherwise = self.chat or self.structure or self.picked
        answered = asked_otherwise or self.combinations or self.changes or by_plan or by_tables
        return bool(answered) or any(not query.unexplained for query in self.queries)

    @property
    def is_each(self) -> bool:
        """Return whether the question is put to each of several tables."""
        return bool(self.by_table)

    @property
    def unexplained(self) -> tuple[str, ...]:
        """Return what the plan and the queries leave over."""
        plans = [plan for plan in (self.plan, *self.queries) if plan is not None]
        return tuple(dict.fromkeys(self.standalone[span.start : span.end] for p in plans for span in p.unexplained))

    @property
    def query(self) -> Query | None:
        """Return the first of the best queries."""
        return self.queries[0] if self.queries else None

    @property
    def standalone(self) -> str:
        """Return the question with what history supplies filled in."""
        return self.question.text


def explain_together(parts: Sequence[Understood]) -> tuple[Understood, ...]:
    """Return the same question's reading by several tables, where what one leaves over another explains.

    北京岭秀2020年11月与2021年7月的均价: each table explains its own month, and together they explain both.
    """
    plans = [part.plan for part in parts if part.plan is not None and part.plan.targets]
    left = common([plan.unexplained for plan in plans])
    over = common([part.query.unexplained for part in parts if part.query is not None])
    return tuple(
        replace(
            part,
            plan=replace(part.plan, unexplained=left) if part.plan is not None and part.plan.targets else None,
            queries=tuple(replace(query, unexplained=over) for query in part.queries[:1]),
            combinations=tuple(one for one in part.combinations if all(side.named for side in one.sides)),
        )
        for part in parts
    )


def is_across(combination: Combination) -> bool:
    """Return whether results of several tables are combined, and not only said or ordered within each of them."""
    if combination.operation is Combining.EACH:
        return False
    ordered = combination.operation in (Combining.GREATER, Combining.LESS)
    return not ordered or all(side.named for side in combination.sides)
