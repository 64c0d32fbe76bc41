"""A question that shortens the name of an agency in, the question with the name as the documents have it out.

Example: 住建局牵头哪些任务 → “县住房城乡建设局牵头哪些任务”: the one agency with these characters in this order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from assistant.understand.namings import Named
from corpus.cell_values import RANKS
from corpus.folding import fold

_ENDS = "局|委|办|厅|队|院|站|中心|公司"
_BODY = re.compile(rf"[\u3400-\u9fff]{{3,20}}(?:{_ENDS}|委员会|办公室)")
_END = re.compile(rf"(?<=[\u3400-\u9fff])(?:{_ENDS})(?![\u3400-\u9fff]{{0,2}}(?:{_ENDS}))")
_LONGEST, _SHORTEST = 5, 2
_LEFT_OUT = r"[\u3400-\u9fff]{0,6}?"
_TAILS = {"委": "委(?:员会)?", "办": "办(?:公室)?"}


class ShortAgencies:
    """Finds the agencies whose names a question shortens as everybody does: by a character of each of their words."""

    def __init__(self, names: Iterable[str], text: Iterable[str]) -> None:
        """Take what the documents' tables and fields name, and their whole texts; both are read when first needed."""
        self._listed, self._texts = names, text

    def in_full(self, text: str) -> Named:
        """Return ``text`` with each shortened name of one agency in full; unchanged where none is unmistakable."""
        meant: list[str] = []
        for match in reversed(list(_END.finditer(fold(text)))):
            start, name = self._called(fold(text), match)
            if name:
                text = text[:start] + name + text[match.end() :]
                meant.append(name)
        return Named(text, tuple(meant))

    def _called(self, key: str, end: re.Match[str]) -> tuple[int, str]:
        """Return where the short name that ends at ``end`` begins, and the one agency that has its characters."""
        for length in range(_LONGEST, _SHORTEST - 1, -1):
            start = end.start() - length
            short = key[max(start, 0) : end.end()]
            if start < 0 or not re.fullmatch(r"[\u3400-\u9fff]+", short):
                continue
            if short in self._said:
                return start, ""
            if len(found := self._agencies(short, end.group())) == 1:
                rank = short[0] in RANKS and short[0] not in (found[0][0], _unranked(found[0])[0])
                return start, "" if rank else found[0]
        return end.start(), ""

    def _agencies(self, short: str, tail: str) -> list[str]:
        letters = short.removesuffix(tail)
        pattern = re.compile(_LEFT_OUT.join(map(re.escape, letters)) + _LEFT_OUT + _TAILS.get(tail, re.escape(tail)))
        named = ((name, _unranked(name)) for name in self._names)
        return [name for name, bare in named if pattern.fullmatch(name) or pattern.fullmatch(bare)]

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for name in map(fold, self._listed) if _BODY.fullmatch(name)))

    @cached_property
    def _said(self) -> str:
        return "\n".join(map(fold, self._texts))


def _unranked(name: str) -> str:
    return name[1:] if name[0] in RANKS else name
