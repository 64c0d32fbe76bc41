"""Written figures in, exact ``Decimal`` quantities out.

Example: “3.4万亩” becomes low 3.4, scale 万, unit 亩; “500公斤以下” becomes ≤ 500 公斤; “十二” becomes 12.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from corpus.models import Quantity, QuantityForm, Span
from corpus.units import MEASURE_WORDS, UNIT

NO_VALUE = frozenset({"", "-", "－", "—", "——", "/", "／", "…", "无", "\\"})
"""What a cell holds that states nothing."""

_DIGITS = {ch: value for value, ch in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}

_CHINESE = r"[零〇一二两三四五六七八九十百千]{1,24}"
_ARABIC = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?(?![\d,，])|\d{1,18}(?:\.\d{1,18})?(?!\d)"
_SIGN = r"≥|≧|>=|≤|≦|<=|＞|>|＜|<|≈|不低于|不少于|不小于|不超过|不高于|不大于|大于|高于|超过|小于|低于|少于|大约|约|近"
_SIGNS = {
    **dict.fromkeys(("≥", "≧", ">=", "不低于", "不少于", "不小于", "以上", "及以上"), "≥"),
    **dict.fromkeys(("≤", "≦", "<=", "不超过", "不高于", "不大于", "以下", "以内", "及以下"), "≤"),
    **dict.fromkeys(("＞", ">", "大于", "高于", "超过", "余", "多"), ">"),
    **dict.fromkeys(("＜", "<", "小于", "低于", "少于"), "<"),
    **dict.fromkeys(("≈", "大约", "约", "近", "左右", "上下"), "≈"),
}
_SCALE = r"万亿|亿|万"
_DASH = r"[-－–—―~～]{1,2}|至|到"
_YEAR = r"(?:19|20)\d\d"
_BEFORE = r"(?<![\d.A-Za-z_#第])"
_AFTER = r"(?:及?以上|及?以下|以内|左右|上下)"

_PERIOD = re.compile(
    rf"(?<!\d)(?P<low>{_YEAR})年?(?:\d{{1,2}}月)?\s*(?:{_DASH})\s*(?P<high>{_YEAR})(?:年(?:\d{{1,2}}月)?|(?!\d))"
    rf"|(?<!\d)(?P<one>{_YEAR})年"
)
_RATIO = re.compile(
    rf"{_BEFORE}(?P<low>\d{{1,9}}(?:\.\d{{1,9}})?)\s*[:：∶]\s*(?P<high>\d{{1,9}}(?:\.\d{{1,9}})?)(?![\d:：])"
)
_RANGE = re.compile(
    rf"{_BEFORE}(?P<low>{_ARABIC})(?P<scale1>{_SCALE})?(?P<unit1>{UNIT})?(?:{_DASH})"
    rf"(?P<high>{_ARABIC})(?P<scale>{_SCALE})?(?P<unit>{UNIT})?(?P<after>{_AFTER})?"
)
_NUMBER = re.compile(
    rf"(?P<sign>{_SIGN})?\s*{_BEFORE}(?P<low>(?:(?<![\w）)])[-−])?(?:{_ARABIC}))(?P<more>余|多)?"
    rf"(?P<scale>{_SCALE})?(?P<more2>余|多)?\s*(?P<unit>{UNIT})?(?P<after>{_AFTER})?"
)
_CHINESE_NUMBER = re.compile(
    rf"(?P<sign>{_SIGN})?(?<![第每{_CHINESE[1:-7]}])(?P<low>{_CHINESE})(?P<more>余|多)?(?P<scale>{_SCALE})?(?P<more2>余|多)?"
    rf"(?P<unit>{UNIT})?(?P<after>{_AFTER})?"
)
_PATTERNS = (_PERIOD, _RATIO, _RANGE, _NUMBER, _CHINESE_NUMBER)
_LONGEST = 24
_UNIT_NOTE = re.compile(r"^(万亿|亿|万)(?=\S)(.+)$")


def parse_chinese_integer(text: str) -> int | None:
    """Return the value of a Chinese or Arabic integer (十二, 二〇二二, 三十亿, 12), or None if it is not one."""
    if len(text) > _LONGEST:
        return None
    if text.isascii() and text.isdigit():
        return int(text)
    if not text or any(ch not in _DIGITS and ch not in _TENS and ch not in _MYRIADS for ch in text):
        return None
    if all(ch in _DIGITS for ch in text):
        return int("".join(str(_DIGITS[ch]) for ch in text))
    return _sum_places(text)


def _sum_places(text: str) -> int:
    total = section = digit = 0
    for ch in text:
        if ch in _DIGITS:
            digit = _DIGITS[ch]
        elif ch in _TENS:
            # 十二 begins with the ten itself.
            section += (digit or (1 if section == 0 or ch == "十" else 0)) * _TENS[ch]
            digit = 0
        else:
            part = section + digit
            total = (total + part) * _MYRIADS[ch] if ch == "亿" else total + part * _MYRIADS[ch]
            section = digit = 0
    return total + section + digit


SCALES = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}
"""How many one of each scale is that ``split_unit`` cuts off."""


def split_unit(note: str) -> tuple[str, str]:
    """Return (scale, unit) of a unit as written: 亿元 → (亿, 元), 万元/人 → (万, 元/人), % → ("", %)."""
    note = note.strip().replace("％", "%")
    match = _UNIT_NOTE.match(note)
    return (match.group(1), match.group(2)) if match else ("", note)


def is_unit(note: str) -> bool:
    """Return whether the words of a bracket are a unit of measure (%, 亿元, 件/万人) and not a remark (中水)."""
    return re.fullmatch(rf"\s*(?:{_SCALE})?(?:{UNIT}|年)\s*", note) is not None


def is_range(words: str) -> bool:
    """Return whether words state a range of a measure and nothing else: 80至89周岁, 100周岁以上, but not 5万元."""
    if len(words) > _LONGEST or not words[:1].isdigit():
        return False
    quantity = parse_quantity(words)
    if quantity is None or not quantity.unit:
        return False
    return quantity.form is QuantityForm.RANGE or quantity.sign in ("≥", "≤", ">", "<")


def parse_quantity(text: str, unit: str = "") -> Quantity | None:
    """Return the quantity that a whole cell states.

    Args:
        text: the cell, e.g. “＞70”, “2.5:1”, “60余项”, “2022-2024”.
        unit: the unit its header or row name gives (“亿元”); a unit written in the cell goes before it.

    Returns:
        The quantity; form WORDS where the cell says something that is no figure; None where it says nothing.
    """
    words = text.strip()
    if words in NO_VALUE:
        return None
    if len(words) > 4 * _LONGEST:  # a sentence, not a figure
        return Quantity(text, QuantityForm.WORDS)
    if unit.strip() == "年" and re.fullmatch(_YEAR, words):
        return Quantity(text, QuantityForm.PERIOD, Decimal(words), Decimal(words), unit="年")
    for pattern in _PATTERNS:
        match = pattern.fullmatch(words)
        if match:
            return _with_unit(_quantity(match, words), unit)
    return Quantity(text, QuantityForm.WORDS)


def find_quantities(text: str) -> Iterator[tuple[Quantity, Span]]:
    """Yield each quantity of a sentence with its span, in order; numbering (第3) and codes (R2) are none."""
    ahead = [_next_stated(pattern, text, 0) for pattern in _PATTERNS]
    while any(ahead):
        # The earliest wins; at one place the pattern listed first, which reads the most.
        match = min((one for one in ahead if one), key=_first_figure)
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        words = match.group().strip()
        yield _quantity(match, words), Span(start, start + len(words))
        at = match.end()
        ahead = [
            _next_stated(pattern, text, at) if one and one.start() < at else one
            for pattern, one in zip(_PATTERNS, ahead, strict=True)
        ]


def _next_stated(pattern: re.Pattern[str], text: str, at: int) -> re.Match[str] | None:
    return next((match for match in pattern.finditer(text, at) if _is_stated(match)), None)


def _first_figure(match: re.Match[str]) -> int:
    return match.start("one") if _has(match, "one") else match.start()


def _has(match: re.Match[str], name: str) -> bool:
    return name in match.re.groupindex and match.group(name) is not None


def _is_stated(match: re.Match[str]) -> bool:
    """Return whether a match in running text is a figure, not a stray Chinese numeral (一批, 五大行动)."""
    if match.re is not _CHINESE_NUMBER:
        return True
    unit, low = match.group("unit"), match.group("low")
    if parse_chinese_integer(low) is None:
        return False
    counted = unit is not None and (unit not in MEASURE_WORDS or len(low) > 1)
    return counted or bool(match.group("scale"))


def _quantity(match: re.Match[str], words: str) -> Quantity:
    if match.re is _PERIOD:
        low = match.group("low") or match.group("one")
        return Quantity(words, QuantityForm.PERIOD, Decimal(low), Decimal(match.group("high") or low), unit="年")
    if match.re is _RATIO:
        return Quantity(words, QuantityForm.RATIO, _decimal(match.group("low")), _decimal(match.group("high")))
    scale, unit = match.group("scale") or "", match.group("unit") or ""
    if not scale:
        scale, unit = split_unit(unit)
    unit = unit.replace("％", "%")
    if match.re is _RANGE:
        low, high = _decimal(match.group("low")), _decimal(match.group("high"))
        return Quantity(words, QuantityForm.RANGE, low, high, "=", scale, unit or match.group("unit1") or "")
    value = _decimal(match.group("low"))
    return Quantity(words, QuantityForm.NUMBER, value, value, _sign(match), scale, unit)


def _sign(match: re.Match[str]) -> str:
    for name in ("sign", "after", "more", "more2"):
        if match.group(name):
            return _SIGNS[match.group(name)]
    return "="


def _decimal(written: str) -> Decimal:
    chinese = parse_chinese_integer(written)
    return Decimal(chinese) if chinese is not None else Decimal(re.sub("[,，]", "", written).replace("−", "-"))


def _with_unit(quantity: Quantity, note: str) -> Quantity:
    if quantity.unit or not note or quantity.form is QuantityForm.RATIO:
        return quantity
    scale, unit = split_unit(note)
    scale = quantity.scale or scale
    form = quantity.form
    return Quantity(quantity.text, form, quantity.low, quantity.high, quantity.sign, scale, unit)
