"""A question and a thing that it names in, the words beside its name and the texts that may explain them out.

Example: 十大孔兑项目由哪个局牵头 names a row of 项目表, whose headers explain “牵头” beside the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from functools import lru_cache

from assistant.understand.columns import year_of
from assistant.understand.entities import Entity, Link
from assistant.understand.known_by import known_by
from assistant.understand.lexicon import Ask
from assistant.understand.months import caption_months, spoken
from assistant.understand.question import MentionKind, Question
from assistant.understand.support import join
from assistant.understand.table_frame import announced, spoken_unit
from corpus.folding import fold, fold_once
from corpus.models import ColumnKind, Span

_LONG_CELL = 30
_REMEMBERED = 1024
_UNIT = re.compile(
    r"(?:多少|几)(?:万|亿)?(亩|公里|平方公里|米|万米|吨|公斤|座|处|家|套|台|千瓦|立方米|人|户|头|只|张|%)"
)
_RATE = re.compile(r"元/(?:平方米|立方米|[\u3400-\u9fff]{1,3})(?:·[\u3400-\u9fff]{1,2})?")
_MONTH, _MONTH_ASKED = (
    re.compile(r"\d\s*月|[一二三四五六七八九十]月|季度"),
    re.compile("(?:几|哪一?个)月(?!前|后|[内里])份?"),
)
_SHARED = re.compile(r"(?:分(?:到|得|给|摊|配)|摊到|划到)了?(?=多少|几)")
_EACH_ONE = re.compile(
    r"(?P<each>(?:每一?个?|各个?)(?P<one>户|人|亩|家|名|位|头|只|辆|座|处|棵|株|件|套|台|吨|度|公斤|斤|升|平方米|立方米|平方公里|公里|公顷"
    r"|旗县区?|旗区|旗|区县|县区|县|区|乡镇|乡|镇|村|街道|社区|学校|企业|单位|部门))(?=[^，,。；;]*(?:多少|几))"
)
_STATES_SHARE = re.compile(r"[占比率]")
_GRANTED = re.compile(r"(?:补贴?|补助|奖励?|奖补|资助)(?:标准)?(?:是|为|给|到|个)?(?:多少|几)")
_GRANTS = re.compile(r"[补奖贴助]")
_WHY = ("原因", "理由", "缘由")


def asked_unit(key: str) -> Span | None:
    """Return where the question names the unit of the figure it wants: 多少亩, 几座."""
    match = _UNIT.search(key)
    return Span(*match.span(1)) if match else None


def counted_word(question: Question) -> Span | None:
    """Return the word for what is counted or measured, which follows the question word: 种多少沙棘, 建几座淤地坝."""
    asks = [m.span.end for m in question.mentions if m.kind is MentionKind.ASK and m.name == Ask.HOW_MANY]
    counters = {m.span.start: m.span.end for m in question.mentions if m.kind is MentionKind.FUNCTION}
    starts = {counters.get(end, end) for end in asks}
    return next((span for span in question.words if span.start in starts and span.end - span.start > 1), None)


def beside(question: Question, link: Link) -> Iterable[Span]:
    """Yield the words of the question that the entity's name does not account for.

    Of a word that the name holds in part, what is left is yielded: 利用率 does not account for the 中水 of 中水利用率,
    nor 煤制 for 煤制油. A single character between other words counts only where it touches a part of the name.
    """
    named = {position for block in link.blocks for position in range(block.start, block.end)}
    for span in question.words:
        left = [position for position in range(span.start, span.end) if position not in named]
        if len(left) == span.end - span.start:
            if len(left) > 1 or span in question.telling or {span.start - 1, span.end} & named:
                yield span
        elif rests := join(Span(position, position + 1) for position in left):
            # Of several rests the first that is more than a character tells the names apart: 泰禾…股份….
            yield from rests if len(rests) == 1 else [rest for rest in rests if rest.end - rest.start > 1][:1]


@lru_cache(maxsize=_REMEMBERED)
def frame_of(entity: Entity) -> str:
    """Return the folded words around an entity that name neither it nor a fact of it: title, headings, headers."""
    parts = [entity.document.info.title, *known_by(entity.document)]
    if entity.table is not None and entity.row is not None:
        parts += [entity.table.caption, entity.table.name, *entity.table.path]
        parts += [column.name + column.unit for column in entity.table.columns]
        parts += [spoken_unit(column.unit) for column in entity.table.columns]
        parts += [spoken_unit(rate.group()) for cell in entity.row.cells for rate in _RATE.finditer(cell.text)]
        parts += [announced(entity.document, entity.table), spoken(caption_months(entity.table))]
        parts += [group.label + group.name for group in entity.row.groups]
    if entity.clause is not None:
        parts += entity.clause.path
    return fold("\n".join(parts))


@lru_cache(maxsize=_REMEMBERED)
def own_words_of(entity: Entity) -> str:
    """Return the folded words that tell an entity from others: its name, the headers, its short cells."""
    parts = [entity.name, entity.document.info.title]
    if entity.table is not None and entity.row is not None:
        parts += [column.name + column.unit for column in entity.table.columns]
        parts += [cell.text for cell in entity.row.cells if len(cell.text) < _LONG_CELL]
    return fold("\n".join(parts))


@lru_cache(maxsize=_REMEMBERED)
def context_of(entity: Entity) -> str:
    """Return the folded text that may explain words beside an entity's name: its frame and its row or clause."""
    parts = [frame_of(entity)]
    if entity.row is not None:
        parts += [fold(cell.text) for cell in entity.row.cells]
    if entity.clause is not None:
        parts += [fold(span.of(entity.document.text)) for span in entity.clause.own]
    return "\n".join(parts)


def behind_header(key: str, span: Span, entity: Entity) -> bool:
    """Return whether a word and the header before it are said together in the document: 医院 behind 三级."""
    if entity.table is None:
        return False
    heads = (fold(column.name) for column in entity.table.columns if column.kind is ColumnKind.NUMBER)
    called = (head + span.of(key) for head in heads if key.endswith(head, 0, span.start))
    return any(one in fold_once(entity.document.text) for one in called)


def months_asked(question: Question, entity: Entity) -> list[Span]:
    """Return where a month is asked for of a row whose cells name none: 2022-2024 says in no month when it begins."""
    if entity.row is None or any(_MONTH.search(cell.text) for cell in entity.row.cells):
        return []
    return [Span(*match.span()) for match in _MONTH_ASKED.finditer(question.key)]


def shares_asked(question: Question, entity: Entity) -> tuple[Span, ...]:
    """Return where a share is asked for that neither the row's name nor a header states: no cell says it."""
    headers = "\n".join(fold(column.name) for column in entity.table.columns) if entity.table is not None else ""
    if _STATES_SHARE.search(entity.key + headers):
        return ()
    return tuple(m.span for m in question.mentions if m.kind is MentionKind.OPERATION and m.name == "share")


def rates_asked(question: Question, context: str, named: Set[int]) -> list[Span]:
    """Return where a figure is asked for of each one of something, outside a name, of which ``context`` says nothing.

    每户补多少 is not answered by what a work costs, nor 每个旗区各是多少 by its whole; 每人多少 is by 人均收入.
    """
    found = [match for match in _EACH_ONE.finditer(question.key) if named.isdisjoint(range(*match.span("each")))]
    stated = (match["each"] in context or f"{match['one']}均" in context for match in found)
    return [Span(*m.span("each")) for m, is_stated in zip(found, stated, strict=True) if not is_stated]


def grants_asked(question: Question, context: str) -> list[Span]:
    """Return where it is asked what is granted (补多少, 奖励多少), unless ``context`` speaks of grants at all."""
    return [] if _GRANTS.search(context) else [Span(*match.span()) for match in _GRANTED.finditer(question.key)]


def portions_asked(question: Question, context: str) -> list[Span]:
    """Return where it is asked what one of many gets (甲县分到多少), unless ``context`` says who gets what."""
    return [] if _SHARED.search(context) else [Span(*match.span()) for match in _SHARED.finditer(question.key)]


def reasons_asked(question: Question, entity: Entity) -> list[Span]:
    """Return where a question asks why of a row: its cells say what is so, and why only under a header that says so."""
    asked = [m.span for m in question.mentions if m.kind is MentionKind.ASK and m.name == Ask.WHY]
    headers = frame_of(entity)
    return [] if entity.row is None or any(word in headers for word in _WHY) else asked


def has_year_column(entity: Entity, year: str) -> bool:
    """Return whether a column of the entity's table is headed by ``year``."""
    return entity.table is not None and any(year_of(column) == year for column in entity.table.columns)


def has_unit(entity: Entity, unit: str, columns: Sequence[int] | None = None) -> bool:
    """Return whether a column or a cell of the entity's row is in ``unit``, or in ten thousands of it.

    Of ``columns`` alone it is enough that they state no other unit.
    """
    assert entity.table is not None
    assert entity.row is not None
    asked = range(len(entity.table.columns)) if columns is None else columns
    figures = (cell.quantity for cell in entity.row.cells if cell.quantity is not None and cell.column in asked)
    own = {column.unit for column in entity.table.columns if column.number in asked}
    stated = {unit for unit in own | {figure.scale + figure.unit for figure in figures} if unit}
    if columns is not None:
        return not stated or any(unit in one for one in stated)
    return any(one.endswith(unit) for one in stated)


def holds_words(link: Link, question: Question) -> bool:
    """Return whether a name holds the question's words as they stand, in their order."""
    place = 0
    for word in (span.of(question.key) for span in question.words if span.end - span.start > 1):
        start = link.entity.key.find(word, place)
        if start < 0:
            return False
        place = start + len(word)
    return True


def other_rows(question: Question, link: Link) -> list[Span]:
    """Return the single characters that are the whole name of another row of the table: 碳-14和氚的存量."""
    short = [span for span in question.words if span.end - span.start == 1]
    if link.entity.row is None or link.entity.table is None or not short:
        return []
    names = {fold(cell.text) for row in link.entity.table.data_rows for cell in row.cells if len(cell.text) == 1}
    named = {position for block in link.blocks for position in range(block.start, block.end)}
    return [span for span in short if span.of(question.key) in names and span.start not in named]
