"""Numberings in reading order in, the tree they make out.

Example: “1.” after “（一）” is its child; “（二）” after “6.” closes “1.”–“6.” and stands beside “（一）”.

The order in which kinds appear decides: a kind that is open goes on where it stands; a new kind opens below the last
clause unless the official order (一、（一） 1. （1）) puts it above.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from corpus.models import ClauseKind, Span
from corpus.models import Field as ClauseField
from corpus.numbering import Label

_RANKS = {
    ClauseKind.PART: 1,
    ClauseKind.CHAPTER: 2,
    ClauseKind.SECTION: 3,
    ClauseKind.ARTICLE: 4,
    ClauseKind.LEVEL1: 5,
    ClauseKind.LEVEL2: 6,
    ClauseKind.LEVEL3: 7,
    ClauseKind.LEVEL4: 8,
    ClauseKind.BULLET: 10,
    ClauseKind.RUN: 11,
}
_UNITS = (ClauseKind.PART, ClauseKind.CHAPTER, ClauseKind.SECTION, ClauseKind.ARTICLE)
_LISTS = (ClauseKind.BULLET, ClauseKind.RUN)


_NOWHERE = Span(0, 0)


@dataclass(eq=False)
class Node:
    """A clause while it is built; ``complete`` says that its own sentence has ended, so no paragraph joins it."""

    kind: ClauseKind
    parent: Node | None
    label: str = ""
    style: str = ""
    ordinal: int = 0
    prefix: tuple[int, ...] = ()
    depth: int = 0
    heading: Span = _NOWHERE
    complete: bool = False
    own: list[Span] = field(default_factory=list)
    end: int = 0
    fields: list[ClauseField] = field(default_factory=list)

    @property
    def rank(self) -> int:
        """Return the place of its kind in the official order; 0 for what numbering never closes."""
        return _RANKS.get(self.kind, 0)

    def ancestors(self) -> list[Node]:
        """Return the clauses above, nearest first."""
        above, node = [], self.parent
        while node is not None:
            above.append(node)
            node = node.parent
        return above


class Outline:
    """The open clauses, outermost first, and every clause so far in reading order."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.open: list[Node] = []
        self.last: dict[str, int] = {}
        self._children: set[tuple[str, str]] = set()

    @property
    def top(self) -> Node | None:
        """Return the innermost open clause."""
        return self.open[-1] if self.open else None

    def add_root(self, kind: ClauseKind, label: str = "") -> Node:
        """Open a clause at the root (title, preamble, annex, signature); numbering starts afresh."""
        self.open = []
        self.last = {}
        return self._push(Node(kind, None, label))

    def add_heading(self, depth: int) -> Node:
        """Open a Markdown heading without a number."""
        if self.top is not None and self.top.kind in _TEXTS:
            self.open = []
        self._close(lambda top: top.depth >= depth or (top.depth == 0 and top.kind is not ClauseKind.HEADING))
        return self._push(Node(ClauseKind.HEADING, self.top, depth=depth))

    def add_numbered(self, label: Label, words: str, depth: int, goes_on: Callable[[Node], bool]) -> Node:
        """Open a numbered clause where it belongs.

        Args:
            label: its numbering.
            words: the numbering as written.
            depth: the level of its Markdown heading, or 0.
            goes_on: tells whether an open clause has a next sibling further down.
        """
        if self.top is not None and self.top.kind in _TEXTS:
            self.open = []
        if depth:
            self._close(lambda top: top.depth >= depth or (top.depth == 0 and top.kind is not ClauseKind.HEADING))
        elif label.kind in _LISTS:
            self._close_for_list(label)
        elif label.kind in _UNITS:
            rank = _RANKS[label.kind]
            self._close(lambda top: top.rank >= rank and not (top.depth and top.rank < rank))
        else:
            self._close_for_level(label, goes_on)
        node = Node(label.kind, self.top, words, label.style, label.ordinal, label.prefix, depth)
        if self.top is not None:
            self._children.add((self.top.style, label.style))
        self.last[label.style] = label.ordinal
        return self._push(node)

    def close_complete(self) -> None:
        """Close clauses that a new paragraph or table cannot belong to."""
        self._close(lambda top: top.complete)

    def close_runs(self) -> None:
        """Close 一是…二是… inside a paragraph whose end belongs to the clause above."""
        self._close(lambda top: top.kind is ClauseKind.RUN)

    def _close(self, closes: Callable[[Node], bool]) -> None:
        while self.open and self.open[-1].kind not in _ROOTS and closes(self.open[-1]):
            self.open.pop()

    def _close_to(self, node: Node) -> None:
        while node in self.open:
            self.open.pop()

    def _close_for_list(self, label: Label) -> None:
        same = self._find_open(label.style)
        if same is not None:
            self._close_to(same)
        elif label.kind is ClauseKind.BULLET:
            self._close(lambda top: top.kind is ClauseKind.RUN)

    def _close_for_level(self, label: Label, goes_on: Callable[[Node], bool]) -> None:
        same = self._find_open(label.style)
        if same is not None:
            self._close_to(same)
            return
        self._close(lambda top: top.kind in _LISTS)
        rank = _RANKS[label.kind]
        while self.top is not None and self.top.rank >= rank and self.top.kind not in _UNITS:
            known = (self.top.style, label.style) in self._children
            if label.ordinal == 1 and (known or self.top.rank == rank or goes_on(self.top)):
                return
            if self.top.depth:
                return
            self.open.pop()

    def _find_open(self, style: str) -> Node | None:
        return next((node for node in reversed(self.open) if node.style == style and not node.depth), None)

    def _push(self, node: Node) -> Node:
        self.nodes.append(node)
        self.open.append(node)
        return node


_TEXTS = (ClauseKind.TITLE, ClauseKind.PREAMBLE, ClauseKind.SIGNATURE)  # no numbered clause stands below these
_ROOTS = (
    ClauseKind.TITLE,
    ClauseKind.ANNEX,
    ClauseKind.ANNEX_LIST,
)
