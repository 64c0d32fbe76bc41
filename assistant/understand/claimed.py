"""A question that asks whether a figure is so in, the figure that it states and the question without it out.

Example: 甲项目的投资是不是16.5亿元 → 16.5亿元 of “甲项目的投资”; 甲率2024年超过80%吗 → > 80%.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.understand.bounds import SIGN_OF
from corpus.folding import fold
from corpus.models import Quantity, QuantityForm
from corpus.numerals import parse_chinese_integer, parse_quantity

_BEFORE = "|".join(sorted((w for w in SIGN_OF if not re.search("以[上下内]|之内", w)), key=len, reverse=True))
_AFTER = "|".join(sorted((w for w in SIGN_OF if re.search("以[上下内]|之内", w)), key=len, reverse=True))
_ASKING = "是不是|是否|有没有"
_DIGIT = "[一二三四五六七八九]"
_COUNTED = rf"(?<![两百几十])(?<!{_DIGIT})(?:{_DIGIT}?十{_DIGIT}?|{_DIGIT}|两)[个项家位名条处座]"
_CLAIM = re.compile(
    rf"(?P<verb>(?:真的|确实|就|只|仅|才|{_ASKING}|是|为|在|达到|达|到|有|能)*)(?P<before>{_BEFORE})?了?"
    rf"(?P<figure>[-－−]?\d[\d.,:]*\s*[^\d，,。？?！!；;]{{0,12}}?|{_COUNTED})(?P<noun>项目|指标|工程|专家)?(?P<after>{_AFTER})?"
    r"(?P<end>了?[，,]?(?:吗|么|嘛|吧|对吗|对吧|对不对|是吗|是吧|是不是))?[？?。！!\s]*$"
)
_NUMERAL = re.compile("^[一两二三四五六七八九十]+")
_NOT = re.compile(r"[不没未非无]$|(?<![首成])都$|(?<![人平年月日户亩])均$|[还或]是?$")
_ABOUT = re.compile(r"(?:大概|大约|约|差不多|将近|接近|近)(?:[是为有在]|达到)?$")
_YEAR = re.compile(r"(?:19|20)\d\d(?:年|$)")
_LOOSE = re.compile(r"[的，,：:\s]+$")


@dataclass(frozen=True, slots=True)
class FigureClaim:
    """A figure that a question asks to confirm: ``quantity`` as stated, ``sign`` how the true one should be to it.

    ``stated`` is how the question writes it, with its sign; ``of`` is what the question states it of.
    """

    quantity: Quantity
    sign: str
    stated: str
    of: str


def find_figure_claim(text: str) -> FigureClaim | None:
    """Return the figure that a question ends with and asks to confirm; None where it asks anything else.

    A year (2024年完工吗) is no figure, and what is denied (不是80岁吗) or a choice (80还是85) is not confirmed.
    """
    key = fold(text)
    for match in _CLAIM.finditer(key):
        asks = match["end"] or re.search(_ASKING, match["verb"])
        signed = match["before"] or match["after"]
        is_said = match["verb"] or signed or "对" in (match["end"] or "")
        if not asks or not is_said or _NOT.search(key[: match.start()]):
            continue
        if _ABOUT.search(key[: match.start("figure")]):
            return None  # 170.58 is about 170
        quantity = parse_quantity(_NUMERAL.sub(_in_digits, match["figure"].replace(",", "").strip()))
        if quantity is None or quantity.low is None or _YEAR.match(match["figure"]):
            return None
        first, last = ("before" if match["before"] else "figure"), ("after" if match["after"] else "figure")
        stated = text[match.start(first) : match.end(last)].strip()
        sign = SIGN_OF[signed] if signed else "="
        of = _LOOSE.sub("", text[: match.start()])
        return FigureClaim(quantity, sign, stated, f"{of}的{match['noun']}" if match["noun"] else of)
    return None


def _in_digits(match: re.Match[str]) -> str:
    return str(parse_chinese_integer(match.group().replace("两", "二")) or "")


def is_plain(quantity: Quantity) -> bool:
    """Return whether a quantity is one number or a range of numbers, with whatever sign."""
    return quantity.low is not None and quantity.form in (QuantityForm.NUMBER, QuantityForm.RANGE)
