"""A clause that leans on what the clauses before it are about in, the same clause as a question of its own out.

Example: behind 某行动有哪些项目，总投资多少 → 其中甲项目占多少 is asked as 甲项目的投资占某行动总投资的比例是多少.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.understand.understanding import Understanding

_MUCH = r"(?:多少|几成|百分之(?:几|多少)|多大的?(?:比例|比重)|的?(?:比例|比重|百分比)(?:是|为|有)?(?:多少|多大)?)"
_SHARE_OF_ROW = re.compile(
    rf"^(?:其中)?(?P<row>[^，,。？?占]{{2,24}}?)(?:又|约|大概)?占(?:了|到)?(?:其中|其|总数|总额)?{_MUCH}[？?。]*$"
)
_SHARE_OF_TOLD = re.compile(
    rf"^(?:它|这个项目|该项目)?占(?:了|到)?(?P<of>[^，,。？?]{{0,20}}?)(?:的?(?:计划)?(?:总?投资额?|投资总额|总额))?的?{_MUCH}[？?。]*$"
)
_POINTS = re.compile(r"^(?:该|这个|这一|本|其|全部|整个)(?P<noun>[\u3400-\u9fff]{0,4})$")
_TOGETHER = re.compile(
    r"^(?:这)?(?:[两二三四五六几](?:者|项|个(?:项目)?))?(?:合计|总计|共计|加起来|一共|总共|合起来)(?:是|为)?(?P<much>多少.*)$"
)
_MONEY = re.compile(r"投资|资金|金额|经费")


def leaning(clauses: Sequence[str], rows: Sequence[str], understanding: Understanding) -> str:
    """Return the last of ``clauses`` as a question of its own; empty where it does not lean on those before.

    ``rows`` are the names of the rows that the clause before it is answered by.
    """
    scope = _scope(clauses, understanding)
    last = clauses[-1].removeprefix(scope)
    if (match := _TOGETHER.match(last)) and any(map(_MONEY.search, clauses[:-1])):
        return f"一共投资{match['much']}"
    if (match := _SHARE_OF_ROW.match(last)) and scope and understanding.named_in(match["row"]):
        return f"{match['row']}的投资占{scope}总投资的比例是多少"
    if (match := _SHARE_OF_TOLD.match(last)) and len(rows) == 1:
        of = scope if not match["of"] or _POINTS.match(match["of"]) else match["of"]
        return f"{rows[0]}的投资占{of}总投资的比例是多少" if of else ""
    return ""


def _scope(clauses: Sequence[str], understanding: Understanding) -> str:
    """Return the one value that the first clause names, as it names it; empty where it names none or several."""
    reading = understanding.read(clauses[0])
    named = [mention.span.of(clauses[0]) for mention in understanding.values_in(reading)]
    return named[0] if len(named) == 1 else ""
