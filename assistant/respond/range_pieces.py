"""The clauses of a document in, the parts of them that each hold for a range of one measure out, in groups.

Example: 5万人以上每年15万元、不足2万人每年6万元 → two parts, each with its range and the words around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.respond.sentences import split_sentences
from assistant.understand.range_rows import Range, range_of
from corpus.folding import fold
from corpus.models import Clause, ClauseKind, ParsedDocument, Span
from corpus.numerals import SCALES, find_quantities, split_unit

_JOINT = re.compile(r"的?[、，,]?(?:且)?")
_BELOW = re.compile(r"(?:不足|不满|不到|未满|未达到?)$")
_BEFORE, _BEHIND = re.compile(r"[^，,。；;：:（(、]*$"), re.compile(r"[^，,。；;：:（(、]*")
_GRADED = re.compile(r"的?[，,]?(?:评|定|划)?为(?P<grade>[^，,。；;]{1,12})")
"""Stands behind a range of points and gives its grade: 90分以上的，为A级; 75分至89分为合格."""
_PAIR, _LEAST = 2, 2
_ITEMS = frozenset({ClauseKind.LEVEL2, ClauseKind.LEVEL3, ClauseKind.LEVEL4, ClauseKind.BULLET, ClauseKind.RUN})
_LISTED = frozenset("、，,；;")


@dataclass(frozen=True, slots=True)
class Ruled:
    """A part of a clause that holds for one range; ``label`` are the words around the range, folded.

    ``lead`` is what its sentence says before its first range, ``grade`` is what it only calls all in the range (优秀),
    where the words beside the range tell nothing of it.
    """

    clause: Clause
    part: Span
    range: Range
    label: str
    lead: str
    grade: str = ""


def read_groups(document: ParsedDocument) -> tuple[tuple[Ruled, ...], ...]:
    """Return the parts with ranges in units of one kind, of one clause or of items beside each other: two or more.

    Items belong together where the words around their ranges are alike: 死亡3人以上, 死亡10人以上.
    """
    found: dict[tuple[str, str], list[Ruled]] = {}
    for clause in document.clauses:
        above = clause.parent if clause.kind in _ITEMS and clause.parent is not None else clause.id
        for one in _ruled(document, clause):
            for place in dict.fromkeys((clause.id, above)):
                found.setdefault((place, split_unit(one.range.unit)[1]), []).append(one)
    groups = (tuple(dict.fromkeys(group)) for group in found.values())
    alike = (tuple(one for one in group if _is_like_others(one, group)) for group in groups)
    return tuple(group for group in alike if len({one.part for one in group}) >= _LEAST)


def _is_like_others(one: Ruled, group: Sequence[Ruled]) -> bool:
    """Return whether another part of one clause, or an item with words alike around its range, stands beside it."""
    others = (other for other in group if other.part != one.part)
    return any(
        other.clause.id == one.clause.id or shared_pairs(one.label, other.label) or bool(one.grade and other.grade)
        for other in others
    )


def _ruled(document: ParsedDocument, clause: Clause) -> Iterator[Ruled]:
    for part in split_sentences(document.text, clause.own):
        said = part.of(document.text)
        ranges = _ranges(said)
        graded = [_GRADED.match(said, place.end) for _, place in ranges]
        grades = bool(graded) and all(graded)
        pieces = _pieces(said, ranges)
        for (one, place), grade in zip(ranges, graded, strict=True):
            own = Span(part.start + pieces[place].start, part.start + pieces[place].end)
            if grades and grade is not None:
                own = Span(part.start + place.start, part.start + grade.end())
            called = fold(grade["grade"]) if grades and grade is not None else ""
            yield Ruled(clause, own, one, fold(words_around(said, place)), fold(said[: ranges[0][1].start]), called)


def _pieces(said: str, ranges: Sequence[tuple[Range, Span]]) -> dict[Span, Span]:
    """Return for each place of a range what a sentence has for it alone, where it lists ranges in one unit.

    5万人以上每年15万元、不足2万人每年6万元. All of it for others.
    """
    whole = Span(0, len(said))
    found = {place: whole for _, place in ranges}
    for unit in {split_unit(one.unit)[1] for one, _ in ranges}:
        starts = [place.start for one, place in ranges if split_unit(one.unit)[1] == unit]
        places = [place for one, place in ranges if split_unit(one.unit)[1] == unit]
        last = _BEHIND.match(said, places[-1].end)
        ends = [*(start - 1 for start in starts[1:]), last.end() if last is not None else len(said)]
        ruled = [said[place.end : end] for place, end in zip(places, ends, strict=True)]
        if len(places) > 1 and all(said[end] in _LISTED for end in ends[:-1]) and all(map(find_quantities, ruled)):
            found |= {place: Span(place.start, end) for place, end in zip(places, ends, strict=True)}
    return found


def _ranges(said: str) -> list[tuple[Range, Span]]:
    """Return the ranges of a sentence and where they stand; two ends are one: 400万元以下、100万元以上."""
    joined: list[tuple[Range, Span]] = []
    for _, span in find_quantities(said):
        below = _BELOW.search(said[: span.start])
        place = Span(below.start(), span.end) if below is not None else span
        one = range_of(f"低于{span.of(said)}" if below is not None else span.of(said), "")
        if one is None:
            continue
        one, last = replace(one, name=place.of(said)), joined[-1] if joined else None
        both = _between(last[0], one, said[last[1].start : place.end]) if last is not None else None
        if last is not None and both is not None and _JOINT.fullmatch(said[last[1].end : place.start]):
            joined[-1] = both, Span(last[1].start, place.end)
        else:
            joined.append((one, place))
    return joined


def _between(one: Range, other: Range, name: str) -> Range | None:
    """Return the range that two bounds state together: 30人以上、99人以下; None where they do not meet."""
    low, high = (one, other) if one.high is None else (other, one)
    if low.low is None or low.high is not None or high.high is None or high.low is not None:
        return None
    (scale, base), (other_scale, other_base) = split_unit(low.unit), split_unit(high.unit)
    most = high.high * SCALES[other_scale] / SCALES[scale]
    if base != other_base or low.low > most:
        return None
    return Range(name, low.low, most, (low.closed[0], high.closed[1]), low.unit)


def words_around(said: str, place: Span) -> str:
    """Return the words on both sides of a range or figure up to the next marks, a line each: 出现30人以上死亡的."""
    before, behind = _BEFORE.search(said[: place.start]), _BEHIND.match(said, place.end)
    return "\n".join(match.group() if match is not None else "" for match in (before, behind))


def shared_pairs(one: str, other: str) -> int:
    """Return how many pairs of characters of one text the other holds."""
    return sum(one[i : i + _PAIR] in other for i in range(len(one) - 1))
