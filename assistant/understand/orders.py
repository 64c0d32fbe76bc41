"""A question in, which rows of an order it wants out.

Example: 投资前三 → the first three; 第二大 → one, behind one; 从大到小排列 → all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.models import Span
from corpus.numerals import parse_chinese_integer

_REMEMBERED = 256
_COUNT = r"[一二两三四五六七八九十百千\d]+"
_TOP = re.compile(
    rf"(?:排名?|排行|居|位列)?(?:前|(?<!牵)头|后|倒数|末)({_COUNT})[名个位大家项]?(?:位|名)?(?!年|期|天|月)"
    rf"|最(?:[大多高小少低长短早晚贵]|便宜)(?:的)?({_COUNT})[个项家位所种类座条]"
)
_NTH = re.compile(
    rf"(?:排名?|名列|位列|位居)?第({_COUNT})(?:[大多高小少低]|名|位)(?!表)|[多大高]的第({_COUNT})|排(?:名|在)?第({_COUNT})"
    rf"|倒数第({_COUNT})"
)
_RANKS = re.compile(
    rf"(?:排名?|排行|名列|位列|位居)在?第?(?P<first>{_COUNT})(?:名|位)?[到至—~-]第?(?P<last>{_COUNT})(?:名|位|大)?"
    rf"|第(?P<from>{_COUNT})(?:名|位|大)?[到至—~-]第?(?P<to>{_COUNT})(?:名|位|大)"
)
_ORDERED = re.compile(
    r"(?:按|从|由)?[大高多长晚]到[小低少短早](?:排列|排序|排)?|(?:从|由)?[小低少短早]到[大高多长晚](?:排列|排序|排)?"
    r"|(?:升序|降序|递增|递减)(?:排列|排序)?|排个序|排一下序|排序|排列"
)
_FROM_BELOW = re.compile("[后小少低短早末]|倒数|便宜")
_REVERSED = re.compile(r"后(?=[一二两三四五六七八九十\d]+[名个位])|倒数|末[一二两三四五六七八九十\d]+[名位]|升序|递增")


_PICKED = re.compile(
    rf"(?:(?P<up>[由从]?[小低少]到[大高多])|[由从]?[大高多]到[小低少])?的?(?:排名|排行|排|居)?(?:在)?"
    rf"(?P<way>前|后|倒数|末|最[大多高小少低]的?)(?P<count>{_COUNT})[名个位大家项]?的?(?P<noun>[^，,。前]{{0,6}}?)"
    r"(?:(?:之?中|当中|里面?|内)[，,]?|[，,](?=[^。？?]*最[大高多小低少]))"
)
_FROM_THE_END = frozenset({"后", "倒数", "末", "最小", "最少", "最低"})
_EXTREME = re.compile(r"最(?:为)?(?:突出|[大多高小少低长短贵])|最便宜|榜首|居首")


@dataclass(frozen=True, slots=True)
class Limits:
    """How many rows of an order are wanted (None: the first, with its equals) and how many before them are not."""

    limit: int | None = None
    skip: int = 0


def find_limits(key: str, rows: int) -> Limits:
    """Return the limits that “前三”, “第二大”, “第六到第八名” or an order of all ``rows`` (从大到小) state."""
    if ranks := _ranks(key):
        return Limits(len(ranks), ranks.start - 1)
    if match := _NTH.search(key):
        return Limits(1, max(_number(next(group for group in match.groups() if group)), 1) - 1)
    if match := _TOP.search(key):
        return Limits(_number(match[1] or match[2]) or None, 0)
    return Limits(rows if _ORDERED.search(key) else None, 0)


@dataclass(frozen=True, slots=True)
class Pick:
    """So many rows are picked (the smallest where ``falling``) before what stands behind is asked of them.

    ``is_ordered_again`` says that a second order stands there: 销量前五的小区里均价最高的.
    """

    span: Span
    count: int
    falling: bool
    is_ordered_again: bool


def find_pick(key: str) -> Pick | None:
    """Return what is picked before something is asked of it: 投资前五的项目中水利局牵头的; None where nothing is."""
    match = _PICKED.search(key)
    if match is None:
        return None
    falling = match["up"] is not None or match["way"][:2] in _FROM_THE_END
    again = _EXTREME.search(key, match.end()) is not None
    return Pick(Span(*match.span()), _number(match["count"]), falling, again)


def extreme_span(key: str) -> Span | None:
    """Return where the last superlative stands: 最高, 最为突出."""
    found = [*_EXTREME.finditer(key)]
    return Span(*found[-1].span()) if found else None


@lru_cache(maxsize=_REMEMBERED)
def states_order(key: str) -> bool:
    """Return whether the question asks for an order or a place in one."""
    return any(pattern.search(key) for pattern in (_TOP, _NTH, _RANKS, _ORDERED))


def is_from_the_end(key: str) -> bool:
    """Return whether an order is counted from its small end: 倒数第二, 后三名."""
    return _REVERSED.search(key) is not None


def order_spans(key: str) -> tuple[Span, ...]:
    """Return where an order or a place in one is asked for: 前三, 第二大, 从大到小."""
    if ranks := [Span(*match.span()) for match in _RANKS.finditer(key)]:
        return tuple(ranks)
    return tuple(Span(*match.span()) for pattern in (_TOP, _NTH, _ORDERED) for match in pattern.finditer(key))


def next_ranks(text: str, count: int) -> tuple[Span, str] | None:
    """Return where ``text`` asks for the first of an order, or for some places, and how the next ``count`` are asked.

    投资排前五的项目, 3 → 排前五, “排第6到第8名”. None where it asks for no such, or for the last ones.
    """
    if match := _RANKS.search(text):
        ranks = _ranks(text)
        return (Span(*match.span()), f"排第{ranks.stop}到第{ranks.stop + count - 1}名") if ranks else None
    match = _TOP.search(text)
    known = _number(match[1] or match[2]) if match is not None else 0
    if match is None or not known or _FROM_BELOW.search(match.group()):
        return None
    return Span(*match.span()), f"排第{known + 1}到第{known + count}名"


def all_ranks(text: str) -> tuple[Span, int] | None:
    """Return where ``text`` asks for some places of an order, and how many there are with those before them."""
    match, ranks = _RANKS.search(text), _ranks(text)
    return (Span(*match.span()), ranks.stop - 1) if match is not None and ranks else None


def _ranks(key: str) -> range:
    """Return the places asked for from one to another, empty where they are not."""
    match = _RANKS.search(key)
    if match is None:
        return range(0)
    first, last = _number(match["first"] or match["from"]), _number(match["last"] or match["to"])
    return range(first, last + 1) if 0 < first < last else range(0)


def _number(written: str) -> int:
    return parse_chinese_integer(written) or 0
