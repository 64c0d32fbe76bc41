"""A document and the clause of interest in, the clause tree opened down to it out.

Example: for （一）总体思路 the part 一、总体要求 is open with its two clauses, every other part is folded.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from assistant.respond.evidence import ancestry
from assistant.viewing.anchors import clause_anchor
from assistant.viewing.parts import families, title_of
from corpus.models import Clause, ParsedDocument

MOST_BESIDE = 60
"""Clauses listed before and behind the one that the tree is opened at."""


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
    under = families(document)

    def branches(parent: str | None) -> tuple[Branch, ...]:
        beside = _near([*under.get(parent, ())], way)
        return tuple(
            Branch(
                clause_anchor(document, one),
                title_of(one),
                one.id in way,
                one is here,
                branches(one.id) if one.id in way and one is not here else (),
            )
            for one in beside
        )

    return branches(None)


def _near(clauses: Sequence[Clause], way: Container[str]) -> Sequence[Clause]:
    """Return the clauses around the one on the way: a law of a thousand articles is no tree to look at."""
    at = next((number for number, clause in enumerate(clauses) if clause.id in way), 0)
    return clauses[max(at - MOST_BESIDE, 0) : at + MOST_BESIDE + 1]


def contents(document: ParsedDocument, depth: int = 3) -> tuple[Branch, ...]:
    """Return the table of contents, ``depth`` levels deep."""
    under = families(document)

    def entries(parent: str | None, left: int) -> tuple[Branch, ...]:
        return tuple(
            Branch(clause_anchor(document, one), title_of(one, 28), True, False, entries(one.id, left - 1))
            for one in (under.get(parent, ()) if left else ())
        )

    return entries(None, depth)
