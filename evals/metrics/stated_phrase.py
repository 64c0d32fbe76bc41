"""A required phrase and an answer in, whether the answer states it out.

Example: “水利局” is stated by “由市水利局牵头” and not by “不是水利局”; “3处” is not stated by “13处”.
"""

from __future__ import annotations

import re

from evals.cases import Alternatives, alternatives
from evals.metrics.folding import fold

_DENIED = re.compile("(?:不是|并非|而非|不由|不为)$")


def states_phrase(text: str, phrase: Alternatives) -> bool:
    """Return whether one of the phrase's alternatives stands in ``text``, apart from width, blanks and quotation marks.

    A figure at its edge must be whole (5年 is not in 15年, 1.8 not in 1.82), and one place must not be denied by the
    word before it.
    """
    folded = fold(text)
    return any(_is_claimed(folded, fold(choice)) for choice in alternatives(phrase))


def _is_claimed(text: str, phrase: str) -> bool:
    found = re.finditer(_before(phrase) + re.escape(phrase) + _after(phrase), text)
    return any(not _DENIED.search(text[: match.start()]) for match in found)


def _before(phrase: str) -> str:
    if re.match("[0-9]", phrase):
        return r"(?<!\d)(?<!\d\.)"
    return "(?<![十百千零])" if re.match("[一二三四五六七八九两]", phrase) else ""


def _after(phrase: str) -> str:
    return r"(?!\d)(?!\.\d)" if re.search("[0-9]$", phrase) else ""
