"""The numbers in a question over rows in, which of them say how many rows, groups or kinds there are out.

Example: 这9个水利局牵头的项目 states nine rows; 24项重点工程，工期最长的是哪项 counts groups; 四类指标 counts kinds.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.understand.attributes import Attributes
from assistant.understand.group_words import group_nouns
from assistant.understand.query import Operation
from assistant.understand.query_draft import PICKING, Draft, is_spent
from assistant.understand.table_frame import sizes, stated_size
from corpus.folding import fold
from corpus.models import Span
from corpus.numerals import parse_chinese_integer
from index.chunks import group_word

_STATED = re.compile(
    r"哪?(?P<number>[一二两三四五六七八九十\d]+)(?P<counter>[个项位家条])(?=项目|指标|工程|专家|的|是|[吗么吧？?。，,、]|$)"
)
_OF_THEM = re.compile(r"(?:项目|指标|工程|专家)?(?:当中|之中|里面|[里中])(?=.)")
_A_NUMBER_OF = re.compile(r"(?:\d+|[二三四五六七八九十两]+)[个项类家条处座所]")
_ROWS = re.compile("项目|指标")
_KINDS = re.compile(r"(?P<number>[一二两三四五六七八九十\d]+)(?:个类别|个大类|大类|类)")
_YEAR = "年"


def with_numbers(draft: Draft, attributes: Attributes) -> Draft:
    """Return ``draft`` with the numbers that say how many rows there are: 三个县域中心 is confirmed or put right."""
    # 24项工程平均每项 divides by their number, which is not that of the rows.
    of_rows = Operation.AVERAGE in draft.operations and draft.group is None
    known = {len(draft.table.data_rows)} if of_rows else sizes(draft.table)
    sized = [span for span in draft.left if stated_size(span.of(draft.key)) in known]
    sized = [span for span in sized if not _is_of_groups(draft, span, attributes)]
    left = [span for span in draft.left if span not in sized]
    left = [span for span in left if not _counts_kinds(draft, span, attributes)]
    stated = [m for m in _STATED.finditer(draft.key) if not is_spent(Span(*m.span()), draft.found.spent)]
    places = [Span(*match.span()) for match in stated]
    numbers = [span for span in left if _A_NUMBER_OF.fullmatch(span.of(draft.key))]
    numbers = [span for span in numbers if not any(place.covers(span) for place in places)]
    # 九个项目里超过一亿的 says of how many, and not how many are found.
    is_told = bool(stated) and _OF_THEM.match(draft.key, stated[0].end()) is None
    number = parse_chinese_integer(stated[0]["number"]) if is_told else None
    left = [span for span in left if span not in numbers]
    return replace(draft, left=tuple(left), stated=tuple(places), numbers=tuple(numbers), number=number)


def _is_of_groups(draft: Draft, span: Span, attributes: Attributes) -> bool:
    """Return whether a number says among how many groups it is, where rows alone were found, or counts years.

    24项重点工程，工期最长的是哪项 is no question of rows.
    """
    if draft.key[span.end : span.end + 1] == _YEAR:
        return True
    picks = PICKING & set(draft.operations) or any(one.sign for one in draft.conditions)
    if draft.group is not None or not picks or _ROWS.search(draft.key):
        return False
    called = {fold(group_word(group)) for row in draft.table.data_rows for group in row.groups}
    called |= {noun for _, noun in group_nouns(draft.table, attributes)}
    nouns = "|".join(map(re.escape, sorted(called)))
    return bool(nouns) and re.compile(rf"[个大项类]*(?:重点)?(?:{nouns})").match(draft.key, span.end) is not None


def _counts_kinds(draft: Draft, span: Span, attributes: Attributes) -> bool:
    """Return whether a word says how many kinds the rows are of: 四个类别, where the column 类别 holds four."""
    said = _KINDS.match(draft.key, span.start)
    of = [column.number for column in draft.table.columns if attributes.fits("category", column.name)]
    held = {cell.text for row in draft.table.data_rows for cell in row.cells if cell.column in of[:1]}
    return said is not None and said.end() >= span.end and parse_chinese_integer(said["number"]) == len(held)
