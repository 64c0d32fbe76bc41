"""A document's lines and grids in, its clause tree out.

Example: “（一）强化荒漠化防治提质增效行动” stands under “三、主要任务” and holds “1.防沙治沙和盐碱化治理工程”.

Every visible character outside the tables belongs to the own text of exactly one clause.
"""

from __future__ import annotations

import re

from corpus import fields, front
from corpus.addresses import clause_records
from corpus.headings import find_heading
from corpus.models import Clause, ClauseKind, Span
from corpus.numbering import ASKED, PLAIN, Label, match_label
from corpus.outline import Node, Outline
from corpus.raw import RawGrid, RawText, trim
from corpus.segments import Segment, cut_line

_N = "[一二三四五六七八九十百\\d]"
_ANNEX_LIST = re.compile(r"附\s*件\s*[:：]\s*(?=\S)")
_ANNEX = re.compile(rf"附\s*[件录表]\s*({_N}{{1,3}})?\s*(?:[:：]\s*$|$)")
_ANNEX_TITLED = re.compile(rf"附\s*件\s*{_N}{{1,3}}\s*[:：.．、\s]\s*(?=\S)")
_NOTES = re.compile(r"(?:附\s*)?注\s*[:：]\s*")
_ANNEX_ALONE = re.compile(r"附\s*件\s*[:：]?\s*$")
_ENDED = re.compile(r"[。；;：:！？!?”》）)…]$")
_SHORT = 30
_IN_ANSWERS = (ClauseKind.LEVEL4, ClauseKind.RUN, ClauseKind.BULLET)


def build_clauses(document: str, raw: RawText) -> tuple[tuple[Clause, ...], dict[Span, str]]:
    """Return the clauses in reading order, and for each grid (by span) the id of the clause it stands in.

    Args:
        document: the document's id, which heads every clause id.
        raw: the decoded text with its lines and grids.
    """
    walk = _Walk(raw)
    walk.run()
    return clause_records(document, raw, walk.outline.nodes, walk.places)


class _Walk:
    """One pass over lines and grids; the outline is what it leaves behind."""

    def __init__(self, raw: RawText) -> None:
        self.text = raw.text
        self.lines = raw.lines
        self.grids = list(raw.grids)
        self.outline = Outline()
        self.places: list[tuple[RawGrid, Node]] = []
        labels = [match_label(line.content.of(raw.text), marks=raw.marks) for line in raw.lines]
        decimal = any(one is not None and len(one.prefix) == 1 for one in labels)
        self.labels = [None if one is not None and one.style == PLAIN and not decimal else one for one in labels]
        self._writer: Node | None = None
        self._attached = False
        self._contents = front.find_contents(self.text, self.lines)
        self._signatures: dict[int, int] = {}

    def run(self) -> None:
        """Read the whole document."""
        at = self._read_title()
        self._signatures = front.find_signatures(self.text, self.lines, max(at, 1))
        while at < len(self.lines):
            self._place_grids(self.lines[at].span.start)
            at = self._read_block(at)
        self._place_grids(len(self.text) + 1)

    # --- blocks of several lines -------------------------------------------------------------------------------------

    def _read_title(self) -> int:
        found = front.find_title(self.text, self.lines)
        if found is None:
            return 0
        title, after = found
        node = self.outline.add_root(ClauseKind.TITLE)
        node.heading = front.title_span(self.lines, title)
        for line in self.lines[:after]:
            self._write(node, line.span)
        return after

    def _read_block(self, at: int) -> int:
        words = self._words(at)
        if at in self._contents:
            node = self.outline.add_root(ClauseKind.HEADING)
            node.heading = self.lines[at].content
            for line in self.lines[at : self._contents.stop]:
                self._write(node, line.span)
            self.outline.open = []
            return self._contents.stop
        if at in self._signatures:
            return self._read_signature(at)
        if self._opens_annex_list(at, words):
            return self._read_annex_list(at)
        annex = _ANNEX.match(words) or _ANNEX_TITLED.match(words)
        if annex and not words[annex.end() :].endswith("。"):
            return self._read_annex(at, annex)
        if lead := self._notes_lead(at, words):
            return self._read_notes(at, lead)
        if self._attached and front.looks_like_title(words):
            return self._read_attached_title(at)
        self._read_line(at)
        return at + 1

    def _read_signature(self, at: int) -> int:
        stop = self._signatures[at]
        node = self.outline.add_root(ClauseKind.SIGNATURE)
        for line in self.lines[at:stop]:
            self._write(node, line.span)
        self.outline.open = []
        self._attached = True
        return stop

    def _read_attached_title(self, at: int) -> int:
        self._attached = False
        node = self.outline.add_root(ClauseKind.HEADING)
        node.heading = self.lines[at].content
        self._write(node, self.lines[at].span)
        return at + 1

    def _opens_annex_list(self, at: int, words: str) -> bool:
        if _ANNEX_LIST.match(words):
            return True
        after = self._words(at + 1)
        if _ANNEX_ALONE.match(words) and words.endswith((":", "：")):
            return re.match(r"1\s*[.．、]", after) is not None
        if self.lines[at].depth or self._grid_before(at + 1):
            return False  # an annex of a table alone, with the next annex below it
        return bool(_ANNEX_TITLED.match(words) and (_ANNEX_TITLED.match(after) or at + 1 in self._signatures))

    def _read_annex_list(self, at: int) -> int:
        opening = self.outline.add_root(ClauseKind.ANNEX_LIST)
        entry: Node | None = None
        while at < len(self.lines):
            line, words = self.lines[at], self._words(at)
            lead = _ANNEX_LIST.match(words) if entry is None else None
            skip = lead.end() if lead else 0
            if not self._stays_in_annex_list(at, words, opening):
                break
            if entry is None:
                opening.heading = Span(line.content.start, line.content.start + 2)
                self._write(opening, Span(line.span.start, line.content.start + max(skip, 0)) if skip else line.span)
            label = match_label(words[skip:]) if skip else self.labels[at]
            start = line.content.start + skip
            if label and label.kind is ClauseKind.LEVEL3:
                self._close_entry(entry)
                entry = self._open_entry(opening, label, start)
                self._write(entry, Span(start, line.span.end))
            elif skip or entry is None:
                self._write(opening, Span(start, line.span.end))
            else:
                self._write(entry, line.span)
            at += 1
            if entry is None:
                entry = opening if skip or _ANNEX_TITLED.match(words) else None
            if entry is None and label is None and not _ANNEX_ALONE.match(words):
                break
        self._close_entry(entry)
        self.outline.open = []
        return at

    def _stays_in_annex_list(self, at: int, words: str, opening: Node) -> bool:
        if not opening.own:
            return True
        if at in self._signatures or _ANNEX.match(words) or self.lines[at].depth:
            return False
        if self._grid_before(at):
            return False
        label = self.labels[at]
        if label is not None:
            return label.kind is ClauseKind.LEVEL3
        return not words.endswith("。") or words.startswith("附件")

    def _open_entry(self, opening: Node, label: Label, start: int) -> Node:
        node = Node(label.kind, opening, self.text[start : start + label.length].strip(), label.style, label.ordinal)
        node.heading = Span(start + label.length, start + label.length)
        self.outline.nodes.append(node)
        return node

    def _close_entry(self, entry: Node | None) -> None:
        if entry is not None and entry.kind is ClauseKind.LEVEL3:
            entry.heading = trim(self.text, entry.heading.start, entry.own[-1].end)

    def _notes_lead(self, at: int, words: str) -> re.Match[str] | None:
        """Return the words that open numbered notes below a text (注：1.…); None where other clauses follow them."""
        lead = _NOTES.match(words)
        rest = words[lead.end() :] if lead else ""
        label = match_label(rest) if rest else self.labels[at + 1] if at + 1 < len(self.lines) else None
        if label is None or label.kind is not ClauseKind.LEVEL3 or label.ordinal != 1:
            return None
        for behind in range(at + 1, len(self.lines)):
            if behind in self._signatures or _ANNEX.match(self._words(behind)):
                break
            if self.lines[behind].depth:
                return None  # a heading below goes on with the clause above
            other = self.labels[behind]
            if self._grid_before(behind) or (other is not None and other.kind is not ClauseKind.LEVEL3):
                return None
        return lead

    def _read_notes(self, at: int, lead: re.Match[str]) -> int:
        """Read the line that opens notes: they belong to no clause before them."""
        line, words = self.lines[at], self._words(at)
        start = line.content.start + lead.end()
        node = self.outline.add_root(ClauseKind.HEADING)
        node.heading = trim(self.text, line.content.start, line.content.start + lead.group().index("注") + 1)
        self._write(node, Span(line.span.start, start))
        if label := match_label(words[lead.end() :]):
            number = self.text[start : start + label.length].strip()
            node = self.outline.add_numbered(label, number, 0, lambda top: self._goes_on(top, at))
            node.heading = Span(start + label.length, start + label.length)
        self._write(node, Span(start, line.span.end))
        return at + 1

    def _read_annex(self, at: int, annex: re.Match[str]) -> int:
        line = self.lines[at]
        label = annex.group().strip().rstrip(":：.．、").strip()
        node = self.outline.add_root(ClauseKind.ANNEX, label)
        self._attached = False
        self._write(node, line.span)
        rest = trim(self.text, line.content.start + annex.end(), line.content.end)
        if rest.end > rest.start:
            node.heading = rest
            return at + 1
        follow = at + 1
        words = self._words(follow)
        between = self._grid_before(follow) if words else True
        if not between and len(words) <= 80 and not words.endswith("。") and self.labels[follow] is None:
            node.heading = self.lines[follow].content
            self._write(node, self.lines[follow].span)
            return follow + 1
        return follow

    # --- one line ----------------------------------------------------------------------------------------------------

    def _read_line(self, at: int) -> None:
        for segment in cut_line(self.text, self.lines[at], self._confirmed(at)):
            if segment.label is not None:
                self._open_clause(at, segment)
            elif segment.depth:
                node = self.outline.add_heading(segment.depth)
                node.heading = self.lines[at].content
                self._write(node, segment.span)
            else:
                self._add_paragraph(segment)

    def _confirmed(self, at: int) -> Label | None:
        """Return the line's numbering unless the words only refer to a clause or go on with a broken sentence."""
        label, line = self.labels[at], self.lines[at]
        if label is None or line.depth:
            return label
        last = self.outline.last.get(label.style, 0)
        follows = label.ordinal in (last, last + 1) if last else label.ordinal == 1
        if label.prefix:
            return label if self._prefix_fits(label) else None
        if label.kind is ClauseKind.BULLET or (label.firm and follows):
            return label
        before = self._words(at - 1) if at else ""
        broken = len(before) > _SHORT and not _ENDED.search(before)
        if label.kind is ClauseKind.RUN:
            return label if follows else None
        if not label.firm:
            return label if follows and not broken else None
        return None if broken else label

    def _prefix_fits(self, label: Label) -> bool:
        for node in reversed(self.outline.open):
            if node.style == label.style and node.prefix == label.prefix:
                return label.ordinal == node.ordinal + 1
            counts = node.kind is ClauseKind.LEVEL3 or bool(node.prefix)
            if counts and (*node.prefix, node.ordinal) == label.prefix:
                return label.ordinal == 1
        return False

    def _open_clause(self, at: int, segment: Segment) -> None:
        label = segment.label
        assert label is not None  # _read_line asks first
        start = self.lines[at].content.start if segment.span.start == self.lines[at].span.start else segment.span.start
        words = self.text[start : start + label.length].strip()
        if label.style == ASKED:
            while self.outline.open and self.outline.open[-1].kind in _IN_ANSWERS:
                self.outline.open.pop()  # whatever the answer before lists
        node = self.outline.add_numbered(label, words, segment.depth, lambda top: self._goes_on(top, at))
        in_article = any(above.kind is ClauseKind.ARTICLE for above in node.ancestors())
        rest = trim(self.text, start + label.length, segment.span.end)
        # A line that is marked as a heading is one as a whole: ## 一、事项一：高龄津贴.
        marked = bool(segment.depth) and _ENDED.search(rest.of(self.text)) is None
        if label.style == ASKED:
            rest, marked = trim(self.text, rest.start, rest.end - 1), True  # the question up to its last mark
        node.heading = rest if marked else find_heading(self.text, rest, label.kind, in_article=in_article)
        ended = _ENDED.search(segment.span.of(self.text)) is not None and node.heading.end < rest.end - 1
        node.complete = ended and (label.kind in (ClauseKind.BULLET, ClauseKind.RUN) or in_article)
        self._write(node, segment.span)

    def _goes_on(self, node: Node, at: int) -> bool:
        """Return whether the next clause numbered like ``node`` is its successor."""
        label = next((one for one in self.labels[at + 1 :] if one and one.style == node.style), None)
        return label is not None and label.ordinal == node.ordinal + 1

    def _add_paragraph(self, segment: Segment) -> None:
        if segment.to_parent:
            self.outline.close_runs()
        elif fields.find_field_block(self.text, segment.span) != segment.span:
            self.outline.close_complete()
        top = self.outline.top
        if top is None or top.kind in (ClauseKind.TITLE, ClauseKind.SIGNATURE):
            top = self.outline.add_root(ClauseKind.PREAMBLE)
        self._write(top, segment.span)

    # --- writing -----------------------------------------------------------------------------------------------------

    def _write(self, node: Node, span: Span) -> None:
        """Add a piece of text to a clause, joined to its last piece if nothing else stands between."""
        span = trim(self.text, span.start, span.end)
        if span.end <= span.start:
            return
        if self._writer is node and node.own:
            node.own[-1] = Span(node.own[-1].start, span.end)
        else:
            node.own.append(span)
        self._writer = node
        block = fields.find_field_block(self.text, span)
        if block is not None:
            node.fields.extend(fields.read_fields(self.text, block))

    def _grid_before(self, at: int) -> bool:
        """Return whether a grid that is not placed yet stands before a line."""
        return at < len(self.lines) and any(grid.span.start < self.lines[at].span.start for grid in self.grids)

    def _place_grids(self, before: int) -> None:
        while self.grids and self.grids[0].span.start < before:
            grid = self.grids.pop(0)
            self.outline.close_complete()
            top = self.outline.top
            if top is None or top.kind in (ClauseKind.TITLE, ClauseKind.SIGNATURE):
                top = self.outline.add_root(ClauseKind.PREAMBLE)
            self.places.append((grid, top))
            self._writer = None

    def _words(self, at: int) -> str:
        return self.lines[at].content.of(self.text) if 0 <= at < len(self.lines) else ""
