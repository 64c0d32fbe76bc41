"""A question in, a typed query over one table out: which rows, what is computed of them.

Example: 能源局牵头的项目总投资多少 → 项目表, “牵头责任单位” = 能源局, sum of “2025年前计划投资”.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from assistant.understand.columns import GROUP, GROUP_COLUMN, Attributes, year_of
from assistant.understand.entities import name_column
from assistant.understand.lexicon import Ask, Lexicon
from assistant.understand.plan import LookupPlan
from assistant.understand.question import MentionKind, Question, QuestionReader
from assistant.understand.support import Support
from assistant.understand.values import ValueMention, Values
from corpus.folding import fold
from corpus.models import ColumnKind, ParsedDocument, Span, Table
from corpus.numerals import parse_chinese_integer

_COMPARISON = re.compile(
    r"(?P<before>不低于|不少于|至少|不超过|不高于|不大于|至多|超过|大于|高于|多于|不足|小于|低于|少于|>=|<=|>|<|≥|≤)?"
    r"(?P<number>\d+(?:\.\d+)?|[一二两三四五六七八九十百千]+)(?P<unit>亿元|万元|亿|万|元|%)(?P<after>及?以上|及?以下|以内)?"
)
_SIGNS = {
    **dict.fromkeys(("不低于", "不少于", "至少", ">=", "≥", "以上", "及以上"), ">="),
    **dict.fromkeys(("不超过", "不高于", "不大于", "至多", "<=", "≤", "以下", "及以下", "以内"), "<="),
    **dict.fromkeys(("超过", "大于", "高于", "多于", ">"), ">"),
    **dict.fromkeys(("不足", "小于", "低于", "少于", "<"), "<"),
}
_TOP = re.compile(
    r"前([一二两三四五六七八九十\d]+)[名个位大家项]?|最[大多高小少低]的?([一二两三四五六七八九十\d]+)[个项家]"
)
_NTH = re.compile(r"第([一二两三四五六七八九十\d]+)[大多高小少低]|[多大高]的第([一二两三四五六七八九十\d]+)")
_BEGIN, _END = re.compile(r"开始|开工|启动|起"), re.compile(r"完工|建成|完成|结束|竣工|截止")
_LISTING = re.compile(r"列出|列举|全部|所有|哪些")
_YEAR_DIGITS = 4
_TABLE_WORD = re.compile(r"(?:统计|一览|汇总)?(?:表|名单|清单|目录)$")
_ORDERED = re.compile(r"从[大高多]到[小低少]|从[小低少]到[大高多]|由[大高]到[小低]|排序|排列")
_EACH = re.compile(r"各个|各[重牵项部单]|每个|每家|分别")


class Operation(StrEnum):
    """What is computed of the rows."""

    LIST = "list"
    COUNT = "count"
    SUM = "sum"
    AVERAGE = "average"
    MAX = "max"
    MIN = "min"
    SHARE = "share"


class Measure(StrEnum):
    """What of a column is measured: its figure, or of a period its start, end or length in years."""

    FIGURE = "figure"
    START = "start"
    END = "end"
    LENGTH = "length"


@dataclass(frozen=True, slots=True)
class Condition:
    """Rows whose ``column`` holds one of ``values``, or whose figure stands in ``sign`` to ``bound``."""

    column: int
    values: tuple[str, ...] = ()
    sign: str = ""
    bound: Decimal = Decimal(0)
    measure: Measure = Measure.FIGURE


@dataclass(frozen=True, slots=True)
class Query:
    """A computation over the rows of one table that meet all ``conditions``.

    ``group`` is the column (or level of group rows) to compute for each value of; ``limit`` how many of an order are
    wanted and ``skip`` how many before them are not (第二大: limit 1, skip 1). ``names_measure`` says that the question
    names the measured column itself (投资最多 and not 项目最多), ``names_rows`` that it names rows by part of a name.
    ``asked_column`` is the text column whose attribute the question names (牵头 → 牵头责任单位).
    """

    document: ParsedDocument
    table: Table
    name_column: int
    conditions: tuple[Condition, ...]
    operations: tuple[Operation, ...]
    measure_column: int | None
    measure: Measure
    group: int | None
    limit: int | None
    skip: int
    names_measure: bool
    names_rows: bool
    asked_column: int | None
    unexplained: tuple[Span, ...]


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
            plan
            for document in self._documents
            if documents is None or document.info.id in documents
            for table in document.tables
            if (plan := self._plan_table(question, mentions, operations, document, table)) is not None
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
        if _TOP.search(question.key) or _NTH.search(question.key) or "rank" in said:
            said |= {"max"} if not said & {"max", "min"} else set()
        if re.search(r"最小|最少|最低|第[一二两三四五六七八九十\d]+[小少低]", question.key):
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
    ) -> Query | None:
        if not self.speaks_of(question, table):
            return None
        place = (document.info.id, table.id)
        conditions, spent = _value_conditions(mentions, place, table, question, self._attributes)
        column, measure = self._measured(question, table)
        for match in _COMPARISON.finditer(question.key):
            sign = _SIGNS.get(match["before"] or match["after"] or "")
            if sign and column is not None and (bound := _bound(match, table, column)) is not None:
                conditions.append(Condition(column, sign=sign, bound=bound))
                spent.append(Span(*match.span()))
        conditions += _period_conditions(question, table, spent)
        conditions = _merge(conditions)
        left = [s for s in (*question.telling, *(s for _, s in question.year_spans())) if not _spent(s, spent)]
        left += [mention.span for mention in mentions if mention.span not in spent]
        left = list(self._support.unsupported(question.key, left, _frame(document, table)))
        by_name = self._name_conditions(question, table, left)
        conditions += by_name
        limit, skip = _limits(question.key)
        if limit is None and _ORDERED.search(question.key):
            limit = len(table.data_rows)
        return Query(
            document,
            table,
            name_column(table, self._attributes.header_words("name")) or 0,
            tuple(conditions),
            operations,
            column,
            measure,
            self._group(question, table, conditions, operations),
            limit,
            skip,
            column is not None and bool(self._named_measures(question, table)),
            bool(by_name),
            self._asked_column(question, table),
            tuple(left),
        )

    def _name_conditions(self, question: Question, table: Table, left: list[Span]) -> list[Condition]:
        """Return conditions on the rows' names for stretches of the question that stand in one; takes them off."""
        column = name_column(table, self._attributes.header_words("name"))
        names = [fold(cell.text) for row in table.data_rows for cell in row.cells if cell.column == column]
        found = [span for span in left if any(span.of(question.key) in name for name in names)]
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
        if not conditions and (listed := self._listed_column(question, table)) is not None:
            return listed
        if Operation.LIST in operations:
            return None
        if not (_EACH.search(question.key) or {Operation.MAX, Operation.MIN} & set(operations)):
            return None
        for name in question.named(MentionKind.ATTRIBUTE):
            if name.startswith(GROUP):
                level = GROUP_COLUMN - int(name.removeprefix(GROUP))
                return level if level not in held else None
        agency = [c.number for c in table.columns if self._attributes.fits("lead_agency", c.name)]
        asked = re.search(r"哪[个家些]?(?:牵头)?(?:责任)?(?:单位|部门|局)|谁", question.key)
        if agency and agency[0] not in held and (asked or re.search(r"各[个]?(?:牵头)?(?:单位|部门|局)", question.key)):
            return agency[0]
        return None

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


def _value_conditions(
    mentions: Sequence[ValueMention], place: tuple[str, str], table: Table, question: Question, attributes: Attributes
) -> tuple[list[Condition], list[Span]]:
    """Return one condition per column named by values, and the stretches that these account for.

    Where a value stands in several columns, the one whose attribute the question names is meant, else the first.
    """
    conditions: list[Condition] = []
    spent: list[Span] = []
    named = question.named(MentionKind.ATTRIBUTE)
    for mention in mentions:
        refs = [ref for ref in mention.refs if (ref.document_id, ref.table_id) == place]
        if not refs:
            continue
        columns = list(dict.fromkeys(ref.column for ref in refs))
        meant = [c for c in columns if c >= 0 and any(attributes.fits(n, table.columns[c].name) for n in named)]
        column = (meant or columns)[0]
        conditions.append(Condition(column, tuple(ref.text for ref in refs if ref.column == column)))
        spent.append(mention.span)
    spent += [Span(*match.span()) for pattern in (_TOP, _NTH) for match in pattern.finditer(question.key)]
    return conditions, spent


def _merge(conditions: Sequence[Condition]) -> list[Condition]:
    """Values of the same column are alternatives (农牧局和水利局); other conditions must all hold."""
    merged: dict[int, Condition] = {}
    rest: list[Condition] = []
    for condition in conditions:
        if condition.values:
            known = merged.get(condition.column, Condition(condition.column))
            merged[condition.column] = Condition(condition.column, (*known.values, *condition.values))
        else:
            rest.append(condition)
    return [*merged.values(), *rest]


def _bound(match: re.Match[str], table: Table, column: int) -> Decimal | None:
    """Return the bound in the column's own unit; None where the question's unit is another kind of thing."""
    number = match["number"]
    value = Decimal(number) if number[0].isdigit() else Decimal(parse_chinese_integer(number) or 0)
    scales = {"": Decimal(1), "万": Decimal(10**4), "亿": Decimal(10**8)}
    asked, own = match["unit"], table.columns[column].unit
    split = {unit: (unit[:1] if unit[:1] in scales else "", unit.lstrip("万亿")) for unit in (asked, own)}
    if split[asked][1] and split[asked][1] != split[own][1]:
        return None
    return value * scales[split[asked][0]] / scales[split[own][0]]


def _period_conditions(question: Question, table: Table, spent: list[Span]) -> list[Condition]:
    """Return conditions on the start or end of a period: 2021年开始, 2025年前完工; adds the years used to ``spent``."""
    periods = [column.number for column in table.columns if column.kind is ColumnKind.PERIOD]
    if not periods:
        return []
    found = []
    for year, span in question.year_spans():
        after = question.key[span.end : span.end + 10]
        sign = "<=" if re.match(r"年?(?:底)?(?:以前|之前|前)", after) else "="
        measure = Measure.START if _BEGIN.search(after) else Measure.END if _END.search(after) else None
        if measure is not None:
            found.append(Condition(periods[0], sign=sign, bound=Decimal(year), measure=measure))
            spent.append(span)
    return found


def _limits(key: str) -> tuple[int | None, int]:
    if match := _NTH.search(key):
        place = parse_chinese_integer(match[1] or match[2]) or 1
        return 1, place - 1
    if match := _TOP.search(key):
        return parse_chinese_integer((match[1] or match[2]).replace("两", "二")), 0
    return None, 0
