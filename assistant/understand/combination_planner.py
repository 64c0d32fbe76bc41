"""A question that combines several results in, the combination with each result planned out.

Example: 能源局牵头的项目比水利局的多几个 → difference of two counts; the second is read as 水利局的牵头的项目.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from assistant.understand.attributes import GROUP_COLUMN, Attributes
from assistant.understand.column_pairs import figures_named
from assistant.understand.columns import columns_by_year, year_of
from assistant.understand.combination import Combination, Combining, Side
from assistant.understand.combination_sides import LONG, Sides, add_up, called_shortly, figure_columns, in_counters
from assistant.understand.comparing import Comparing, find_comparing, is_change
from assistant.understand.group_words import group_nouns
from assistant.understand.groupings import find_grouping
from assistant.understand.pieces import Piece, split_pieces
from assistant.understand.plan import LookupPlan, Planner
from assistant.understand.query import Condition, Grouping, Operation, Query
from assistant.understand.query_planner import QueryPlanner
from assistant.understand.table_choice import Shortlist
from assistant.understand.two_years import YEARS_LONG, columns_of_two_years
from assistant.understand.values import Values
from corpus.folding import fold
from corpus.models import ColumnKind
from corpus.numerals import parse_chinese_integer

_OF_ONE_QUERY = (Combining.TOTAL, Combining.PERCENT)
_STATED = re.compile(r"(?:同比|环比)(?:增长|增加|上升|上涨|下降|减少|降低|提高)了?(?:多少|几|百分之)")
_AS_MANY = re.compile(
    r"[这那]?(?P<number>[两二三四五六七八九十])[个项家者](?:项目|指标|企业|公司)?(?:当中|中|里|之间)?"
)
_HOW_LONG = re.compile(
    r"的?(?:建设期限?|建设周期|工期|周期|建设时间)?(?:一共|总共|前后|总计)?(?:要|需要|需|得|是|有|为|长达)*"
    r"(?:建设|建|干|做|持续|实施)?(?:几年|多少年)(?:时间)?[？?。]*$"
)
_ALL = re.compile(r"^(?:各个?|所有的?|全部的?|这?(?:\d+|[两二三四五六七八九十]+)[个大家项]?)+")
_TWO = 2
_PICKS = frozenset({Operation.MAX, Operation.MIN})
_OF_TWO = frozenset({Combining.DIFFERENCE, Combining.RATIO, Combining.PERCENT, Combining.TOTAL})
_BETWEEN_COLUMNS = re.compile(r"相当于|等于|占|比|是|为")
_SCOPE = re.compile(r"(?P<before>.*?)在(?P<among>.+?)(?:当中|之中|里面|中|里|内)(?:的|，|,)?(?P<after>.*)")


class CombinationPlanner:
    """Plans each part of a combination as rows that are named or as a query over rows."""

    def __init__(self, planner: Planner, queries: QueryPlanner, values: Values, attributes: Attributes) -> None:
        self._planner, self._queries, self._attributes = planner, queries, attributes
        self._sides = Sides(planner, queries, values, attributes)

    def plan(self, text: str, shortlist: Shortlist, single: Query | None = None) -> tuple[Combination, ...]:
        """Return the combination that explains all of the question, one for each column that it may be asked of.

        Empty where nothing is combined, where a part of the question is not understood, and where the ``single``
        query that explains all of it adds up, divides or groups by itself.
        """
        if length := self._length_of(fold(text), shortlist):
            return length
        comparing = find_comparing(fold(text))
        if comparing is None or _STATED.search(fold(text)):
            return ()  # 同比增长多少 is stated of one thing, and compares no two
        if single is not None and (comparing.operation in _OF_ONE_QUERY or single.group is not None):
            return ()
        if comparing.operation is Combining.RANK:
            return self._ranked(comparing, shortlist)
        if found := self._of_columns(comparing, shortlist):
            return found
        for pieces in self._splits(comparing, shortlist):
            plans = self._all_named(pieces, shortlist)
            if found := self._measured_rows(comparing, plans) or self._computed(comparing, pieces, shortlist):
                return found
        return self._over_years(comparing, shortlist)

    def _length_of(self, key: str, shortlist: Shortlist) -> tuple[Combination, ...]:
        """Return how long the rows named take: 甲项目建设期几年."""
        match = _HOW_LONG.search(key)
        plan = self._sides.named(Piece(key[: match.start()], (("", ""),)), shortlist) if match else None
        if plan is None or (table := plan.targets[0].entity.table) is None:
            return ()
        comparing = Comparing(Combining.EACH, LONG[0], key, counts=False, asks_whether=False)
        columns = [column.number for column in table.columns if column.kind is ColumnKind.PERIOD][:1]
        each = [replace(plan, targets=(target,)) for target in plan.targets]
        sides = [Side(self._sides.of_rows(comparing, one, column), named=True) for column in columns for one in each]
        return (self._combination(comparing, sides),) if sides else ()

    def _of_columns(self, comparing: Comparing, shortlist: Shortlist) -> tuple[Combination, ...]:
        """Return what columns of one row come to: 甲工程的财政资金占总投资的比例, 甲县的中央资金和市级资金一共多少."""
        rest = _BETWEEN_COLUMNS.sub("和", comparing.rest)
        if comparing.operation not in _OF_TWO or comparing.counts:
            return ()
        plan = self._sides.named(Piece(rest, (("", ""),)), shortlist)
        if plan is None or len(plan.targets) > 1 or (table := plan.targets[0].entity.table) is None:
            return ()
        by_year = columns_by_year(table, plan.question.key)  # 2023年 is no 2023年计划 where there is a column of both
        named = (number for _, number in figures_named(plan.question, table, self._attributes))
        columns = dict.fromkeys(by_year.get(year_of(table.columns[number]), number) for number in named)
        if len(columns) < _TWO or (len(columns) > _TWO and comparing.operation is not Combining.TOTAL):
            return ()
        sides = [Side(self._sides.of_rows(comparing, plan, column), named=True) for column in columns]
        return (self._combination(comparing, sides),)

    def _over_years(self, comparing: Comparing, shortlist: Shortlist) -> tuple[Combination, ...]:
        """Return the comparison of the two years of each row named: 甲指标从2020年到2024年提高多少, 四年增幅."""
        if comparing.operation not in (Combining.DIFFERENCE, Combining.GROWTH):
            return ()
        stated, rest = YEARS_LONG.search(comparing.rest), YEARS_LONG.sub("", comparing.rest)
        plan = self._sides.named(Piece(rest, (("", ""),)), shortlist)
        plans: Sequence[LookupPlan] = (plan,) if plan is not None else ()
        if plan is None and is_change(comparing):
            bare = replace(comparing, rest=rest)
            split = (self._all_named(pieces, shortlist) for pieces in self._split(bare, shortlist))
            plans = next((found for found in split if found and _are_different(found)), ())
        years = [columns_of_two_years(one, stated) for one in plans if len(one.targets) == 1]
        if len(years) < len(plans) or not all(years):
            return ()
        return tuple(self._between(comparing, one, own) for one, own in zip(plans, years, strict=True))

    def _between(self, comparing: Comparing, plan: LookupPlan, years: Sequence[int]) -> Combination:
        """Return the comparison of the later of two columns of ``plan`` with the earlier, which stands first."""
        sides = [Side(self._sides.of_rows(comparing, plan, column), named=True) for column in reversed(years)]
        return self._combination(comparing, sides)

    def plan_each(self, text: str, shortlist: Shortlist) -> LookupPlan | None:
        """Return the lookup of one attribute in each of several rows that the question names side by side.

        None where it names no such rows: 绿氢产业项目和煤制烯烃分别由谁牵头.
        """
        key = fold(text)
        comparing = find_comparing(key) or Comparing(Combining.EACH, "", key, counts=False, asks_whether=False)
        if comparing.operation is not Combining.EACH:
            return None
        for pieces in self._splits(comparing, shortlist):
            plans = self._all_named(pieces, shortlist)
            if plans and _are_different(plans):
                targets = tuple(target for plan in plans for target in plan.targets)
                called = "、".join(dict.fromkeys(target.entity.name for target in targets))
                return replace(plans[0], question=self._planner.read(text), targets=targets, named=called)
        return None

    def _ranked(self, comparing: Comparing, shortlist: Shortlist) -> tuple[Combination, ...]:
        """Return the rank of named rows among all rows, or among those that 在…中 names."""
        match = _SCOPE.fullmatch(comparing.rest)
        scope = match["among"] if match else ""
        row_text = match["before"] + match["after"] if match else comparing.rest
        if of_group := self._ranked_group(comparing, row_text, scope, shortlist):
            return of_group
        plan = self._sides.named(Piece(row_text, (("", ""),)), shortlist)
        if plan is None:
            return ()
        found = []
        for column in figure_columns(comparing, plan.targets):
            row = self._sides.of_rows(comparing, plan, column)
            conditions = self._scope_conditions(scope, row, shortlist)
            if conditions is not None:
                among = replace(row, conditions=conditions)
                found.append(self._combination(comparing, [Side(row, named=True), Side(among)]))
        return tuple(found)

    def _ranked_group(
        self, comparing: Comparing, text: str, scope: str, shortlist: Shortlist
    ) -> tuple[Combination, ...]:
        """Return the rank of what the rows of one value come to among all values: 甲局牵头项目的总投资排第几."""
        side = self._sides.find(comparing, Piece(text, (("", ""),)), shortlist)
        if side is None or side.query is None or len(side.query.conditions) != 1:
            return ()
        query, condition = side.query, side.query.conditions[0]
        is_place = any(
            column.number == condition.column and self._attributes.fits("place", column.name)
            for column in query.table.columns
        )
        if (
            len(condition.values) != 1
            or condition.negated
            or condition.rows
            or is_place
            or _PICKS & set(query.operations)
        ):
            return ()  # cells of places name several at once, and parts of others
        each = f"各{_ALL.sub('', scope)}"
        grouping = find_grouping(self._planner.read(each), query.table, self._attributes, ()) if scope else None
        if scope and (grouping is None or grouping.column != condition.column):
            return ()
        groups = replace(query, conditions=(), group=Grouping(condition.column))
        return (self._combination(comparing, [side, Side(groups)]),)

    def _scope_conditions(self, scope: str, row: Query, shortlist: Shortlist) -> tuple[Condition, ...] | None:
        """Return the conditions of the rows that a rank is among; None where its words are not understood."""
        if not scope:
            return ()
        plans = self._queries.plan(scope, shortlist, Operation.COUNT)
        fitting = [plan for plan in plans if plan.table is row.table and not plan.unexplained]
        return fitting[0].conditions if fitting else None

    def _splits(self, comparing: Comparing, shortlist: Shortlist) -> Iterator[tuple[Piece, ...]]:
        yield from self._split(comparing, shortlist)
        if match := _AS_MANY.search(comparing.rest):
            # 甲、乙和丙三个: the number says again how many are named.
            counted = replace(comparing, rest=comparing.rest[: match.start()] + comparing.rest[match.end() :])
            yield from (pieces for pieces in self._split(counted, shortlist) if len(pieces) == _number(match))

    def _split(self, comparing: Comparing, shortlist: Shortlist) -> Iterator[tuple[Piece, ...]]:
        question = self._planner.read(comparing.rest)
        spans = [*(mention.span for mention in question.mentions), *question.words]
        edges = sorted({edge for span in spans for edge in (span.start, span.end)})
        names = self._planner.names_in(comparing.rest, shortlist)
        yield from split_pieces(comparing.rest, comparing.operation, edges, names)

    def _all_named(self, pieces: Sequence[Piece], shortlist: Shortlist) -> tuple[LookupPlan, ...]:
        """Return the lookup of every piece; empty where one names no rows."""
        plans = []
        for piece in pieces:
            if (plan := self._sides.named(piece, shortlist)) is None:
                return ()
            plans.append(plan)
        return tuple(plans)

    def _measured_rows(self, comparing: Comparing, plans: Sequence[LookupPlan]) -> tuple[Combination, ...]:
        if not plans or not _are_different(plans):
            return ()
        columns = [figure_columns(comparing, plan.targets) for plan in plans]
        if comparing.counts:
            # 甲校和乙校新增学位合计多少个 counts no rows where the column is in 个.
            columns = [in_counters(plan.targets, own) for plan, own in zip(plans, columns, strict=True)]
        shared = set(columns[0]).intersection(*columns[1:])
        shared = called_shortly(self._planner.read(comparing.rest), plans[0], shared) or shared
        if is_change(comparing) and shared and shared == set(years := columns_of_two_years(plans[0], None)):
            return tuple(self._between(comparing, plan, years) for plan in plans)
        if not shared and all(len(own) == 1 for own in columns):
            choices = [[own[0] for own in columns]]
        else:
            choices = [[column] * len(plans) for column in sorted(shared)]
        return tuple(
            self._combination(
                comparing,
                [
                    Side(self._sides.of_rows(comparing, plan, column), named=True)
                    for plan, column in zip(plans, choice, strict=True)
                ],
            )
            for choice in choices
            if all(map(add_up, plans, choice))
        )

    def _combination(self, comparing: Comparing, sides: Sequence[Side]) -> Combination:
        return Combination(comparing.operation, tuple(sides), comparing.word, comparing.asks_whether)

    def _computed(self, comparing: Comparing, pieces: Sequence[Piece], shortlist: Shortlist) -> tuple[Combination, ...]:
        found = []
        for piece in pieces:
            if (side := self._sides.find(comparing, piece, shortlist)) is None:
                return ()
            found.append(side)
        queries = [side.query for side in found if side.query is not None]
        if any(_PICKS & set(query.operations) and self._is_of_groups(comparing.rest, query) for query in queries):
            return ()  # 哪个行动最多、哪个最少，差多少 compares groups, and no rows
        if comparing.operation is not Combining.PERCENT and not all(map(_is_particular, queries)):
            return ()
        if not queries or len(set(map(_essence, queries))) < len(queries):
            return ()
        if len({Operation.COUNT in query.operations for query in queries}) > 1:
            return ()  # a figure of a row has no ratio to a number of rows
        return (self._combination(comparing, found),)

    def _is_of_groups(self, text: str, query: Query) -> bool:
        """Return whether groups are asked of: the query's own, or by their noun, without a condition on them."""
        if query.group is not None:
            return True
        grouped = any(condition.column <= GROUP_COLUMN for condition in query.conditions)
        return not grouped and any(noun in text for _, noun in group_nouns(query.table, self._attributes))


def _are_different(plans: Sequence[LookupPlan]) -> bool:
    """Return whether no two plans read the same cells."""
    read = [{(target.entity.document.info.id, target.entity.row) for target in plan.targets} for plan in plans]
    columns = [set(plan.targets[0].columns) for plan in plans]
    return all(
        not read[one] & read[other] or not columns[one] & columns[other]
        for one, other in combinations(range(len(plans)), 2)
    )


def _number(match: re.Match[str]) -> int:
    return parse_chinese_integer(match["number"]) or 0


def _is_particular(query: Query) -> bool:
    """Return whether a query picks rows or counts them: the sum of all rows is meant by “总投资” only beside 占."""
    picks = {Operation.COUNT, Operation.MAX, Operation.MIN, Operation.AVERAGE}
    return bool(query.conditions or picks & set(query.operations))


def _essence(query: Query) -> tuple[object, ...]:
    """Return what tells two queries apart."""
    return (query.table.id, query.conditions, query.operations, query.measure_column, query.limit, query.skip)
