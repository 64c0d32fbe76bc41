"""Where an address leads: “三、（一）2.” and a parsed document in, the clauses that are called so out.

Example: “三、（一）2.”, “2.水土流失综合治理工程” and “《…方案》三、主要任务（一）2.” all lead to one clause; “（一）”
may lead to several, which an office is asked to tell apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.models import Clause, ClauseKind, ParsedDocument
from evals.metrics.folding import fold

_TITLE = re.compile(r"\s*《(.+?)》\s*(?:[（(][^（）()]*[）)](?=\s))?\s*")
_ENDS = ".、:："


def find_clauses(address: str, document: ParsedDocument) -> tuple[Clause, ...]:
    """Return the clauses that ``address`` names, in reading order; one that it names from the root goes alone.

    An address is a run of labels from some ancestor down to the clause, each with or without its heading's words;
    it may begin with the document's title in 《》, which must then be this document's.
    """
    title = _TITLE.match(address)
    if title and fold(title.group(1)) != fold(document.info.title):
        return ()
    wanted = _key(address[title.end() :] if title else address)
    if not wanted:
        return ()
    by_id = {clause.id: clause for clause in document.clauses}
    found = [
        (clause, depth, len(chain))
        for clause in document.clauses
        for chain in [_chain(clause, by_id)]
        for depth in [_depth(wanted, [_names(one) for one in chain])]
        if depth
    ]
    whole = [(clause, depth) for clause, depth, length in found if depth == length]
    # 附件4 is the annex itself rather than entry 4 of the list under 附件.
    nearest = [clause for clause, depth in whole if depth == min(depth for _, depth in whole)]
    return tuple(nearest) if len(nearest) == 1 else tuple(clause for clause, _, _ in found)


def full_address(clause: Clause, document: ParsedDocument) -> str:
    """Return the labels from the root to the clause; the heading too where the label alone does not tell it."""
    by_id = {one.id: one for one in document.clauses}
    chain = _chain(clause, by_id)
    listed = chain[0].kind is ClauseKind.ANNEX_LIST
    return "".join(
        one.path[-1] if listed or one.kind is ClauseKind.BULLET else one.label or one.path[-1] for one in chain
    )


def _chain(clause: Clause, by_id: dict[str, Clause]) -> list[Clause]:
    """Return the clause's ancestors from the root, then the clause."""
    chain = [clause]
    while chain[0].parent is not None:
        chain.insert(0, by_id[chain[0].parent])
    return chain


def _names(clause: Clause) -> tuple[str, ...]:
    names = {_key(name) for name in (clause.label, clause.heading, clause.path[-1], clause.label + clause.heading)}
    return tuple(sorted(names - {""}, key=len, reverse=True))


def _key(text: str) -> str:
    return fold(text).replace("/", "").rstrip(_ENDS)


def _depth(wanted: str, chain: Sequence[tuple[str, ...]]) -> int:
    """Return how many clauses of the chain's end the words name, from the last one upwards; 0 if they do not fit."""
    if not chain:
        return 0
    for name in chain[-1]:
        if wanted == name:
            return 1
        if wanted.endswith(name):
            above = _depth(wanted[: -len(name)].rstrip(_ENDS), chain[:-1])
            if above:
                return above + 1
    return 0
