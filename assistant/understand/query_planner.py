"""A question in, the query over one table that explains most of it out.

Example: 能源局牵头的项目总投资多少 → 项目表, rows whose “牵头责任单位” holds 能源局, sum of the planned investment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.understand.bounds import find_bounds
from assistant.understand.columns import GROUP, Attributes, year_of
from assistant.understand.conditions import (
    excluding_span,
    figure_column,
    find_conditions,
    limiting_words,
    states_bound,
)
from assistant.understand.entities import cell_text, name_column
from assistant.understand.groupings import find_grouping, find_having
from assistant.understand.lexicon import Ask, Lexicon
from assistant.understand.months import blank, blank_months, caption_months
from assistant.understand.orders import extreme_span, find_limits, find_pick, is_from_the_end, states_order
from assistant.understand.places import Places
from assistant.understand.query import Condition, Grouping, Having, Measure, Operation, Query
from assistant.understand.question import Mention, MentionKind, Question, QuestionReader
from assistant.understand.support import Support
from assistant.understand.table_choice import Shortlist
from assistant.understand.table_frame import annex_label, frame, has_one_unit, sizes, stated_size
from assistant.understand.values import ValueMention, Values
from corpus.folding import fold
from corpus.models import ColumnKind, ParsedDocument, Span, Table
from corpus.numerals import parse_chinese_integer

_SMALLEST = re.compile(r"最小|最少|最低|第[一二两三四五六七八九十\d]+[小少低]|[从由][小低少短早]到[大高多长晚]")
_DONE = r"(?:完工|建成|完成|结束|竣工|建完|到期)"
_PERIOD_MEASURES = (
    (re.compile(r"[长短]到[长短]|最长|最短|(?:周期|工期|建设期)(?:.{0,2}最|.{0,4}从|排)"), Measure.LENGTH),
    (re.compile(rf"最[晚迟早先](?:的)?{_DONE}|{_DONE}(?:时间|年份)?最[晚迟早先]"), Measure.END),
    (re.compile(r"最[晚迟](?!.{0,2}(?:开工|开始|启动|动工|开建))"), Measure.END),
    (re.compile(r"最[早先晚迟]|[早晚]到[早晚]"), Measure.START),
)
_OF_PERIODS = re.compile(r"周期|工期|建设期|最长|最短|最晚|最迟|最早|最先")
_OF_BUILDING = re.compile(r"建成|完工|开工|完成|开始|启动|结束|竣工|建设|开建|建")
_LIST_NOUN = re.compile(r"(?:项目|指标|的单位|的部门|的局)(?:[（(][^）)]*[）)])?[呢吗呀啊？?。]*$")
_WHICH_ROW = re.compile(r"哪一?[个项家位](?:项目|指标|工程|专家|企业|[？?。]|$)|是哪一?[个项家位]")
_WHETHER = re.compile(r"有没有|是否有|是否存在|存不存在|有无|是不是有|有.*[吗么][？?。]?$")
_UNHEARD_ORDER = re.compile(r"名次|几倍|翻番|同比|比(?=20)")
_EACH_ONE = re.compile(r"每[个家项]|各个?(?=[重牵项部单])")
_EACH = re.compile(r"各个|各[重牵项部单]|各(?=是|为|多少|投)|每个|每家|分别")
_LISTING = re.compile(r"列出|列举|全部|所有|哪些|哪[两二三四五六七八九十几\d]+[个项家位]")
_ROWS_IN_ORDER = re.compile(
    r"最[大多高小少低长短早晚]的(?:那个|一个|前?[一二两三四五六七八九十\d]*[个项])?(?:项目|指标|工程(?!的)|是)"
)
_LESS = re.compile(r"扣|剔除|去掉|刨去|排除")
_MOST_ROWS = re.compile(r"(?:项目|指标)(?:数量?|个数)?(?:是)?最[多少]")
_MOST_OF_EACH = re.compile(r"(?:各|每).*的最[大高多小低少]")
_HOW_MANY_OF = re.compile(r"(?:多少|几)[个家项]$")
_TABLE_WORD = re.compile(r"(?:统计|一览|汇总|信息|情况|数据)*(?:表|名单|清单|目录)$")
_OF_WHOLE = re.compile(
    r"占(?:了|到)?(?:全部|所有|整个|总|全市|项目|指标|投资|资金|投入|金额|数量|个数|数|量|计划|的)*(?:多大|多少)?的?"
    r"(?:比例|比重|百分比|百分之(?:几|多少)|多少|几成)?(?:是|为|有)?(?:多少|多大)?"
)
_STATED = re.compile(
    r"哪?(?P<number>[一二两三四五六七八九十\d]+)(?P<counter>[个项位家条])(?=项目|指标|工程|专家|类别|单位|部门|的|是|[？?。，,、]|$)"
)
_PICKING = frozenset({Operation.MAX, Operation.MIN, Operation.AVERAGE})
_LONG_HEADER = 3
_SEVERAL = 2
_POINTING = re.compile("[这该此那]")
_AGENCIES = ("lead_agency", "responsible_agency")
_OF_ANY_TABLE = frozenset({"name", "ordinal", "category", "unit", "target", "base_value"})


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
        self._reader, self._support, self._lexicon, self._places = reader, support, lexicon, places

    def plan(self, text: str, shortlist: Shortlist, default: Operation | None = None) -> tuple[Query, ...]:
        """Return the queries over listed tables that explain most of the question, several where they fit equally.

        Empty where the question asks for no computation over rows and no ``default`` is given.
        """
        key = fold(text)
        mentions = self._values.find(key, shortlist.places)
        question = self._reader.read(text, frozenset(mention.span for mention in mentions))
        operations = self._operations(question, mentions)
        if default is not None and not _PICKING & set(operations):
            operations = (default,)
        if not operations:
            return ()
        plans = [
            self._plan_table(question, mentions, operations, document, table)
            for document, table in shortlist.tables
            if self.speaks_of(question, table)
        ]
        least = min((_cost(plan, question) for plan in plans), default=None)
        return tuple(plan for plan in plans if _cost(plan, question) == least)

    def _operations(self, question: Question, mentions: Sequence[ValueMention]) -> tuple[Operation, ...]:
        """Return what the question asks to compute, the main thing first."""
        attributes = [m.span for m in question.mentions if m.kind is MentionKind.ATTRIBUTE]
        said = {word.name for word in self._lexicon.operations if _says(question.key, word.key, attributes)}
        if states_order(question.key) or "rank" in said:
            said |= {"max"} if not said & {"max", "min"} else set()
        if _SMALLEST.search(question.key) or is_from_the_end(question.key):
            said = (said - {"max"}) | {"min"}
        order = (Operation.SHARE, Operation.AVERAGE, Operation.MAX, Operation.MIN, Operation.COUNT, Operation.SUM)
        found = [operation for operation in order if operation.value in said]
        if not found and _EACH.search(question.key):
            found = [Operation.SUM]
        by_agency = {"lead_agency", "responsible_agency"} & set(question.named(MentionKind.ATTRIBUTE))
        says_which = mentions or by_agency or states_bound(question.key) or "“" in question.key
        named = _LIST_NOUN.search(question.key) and says_which
        asked = (Ask.LIST in question.asks, *(p.search(question.key) for p in (_LISTING, _WHICH_ROW, _WHETHER)))
        if not found and mentions and _asks_amount(question, mentions):
            found = [Operation.SUM]  # 水利局的项目投资多少
        if not found and (any(asked) or named or (mentions and self._asks_of_rows(question, mentions))):
            found = [Operation.LIST]
        agencies = {"lead_agency", "responsible_agency"} & set(question.named(MentionKind.ATTRIBUTE))
        if not found and agencies and Ask.HOW_MANY in question.asks and question.named(MentionKind.CLASS_NOUN):
            found = [Operation.SUM]
        return tuple(found)

    def _asks_of_rows(self, question: Question, mentions: Sequence[ValueMention]) -> bool:
        """Return whether an attribute or a year is asked of rows that a value picks: 水利局牵头的项目的建设时间."""
        nouns = {noun.key for noun in self._lexicon.class_nouns}
        ends = {mention.span.end for mention in mentions}
        named = [m for m in question.mentions if m.span.of(question.key) in nouns]
        asked = [m for m in question.mentions if m.kind is MentionKind.ATTRIBUTE and m.span.start not in ends]
        asked = [m for m in asked if m not in named and not m.name.startswith(GROUP)]
        asked += [m for m in question.mentions if m.kind is MentionKind.YEAR]
        behind = [m.name for m in asked if any(noun.span.end <= m.span.start for noun in named)]
        return bool(behind) and "content" not in behind

    def _plan_table(
        self,
        question: Question,
        mentions: Sequence[ValueMention],
        operations: tuple[Operation, ...],
        document: ParsedDocument,
        table: Table,
    ) -> Query:
        column, measure = self._measured(question, table)
        if len(operations) > 1 and not self._named_measures(question, table):
            # “一共” beside 几个 or 哪些 adds nothing up.
            operations = tuple(operation for operation in operations if operation is not Operation.SUM)
        found = find_conditions(question, mentions, document.info.id, table, self._attributes, column)
        conditions, unheard = list(found.conditions), list(found.unheard)
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
        around = frame(document, table)
        left = list(self._support.unsupported(question.key, left, around))
        if Operation.SHARE in operations:
            wholes = [Span(*match.span()) for match in _OF_WHOLE.finditer(question.key)]
            left = [span for span in left if not any(whole.covers(span) for whole in wholes)]
        stated = list(_STATED.finditer(question.key))
        left = [span for span in left if not any(Span(*match.span()).covers(span) for match in stated)]
        # 2025年前 may be part of a header; 2025年 alone is not explained by it.
        years = [span for _, span in question.year_spans() if not _spent(span, found.spent)]
        held = {str(month.year) for month in caption_months(table)}
        held |= {year_of(table.columns[column])} if column is not None else set()
        left += [s for s in years if s.of(question.key) not in held and _with_next(question.key, s) not in around]
        by_name = self._name_conditions(question, table, left)
        pick = find_pick(question.key)
        picked = figure_column(question, table, self._attributes, pick.span.start) if pick is not None else None
        rest = question.key
        if pick is not None and picked is not None:
            conditions.append(Condition(picked, top=-pick.count if pick.falling else pick.count))
            rest = blank(rest, [pick.span])
        limits = find_limits(rest, len(table.data_rows))
        query = Query(
            document=document,
            table=table,
            name_column=name_column(table, self._attributes.header_words("name")) or 0,
            conditions=(*conditions, *by_name),
            operations=operations,
            measure_column=column,
            measure=measure,
            group=group,
            having=having,
            each=_EACH.search(question.key) is not None,
            limit=limits.limit,
            skip=limits.skip,
            names_measure=column is not None and self._names_measure(question, table, column),
            names_rows=bool(by_name),
            asked_column=self._asked_column(question, table),
            stated=_number(stated[0]) if stated else None,
            asks_whether=_WHETHER.search(question.key) is not None,
            unexplained=(*left, *unheard),
        )
        return replace(query, unexplained=(*query.unexplained, *self._unmet(question, query)))

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
        if group is None or (picks and _ROWS_IN_ORDER.search(question.key)):
            return None
        return replace(group, apart=self._places.collectives(table, group.column))

    def _having(
        self, question: Question, table: Table, group: Grouping | None, column: int | None
    ) -> tuple[Having | None, tuple[Span, ...]]:
        if group is None:
            return None, ()
        unit = table.columns[column].unit if column is not None else ""
        return find_having(question.key, group, find_bounds(question.key), unit)

    def _unmet(self, question: Question, query: Query) -> tuple[Span, ...]:
        """Return where the question asks for what the query does not do: nothing of it may be dropped in silence."""
        unmet: list[Span] = []
        computed = {Operation.SUM, Operation.AVERAGE, Operation.SHARE, Operation.MAX, Operation.MIN}
        wanted = computed & set(query.operations)
        counts_groups = query.group is not None and not wanted & {Operation.SUM, Operation.AVERAGE, Operation.SHARE}
        measured = query.measure_column is not None and has_one_unit(query)
        counts_share = Operation.SHARE in wanted and Operation.COUNT in query.operations
        lists_each = query.each and query.group is None and wanted == {Operation.SUM}
        if wanted and not counts_groups and not counts_share and not lists_each and not measured:
            unmet += [m.span for m in question.mentions if m.kind is MentionKind.OPERATION] or [_whole(question)]
        if Operation.SHARE in wanted and not query.conditions and query.group is None:
            unmet.append(_whole(question))
        unmet += [m.span for m in question.mentions if self._has_no_column(m, query.table)]
        around = frame(query.document, query.table)
        nouns = [m.span for m in question.mentions if m.kind is MentionKind.CLASS_NOUN]
        named = [span for span in nouns if not _POINTING.match(span.of(question.key))]
        unmet += self._support.unsupported(question.key, named, around)
        if query.group is None and Operation.AVERAGE not in wanted:
            unmet += [Span(*match.span()) for match in _EACH_ONE.finditer(question.key)]
        if query.group is None and wanted & {Operation.MAX, Operation.MIN}:
            # 哪家的项目最多 counts rows: without a group there is nothing to count them for.
            unmet += [Span(*match.span()) for match in _MOST_ROWS.finditer(question.key)]
        if query.group is not None:
            unmet += [Span(*match.span()) for match in _MOST_OF_EACH.finditer(question.key)]
        unmet += [Span(*match.span()) for match in _UNHEARD_ORDER.finditer(question.key)]
        if not any(
            measure is not Measure.FIGURE for measure in (query.measure, *(c.measure for c in query.conditions))
        ):
            unmet += [Span(*match.span()) for match in _OF_PERIODS.finditer(question.key)]
        if wanted & {Operation.MAX, Operation.MIN} and query.group is None:
            places = [m.span for m in question.mentions if m.kind is MentionKind.ATTRIBUTE and m.name == "place"]
            held = {condition.column for condition in query.conditions}
            fits = [c.number for c in query.table.columns if self._attributes.fits("place", c.name)]
            unmet += places if not held & set(fits) else []
        return tuple(unmet)

    def _has_no_column(self, mention: Mention, table: Table) -> bool:
        """Return whether something is asked of the rows that the table has no column for: 光伏项目的利润."""
        if mention.kind is not MentionKind.ATTRIBUTE or mention.name.startswith(GROUP) or mention.name in _OF_ANY_TABLE:
            return False
        wanted = _AGENCIES if mention.name in _AGENCIES else (mention.name,)
        return not any(self._attributes.fits(name, column.name) for name in wanted for column in table.columns)

    def _name_conditions(self, question: Question, table: Table, left: list[Span]) -> list[Condition]:
        """Return conditions on the rows' names for stretches of the question that stand in several; takes them off.

        What stands in the name of a single row names that row, and is the lookup's to answer.
        """
        column = name_column(table, self._attributes.header_words("name"))
        texts = [cell.text for row in table.data_rows for cell in row.cells if cell.column == column]
        names = {text: fold(text) for text in texts}
        # A single character is a part of too many names by chance, unless it is asked for: 名称含水的.
        telling = [s for s in left if s.end - s.start > 1 or question.key[: s.start].endswith(("含", "带", "有"))]
        found = [span for span in telling if any(span.of(question.key) in name for name in names.values())]
        if sum(all(span.of(question.key) in names[text] for span in found) for text in texts) < _SEVERAL:
            return []
        for span in found:
            left.remove(span)
        return [Condition(column, _as_written(span.of(question.key), names)) for span in found if column is not None]

    def speaks_of(self, question: Question, table: Table) -> bool:
        """Return whether the question speaks of this table's rows: its name, its caption or the header of its names."""
        column = name_column(table, self._attributes.header_words("name"))
        header = fold(table.columns[column].name) if column is not None else ""
        nouns = [noun.key for noun in self._lexicon.class_nouns if noun.key in question.key]
        if any(label in question.key for label in map(annex_label, table.path) if label):
            return True
        measures = [c for c in table.columns if c.kind is ColumnKind.NUMBER and not year_of(c)]
        named_attributes = question.named(MentionKind.ATTRIBUTE)
        if any(self._attributes.fits(name, column.name) for column in measures for name in named_attributes):
            return True
        stem = _TABLE_WORD.sub("", fold(blank_months(table.name)))
        words = self._reader.words(stem)
        said = [word for word in words if self._support.holds(stem, word, question.key)]
        if len(said) >= max(len(words) - 1, _SEVERAL):
            return True
        if len(stem) > 1 and stem in question.key:
            return True
        counted = [
            mention.name
            for mention in question.mentions
            if mention.kind is MentionKind.ATTRIBUTE and _HOW_MANY_OF.search(question.key[: mention.span.start])
        ]
        if any(self._attributes.fits(name, column.name) for name in counted for column in table.columns):
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
        for pattern, measure in _PERIOD_MEASURES:
            if periods and pattern.search(question.key):
                return periods[0], measure
        numbers = [column for column in table.columns if column.kind is ColumnKind.NUMBER]
        years = [column.number for column in numbers if year_of(column) in question.years]
        picked = years or self._named_measures(question, table) or ([numbers[0].number] if len(numbers) == 1 else [])
        if len(picked) > 1 and not years and (extreme := extreme_span(question.key)) is not None:
            # 均价在2万元以下、销量最高的: the figure named last before the superlative is put in order.
            behind = next((m.span.end for m in question.mentions if m.span.start == extreme.end), extreme.start)
            ordered = figure_column(question, table, self._attributes, behind)
            picked = picked if ordered is None else [ordered]
        return (picked[0] if picked else None), Measure.FIGURE

    def _names_measure(self, question: Question, table: Table, column: int) -> bool:
        return bool(self._named_measures(question, table)) or year_of(table.columns[column]) in question.years

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


def _as_written(key: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return how the names (text → folded) write the folded stretch: ccus → CCUS."""
    starts = {text: name.find(key) for text, name in names.items() if key in name}
    return tuple(dict.fromkeys(text[start : start + len(key)] for text, start in starts.items()))


def _asks_amount(question: Question, mentions: Sequence[ValueMention]) -> bool:
    """Return whether a question asks how much, of amounts and of nothing else; 牵头 behind an agency asks nothing."""
    ends = {mention.span.end for mention in mentions}
    asked = [m for m in question.mentions if m.kind is MentionKind.ATTRIBUTE and m.span.start not in ends]
    said = any("多少" in mention.span.of(question.key) for mention in asked)
    return {m.name for m in asked if not m.name.startswith(GROUP)} == {"amount"} and (
        said or Ask.HOW_MANY in question.asks
    )


def _cost(plan: Query, question: Question) -> tuple[int, int]:
    unexplained = sum(span.end - span.start for span in plan.unexplained)
    named = fold(plan.table.name) in question.key
    return unexplained, -len(plan.conditions) - named


def _number(match: re.Match[str]) -> int | None:
    return parse_chinese_integer(match["number"].replace("两", "二"))


def _says(key: str, word: str, within: Sequence[Span]) -> bool:
    """Return whether ``word`` stands in the question, and not as a part of a longer name: 平均 in 平均价格."""
    start = key.find(word)
    while start >= 0:
        span = Span(start, start + len(word))
        if not any(longer.covers(span) and longer != span for longer in within):
            return True
        start = key.find(word, start + 1)
    return False


def _with_next(key: str, year: Span) -> str:
    """Return a year's digits with the two characters behind them (2025年前)."""
    return key[year.start : year.end + 2]


def _whole(question: Question) -> Span:
    return Span(0, len(question.key))


def _spent(span: Span, spent: Sequence[Span]) -> bool:
    return any(span.overlaps(other) for other in spent)
