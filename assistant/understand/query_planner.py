"""A question in, the query over one table that explains most of it out.

Example: 能源局牵头的项目总投资多少 → 项目表, rows whose “牵头责任单位” holds 能源局, sum of the planned investment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.understand.bounds import find_bounds
from assistant.understand.columns import GROUP_COLUMN, Attributes, year_of
from assistant.understand.conditions import (
    excluding_span,
    find_conditions,
    limiting_words,
)
from assistant.understand.dates import OfDates, extreme_date
from assistant.understand.group_words import calls_group, unheard_groups
from assistant.understand.groupings import find_grouping, find_having
from assistant.understand.levels import other_levels
from assistant.understand.lexicon import Lexicon
from assistant.understand.measures import Others, measured, named_measures, names_measure, other_measures
from assistant.understand.months import blank, caption_months
from assistant.understand.operations import EACH, WHETHER, Operations
from assistant.understand.orders import find_limits
from assistant.understand.picks import scope_of
from assistant.understand.places import Places
from assistant.understand.query import Condition, Grouping, Having, Measure, Operation, Query
from assistant.understand.question import MentionKind, Question
from assistant.understand.question_reader import QuestionReader
from assistant.understand.support import Support
from assistant.understand.table_choice import Shortlist
from assistant.understand.table_frame import frame, sizes, stated_size
from assistant.understand.table_subject import TableSubject
from assistant.understand.unmet import Unmet
from assistant.understand.values import ValueMention, Values
from corpus.folding import fold
from corpus.models import ColumnKind, ParsedDocument, Span, Table
from corpus.numerals import parse_chinese_integer
from corpus.row_names import cell_text, name_column

_OF_BUILDING = re.compile(r"建成|完工|开工|完成|开始|启动|结束|竣工|建设|开建|建")
_ROWS_IN_ORDER = re.compile(
    r"最[大多高小少低长短早晚]的(?:那个|一个|前?[一二两三四五六七八九十\d]*[个项])?(?:项目|指标|工程(?!的)|是)"
)
_GROUPS_COUNTED = re.compile(r"[一二两三四五六七八九十\d]+[个大类项]")
_WHICH_OF_THEM = re.compile(r"(?:[里中]|当中|里面|之中).*最[大多高小少低]的是哪一?个?[？?。]*$")
_LESS = re.compile(r"扣|剔除|去掉|刨去|排除")
_OF_WHOLE = re.compile(
    r"占(?:了|到)?(?:全部|所有|整个|总|全市|项目|指标|投资|资金|投入|金额|数量|个数|数|量|计划|的)*(?:多大|多少)?的?"
    r"(?:比例|比重|百分比|百分之(?:几|多少)|多少|几成)?(?:是|为|有)?(?:多少|多大)?"
)
_STATED = re.compile(
    r"哪?(?P<number>[一二两三四五六七八九十\d]+)(?P<counter>[个项位家条])(?=项目|指标|工程|专家|类别|单位|部门|的|是|[吗么吧？?。，,、]|$)"
)
_COUNTED_BY = re.compile(
    r"(?:多少|几)(?P<counter>[项位家条名])(?=[的是由归属在]|项目|指标|工程|任务|专家|企业|公司|[，,；;。？?呢]|$)"
)
_A_NUMBER_OF = re.compile(r"(?:\d+|[二三四五六七八九十两]+)[个项类家条处座所]")
_PICKING = frozenset({Operation.MAX, Operation.MIN, Operation.AVERAGE})
_LONG_HEADER = 3
_SEVERAL = 2
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
        self._values, self._attributes = values, attributes
        self._reader, self._support, self._places = reader, support, places
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
        mentions = self._values.find(key, shortlist.places)
        question = self._reader.read(text, frozenset(mention.span for mention in mentions))
        operations = self._operations.find(question, mentions)
        if default is not None and not _PICKING & set(operations):
            operations = (default,)
        if not operations:
            return self._only_conditions(question, mentions, shortlist)
        plans = [
            self._plan_table(question, mentions, operations, document, table)
            for document, table in shortlist.tables
            if self.speaks_of(question, table)
        ]
        least = min((_cost(plan, question) for plan in plans), default=None)
        return tuple(plan for plan in plans if _cost(plan, question) == least)

    def _only_conditions(
        self, question: Question, mentions: Sequence[ValueMention], shortlist: Shortlist
    ) -> tuple[Query, ...]:
        """Return the lists of rows of a question that is conditions and nothing else: 甲局；2024年完工."""
        if question.asks or question.named(MentionKind.CLASS_NOUN):
            return ()
        found = []
        for document, table in shortlist.tables:
            plan = self._plan_table(question, mentions, (Operation.LIST,), document, table)
            held = {table.columns[c.column].name for c in plan.conditions if c.column >= 0}
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
        column, measure = measured(question, table, self._attributes)
        if len(operations) > 1 and not named_measures(question, table, self._attributes):
            # “一共” beside 几个 or 哪些 adds nothing up.
            operations = tuple(operation for operation in operations if operation is not Operation.SUM)
        found = find_conditions(question, mentions, document.info.id, table, self._attributes, column)
        conditions, unheard = list(found.conditions), list(found.unheard)
        extreme = extreme_date(question.key, table, conditions) if _PICKING & set(operations) else OfDates()
        if extreme.conditions:
            conditions, operations = [*conditions, *extreme.conditions], (Operation.LIST,)
            found = replace(found, spent=(*found.spent, *extreme.spans))
        without, excepted = self._excepted(question, table)
        if excepted:
            conditions.append(without)
            unheard = [span for span in unheard if not any(other.overlaps(span) for other in excepted)]
        covering = self._places.covering_words(question) if self._places.has_any(found.conditions, table) else ()
        left = [span for span in question.words if not _spent(span, (*found.spent, *covering, *excepted))]
        left += [mention.span for mention in mentions if mention.span not in found.spent]
        if measure is not Measure.FIGURE or any(c.measure is not Measure.FIGURE for c in found.conditions):
            left = [span for span in left if not _OF_BUILDING.fullmatch(span.of(question.key))]
        group = self._grouping(question, table, found.conditions, operations)
        having, of_groups = self._having(question, table, group, column)
        if group is not None:
            spent = (*group.spans, *of_groups)
            left = [span for span in left if not any(other.overlaps(span) for other in spent)]
            unheard = [span for span in unheard if not any(other.covers(span) for other in of_groups)]
            conditions = [c for c in conditions if not (having and c.sign and c.measure is Measure.FIGURE)]
        known_sizes = sizes(table)
        left = [span for span in left if stated_size(span.of(question.key)) not in known_sizes]
        stated = [one for one in _STATED.finditer(question.key) if not _spent(Span(*one.span()), found.spent)]
        # 三个县域中心: so many rows are named, which the answer confirms or puts right.
        numbers = [span for span in left if _A_NUMBER_OF.fullmatch(span.of(question.key))]
        numbers = [span for span in numbers if not any(Span(*match.span()).covers(span) for match in stated)]
        left = [span for span in left if span not in numbers]
        around = frame(document, table)
        left = list(self._support.unsupported(question.key, left, around))
        if Operation.SHARE in operations:
            wholes = [Span(*match.span()) for match in _OF_WHOLE.finditer(question.key)]
            left = [span for span in left if not any(whole.covers(span) for whole in wholes)]
        left = [span for span in left if not any(Span(*match.span()).covers(span) for match in stated)]
        number = parse_chinese_integer(stated[0]["number"]) if stated else None
        left += _years_left(question, table, column, found.spent, around)
        held = [fold(value) for c in conditions if c.column <= GROUP_COLUMN for value in c.values]
        again, called = unheard_groups(question, table, self._attributes, held, around)
        left = [span for span in left if span not in again]
        left += [span for span in called if group is None and span not in left]
        values = "\n".join(value for condition in found.conditions for value in condition.values)
        unheard += other_levels(question.key, around + values)
        by_name = self._name_conditions(question, table, left)
        if len(numbers) == 1 and number is None and by_name:
            number = stated_size(numbers[0].of(question.key))
        else:
            left += numbers
        scoped = scope_of(question, mentions, (*conditions, *by_name), operations, table, self._attributes, column)
        rest = question.key if scoped.spent is None else blank(question.key, [scoped.spent])
        operations = scoped.operations
        unheard += scoped.unheard
        limits = find_limits(rest, len(table.data_rows))
        compared = {number for c in scoped.conditions for number in (c.column, c.against)}
        others = Others()
        if column is not None and measure is Measure.FIGURE:
            others = other_measures(question, table, self._attributes, column, operations).apart_from(compared)
        query = Query(
            document=document,
            table=table,
            name_column=name_column(table, self._attributes.header_words("name")) or 0,
            conditions=scoped.conditions,
            operations=operations,
            measure_column=column,
            measure=measure,
            group=group,
            having=having,
            each=EACH.search(question.key) is not None,
            limit=limits.limit,
            skip=limits.skip,
            names_measure=column is not None and names_measure(question, table, self._attributes, column),
            names_rows=bool(by_name),
            asked_column=self._asked_column(question, table),
            stated=number,
            asks_whether=WHETHER.search(question.key) is not None and not stated,
            counter=counted["counter"] if (counted := _COUNTED_BY.search(question.key)) and group is None else "",
            also=others.also,
            beside=others.beside,
            unexplained=(*left, *unheard),
        )
        return replace(query, unexplained=(*query.unexplained, *self._unmet.find(question, query)))

    def _excepted(self, question: Question, table: Table) -> tuple[Condition, tuple[Span, ...]]:
        """Return the condition that leaves out rows named behind 除 or 不算, with where they stand (none: no span)."""
        column = name_column(table, self._attributes.header_words("name")) or 0
        numbers, spans = [], []
        for row in table.data_rows if limiting_words(question.key) or _LESS.search(question.key) else ():
            name = fold(cell_text(row, column))
            for called in dict.fromkeys((name, name.replace("“", "").replace("”", ""))):
                at = question.key.find(called) if len(called) >= _LONG_HEADER else -1
                if at >= 0 and (span := excluding_span(question.key, Span(at, at + len(called)))) is not None:
                    numbers.append(row.number)
                    spans.append(span)
                    break
        return Condition(column, rows=tuple(numbers), negated=True), tuple(spans)

    def _grouping(
        self, question: Question, table: Table, conditions: Sequence[Condition], operations: Sequence[Operation]
    ) -> Grouping | None:
        """Return what to compute for each value of; None where rows are asked for: 投资最大的项目由哪个单位牵头."""
        held = {condition.column for condition in conditions if not condition.negated}
        group = find_grouping(question, table, self._attributes, sorted(held))
        picks = {Operation.MAX, Operation.MIN} & set(operations)
        if group is None:
            return None
        of_groups = _GROUPS_COUNTED.match(question.key, group.spans[0].start) and _WHICH_OF_THEM.search(question.key)
        if picks and _ROWS_IN_ORDER.search(question.key) and not of_groups:
            return None
        return replace(group, apart=self._places.collectives(table, group.column))

    def _having(
        self, question: Question, table: Table, group: Grouping | None, column: int | None
    ) -> tuple[Having | None, tuple[Span, ...]]:
        if group is None:
            return None, ()
        unit = table.columns[column].unit if column is not None else ""
        return find_having(question.key, group, find_bounds(question.key), unit)

    def _name_conditions(self, question: Question, table: Table, left: list[Span]) -> list[Condition]:
        """Return conditions on the rows' names for stretches of the question that stand in several; takes them off.

        What stands in the name of a single row names that row, and is the lookup's to answer.
        """
        # A single character is a part of too many names by chance, unless it is asked for: 名称含水的.
        telling = [s for s in left if s.end - s.start > 1 or question.key[: s.start].endswith(("含", "带", "有"))]
        telling = [s for s in telling if not calls_group(question.key, s, table, self._attributes)]
        if not telling:
            return []
        column = name_column(table, self._attributes.header_words("name"))
        texts = [cell.text for row in table.data_rows for cell in row.cells if cell.column == column]
        names = {text: fold(text) for text in texts}
        found = [span for span in telling if any(span.of(question.key) in name for name in names.values())]
        if sum(all(span.of(question.key) in names[text] for span in found) for text in texts) < _SEVERAL:
            return []
        for span in found:
            left.remove(span)
        return [Condition(column, _as_written(span.of(question.key), names)) for span in found if column is not None]

    def _asked_column(self, question: Question, table: Table) -> int | None:
        texts = [column for column in table.columns if column.kind is ColumnKind.TEXT]
        for name in question.named(MentionKind.ATTRIBUTE):
            for attribute in (name, "responsible_agency") if name == "lead_agency" else (name,):
                for column in texts:
                    if self._attributes.fits(attribute, column.name):
                        return column.number
        return None


def _as_written(key: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return how the names (text → folded) write the folded stretch: ccus → CCUS."""
    starts = {text: name.find(key) for text, name in names.items() if key in name}
    return tuple(dict.fromkeys(text[start : start + len(key)] for text, start in starts.items()))


def _cost(plan: Query, question: Question) -> tuple[int, int]:
    unexplained = sum(span.end - span.start for span in plan.unexplained)
    named = fold(plan.table.name) in question.key
    return unexplained, -len(plan.conditions) - named


def _years_left(question: Question, table: Table, column: int | None, spent: Sequence[Span], around: str) -> list[Span]:
    """Return the years that neither a condition, the table's months nor the header of ``column`` accounts for.

    2025年前 may be part of a header; 2025年 alone is not explained by it.
    """
    years = [span for _, span in question.year_spans() if not _spent(span, spent)]
    stated = {str(month.year) for month in caption_months(table)}
    stated |= {year_of(table.columns[column])} if column is not None else set()
    return [s for s in years if s.of(question.key) not in stated and _with_next(question.key, s) not in around]


def _with_next(key: str, year: Span) -> str:
    """Return a year's digits with the two characters behind them (2025年前)."""
    return key[year.start : year.end + 2]


def _spent(span: Span, spent: Sequence[Span]) -> bool:
    return any(span.overlaps(other) for other in spent)
