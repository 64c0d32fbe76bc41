"""A table, and what a question asks of a row, in; the columns that answer it out.

Example: 指标表, asked “2024年多少” → column “2024年”.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.understand.attributes import GROUP, GROUP_COLUMN, PART_OF, SUMS, UNIT_COLUMN, YEAR, Attributes
from assistant.understand.counted import count_of
from assistant.understand.grants import GRANT_ASKED, columns_of_sums
from assistant.understand.growth_columns import growth_asked
from assistant.understand.lexicon import Ask, load_lexicon
from assistant.understand.question import MentionKind, Question
from corpus.columns import LEVELS, year_of_header
from corpus.folding import fold
from corpus.knowledge import AGENCY_ATTRIBUTES
from corpus.models import Column, ColumnKind, Table
from corpus.row_names import name_column

_YEAR_ROLES = frozenset({"target", "base_value"})

_OF_THE_YEAR = re.compile("(?:年度|当年|今年|本年)的?(?:计划)?(?:完成)?投|年度计划")
_PLANNED = re.compile(r"(?:19|20)\d\d年?度?计划")
_PAIR = 2
_WHICH_NOUN = re.compile(r"(?:哪些|哪几[种样项]|什么|啥)(?P<noun>[\u3400-\u9fff]{2})")
_ASKS_KIND = re.compile("哪|什么|属于")
_COUNTS_THINGS = re.compile(r"(?:多少|几)[名人个所家只头辆件套]")
_OF_YEAR = re.compile(r"^(?:19|20)\d\d年度?")
_WHICH_PLACES = re.compile(
    r"(?:到|在|往)了?哪(?:几个?|些|一?个)(?:乡镇|镇街|街镇|街道|社区|园区|旗区|旗县|区县|县区|[镇乡村旗县区市])"
)
"""Asks where something is by the kind of place: 配备到哪几个乡镇."""
_BY_WHICH_BODY = re.compile(r"[归由让靠][哪什]么?[个家]?单位")
_DATES = re.compile(r"(?P<event>[\u3400-\u9fff]{2,4}?)(?:年份|时间|日期|年月|年度)")
"""A column that says when something happened: 开工时间, 成立日期."""
_ASKED_BY = {
    Ask.WHO: AGENCY_ATTRIBUTES,
    Ask.WHEN: ("period",),
    Ask.WHERE: ("place",),
    Ask.WHAT: ("content",),
    Ask.HOW: ("content",),
}


def year_of(column: Column) -> str:
    """Return the year that heads a column of values (“2024年”, “2024年完成” → “2024”); empty where none does."""
    return year_of_header(fold(column.name))


def columns_by_year(table: Table, key: str = "") -> dict[str, int]:
    """Return the columns of the years; of a year with two the one that the folded question ``key`` calls whole.

    Else it is the one that the year alone heads: 2023年 beside 2023年计划. Where neither is, none says which is meant.
    """
    found = {}
    for year in filter(None, dict.fromkeys(map(year_of, table.columns))):
        own = [column for column in table.columns if year_of(column) == year]
        said = [column for column in own if fold(column.name) in key and fold(column.name).rstrip("年") != year]
        plain = [column for column in own if fold(column.name).rstrip("年") == year]
        meant = next((few for few in (own, said, plain) if len(few) == 1), None)
        if meant:
            found[year] = meant[0].number
    return found


def _when_it_happened(table: Table, question: Question) -> tuple[int, ...]:
    """Return the columns that date what the question asks the time of: 建成年份, of 是哪年建成的, and no 竣工时间."""
    if Ask.WHEN not in question.asks and "period" not in question.named(MentionKind.ATTRIBUTE):
        return ()
    dated = ((column.number, _DATES.fullmatch(fold(column.name))) for column in table.columns)
    return tuple(number for number, match in dated if match is not None and _is_asked_of(match["event"], question.key))


def _is_asked_of(event: str, key: str) -> bool:
    """Return whether a folded question asks when something happens: 服务 of 服务中心什么时候成立 is none of it."""
    when = r"(?:什么时候|啥时候|何时|哪一?[年月天]|几[年月号])"
    return (
        re.search(rf"{event}的?(?:于|在|是|年份|时间)*(?:是|在)?{when}|{when}[^，,。]{{0,4}}{event}", key) is not None
    )


def _headed_by_noun(table: Table, question: Question) -> tuple[int, ...]:
    """Return the columns whose headers end in the noun asked for: 要交哪些材料, of 提交材料."""
    nouns = {match["noun"] for match in _WHICH_NOUN.finditer(question.key)}
    return tuple(c.number for c in table.columns if len(c.name) > _PAIR and fold(c.name)[-_PAIR:] in nouns)


def asked_columns(table: Table, question: Question, attributes: Attributes) -> tuple[int, ...]:
    """Return the columns that answer ``question`` about a row of ``table``; empty where the table has none.

    Named attributes come first; without one the question word decides (谁 → agency, 多少 → figures), and a bare
    name asks for the whole row.
    """
    by_year = columns_by_year(table, question.key)
    years = tuple(by_year[year] for year in question.years if year in by_year)
    grown, besides = growth_asked(question.key, table)
    if grown:
        return (*(years or _figures(table) if besides else ()), *grown)
    if "compare" in question.named(MentionKind.OPERATION) and columns_by_year(table):
        return tuple(columns_by_year(table).values())
    named = _asked_attributes(question)
    if (happened := _when_it_happened(table, question)) and set(named) <= {"period"}:
        return happened
    totals = tuple(column.number for column in table.columns if fold(column.name) in SUMS)
    asks_sum = "sum" in question.named(MentionKind.OPERATION) and not _COUNTS_THINGS.search(question.key)
    if totals and not named and not years and asks_sum:
        return totals  # of the row itself: 甲区合计是多少
    if named:
        return _named_columns(table, question, attributes, named, years)
    if years:
        return years
    if counted := _counted(table, question):
        return counted
    if asks_which_places(question) and (columns := columns_of("place", table, years, attributes)):
        return columns
    if headed := _headed_by_noun(table, question):
        return headed
    for ask, meant in _ASKED_BY.items():
        if ask in question.asks and (ask is not Ask.WHO or asks_who(question)):
            for attribute in meant:
                if columns := columns_of(attribute, table, years, attributes):
                    return columns
    if GRANT_ASKED.search(question.key) and (sums := columns_of_sums(table)):
        return sums
    if Ask.HOW_MANY in question.asks:
        return _figures(table)
    return tuple(column.number for column in table.columns if column.kind is not ColumnKind.ORDINAL)


def _named_columns(
    table: Table, question: Question, attributes: Attributes, named: Sequence[str], years: tuple[int, ...]
) -> tuple[int, ...]:
    """Return the columns of the attributes that a question names; ``years`` are those of the years it names."""
    by_year = columns_by_year(table)
    # 目标和2020年基数: the first year is the base's, and no target is asked for of it.
    of_base = {"target", "base_value"} <= set(named) and len(by_year) > 1 and set(years) == {by_year[min(by_year)]}
    found = [
        number
        for name in named
        for number in headed_so(question, name, table, columns_of(name, table, () if of_base else years, attributes))
    ]
    found = found if of_base else list(of_years(question, table, found))
    if not found and set(named) == {"amount"}:
        if years and all("元" in table.columns[number].unit for number in years):
            return years  # 2025年安排多少经费, where the years head sums of money
        if money := columns_of_sums(table):
            return money  # 补助多少钱, of 支持标准
    names = name_column(table, attributes.header_words("name"))
    if found == [names] and "name" not in named and not _ASKS_KIND.search(question.key):
        # 重度失能补多少 asks for no 失能等级, and what a row is called answers nothing else.
        return () if question.named(MentionKind.OPERATION) else years or _figures(table)
    if years and set(found) == {names}:
        return years  # 这项指标2025年是多少 asks of no column that holds the names
    # 2023年完成多少，2025年目标是多少: beside the column whose header holds the word the other year is asked for.
    asked = years if found and set(found) <= set(by_year.values()) else ()
    asked = (*(number for number in asked if number not in found), *_counted(table, question))
    return tuple(dict.fromkeys((*asked, *found)))


def of_years(question: Question, table: Table, columns: Sequence[int]) -> tuple[int, ...]:
    """Return of the ``columns`` those headed by a year that the question names as well: 养老床位·2025年; else all."""
    headers = {number: table.columns[number].name for number in columns if number >= 0}
    dated = [n for n, header in headers.items() if (LEVELS in header or year_of_header(header)) and YEAR.search(header)]
    asked = [number for number in dated if any(year in headers[number] for year in question.years)]
    return tuple(number for number in columns if number not in dated or number in asked) if asked else tuple(columns)


def of_the_year(key: str, table: Table, columns: Sequence[int]) -> tuple[int, ...]:
    """Return of the ``columns`` those that a year heads where the folded ``key`` asks for 年度计划投资; else all."""
    if _OF_THE_YEAR.search(key) is None:
        return tuple(columns)
    dated = tuple(number for number in columns if number >= 0 and YEAR.match(table.columns[number].name))
    planned = tuple(c.number for c in table.columns if c.kind is ColumnKind.NUMBER and _PLANNED.match(c.name))
    return dated or (planned if columns and len(planned) == 1 else tuple(columns))


def headed_so(question: Question, name: str, table: Table, columns: Sequence[int]) -> tuple[int, ...]:
    """Return of the ``columns`` of an attribute those headed by the very words of the question, else all of them.

    Where 总投资 and 其中:财政资金 are both amounts, 总投资 asks for the first alone, and so does 投资: a part of
    another column (其中) is asked for by its own name.
    """
    said = {m.span.of(question.key) for m in question.mentions if m.kind is MentionKind.ATTRIBUTE and m.name == name}
    headers = {number: fold(table.columns[number].name) for number in columns if number >= 0}
    exact = tuple(n for n, header in headers.items() if {header, PART_OF.sub("", header)} & said)
    # 计划投资 is 2026年计划投资 where the other column is 总投资.
    exact = exact or tuple(n for n, header in headers.items() if {_OF_YEAR.sub("", header)} & said)
    whole = tuple(number for number in columns if not PART_OF.match(headers.get(number, "")))
    return exact if len(said) == 1 and exact else whole or tuple(columns)


def _asked_attributes(question: Question) -> tuple[str, ...]:
    """Return the attributes named; 单位 is the body where one is asked for (牵头单位是什么单位, 归什么单位管)."""
    named = question.named(MentionKind.ATTRIBUTE)
    if "unit" not in named:
        return named
    if _BY_WHICH_BODY.search(question.key):
        return tuple("lead_agency" if name == "unit" else name for name in named)
    is_body = set(AGENCY_ATTRIBUTES) & set(named) and "什么单位" in question.key
    return tuple(name for name in named if name != "unit") if is_body else named


def asks_which_places(question: Question) -> bool:
    """Return whether the question asks to which places of a kind something goes: 配备到哪几个乡镇."""
    return _WHICH_PLACES.search(question.key) is not None


def asks_who(question: Question) -> bool:
    """Return whether the question asks for a person or an agency: 哪个 before a class noun asks for a row."""
    nouns = tuple(noun.key for noun in load_lexicon().class_nouns)
    asked = (mention for mention in question.mentions if mention.kind is MentionKind.ASK)
    return any(m.name == Ask.WHO and not question.key.startswith(nouns, m.span.end) for m in asked)


def _counted(table: Table, question: Question) -> tuple[int, ...]:
    """Return the columns that count what the question asks the number of: 床位数 of 有多少张床位."""
    if Ask.HOW_MANY not in question.asks and "count" not in question.named(MentionKind.OPERATION):
        return ()
    counts = {
        column.number: count_of(fold(column.name)) for column in table.columns if column.kind is ColumnKind.NUMBER
    }
    return tuple(number for number, of in counts.items() if of and of in question.key)


def _figures(table: Table) -> tuple[int, ...]:
    numbers = tuple(column.number for column in table.columns if column.kind is ColumnKind.NUMBER)
    return tuple(columns_by_year(table).values()) or numbers


def _units(table: Table) -> tuple[int, ...]:
    """Return the column headed 单位, else the units of figures, else the bodies of persons, whose 单位 those are."""
    own = tuple(column.number for column in table.columns if fold(column.name) == "单位")
    cells = (cell for row in table.data_rows for cell in row.cells)
    if not own and (
        any(column.unit for column in table.columns) or any(cell.quantity and cell.quantity.unit for cell in cells)
    ):
        return (UNIT_COLUMN,)
    return own or tuple(column.number for column in table.columns if fold(column.name).endswith("单位"))


def columns_of(attribute: str, table: Table, years: tuple[int, ...], attributes: Attributes) -> tuple[int, ...]:
    """Return the columns of one attribute; ``years`` are the columns of the years that the question names."""
    fitting = tuple(column.number for column in table.columns if attributes.fits(attribute, column.name))
    if fitting:
        return fitting
    by_year = columns_by_year(table)
    if attribute in _YEAR_ROLES and by_year:
        first, last = by_year[min(by_year)], by_year[max(by_year)]
        if attribute == "base_value" and set(years) <= {last}:
            return (first,)  # 现状和2024年目标: what is now is no figure of the last year
        return years or (last,)
    if attribute == "unit":
        return _units(table) or columns_of("post", table, years, attributes) or (UNIT_COLUMN,)
    if attribute == "lead_agency":
        return columns_of("responsible_agency", table, years, attributes)
    levels = sorted({group.level for row in table.data_rows for group in row.groups})
    return tuple(GROUP_COLUMN - level for level in levels if attribute in ("category", f"{GROUP}{level}"))
