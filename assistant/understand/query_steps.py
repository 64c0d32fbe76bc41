"""A question and a table in, the query over the table's rows out, read by rules that each explain some of its words.

Example: 能源局牵头的项目总投资多少 → a condition explains 能源局, the table's headers 投资: no word is left.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.understand.attributes import GROUP_COLUMN, Attributes
from assistant.understand.bounds import find_bounds
from assistant.understand.columns import year_of
from assistant.understand.conditions import find_conditions
from assistant.understand.dates import extreme_date
from assistant.understand.group_words import unheard_groups
from assistant.understand.groupings import NO_GROUPS, asked_of_rows, find_grouping, find_having
from assistant.understand.levels import other_levels
from assistant.understand.lexicon import Ask
from assistant.understand.mean_bounds import find_mean_bound
from assistant.understand.measures import measured, named_measures
from assistant.understand.months import blank, caption_months
from assistant.understand.named_parts import each_row, excepted_rows, row_names, rows_by_words
from assistant.understand.orders import find_limits
from assistant.understand.picks import scope_of
from assistant.understand.places import Places
from assistant.understand.query import Grouping, Measure, Operation
from assistant.understand.query_draft import PICKING, Draft, is_spent
from assistant.understand.question import MentionKind
from assistant.understand.row_numbers import with_numbers
from assistant.understand.support import Support, join
from assistant.understand.table_frame import stated_size
from assistant.understand.whole_area import apart_from_area, asks_of_area, find_area_bound
from assistant.understand.wholes import Whole, find_whole, picked_whole
from corpus.folding import fold
from corpus.models import Span

_OF_BUILDING = re.compile(r"建成|完工|开工|完成|开始|启动|结束|竣工|建设|开建|建")
_ROWS_IN_ORDER = re.compile(
    r"最[大多高小少低长短早晚]的(?:那个|一个|前?[一二两三四五六七八九十\d]*[个项])?(?:项目|指标|工程(?!的)|是)"
    r"|前[一二两三四五六七八九十\d]+[名个位大项]?的?(?:项目|指标|工程)(?:分别|各自|都)?[由归是]"
)
_GROUPS_COUNTED = re.compile(r"[一二两三四五六七八九十\d]+[个大类项]|各个?|每一?[个项]")
_WHICH_OF_THEM = re.compile(
    rf"(?:[里中]|当中|里面|之中|[，,](?!.*(?:{NO_GROUPS}))).*最[大多高小少低]的(?:是哪一?[个项类大]?|[一二两三四五六七八九十\d]+[个项大类](?:分别|各)?是(?:什么|哪[^，,。；;？?]{{0,4}}))[？?。]*$"
)
_OF_WHOLE = re.compile(
    r"占(?:了|到)?(?:全部|所有|整个|总|全市|全县|全省|全区|重点(?=项目|工程)|各|个|类|项目|指标|投资|资金|投入|金额|数量|个数|数|量|计划|的)*(?:多大|多少)?的?"
    r"(?:比例|比重|百分比|百分之(?:几|多少)|多少|几成)?(?:是|为|有)?(?:多少|多大)?"
)
_CALLS_ROWS = re.compile(r"(?:建设|实施|具体|投资|工程|规划)项目")
"""Calls the rows what they are, and none of them by name: 五大行动各包含多少个建设项目."""
_FROM = "来自"


class QuerySteps:
    """Reads one table's query of a question, rule by rule; the order matters."""

    def __init__(self, attributes: Attributes, support: Support, places: Places) -> None:
        self._attributes, self._support, self._places = attributes, support, places
        self._rules: tuple[Callable[[Draft], Draft], ...] = (
            self._measure,
            self._conditions,
            self._means,
            self._header_total,
            self._dates,
            self._exceptions,
            self._words,
            self._groups,
            self._numbers,
            self._around,
            self._years,
            self._group_words,
            self._levels,
            self._names,
            self._picks,
            self._whole_area,
        )

    def read(self, draft: Draft) -> Draft:
        """Return ``draft`` with everything read that the rules can read."""
        for rule in self._rules:
            draft = rule(draft)
        return draft

    def _measure(self, draft: Draft) -> Draft:
        column, measure = measured(draft.question, draft.table, self._attributes)
        operations = draft.operations
        if len(operations) > 1 and not named_measures(draft.question, draft.table, self._attributes):
            # “一共” beside 几个 or 哪些 adds nothing up.
            operations = tuple(operation for operation in operations if operation is not Operation.SUM)
        return replace(draft, column=column, measure=measure, operations=operations)

    def _conditions(self, draft: Draft) -> Draft:
        document = draft.document.info.id
        found = find_conditions(draft.question, draft.mentions, document, draft.table, self._attributes, draft.column)
        return replace(draft, found=found, conditions=found.conditions, unheard=found.unheard)

    def _means(self, draft: Draft) -> Draft:
        """A mean that bounds figures is not asked for; it is that of all rows, so nothing else may tell rows apart."""
        found = find_area_bound(draft.question, draft.table, self._attributes, draft.column)
        if not (found.spent or found.unheard):
            found = find_mean_bound(draft.question, draft.table, self._attributes, draft.column)
        if not found.spent:
            return replace(draft, unheard=(*draft.unheard, *found.unheard))
        others = tuple(one for one in draft.operations if one is not Operation.AVERAGE)
        unheard = tuple(span for span in draft.unheard if not is_spent(span, found.spent))  # 没达到全市水平
        return replace(
            draft,
            found=replace(draft.found, spent=(*draft.found.spent, *found.spent)),
            conditions=(*draft.conditions, *found.conditions),
            operations=others or (Operation.LIST,),
            unheard=(*unheard, *(found.spent if draft.conditions else ())),
        )

    def _header_total(self, draft: Draft) -> Draft:
        """Nothing is added up by the 总投资 that only heads the column put in order or bounded: 总投资前三的."""
        header = fold(draft.table.columns[draft.column].name) if draft.column is not None else ""
        bounded = any(c.sign and c.column == draft.column for c in draft.conditions)
        used = bounded or {Operation.MAX, Operation.MIN} & set(draft.operations)
        said = "sum" in draft.question.named(MentionKind.OPERATION) or header not in draft.key
        asks_amount = Ask.HOW_MANY in draft.question.asks and len(draft.operations) == 1
        if said or not used or asks_amount:
            return draft
        others = tuple(one for one in draft.operations if one is not Operation.SUM)
        return replace(draft, operations=others or (Operation.LIST,))

    def _dates(self, draft: Draft) -> Draft:
        """Rows of the first or last date are a list: 最早完成的."""
        if not PICKING & set(draft.operations):
            return draft
        extreme = extreme_date(draft.key, draft.table, draft.conditions)
        if not extreme.conditions:
            return draft
        found = replace(draft.found, spent=(*draft.found.spent, *extreme.spans))
        conditions = (*draft.conditions, *extreme.conditions)
        return replace(draft, found=found, conditions=conditions, operations=(Operation.LIST,))

    def _exceptions(self, draft: Draft) -> Draft:
        """Rows named behind 除 are left out; their names are explained from here on."""
        without, places = excepted_rows(draft.question, draft.table, self._attributes)
        if not places:
            return draft
        found = replace(draft.found, spent=(*draft.found.spent, *places))
        unheard = tuple(span for span in draft.unheard if not is_spent(span, places))
        return replace(draft, found=found, conditions=(*draft.conditions, without), unheard=unheard)

    def _words(self, draft: Draft) -> Draft:
        """What is left are the words and values that no condition accounts for."""
        spent = draft.found.spent
        covering: tuple[Span, ...] = ()
        if self._places.has_any(draft.found.conditions, draft.table):
            covering = self._places.covering_words(draft.question)
        left = [span for span in draft.question.words if not is_spent(span, (*spent, *covering))]
        # The unit of a bound may be a value of another table's column: 亿元 of 超过5亿元.
        left += [m.span for m in draft.mentions if not any(one.covers(m.span) for one in spent)]
        left = [span for span in left if not _CALLS_ROWS.fullmatch(span.of(draft.key))]
        if (every := each_row(draft.key, draft.table, self._attributes)) is not None:
            left = [span for span in left if not every.covers(span)]
        measures = {draft.measure, *(condition.measure for condition in draft.found.conditions)}
        if measures != {Measure.FIGURE}:
            left = [span for span in left if not _OF_BUILDING.fullmatch(span.of(draft.key))]
        return replace(draft, left=tuple(left))

    def _groups(self, draft: Draft) -> Draft:
        """What something is computed for each of explains its words, and a bound on whole groups is none on rows."""
        group = self._grouping(draft)
        if group is None:
            return draft
        unit = draft.table.columns[draft.column].unit if draft.column is not None else ""
        having, of_groups = find_having(draft.key, group, find_bounds(draft.key), unit)
        unheard = tuple(span for span in draft.unheard if not any(place.covers(span) for place in of_groups))
        bounds = having is not None
        conditions = tuple(c for c in draft.conditions if not (bounds and c.sign and c.measure is Measure.FIGURE))
        draft = replace(draft, group=group, having=having, unheard=unheard, conditions=conditions)
        if group.is_shared_out:  # what is shared out is all that they come to, and no mean of rows
            others = tuple(one for one in draft.operations if one is not Operation.AVERAGE)
            draft = replace(draft, operations=others or (Operation.SUM,))
        if group.is_shared_out and group.apart:
            # 全市9个旗区 is the row of each: what it has of it stands nowhere.
            return replace(draft, unheard=(*draft.unheard, *group.spans))
        return draft.without_touching((*group.spans, *of_groups))

    def _grouping(self, draft: Draft) -> Grouping | None:
        """Return what to compute for each value of; None where rows are asked for: 投资最大的项目由哪个单位牵头."""
        held = {condition.column for condition in draft.found.conditions if not condition.negated}
        group = find_grouping(draft.question, draft.table, self._attributes, sorted(held))
        if group is None:
            return None
        if group.is_subject and each_row(draft.key, draft.table, self._attributes) is not None:
            return None  # 各项目的牵头单位 is asked of each row
        picks = {Operation.MAX, Operation.MIN} & set(draft.operations)
        of_groups = _GROUPS_COUNTED.match(draft.key, group.spans[0].start) and _WHICH_OF_THEM.search(draft.key)
        if picks and _ROWS_IN_ORDER.search(draft.key) and not of_groups:
            return None
        return replace(group, apart=self._places.collectives(draft.table, group.column))

    def _numbers(self, draft: Draft) -> Draft:
        """Numbers may say how many rows there are."""
        return with_numbers(draft, self._attributes)

    def _around(self, draft: Draft) -> Draft:
        """What stands around the rows explains words as well, and so does the whole that a share is of.

        It explains no half of a word that a row's name holds whole: that names the row.
        """
        left = list(self._support.unsupported(draft.key, draft.left, draft.around))
        names = row_names(draft.table, self._attributes)
        half = [s for s in draft.left if not self._support.states(draft.key, s, draft.around)]
        left += [s for s in half if not is_spent(s, left) and any(s.of(draft.key) in name for name in names)]
        # Whoever comes from somewhere has it in a cell: the title says nothing of it.
        left += [s for s in draft.left if draft.key.endswith(_FROM, 0, s.start) and not is_spent(s, left)]
        draft = replace(draft, left=join(left))
        if Operation.SHARE in draft.operations:
            draft = draft.without_within([Span(*match.span()) for match in _OF_WHOLE.finditer(draft.key)])
        return draft.without_within(draft.stated)

    def _years(self, draft: Draft) -> Draft:
        """Years are left that neither a condition, the table's months nor the measured header accounts for.

        2025年前 may be part of a header; 2025年 alone is not explained by it.
        """
        years = [span for _, span in draft.question.year_spans() if not is_spent(span, draft.found.spent)]
        said = {str(month.year) for month in caption_months(draft.table)}
        said |= {year_of(draft.table.columns[draft.column])} if draft.column is not None else set()
        # With the two characters behind it: 2025年前.
        return draft.leaving(
            [s for s in years if s.of(draft.key) not in said and draft.key[s.start : s.end + 2] not in draft.around]
        )

    def _group_words(self, draft: Draft) -> Draft:
        """能源行动 calls a group of rows, again where a condition is on it, else one that is not heard."""
        held = [fold(value) for c in draft.conditions if c.column <= GROUP_COLUMN for value in c.values]
        again, called = unheard_groups(draft.question, draft.table, self._attributes, held, draft.around)
        draft = draft.without(again)
        return draft.leaving([s for s in called if draft.group is None and s not in draft.left])

    def _levels(self, draft: Draft) -> Draft:
        """A level of government that nothing states is unheard: 省级."""
        values = "\n".join(value for condition in draft.found.conditions for value in condition.values)
        return replace(draft, unheard=(*draft.unheard, *other_levels(draft.key, draft.around + values)))

    def _names(self, draft: Draft) -> Draft:
        """Words of several rows' names are conditions, and say of what there are as many as a number states."""
        by_name, words = rows_by_words(draft.question, draft.table, draft.left, self._attributes)
        draft = replace(draft, conditions=(*draft.conditions, *by_name), names_rows=bool(by_name)).without(words)
        if by_name and draft.group is not None and (asked := asked_of_rows(draft.key, draft.group)):
            return draft.leaving([asked])
        if len(draft.numbers) == 1 and draft.number is None and by_name:
            return replace(draft, number=stated_size(draft.numbers[0].of(draft.key)))
        return draft.leaving(draft.numbers)

    def _picks(self, draft: Draft) -> Draft:
        """Rows that an order picks come before what is computed of them: 前五的项目中."""
        shares = Operation.SHARE in draft.operations and draft.group is None
        of_all = Whole((), draft.mentions)
        whole = find_whole(draft.question, draft.mentions, draft.conditions) if shares else of_all
        scoped = scope_of(
            draft.question,
            whole.mentions,
            draft.conditions,
            draft.operations,
            draft.table,
            self._attributes,
            draft.column,
            draft.group is not None,
        )
        rest = draft.key if scoped.spent is None else blank(draft.key, [scoped.spent])
        return replace(
            draft,
            conditions=scoped.conditions,
            whole=whole.conditions or (picked_whole(draft.key, scoped.conditions) if shares else ()),
            operations=scoped.operations,
            unheard=(*draft.unheard, *scoped.unheard, *whole.unheard),
            limits=find_limits(rest, len(draft.table.data_rows)),
        )

    def _whole_area(self, draft: Draft) -> Draft:
        """The row of the whole area is none of the places, unless it is asked for itself."""
        apart = apart_from_area(draft.table, self._attributes)
        itself = asks_of_area(draft.key, draft.table, self._attributes, draft.found.spent)
        unheard = draft.unheard if itself is None else (*draft.unheard, itself)
        return replace(draft, conditions=(*apart, *draft.conditions), unheard=unheard)
