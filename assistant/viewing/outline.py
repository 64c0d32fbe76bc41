"""A document and the clause of interest in, the clause tree opened down to it out.

Example: for （一）总体思路 the part 一、总体要求 is open with its two clauses, every other part is folded.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.respond.evidence import ancestry
from assistant.viewing.anchors import clause_anchor
from assistant.viewing.parts import children_of, title_of
from corpus.models import Clause, ParsedDocument


@dataclass(frozen=True, slots=True)
class Branch:
    """One clause of the tree: open on the way to the clause of interest, ``here`` at it, else folded and empty."""

    anchor: str
    title: str
    is_open: bool
    here: bool
    branches: tuple[Branch, ...] = ()


def outline(document: ParsedDocument, here: Clause | None = None) -> tuple[Branch, ...]:
    """Return the tree opened down to ``here``; under a clause off the way nothing is listed."""
    way = {clause.id for clause in ancestry(document, here.id)} if here else set()
    return _branches(document, None, way, here)


def contents(document: ParsedDocument, depth: int = 3) -> tuple[Branch, ...]:
    """Return the table of contents, ``depth`` levels deep."""
    return _contents(document, None, depth)


def _branches(document: ParsedDocument, parent: str | None, way: set[str], here: Clause | None) -> tuple[Branch, ...]:
    return tuple(
        Branch(
            clause_anchor(document, clause),
            title_of(clause),
            clause.id in way,
            here is not None and clause.id == here.id,
            _branches(document, clause.id, way, here) if clause.id in way and clause is not here else (),
        )
        for clause in children_of(document, parent)
    )


def _contents(document: ParsedDocument, parent: str | None, depth: int) -> tuple[Branch, ...]:
    if depth == 0:
        return ()
    return tuple(
        Branch(
            clause_anchor(document, clause),
            title_of(clause, 28),
            True,
            False,
            _contents(document, clause.id, depth - 1),
        )
        for clause in children_of(document, parent)
    )
