"""A question and a table in, what it wants something computed for each value of out.

Example: 各局牵头几个项目 → the column 牵头责任单位; 按完工年份统计 → the end of “建设时间”; 牵头3个以上项目的单位 →
groups of three rows or more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.understand.attributes import GROUP, GROUP_COLUMN, Attributes
from assistant.understand.bounds import SCALES, Bound
from assistant.understand.group_words import group_nouns
from assistant.understand.kinds_of_places import are_places, calls_places
from assistant.understand.orders import states_order
from assistant.understand.query import Grouping, Having, Measure
from assistant.understand.question import MentionKind, Question
from assistant.understand.values import holds_prose
from corpus.folding import fold
from corpus.knowledge import AGENCY_ATTRIBUTES
from corpus.models import ColumnKind, Span, Table
from corpus.numerals import parse_chinese_integer, split_unit
from corpus.row_names import cell_text, name_column

_EACH = (
    r"(?:按照?|依照?|分|各个?|每一?(?:[个家类项])?|不同的?|哪一?[个家类些项种]?|哪几[个家类]|几[个家类项大]|(?<!哪)几(?=类)|多少(?:[个家类项]|(?=类))"
    r"|所有的?)"
)
_COUNT = r"[一二两三四五六七八九十\d]+"
_MOST = rf"(?:最[大多高小少低]的(?:前?{_COUNT}[个家名])?|[前后]{_COUNT}[个家名位]?的?)"
_IN_FRONT = rf"(?:前|后|末|倒数){_COUNT}[名个位家]?的(?:分别|都)?是"
"""Puts what is asked for behind it in order: 投资排前三的是哪三个部门."""
_OF_EACH = r"(?:的.{0,8})?(?:分别|各自|都(?=有(?:几|多少))|各(?=有|是|为|多少|投|含|包|设|列|占|几|安排))"
_AGENCY = (
    r"(?:牵头|责任|主管|负责)*(?:单位|部门|局|机构|委办局)"
    r"(?:(?:来|去|要)?(?:当|担任|充当|作为|做)了?(?:牵头|责任|主管|主办|负责)(?:单位|部门|机构|方)?)?"
)
_PLACE = r"(?:地区|地方|区县|旗县区?|旗区|县区|区域|城市|省份|乡镇|旗|县)"
_KIND = r"(?:类别|类型|大类|类|领域)"
_OF_COLUMNS = (("lead_agency", _AGENCY), ("responsible_agency", _AGENCY), ("place", _PLACE), ("category", _KIND))
_SORTED = r"(?:来)?(?:分组|分类|归类|归并|分列)?(?:统计|汇总)?"
_YEARS = (
    rf"(?:按照?|各|每|不同的?|分)?(?:建设|项目|实施)?(?:{{0}})(?:的)?(?:年份|年度|年){_SORTED}"
    r"|(?:每|各|哪一?)年(?:{0})"
)
_BEGINNING = re.compile(_YEARS.format("开工|开始|启动|动工|起始"))
_ENDING = re.compile(_YEARS.format("完工|建成|竣工|结束|完成"))
_SUBJECT = (
    r"的(?:{})(?:有哪些|有哪几[个家]|有几[个家]|有多少[个家]|是哪一?[个家]|是哪些|是哪几[个家]|有谁|都有谁|是谁|名单)?"
    r"(?=[，,；;。？?！!]|$)"
)
_EXACTLY = re.compile(
    rf"(?:只|仅|刚好|正好)?(?:牵头|负责|承担|有)了?(?P<number>{_COUNT})[个项](?=项目|指标)"
    rf"|(?:只|仅|刚好|正好)(?:牵头|负责|承担|有)?了?(?P<alone>{_COUNT})[个项](?=[？?。的]|$)"
)
_WHICH_GROUPS = re.compile("哪|谁")
_MORE_BEHIND = re.compile(r"[，,；;。？?].*(?:多少|几).*[，,；;。？?][^，,；;。？?]")
_WHO = re.compile(
    rf"谁(?=[只仅]?(?:牵头|负责|主管|承担)了?(?:{_COUNT}[个项](?:项目|指标|工程|任务)"
    r"|的?(?:总?投资|资金)(?:总?额)?(?:合计)?最))"
)
"""Asks which agency, where so many rows or the most are asked for: 谁牵头了两个项目, not of one row."""
_HOW_MANY_EACH = re.compile(r"(?:各|每一?[个家类项])[^，,。？?]{0,6}(?:多少|几)")
_HOW_MANY = re.compile(r"(?<!哪)(?:多少|几)")
_ONE_OF_THEM = re.compile(
    r"(?:里面?|当中|之中|中|下)?[，,]?(?:是)?哪一?[个项](?!项目|工程|指标|单位|局|部门|旗|地方|专家)"
)
NO_GROUPS = "项目|指标|单位|部门|局|地[点方]|措施|任务"
"""Stand between a group's number and an order where something else than the groups is put in order."""
_WHICH_OF_THEM = re.compile(
    rf"(?:(?:里面?|当中|之中|中|内)[，,]?|[，,](?!.*(?:{NO_GROUPS})))(?:(?!项目|工程|指标)[^，,。；;？?]){{0,10}}最[大多高小少低]的?(?:是)?哪一?[个项大]?[？?。呢]*$"
)
"""Asks which of the groups: 五大行动里投资最大的是哪一个."""
_FIGURE_OF_EACH = re.compile(rf"的?(?:(?!{NO_GROUPS})[^，,。；;？?]){{1,8}}?(?:各自?|分别)(?=[是为有要需达])")
"""Asks a figure of each of the groups: 五大行动总投资各是多少."""
_ASKS_GROUPS = re.compile(
    rf"(?:里面?|当中|之中|中|内)?[，,]?(?!.*(?:{NO_GROUPS}))[^，,。；;？?]{{0,20}}的(?:有|是)?(?:哪[几些]|几)"
)
"""Behind a group's number asks which of the groups: 24项重点工程，投资不足1亿元的有哪几项."""
_OF_OTHERS = re.compile(
    r"^(?:中|里|内|下|当中)|的(?:项目|工程|指标|单位|部门|牵头|责任)|(?:项目|工程|单位|部门|局)(?:是|有|[？?]|$)"
)
"""Puts other things in order than the groups: 五大行动中排第二的项目."""
_COUNTED = re.compile(r"(?:一共|总共|共)?有?(?:多少|几)")
_LISTED_OF = r"|(?:都|分别)?(?:有|是|包括|叫)(?:哪[些几]|什么)[个项]?[？?。]*$"
_SHARED_OUT = re.compile(
    r"的?[，,]?平均每一?[个项类](?=的?(?:计划|投|花|需|要|有|含|包|下|设|安排|对应|多少|几|总|合计|负责|牵头|承担)|$)"
)
_OF_NO_ROWS = re.compile(r"(?:几|多少)[个项条](?:措施|任务|内容|目标|政策|机制|办法|要求|条款|活动)")
"""Counts what no row is: 平均每个行动有几项措施."""
_SHARED_BEFORE = re.compile("(?P<word>平均)(?:下来|到|分到|计算)?[，,]?$")
_NUMBER_SHARED = re.compile(
    r"(?:牵头|负责|承担|安排|有|含|下设)*了?(?P<word>平均)(?:牵头|负责|承担|安排|有|含|下设)*了?(?:几|多少)[个项]"
)
_RESPONSIBLE = re.compile("负责|牵头|分管|主管|承担|配合")
_OF_TIME = re.compile("(?:是)?最[早晚先后迟]")
_COUNTING = frozenset({"个", "项", "家", "条"})


def find_grouping(question: Question, table: Table, attributes: Attributes, held: Sequence[int]) -> Grouping | None:
    """Return what to compute for each value of; None where the question names no such thing.

    ``held`` are the columns that conditions are on already: 水利局牵头的 is not asked for each agency.
    """
    if years := _by_years(question, table):
        return years
    named, noun = _by_named_column(question, table, attributes, held), _by_noun(question, table, attributes, held)
    if named is not None and noun is not None and named.column == noun.column:
        named = replace(named, spans=(*named.spans, *noun.spans))  # 每个局牵头的项目投资各是多少 says it twice
    found = named or noun
    shared = _shared_out(question.key, found.spans) if found is not None else None
    if shared is not None and _OF_NO_ROWS.search(question.key):
        return None
    return replace(found, spans=(*found.spans, shared), is_shared_out=True) if found and shared else found


def _shared_out(key: str, groups: Sequence[Span]) -> Span | None:
    """Return where all is shared out among the groups said at ``groups``: 平均每个局几个项目, 每个行动平均有几个."""
    for span in groups:
        match = _SHARED_BEFORE.search(key, 0, span.start) or _NUMBER_SHARED.match(key, span.end)
        if match or _SHARED_OUT.search(span.of(key)):
            return Span(*match.span("word")) if match else span
    return None


def find_having(
    key: str, grouping: Grouping, bounds: Sequence[Bound], unit: str
) -> tuple[Having | None, tuple[Span, ...]]:
    """Return the bound on whole groups that the question sets (3个以上, 合计超过100亿元), with where it stands."""
    scale, own = split_unit(unit)
    asks_groups = grouping.is_subject or _ASKS_GROUPS.match(key, grouping.spans[0].end) is not None
    which = grouping.is_subject or _WHICH_GROUPS.match(key, grouping.spans[0].start) is not None
    exactly = _EXACTLY.search(key) if which else None
    if exactly is not None and not bounds:
        number = parse_chinese_integer(exactly["number"] or exactly["alone"]) or 0
        return Having("=", Decimal(number), counts=True), (Span(*exactly.span()),)
    for bound in bounds:
        if bound.amount.unit in _COUNTING and not bound.amount.scale and bound.amount.unit != own:
            return Having(bound.sign, bound.amount.number, counts=True), (bound.span,)
        if asks_groups and (not bound.amount.unit or bound.amount.unit == own):
            in_unit = bound.amount.number * SCALES[bound.amount.scale] / SCALES[scale]
            return Having(bound.sign, in_unit, counts=False), (bound.span,)
    return None, ()


def asked_of_rows(key: str, grouping: Grouping) -> Span | None:
    """Return where a value is asked of rows, with a figure and more behind it: 由哪个局牵头，总投资多少，何时完工."""
    asked = (
        span for span in grouping.spans if _WHICH_GROUPS.search(span.of(key)) and _MORE_BEHIND.search(key, span.end)
    )
    return next(asked, None)


def _by_years(question: Question, table: Table) -> Grouping | None:
    periods = [column.number for column in table.columns if column.kind is ColumnKind.PERIOD]
    for pattern, measure in ((_BEGINNING, Measure.START), (_ENDING, Measure.END)):
        if periods and (match := pattern.search(question.key)):
            return Grouping(periods[0], measure, spans=(Span(*match.span()),))
    return None


def _by_named_column(question: Question, table: Table, attributes: Attributes, held: Sequence[int]) -> Grouping | None:
    """Return the column or the level of group rows that an attribute behind 各, 每个 or 哪个 names."""
    names = name_column(table, attributes.header_words("name"))
    for mention in question.mentions:
        if mention.kind is not MentionKind.ATTRIBUTE:
            continue
        before = re.search(rf"(?:{_EACH}|{_MOST})$", question.key[: mention.span.start])
        shared = _SHARED_OUT.match(question.key, mention.span.end)
        if shared or "平均" not in question.key:
            before = before or _all_by_number(question.key[: mention.span.start], mention.name, table)
        counted_of = rf"(?:一共|总共|共)?有?(?:多少|几)[个家项]|{_OF_EACH}"
        listed = _LISTED_OF if mention.name.startswith(GROUP) else ""
        behind = shared or re.compile(counted_of + listed).match(question.key, mention.span.end)
        if before is None and (behind is None or _RESPONSIBLE.fullmatch(mention.span.of(question.key))):
            continue  # 某人负责多少项 counts what he is responsible for
        if _OF_TIME.match(question.key, mention.span.end):
            continue  # 哪一项完成时限最早 asks for a row, and for no date
        if calls_places(mention.span.of(question.key), table, names):
            continue
        column = _column_of(mention.name, table, attributes)
        if column is not None and column not in {names, *held}:
            each = re.search(rf"{_EACH}{_AGENCY}$", question.key[: mention.span.start])
            start = before.start() if before else each.start() if each else mention.span.start
            end = behind.end() if behind else mention.span.end
            subject = before is not None and re.match(_MOST, before.group()) is not None
            counted = _COUNTED.match(before.group() if before else behind.group() if behind else "") is not None
            counted = counted and not _are_rows(question.key[end:], table, names)
            return Grouping(column, spans=(Span(start, end),), is_subject=subject, is_counted=counted)
    return None


def _are_rows(behind: str, table: Table, names: int | None) -> bool:
    """Return whether it is the rows whose number is asked: 各单位牵头几个项目, and not 牵头单位有几个."""
    noun = fold(table.columns[names].name).removesuffix("名称") if names is not None else ""
    return bool(noun) and behind.startswith(noun)


def _all_by_number(before: str, name: str, table: Table) -> re.Match[str] | None:
    """Return the number that says all groups of a level are meant: 五个重点行动 of five."""
    stated = re.search(rf"({_COUNT})[个大类项]$", before)
    levels = [g for row in table.data_rows for g in row.groups if name == f"{GROUP}{g.level}"]
    return stated if stated and parse_chinese_integer(stated[1]) == len(set(levels)) else None


def _column_of(name: str, table: Table, attributes: Attributes) -> int | None:
    if name.startswith(GROUP):
        level = int(name.removeprefix(GROUP))
        return GROUP_COLUMN - level if any(g.level == level for row in table.data_rows for g in row.groups) else None
    texts = [column for column in table.columns if column.kind is ColumnKind.TEXT]
    column = next((column.number for column in texts if attributes.fits(name, column.name)), None)
    if column is None or holds_prose([cell_text(row, column) for row in table.data_rows]):
        return None  # paragraphs are no values to group by
    return column


def _by_noun(question: Question, table: Table, attributes: Attributes, held: Sequence[int]) -> Grouping | None:
    """Return the column that a noun such as 单位 or 旗区 means, behind 各, 每个, 哪个 or as what is asked for."""
    for column, span, is_subject in _asked_by_noun(question.key, table, attributes):
        if column is not None and column not in held:
            counted = _HOW_MANY.search(span.of(question.key)) is not None
            # 分成几类？每一类各有几项 asks for the number of rows of each as well.
            counted = counted and _HOW_MANY_EACH.search(question.key, span.end) is None
            return Grouping(column, spans=(span,), is_subject=is_subject, is_counted=counted)
    return None


def _asked_by_noun(key: str, table: Table, attributes: Attributes) -> Iterator[tuple[int | None, Span, bool]]:
    """Yield each column that a noun of the question means, where it stands and whether it is what is asked for."""
    if who := _WHO.search(key):
        for agency in AGENCY_ATTRIBUTES:
            yield _column_of(agency, table, attributes), Span(*who.span()), False
    names = name_column(table, attributes.header_words("name"))
    for attribute, noun in _OF_COLUMNS:
        if attribute == "place" and are_places(table, names):
            continue  # 哪些地方 are the rows of 地区, and not their 受理地点
        if found := _find_noun(noun, key):
            column = _column_of(attribute, table, attributes)
            # Where no column says which kind a row is, the groups do: 哪一类项目投资最多.
            grouped = column is None and attribute == "category" and any(row.groups for row in table.data_rows)
            yield GROUP_COLUMN if grouped else column, *found
    for column, noun in group_nouns(table, attributes):
        if found := _find_noun(noun, key):
            yield column, *found
        elif span := _all_by_count(noun, key, table, GROUP_COLUMN - column):
            yield column, span, False


def _all_by_count(noun: str, key: str, table: Table, level: int) -> Span | None:
    """Return where all groups of a level are put in order, or one of them asked for: 五大行动按投资从高到低."""
    match = re.search(rf"(?P<count>{_COUNT})[个大项类]+(?:[\u4e00-\u9fff]{{2}})?{noun}", key)
    every = {group for row in table.data_rows for group in row.groups if group.level == level}
    if match is None or parse_chinese_integer(match["count"]) != len(every):
        return None
    behind = key[match.end() :]
    if shared := _SHARED_OUT.match(key, match.end()):
        return Span(match.start(), shared.end())
    if one := _ONE_OF_THEM.match(behind):
        return Span(match.start(), match.end() + one.end())
    if _WHICH_OF_THEM.match(behind) or _FIGURE_OF_EACH.match(behind):
        return Span(*match.span())
    return Span(*match.span()) if states_order(behind) and not _OF_OTHERS.search(behind) else None


def _find_noun(noun: str, key: str) -> tuple[Span, bool] | None:
    """Return where a noun is grouped by, and whether it is what is asked for."""
    if match := re.search(_SUBJECT.format(noun), key):
        return Span(*match.span()), True
    if match := re.search(rf"{_IN_FRONT}(?P<asked>哪(?:{_COUNT}|几)[个家]?{noun})", key):
        return Span(*match.span("asked")), True
    if match := re.search(rf"(?:{_EACH}|{_MOST}){noun}|{noun}{_OF_EACH}", key):
        return Span(*match.span()), re.match(_MOST, match.group()) is not None
    return None
