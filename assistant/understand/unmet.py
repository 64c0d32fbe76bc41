"""A question and a query in, where the question asks for what the query does not do out.

Example: 各局投资最大的项目 against a query without a group → “各局”: nothing of a question may be dropped in silence.
"""

from __future__ import annotations

import re
from collections.abc import Set

from assistant.understand.attributes import GROUP, Attributes
from assistant.understand.column_pairs import figures_named
from assistant.understand.dates import date_column
from assistant.understand.kinds_of_places import calls_places
from assistant.understand.named_parts import each_row
from assistant.understand.query import Measure, Operation, Query
from assistant.understand.question import Mention, MentionKind, Question
from assistant.understand.support import Support
from assistant.understand.table_frame import frame, has_one_unit, without_brackets
from corpus.folding import fold
from corpus.knowledge import AGENCY_ATTRIBUTES
from corpus.models import Span, Table

_UNHEARD_ORDER = re.compile(r"名次|排(?:名|在|行|到)*第?几|第几[名位]|几倍|翻番|同比|比(?=20)")
_UNHEARD_MOST = re.compile(r"最(?![大多高小少低长短早晚迟贵近新后终初])[\u3400-\u9fff]")
"""最烧钱 orders, and must not be passed over where it is not understood."""
_END = re.compile(r"最(?:[大高多小低少长短早晚迟]|便宜)")
_OF_PERIODS = re.compile(r"周期|工期|建设期|最长|最短|最晚|最迟|最早|最先")
_EACH_ONE = re.compile(r"每[个家项]|各个?(?=[重牵项部单指任])")
_MOST_ROWS = re.compile(r"(?:项目|指标)(?:数量?|个数)?(?:是)?最[多少]")
_KINDS = re.compile(r"(?:几|多少)大?类")
_MOST_OF_EACH = re.compile(r"(?:各|每).*的最[大高多小低少]")
_WHICH_IN_IT = re.compile(r"^(?:包括|包含|含有?|有)(?:哪[些几]|什么)")
"""某类指标包括哪些指标 asks for the rows themselves."""
_WHICH_ROW = re.compile(r"[是为]谁")
"""Asks for the row or group itself where no column holds posts: 排第二的是谁."""
_POINTING = re.compile("[这该此那]")
_OF_ANY_TABLE = frozenset({"name", "ordinal", "category", "unit", "target", "base_value"})


class Unmet:
    """Finds what a query leaves undone."""

    def __init__(self, attributes: Attributes, support: Support) -> None:
        self._attributes, self._support = attributes, support

    def find(self, question: Question, query: Query) -> tuple[Span, ...]:
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
        unmet += self._of_share(question, query) if Operation.SHARE in wanted else ()
        listed = Operation.LIST in query.operations
        unmet += [
            m.span
            for m in question.mentions
            if self._has_no_column(m, query.table)
            and not _WHICH_ROW.fullmatch(m.span.of(question.key))
            and not self._is_of_rows(m.span.of(question.key), query)
            and not (listed and _WHICH_IN_IT.search(m.span.of(question.key)))
        ]
        if wanted.isdisjoint(query.operations) and query.group is None and query.operations == (Operation.COUNT,):
            unmet += self._modifying(question, query)
        around = frame(query.document, query.table)
        nouns = [m.span for m in question.mentions if m.kind is MentionKind.CLASS_NOUN]
        named = [span for span in nouns if not _POINTING.match(span.of(question.key))]
        unmet += self._support.unsupported(question.key, named, around)
        unmet += _unheard(question, query, wanted, each_row(question.key, query.table, self._attributes))
        if wanted & {Operation.MAX, Operation.MIN} and query.group is None:
            places = [
                m.span
                for m in question.mentions
                if m.kind is MentionKind.ATTRIBUTE
                and m.name == "place"
                and not calls_places(m.span.of(question.key), query.table, query.name_column)
            ]
            held = {condition.column for condition in query.conditions}
            fits = [c.number for c in query.table.columns if self._attributes.fits("place", c.name)]
            unmet += places if not held & set(fits) else []
        return tuple(unmet)

    def _modifying(self, question: Question, query: Query) -> list[Span]:
        """Return the columns that tell rows apart before 的 and set no condition: 用到专项债券的项目."""
        held = {condition.column for condition in query.conditions}
        nouns = {m.span.start for m in question.mentions if m.kind is MentionKind.CLASS_NOUN}
        return [
            m.span
            for m in question.mentions
            if m.kind is MentionKind.ATTRIBUTE
            and m.name == m.span.of(question.key)
            and question.key.startswith("的", m.span.end)
            and m.span.end + 1 in nouns
            and held.isdisjoint(c.number for c in query.table.columns if self._attributes.fits(m.name, c.name))
        ]

    def _of_share(self, question: Question, query: Query) -> list[Span]:
        """Return what a share leaves: all of the question without rows to have it, and figures of other columns."""
        if not query.conditions and query.group is None:
            return [_whole(question)]
        held = {query.measure_column, *(condition.column for condition in query.conditions)}
        figures = figures_named(question, query.table, self._attributes)
        return [mention.span for mention, column in figures if column not in held]

    def _is_of_rows(self, said: str, query: Query) -> bool:
        """Return whether 哪个单位 asks for a row: rows are named under 单位名称."""
        noun = without_brackets(fold(query.table.columns[query.name_column].name)).removesuffix("名称")
        is_noun = len(noun) > 1 and said.startswith("哪") and said.endswith(noun)
        return is_noun or calls_places(said, query.table, query.name_column)

    def _has_no_column(self, mention: Mention, table: Table) -> bool:
        """Return whether something is asked of the rows that the table has no column for: 光伏项目的利润."""
        if mention.kind is not MentionKind.ATTRIBUTE or mention.name.startswith(GROUP) or mention.name in _OF_ANY_TABLE:
            return False
        wanted = AGENCY_ATTRIBUTES if mention.name in AGENCY_ATTRIBUTES else (mention.name,)
        return not any(self._attributes.fits(name, column.name) for name in wanted for column in table.columns)


def _unheard(question: Question, query: Query, wanted: Set[Operation], every: Span | None) -> list[Span]:
    """Return the orders, periods and words for each that the query has nothing to be of.

    ``every`` is where each of the rows is spoken of (各项指标), which are told one by one.
    """
    unheard: list[Span] = []
    if query.group is None and Operation.AVERAGE not in wanted:
        rows = without_brackets(fold(query.table.columns[query.name_column].name)).removesuffix("名称")
        each = [Span(*match.span()) for match in _EACH_ONE.finditer(question.key)]
        # 指标分几类 asks for the kinds of rows, unless the rows are kinds themselves.
        unheard += [Span(*match.span()) for match in _KINDS.finditer(question.key) if "类" not in rows]
        unheard += [s for s in each if not (query.each and every is not None and every.covers(s))]
    if query.group is None and wanted & {Operation.MAX, Operation.MIN}:
        # 哪家的项目最多 counts rows: without a group there is nothing to count them for.
        headers = [m.span for m in question.mentions if m.kind is MentionKind.ATTRIBUTE]
        mosts = [Span(*match.span()) for match in _MOST_ROWS.finditer(question.key)]
        unheard += [span for span in mosts if not any(header.start < span.start < header.end for header in headers)]
    if query.group is not None:
        unheard += [Span(*match.span()) for match in _MOST_OF_EACH.finditer(question.key)]
    unheard += [Span(*match.span()) for match in _UNHEARD_ORDER.finditer(question.key)]
    if wanted & {Operation.MAX, Operation.MIN} and not any(condition.top for condition in query.conditions):
        # 投资最大、工期最短的项目: of two orders a query is of one.
        unheard += [Span(*match.span()) for match in list(_END.finditer(question.key))[1:]]
    known = [m.span for m in question.mentions if m.kind in (MentionKind.OPERATION, MentionKind.ATTRIBUTE)]
    mosts = [Span(*match.span()) for match in _UNHEARD_MOST.finditer(question.key)]
    unheard += [span for span in mosts if not any(span.overlaps(other) for other in known)]
    dates = date_column(query.table, question.key)
    measures = (query.measure, *(c.measure for c in query.conditions))
    of_dates = dates is not None and any(condition.column == dates for condition in query.conditions)
    if not of_dates and all(measure is Measure.FIGURE for measure in measures):
        column = query.table.columns[query.measure_column].name if query.measure_column is not None else ""
        periods = [
            match
            for match in _OF_PERIODS.finditer(question.key)
            if match.start() == 0
            or match.group()[-1] not in "长短"
            or not column.endswith(question.key[max(0, match.start() - 2) : match.start()])
        ]
        unheard += [Span(*match.span()) for match in periods]
    return unheard


def _whole(question: Question) -> Span:
    return Span(0, len(question.key))
