"""A question that asks whether a figure is so in, the figure that it states and the question without it out.

Example: 甲项目的投资是不是16.5亿元 → 16.5亿元 of “甲项目的投资”; 甲率2024年超过80%吗 → > 80%; 甲局牵头了九个项目吗 →
9 of “甲局牵头了几个项目”.
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
    rf"(?P<verb>(?:真的|确实|就|只|仅|才|{_ASKING}|是|为|在|达到|达|到|有|能|要|应该|应当|应|需要|(?:控制|保持|稳定|维持|提高|提升|增加|下降|降低|降)(?=[在到至])|在|到|至)*)(?P<before>{_BEFORE})?了?"
    rf"(?P<figure>[-－−]?\d[\d.,:]*\s*[^\d，,。？?！!；;]{{0,12}}?|{_COUNTED})(?P<noun>项目|指标|工程|专家)?(?P<after>{_AFTER})?"
    r"(?P<end>了?[，,]?(?:吗|么|嘛|吧|对吗|对吧|对不对|是吗|是吧|是不是))?[？?。！!\s]*$"
)
_NUMBER_OF = re.compile(
    rf"(?<![第前后末每各这那另余其\d.])(?<!(?<!牵)头)(?P<sign>{_BEFORE})?"
    rf"(?P<figure>(?P<number>\d+|{_DIGIT}?十{_DIGIT}?|{_DIGIT}|两)[个项家位名])(?P<after>{_AFTER})?"
)
_LONGEST = 200
_OF_ALL = re.compile(r"[\u3400-\u9fff]{0,6}[都均全]")
"""Says something of so many, and not that there are as many: 五位院士都在北京吗."""
_ONLY = re.compile(r"(?:[只仅才就]|刚好|正好)(?=(?:有|是|牵头|负责|承担)?了?$)")
_ASKS_COUNT = re.compile(rf"{_ASKING}|了?[，,]?(?:吗|么|嘛|吧|对吗|对吧|对不对|是吗|是吧|是不是)[？?。！!\s]*$")
_AMONG = re.compile(".{0,6}?(?:里面?|当中|之中|中)")
_NUMERAL = re.compile("^[一两二三四五六七八九十]+")
_NOT = re.compile(r"[不没未非无]$|(?<![首成])都$|(?<![人平年月日户亩])均$|[还或]是?$")
_ABOUT = re.compile(r"(?:大概|大约|约|差不多|将近|接近|近)(?:[是为有在]|达到)?$")
_YEAR = re.compile(r"(?:19|20)\d\d(?:年|$)")
_LOOSE = re.compile(r"[的，,：:\s]+$")


@dataclass(frozen=True, slots=True)
class FigureClaim:
    """A figure that a question asks to confirm: ``quantity`` as stated, ``sign`` how the true one should be to it.

    ``stated`` is how the question writes it, with its sign; ``of`` is what the question states it of; ``counting`` is
    the question that counts what it is the number of.
    """

    quantity: Quantity
    sign: str
    stated: str
    of: str
    counting: str


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
        reached = ">=" if "达" in match["verb"] and "约" not in text else "="
        sign = SIGN_OF[signed] if signed else reached
        of = _LOOSE.sub("", text[: match.start()])
        of = f"{of}的{match['noun']}" if match["noun"] else of
        return FigureClaim(quantity, sign, stated, of, f"{of}有几个")
    return None


def find_count_claim(text: str) -> FigureClaim | None:
    """Return the number of things that a question asks to confirm somewhere in it: 甲局牵头了九个项目吗; else None.

    The number that says among how many (十位专家里) is not confirmed, nor is a place in an order or a denied number.
    """
    key = fold(text)
    found = _NUMBER_OF.finditer(key) if len(key) <= _LONGEST else ()
    numbers = [match for match in found if _is_claimed(match)]
    if (
        not _ASKS_COUNT.search(key)
        or len(numbers) != 1
        or len(key) != len(text)
        or _OF_ALL.match(key, numbers[0].end())
    ):
        return None
    match = numbers[0]
    quantity = parse_quantity(_NUMERAL.sub(_in_digits, match["figure"]))
    sign = match["sign"] or match["after"]
    before, behind = _ONLY.sub("", text[: match.start()]), text[match.end() :]
    counting = _ASKS_COUNT.sub("", f"{before}几{match['figure'][-1]}{behind}")
    stated = text[match.start() : match.end()]
    return FigureClaim(quantity, SIGN_OF[sign] if sign else "=", stated, "", counting) if quantity else None


def _is_claimed(match: re.Match[str]) -> bool:
    """Return whether a number of things is stated: 有一个 alone says that there is one, and no number."""
    before = match.string[: match.start()]
    is_any = match["number"] == "一" and not _ONLY.search(before)
    return not (is_any or _NOT.search(before) or _AMONG.match(match.string, match.end()))


def _in_digits(match: re.Match[str]) -> str:
    return str(parse_chinese_integer(match.group().replace("两", "二")) or "")


def is_plain(quantity: Quantity) -> bool:
    """Return whether a quantity is one number or a range of numbers, with whatever sign."""
    return quantity.low is not None and quantity.form in (QuantityForm.NUMBER, QuantityForm.RANGE)
