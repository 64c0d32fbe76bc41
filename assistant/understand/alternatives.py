"""A question that offers two values of one column in, the question that asks for that column out.

Example: 覆盖率属于约束性指标还是预期性指标 → 覆盖率的属性, where both are values of the column 属性.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from assistant.understand.values import ValueMention
from corpus.folding import fold
from corpus.models import ParsedDocument, Table

_IS = r"(?:到底|究竟)?(?:[由归让]|是|为|算作?|属于?|归于?|归入|列为|列入|列在|归在|放在|划归|划为)?(?:一?[个项类种])?"
_NOUN = r"(?:的?[^，,。；;？?的]{0,4}?)"
_BEFORE = re.compile(rf"[，,]?{_IS}$")
_BETWEEN = re.compile(rf"{_NOUN}[，,]?(?:还是|或者?是){_IS}")
_BODIES = re.compile(r"(?:单位|部门|机构)$")
_BEHIND = re.compile(rf"{_NOUN}[？?呢啊。]*")


def ask_for_column(
    text: str, mentions: Sequence[ValueMention], tables: Iterable[tuple[ParsedDocument, Table]]
) -> str | None:
    """Return the question with what it offers to choose from as the name of their column; None where it offers none."""
    key = fold(text)
    names = {(document.info.id, table.id): table for document, table in tables}
    for first, second in pairwise(mentions):
        offered = _BETWEEN.fullmatch(key, first.span.end, second.span.start)
        if offered is None or _BEHIND.fullmatch(key, second.span.end) is None:
            continue
        columns = [{(ref.document_id, ref.table_id, ref.column) for ref in one.refs} for one in (first, second)]
        shared = sorted(place for place in columns[0] & columns[1] if place[:2] in names and place[2] >= 0)
        before = _BEFORE.sub("", text[: first.span.start])
        headers = {names[place[:2]].columns[place[2]].name for place in shared}
        if before and len(headers) == 1:
            return f"{before}的{next(iter(headers))}"
        if before and len(headers) > 1 and all(_BODIES.search(header) for header in headers):
            # The tables call the body otherwise each, and the verb says which is meant: 由甲局还是乙局牵头.
            return f"{before}由谁{key[second.span.end :].rstrip('？?呢啊。') or '负责'}"
    return None
