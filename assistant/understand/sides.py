"""Words that set one figure above or below another in, the sign of it out.

Example: 高于 (平均) is >, 没有达到 (全市) is <, 比 (全市) 快 is >.
"""

from __future__ import annotations

import re
from operator import ge, gt, le, lt

_SIGNS = {
    ">": "高于|大于|超过|超出|多于|高过|高出|快于|好于",
    "<": "低于|小于|少于|不到|不足|不及|慢于|达不到|没达到|没有达到|未达到|未能达到",
    ">=": "不低于|不少于|不小于|达到",
    "<=": "不高于|不超过|不大于|没超过|没有超过|未超过",
}
_SIGN_OF = {word: sign for sign, words in _SIGNS.items() for word in words.split("|")}
_WORDS = "|".join(
    f"(?<!有){word}" if word.startswith("没") else word  # 有没有超过 asks whether it is more
    for word in sorted(_SIGN_OF, key=len, reverse=True)
)

SIDE = rf"(?<![没未前])(?<!(?<!有)没有)(?<!未能)(?P<sign>{_WORDS})了?"
"""Stands before what a figure is set against; a negation that is none of the words is not read."""
ABOVE = re.compile(r"(?P<up>以上|之上)|以下|之下")
MORE = re.compile(r"[还要更]*(?:(?P<up>[高大多快好])|[低小少慢差])(?=的|[，,。？?]|$)")
"""Stand behind what a figure is set against: 在全市平均以上, 比全市高."""
HOLDS = {">": gt, "<": lt, ">=": ge, "<=": le}
SAID = {">": "高于", "<": "低于", ">=": "不低于", "<=": "不高于"}
NO_ROW = (-1,)
"""The rows of a condition that no row meets."""


def sign_of(match: re.Match[str]) -> str:
    """Return the sign that a match of ``SIDE`` says, or one of ``ABOVE`` or ``MORE``."""
    if "sign" in match.re.groupindex:
        return _SIGN_OF[match["sign"]]
    return ">" if match["up"] else "<"
