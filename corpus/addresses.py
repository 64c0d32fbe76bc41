"""Clause nodes as built in, frozen clauses with ids, paths and whole spans out.

Example: the id “ordos/a3/b1/n2” is 三、 → （一） → 2.; its path ends with “2.水土流失综合治理工程”.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.models import Clause, ClauseKind, Span
from corpus.outline import Node
from corpus.raw import RawGrid, RawText

_CODES = {
    ClauseKind.TITLE: "title",
    ClauseKind.PREAMBLE: "preamble",
    ClauseKind.PART: "part",
    ClauseKind.CHAPTER: "ch",
    ClauseKind.SECTION: "sec",
    ClauseKind.ARTICLE: "art",
    ClauseKind.HEADING: "h",
    ClauseKind.LEVEL1: "a",
    ClauseKind.LEVEL2: "b",
    ClauseKind.LEVEL3: "n",
    ClauseKind.LEVEL4: "m",
    ClauseKind.BULLET: "d",
    ClauseKind.RUN: "r",
    ClauseKind.ANNEX_LIST: "annexes",
    ClauseKind.ANNEX: "annex",
    ClauseKind.SIGNATURE: "signature",
}
_NAMES = {
    ClauseKind.TITLE: "标题",
    ClauseKind.PREAMBLE: "正文开头",
    ClauseKind.SIGNATURE: "落款",
    ClauseKind.ANNEX_LIST: "附件",
}


def join_lines(words: str) -> str:
    """Return words without line breaks: parts of one Chinese word meet, Latin words keep a blank between them."""
    parts = [part.strip() for part in words.split("\n")]
    joined = ""
    for part in parts:
        latin = joined and part and re.match(r"[A-Za-z0-9]", part) and re.search(r"[A-Za-z,;]$", joined)
        joined += (" " if latin else "") + part
    return joined


def clause_records(
    document: str, raw: RawText, nodes: Sequence[Node], places: Sequence[tuple[RawGrid, Node]]
) -> tuple[tuple[Clause, ...], dict[Span, str]]:
    """Return the clauses in reading order, and the clause id of each grid by its span."""
    nodes = [node for node in nodes if node.own or any(place is node for _, place in places)]
    ids = _ids(document, nodes)
    paths = _paths(raw.text, nodes)
    wholes = _wholes(nodes, places)
    clauses = [
        Clause(
            id=ids[node],
            kind=node.kind,
            label=node.label,
            heading=join_lines(node.heading.of(raw.text)),
            heading_span=node.heading,
            span=wholes[node],
            own=tuple(node.own),
            parent=ids.get(node.parent) if node.parent else None,
            path=paths[node],
            fields=tuple(node.fields),
        )
        for node in nodes
    ]
    return tuple(clauses), {grid.span: ids[node] for grid, node in places}


def _ids(document: str, nodes: Sequence[Node]) -> dict[Node, str]:
    ids: dict[Node, str] = {}
    counts: dict[str, int] = {}
    for node in nodes:
        above = ids.get(node.parent, document) if node.parent else document
        number = _number(node, above, counts)
        wish = f"{above}/{_CODES[node.kind]}{number}"
        seen = counts[wish] = counts.get(wish, 0) + 1
        ids[node] = wish if seen == 1 else f"{wish}~{seen}"
    return ids


def _number(node: Node, above: str, counts: dict[str, int]) -> str:
    if node.kind is ClauseKind.ANNEX:
        digits = re.search(r"[一二三四五六七八九十\d]+", node.label)
        return digits.group() if digits and digits.group().isascii() else str(_next(above, node, counts))
    if node.ordinal:
        return ".".join(str(part) for part in (*node.prefix, node.ordinal))
    if node.kind in (ClauseKind.BULLET, ClauseKind.HEADING):
        return str(_next(above, node, counts))
    return ""


def _next(above: str, node: Node, counts: dict[str, int]) -> int:
    key = f"{above}|{node.kind}"
    counts[key] = counts.get(key, 0) + 1
    return counts[key]


def _paths(text: str, nodes: Sequence[Node]) -> dict[Node, tuple[str, ...]]:
    paths: dict[Node, tuple[str, ...]] = {}
    bullets: dict[tuple[Node | None, str], int] = {}
    for node in nodes:
        key = (node.parent, node.kind.value)
        bullets[key] = bullets.get(key, 0) + 1
        above = paths.get(node.parent, ()) if node.parent else ()
        paths[node] = (*above, _address(text, node, bullets[key]))
    return paths


def _address(text: str, node: Node, number: int) -> str:
    """Return how a person names the clause among its siblings."""
    heading = join_lines(node.heading.of(text))
    if node.kind in _NAMES:
        return _NAMES[node.kind]
    if node.kind is ClauseKind.ANNEX:
        return node.label if re.search(r"[一二三四五六七八九十\d]", node.label) or not heading else f"附件 {heading}"
    if node.kind is ClauseKind.BULLET and not heading:
        return f"{node.label}第{number}项"
    if node.kind in (ClauseKind.PART, ClauseKind.CHAPTER, ClauseKind.SECTION, ClauseKind.ARTICLE) and heading:
        return f"{node.label} {heading}"
    return node.label + heading


def _wholes(nodes: Sequence[Node], places: Sequence[tuple[RawGrid, Node]]) -> dict[Node, Span]:
    """Return the span of each clause with its descendants and tables."""
    wholes: dict[Node, Span] = {}
    for node in nodes:
        for piece in node.own:
            _widen(wholes, node, piece)
    for grid, node in places:
        _widen(wholes, node, grid.span)
    for node in reversed(nodes):
        if node.parent is not None:
            _widen(wholes, node.parent, wholes[node])
    return wholes


def _widen(wholes: dict[Node, Span], node: Node, piece: Span) -> None:
    known = wholes.get(node, piece)
    wholes[node] = Span(min(known.start, piece.start), max(known.end, piece.end))
