"""A number alone and the question before it as it was typed in, that question with the number exchanged out.

Example: 第四条呢, after 保障措施第一条讲了什么 → 保障措施第四条讲了什么: by then the first was called by its heading.
"""

from __future__ import annotations

import re

_NUMBER = r"第(?:\d{1,3}|[一二两三四五六七八九十百]{1,4})"
_ALONE = re.compile(rf"(?:那么?|那|再看)?(?P<said>{_NUMBER}(?P<unit>[个项条大类点]|方面))的?呢?[？?。]*")


def exchange_called(text: str, typed: str, called: str) -> str:
    """Return ``typed`` with its one number exchanged for that of ``text``; empty where ``text`` is more than a number.

    ``called`` is ``typed`` with what it numbers called by name: a number that is left there counts something else.
    """
    match = _ALONE.fullmatch(text.strip())
    if match is None:
        return ""
    numbers = list(re.finditer(rf"{_NUMBER}(?={match['unit']})", typed))
    if len(numbers) != 1 or numbers[0].group() in called:
        return ""
    return typed[: numbers[0].start()] + match["said"].removesuffix(match["unit"]) + typed[numbers[0].end() :]
