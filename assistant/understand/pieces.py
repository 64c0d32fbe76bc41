"""A question that combines several results in, the stretches that name them out, most of them first.

Example: 能源局牵头的项目比水利局 → “能源局牵头的项目”, “水利局”; the second may be read as “水利局牵头的项目”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from assistant.understand.combination import Combining
from corpus.models import Span

_THAN = re.compile(r"(?<![占对相同环])比(?!重(?!点)|[率例值较])|较(?![大小多少高低])|离|距离?")
_OR = re.compile(r"还是")
_TO_YEAR = re.compile(r"(?<=\d)年?(?:到|至|-|~|—)(?=(?:19|20)\d\d)")
_IS = re.compile(r"相当于|等于|占|是|为")
_AND = re.compile(r"以及|还有|加上|[和与跟同及、，,]")
_EDGE = re.compile(
    r"^(?:从|自|[的，,、：:在]|这?[两二三四五六七八九十\d]+[个家项者](?=$))+"
    r"|(?:[的，,、：:]|这?(?:[两二三四五六七八九十]|\d+)(?:者|[个家项](?:项目|指标)?)(?:中|里)?)+$"
)
_NUMERAL = re.compile(r"[\d一二两三四五六七八九十百千]")
_MOST_JOINTS = 5
_MOST_READINGS = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """One stretch of the question that should be a result; ``lent`` are the words of others it may be read with."""

    own: str
    lent: tuple[tuple[str, str], ...]

    def readings(self) -> Iterator[tuple[str, str]]:
        """Yield (text, lent words): what the piece may stand for, first what takes most from the others."""
        for before, behind in self.lent:
            if not _makes_number(before, self.own) and not _makes_number(self.own, behind):
                yield f"{before}{self.own}{behind}", before + behind


def _makes_number(before: str, behind: str) -> bool:
    """Return whether two texts would make one number where they meet: 重点工程2 with 1的投资 lent to it."""
    return _NUMERAL.match(before[-1:]) is not None and _NUMERAL.match(behind[:1]) is not None


def split_pieces(
    rest: str, operation: Combining, edges: Sequence[int], names: Sequence[Span] = ()
) -> Iterator[tuple[Piece, ...]]:
    """Yield the ways to take the text apart at its joints; ``edges`` are where its words begin and end.

    A joint inside one of the ``names`` of things is none (和光悦府), and no name is cut in two.
    """
    strong = [] if operation is Combining.EACH else [_THAN, _OR]
    if operation in (Combining.GROWTH, Combining.DIFFERENCE):
        strong.append(_TO_YEAR)
    if operation in (Combining.RATIO, Combining.PERCENT):
        strong.append(_IS)
    for pattern in strong:
        for match in pattern.finditer(rest):
            yield _pieces(rest, [match.span()], edges, names)
    joints = [match.span() for match in _AND.finditer(rest) if match.start() > 0 and match.end() < len(rest)]
    joints = [joint for joint in joints if not any(name.covers(Span(*joint)) for name in names)]
    if len(joints) > _MOST_JOINTS:
        yield _pieces(rest, joints, edges, names)
        return
    for size in range(len(joints), 0, -1):
        for chosen in combinations(joints, size):
            yield _pieces(rest, chosen, edges, names)


def _pieces(
    rest: str, joints: Sequence[tuple[int, int]], edges: Sequence[int], names: Sequence[Span]
) -> tuple[Piece, ...]:
    starts, ends = [0, *(end for _, end in joints)], [*(start for start, _ in joints), len(rest)]
    stretches = list(zip(starts, ends, strict=True))
    first, last = stretches[0], stretches[-1]
    uncut = [edge for edge in edges if not any(name.start < edge < name.end for name in names)]
    heads = [rest[first[0] : edge] for edge in sorted(uncut, reverse=True) if first[0] < edge <= first[1]]
    tails = [rest[edge : last[1]] for edge in sorted(edges) if last[0] <= edge < last[1]]
    behind_first = [rest[edge : first[1]] for edge in sorted(uncut) if first[0] < edge < first[1]]
    found = []
    # What stands behind is cut out of a name only for a piece that has none of its own: 甲镇和乙镇卫生院建设.
    last_name = max((name.end for name in names if Span(*last).covers(name)), default=last[0])
    first_name = min((name.start for name in names if Span(*first).covers(name)), default=first[0])
    for number, (start, end) in enumerate(stretches):
        lends_tails, ahead, behind = tails, heads, behind_first
        if any(Span(start, end).covers(name) for name in names):
            # A thing called by its whole name lacks no other name, but the year or place before one holds for all.
            lends_tails = [rest[edge : last[1]] for edge in sorted(uncut) if last_name <= edge < last[1]]
            ahead = [rest[first[0] : edge] for edge in sorted(uncut, reverse=True) if first[0] < edge <= first_name]
            behind = [] if any(Span(*first).covers(name) for name in names) else behind_first
        if number == 0:
            lent = [("", tail) for tail in lends_tails]
        elif number == len(stretches) - 1:
            lent = [(head, "") for head in ahead] + [("", tail) for tail in behind]
        else:
            lent = [(head, tail) for head in (*ahead, "") for tail in (*lends_tails, "")]
        own = _EDGE.sub("", rest[start:end])
        found.append(Piece(own, tuple(islice(dict.fromkeys([*lent, ("", "")]), _MOST_READINGS))))
    return tuple(found)
