"""A cell told for a question in, the rate that it states out.

Example: 260元/亩, asked with 2000亩 → 260 for each 亩, in 元; 核定投资的20% of 300万 → 0.2 of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.models import Answer, Citation, Claim
from assistant.respond.query_words import plain
from corpus.models import Quantity, QuantityForm, Span
from corpus.numerals import parse_quantity

MONEY = re.compile(r"[万亿]*元")
SHARE = re.compile(r"(?:按照?)?(?P<of>[\u3400-\u9fff]{2,12})的(?P<percent>\d+(?:\.\d+)?)[%％]")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Rate:
    """What a cell gives for each of something, ``each`` times how much there is of it, in ``money``.

    ``unit`` stands behind the figure where it is one (元/亩), and not where it is a share (核定投资的20%); ``shown`` is
    how it is written.
    """

    claim: Claim
    citation: Citation
    each: Decimal
    unit: str
    money: str
    shown: str


def read_rate(answer: Answer, claim: Claim, quantity: Quantity, text: str, figure: Span) -> Rate | None:
    """Return the rate that a claim of an answer states for each of the question's unit, or as a share of its sum.

    ``figure`` is where the quantity stands in the question's ``text``; None where the cell states no such rate.
    """
    value, unit = claim.statement.value, claim.statement.unit
    citation = next(one for one in answer.citations if one.index == claim.statement.citation)
    if not unit and (read := parse_quantity(value)) is not None and is_plain(read) and read.low is not None:
        value, unit = plain(read.low), f"{read.scale}{read.unit}"  # a rate in a column of words: 150元/亩
    if is_money(quantity):
        share = SHARE.fullmatch(value)
        if share is None or not _is_of(share["of"], text, figure):
            return None
        return Rate(claim, citation, Decimal(share["percent"]) / 100, "", "元", value)
    money, _, each = unit.partition("/")
    if each != quantity.unit or not MONEY.fullmatch(money) or not _FIGURE.fullmatch(value):
        return None
    return Rate(claim, citation, Decimal(value), unit, money, f"{plain(Decimal(value))}{unit}")


def _is_of(base: str, text: str, figure: Span) -> bool:
    """Return whether the figure of a question is that of which a share is given: 核定投资300万, 300万的核定投资."""
    before, behind = text[: figure.start], text[figure.end :]
    return re.search(f"{re.escape(base)}[是为有共约了达到]{{0,3}}$", before) is not None or bool(
        re.match(f"元?的?{re.escape(base)}", behind)
    )


def is_plain(quantity: Quantity) -> bool:
    """Return whether a question states an exact figure with its unit, or money without: 2000亩, 5000万."""
    exact = quantity.form is QuantityForm.NUMBER and quantity.sign == "="
    return exact and (bool(quantity.unit) or quantity.scale in ("万", "亿"))


def is_money(quantity: Quantity) -> bool:
    """Return whether a figure is a sum of money: 300万, 500元."""
    return quantity.unit in ("", "元")
