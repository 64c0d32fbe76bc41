"""A question for what something comes to, and the rate of a row in, whether the rate is of the kind asked for out.

Example: 单位造价2400元/亩 is no answer to 100亩能补多少, nor 月补助标准 to 全年能拿多少.
"""

from __future__ import annotations

import re

from assistant.models import Claim
from corpus.models import Quantity

ASKS = re.compile(
    r"(?:补[助贴偿]?|奖[补励]?|给|拿|领|得|收|交|缴|要|付|花|一共|总共|合计|多少钱)[^，,。？?]{0,6}(?:多少|几)"
    r"|多少(?:钱|补[助贴]|奖)"
)
"""Asks what is given or taken."""
MARKS = re.compile(r"[，,。；;？?！!]+")
_GIVES = re.compile("[补奖贴]|资助|发(?![展现生])|领(?!导)")
_TAKES = re.compile("交(?!通)|缴|罚|(?<![征回])收(?![入购到割益])|付|花(?=了|费|多少|几)")
_IS_GIVEN = re.compile("[补奖贴]|资助|支持|扶持|救助")
_IS_TAKEN = re.compile("造价|管护费|收费|[交缴罚价]")
_OF_EITHER = re.compile("标准|金额")
_TIME_OF_RATE = re.compile(r"(?<![\d老青少成])[年月日天季]")
_TIME_ASKED = re.compile(r"(?P<many>[全半每一二两三四五六七八九十]|(?<!\d)\d{1,2})个?(?P<time>[年月日天]|季度)")
_ONCE = frozenset("全每一1")
_TIMES = frozenset("年月日天")


def is_asked(claim: Claim, text: str) -> bool:
    """Return whether a rate is given where it is asked what is given, and taken where it is asked what is taken."""
    asks = ASKS.search(text)
    start = max((match.end() for match in MARKS.finditer(text, 0, asks.start())), default=0) if asks else 0
    end = next((match.start() for match in MARKS.finditer(text, asks.end())), len(text)) if asks else len(text)
    asked = text[start:end].replace(claim.subject, "")
    gives, takes = _GIVES.search(asked) is not None, _TAKES.search(asked.replace(claim.label, "")) is not None
    is_given, is_taken = (one.search(claim.label) is not None for one in (_IS_GIVEN, _IS_TAKEN))
    is_either = _OF_EITHER.search(claim.label) is not None
    if claim.label in asked and not (takes and is_given):
        return True
    if gives and takes:
        return False
    if gives:
        return not is_taken and (is_given or is_either)
    if takes:
        return not is_given and (is_taken or is_either)
    return not is_taken or re.search("[拿给得]", asked) is None


def fits_time(claim: Claim, quantity: Quantity, text: str) -> bool:
    """Return whether a rate is for the time that is asked about: a rate for each month says nothing of 全年."""
    if quantity.unit in _TIMES:
        return True
    asked = {(match["many"] in _ONCE, match["time"][0]) for match in _TIME_ASKED.finditer(text)}
    times = {(True, time) for time in _TIME_OF_RATE.findall(claim.label)}
    return asked == times
