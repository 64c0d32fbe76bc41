"""A folded question in, the bounds that it sets on figures out, each with its amount and unit as written.

Example: 投资在5000万元到三亿元之间 → ≥ 5000万元 and ≤ 3亿元; 不到1% → < 1%; 正好3亿元 → = 3亿元.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from corpus.models import Span
from corpus.numerals import parse_chinese_integer, split_unit
from corpus.units import UNIT

SCALES = {"": Decimal(1), "万": Decimal(10**4), "亿": Decimal(10**8), "万亿": Decimal(10**12)}
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[零一二两三四五六七八九十百千]+(?:点[零一二三四五六七八九]+)?"

# An amount that is not read wholly (5千万, 1亿5000万, 10个亿, 10多亿, 百分之五) is none: half of it would be another.
_WHOLE = r"(?<![\d零一二两三四五六七八九十百千万亿点.])"
_READ = r"(?![\d十百千万亿多余来]|个[万亿]|分之)"


def _amount(name: str) -> str:
    """Return the pattern of an amount; 四位年份 such as 2024年 are no amounts."""
    unit = rf"(?P<unit{name}>(?:万亿|亿|万)?(?:{UNIT})|万亿|亿|万)"
    return rf"(?!(?:19|20)\d\d(?:年|[-－—至到]|$)){_WHOLE}(?P<number{name}>{_DIGITS}){unit}?(?!半){_READ}"


_SIGNS = {
    ">=": "不低于|不少于|不小于|大于等于|大于或等于|至少|最少|起码|上|>=|≥|及以上|或以上|以上|含以上",
    "<=": "不超过|没超过|没有超过|未超过|不高于|不大于|不多于|小于等于|小于或等于|至多|顶多|<=|≤|"
    "及以下|或以下|以下|以内|之内",
    ">": "超过|超出|超|过|大于|高于|多于|突破|>",
    "<": "不足|不满|不到|未满|没到|未达到|未到|小于|低于|少于|<",
    "=": "正好|恰好|刚好|等于|恰为|=|正好是|恰好是|刚好是|正好等于|恰好等于|刚好等于|定为|设为",
}
SIGN_OF = {word: sign for sign, words in _SIGNS.items() for word in words.split("|")}
_OF_ANY = r"[^，,。；;？?]{1,12}的(?:项目|指标|工程)?吗"
_BEFORE = "|".join(
    # 有没有超过 and 没有超过一亿元的项目吗 ask whether there are such; 都没有超过 says how much all are.
    f"(?:(?<=都){word}|(?<!有){word}(?!{_OF_ANY}))" if word.startswith("没") else word
    for word in sorted((w for w in SIGN_OF if not re.search("以上|以下|以内|之内", w)), key=len, reverse=True)
)
_AFTER = "及以上|或以上|含以上|以上|及以下|或以下|以下|以内|之内"
_BETWEEN = re.compile(
    rf"(?:介于|处于|在)?{_amount('1')}(?P<joint>(?:到|至|和|与|-|~|—)+){_amount('2')}"
    r"(?P<closed>之间|之中|以内|范围内?|区间)?"
)
_REMEMBERED = 256
_VAGUE = ("上", "过", "近", "数", "几", "约", "左右", "大概")
_ENDS = re.compile(r"[（(]?包?含(?:首尾)?两[头端](?:的)?(?:在内)?[）)]?")
_ONE = re.compile(
    rf"(?:达到|达|在|为|是)?(?P<before>{_BEFORE})?了?{_amount('')}(?!(?<=一)[共起样般直])(?P<after>{_AFTER})?(?P<whose>(?=的))?"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its scale and unit as written: 3, 亿, 元."""

    number: Decimal
    scale: str
    unit: str


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure must be in ``sign`` to ``amount``; ``span`` is where the question says so."""

    sign: str
    amount: Amount
    span: Span


@lru_cache(maxsize=_REMEMBERED)
def find_bounds(key: str) -> tuple[Bound, ...]:
    """Return all bounds in order; both ends of a stretch (5亿到10亿之间) belong to it."""
    found: list[Bound] = []
    for match in _BETWEEN.finditer(key):
        # 3亿元和5亿元 are two amounts, 3亿元和5亿元之间 is a stretch.
        if match["closed"] or (match["unit2"] and not set(match["joint"]) & set("和与")):
            low, high = _read(match, "1"), _read(match, "2")
            if not low.unit and not low.scale:
                low = Amount(low.number, high.scale, high.unit)
            elif not low.unit:
                low = Amount(low.number, low.scale, high.unit)
            found += [Bound(sign, amount, Span(*match.span())) for sign, amount in ((">=", low), ("<=", high))]
    taken = [bound.span for bound in found]
    for match in _ONE.finditer(key):
        span = Span(*match.span())
        sign = SIGN_OF.get(match["before"] or match["after"] or "") or ("=" if _is_whose(match) else "")
        if sign and not any(span.overlaps(other) for other in taken):
            found.append(Bound(sign, _read(match, ""), span))
    return tuple(sorted(found, key=lambda bound: bound.span))


def closing_spans(key: str) -> list[Span]:
    """Return where the question says that both ends of a stretch belong to it: （含两头）."""
    return [Span(*match.span()) for match in _ENDS.finditer(key)]


def _is_whose(match: re.Match[str]) -> bool:
    """Return whether an amount of money or measure tells rows by itself: 投资3亿元的项目, but not 投资上百亿的项目."""
    unit = match["unit"] or ""
    if match.string[: match.start()].endswith(_VAGUE):
        return False
    return match["whose"] is not None and (unit[:1] in ("万", "亿") or unit in ("元", "%"))


def _read(match: re.Match[str], name: str) -> Amount:
    written = match[f"number{name}"].replace(",", "")
    unit = match[f"unit{name}"] or ""
    scale, rest = (unit, "") if unit in SCALES else split_unit(unit)
    return Amount(_number(written), scale, rest)


def _number(written: str) -> Decimal:
    if written[0].isdigit():
        return Decimal(written)
    whole, _, part = written.partition("点")
    digits = "".join(str(parse_chinese_integer(digit)) for digit in part)
    return Decimal(f"{parse_chinese_integer(whole) or 0}.{digits or 0}")
