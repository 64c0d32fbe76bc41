"""One line with its numbering in, the pieces of it that belong to different clauses out.

Example: “21.特色文化旅游发展工程。…，一是加强…。二是深入…。（牵头部门：市文旅局）” has four pieces.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from corpus.fields import find_field_block
from corpus.models import ClauseKind, Span
from corpus.numbering import Label, find_inner_unit, match_label
from corpus.raw import Line, trim

_RUN = re.compile(r"(?:(?<=[。；，、：:;,！\s”）)])|^)([一二三四五六七八九十]{1,3})是(?=\S)")
_ITEM = re.compile(r"(?<=[；;。])\s*(?=[（(])")
# A conversion can glue the next section's title to a sentence: “…执行。第二节采购合同的授予”.
_GLUED_TITLE = re.compile(r"(?<=[。；])\s*(?=第[一二三四五六七八九十百]{1,4}[章节][^，。；：、]{2,25}$)")
_ANSWER = re.compile(r"答[：:]\s*(?=[（(]?[一1][）)、.．](?!\d))")
"""Opens the answer of questions and answers, where its first item stands on the same line: 答：1.申请书；."""
_NUMBER = re.compile(r"(?:(?<=[。；;：:])|^)(\d{1,2})[.．](?=[^\d\s])")
_LEAST_NUMBERED = 3
_ORDER = "一二三四五六七八九十"
_TITLED = (ClauseKind.PART, ClauseKind.CHAPTER, ClauseKind.SECTION)


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line; ``to_parent`` says that it belongs above the 一是…二是… before it."""

    span: Span
    depth: int
    label: Label | None = None
    to_parent: bool = False


def cut_line(text: str, line: Line, label: Label | None) -> list[Segment]:
    """Return the pieces of a line in order; the first keeps the line's own numbering."""
    block = None if line.depth else find_field_block(text, line.span)
    stop = block.start if block and block.start > line.span.start else line.span.end
    lead = line.content.start + (label.length if label else 0)
    cuts = _cuts(text, lead, stop, label)
    if not cuts:
        return [Segment(line.span, line.depth, label)]
    pieces = [Segment(Span(line.span.start, cuts[0]), line.depth, label)]
    for start, end in pairwise([*cuts, stop]):
        piece = trim(text, start, end)
        pieces.append(Segment(piece, 0, match_label(piece.of(text))))
    if stop < line.span.end:
        pieces.append(Segment(Span(stop, line.span.end), 0, to_parent=True))
    return [one for one in pieces if one.span.of(text).strip()]


def _cuts(text: str, lead: int, stop: int, label: Label | None) -> list[int]:
    runs = _runs(text, lead, stop, label)
    if runs:
        return runs
    if label is None and (answer := _ANSWER.match(text, lead, stop)) is not None:
        first = match_label(text[answer.end() : stop])
        behind = _cuts(text, answer.end() + first.length, stop, first) if first is not None else []
        return [answer.end(), *behind]
    if label is not None and label.kind in _TITLED:
        inner = find_inner_unit(text[lead:stop])
        return [lead + inner.end()] if inner else []
    items = _items(text, lead, stop, label) or _numbers(text, lead, stop, label)
    if items:
        return items
    glued = _GLUED_TITLE.search(text[lead:stop])
    return [lead + glued.end()] if glued else []


def _runs(text: str, lead: int, stop: int, label: Label | None) -> list[int]:
    """Return where 二是, 三是, … (and 一是 inside the paragraph) begin; empty unless they count on from one."""
    first = expected = label.ordinal + 1 if label and label.kind is ClauseKind.RUN else 1
    starts = []
    for match in _RUN.finditer(text, lead, stop):
        if _ORDER.find(match.group(1)) + 1 == expected:
            starts.append(match.start())
            expected += 1
    return starts if len(starts) >= (2 if first == 1 else 1) else []


def _numbers(text: str, lead: int, stop: int, label: Label | None) -> list[int]:
    """Return where 2., 3., … (and 1. behind what announces them) begin on one line; empty unless they count on."""
    own = label is not None and label.style == "1."
    starts, expected = [], label.ordinal + 1 if label is not None and own else 1
    for match in _NUMBER.finditer(text, lead, stop):
        if int(match.group(1)) == expected:
            starts.append(match.start())
            expected += 1
    return starts if len(starts) >= _LEAST_NUMBERED - own else []


def _items(text: str, lead: int, stop: int, label: Label | None) -> list[int]:
    """Return where （二）, （三）, … go on behind （一） on one line, as a lost line break leaves them."""
    if label is None or label.style not in ("（一）", "（1）"):
        return []
    starts = []
    expected = label.ordinal + 1
    for mark in _ITEM.finditer(text, lead, stop):
        item = match_label(text[mark.end() : mark.end() + 12])
        if item is not None and item.style == label.style and item.ordinal == expected:
            starts.append(mark.end())
            expected += 1
    return starts
