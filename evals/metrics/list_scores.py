"""List scores: the names an answer lists and the gold names in, precision, recall and exactness out.

Example: listing 3 of 4 projects and nothing else has precision 1.0, recall 0.75 and is not exact.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evals.metrics.folding import fold, name_key
from evals.metrics.number_exactness import states_number

_COUNTERS = ("个", "项", "家", "位", "名", "条", "行", "座", "处", "人", "件")


@dataclass(frozen=True, slots=True)
class ListScores:
    """Set overlap of a listing with the gold list; ``missed`` and ``extra`` are name keys for a person to read."""

    precision: float
    recall: float
    exact: bool
    missed: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()


def list_scores(listed: Collection[str], gold: Collection[str]) -> ListScores:
    """Return precision |L ∩ G| / |L|, recall |L ∩ G| / |G| and whether L = G, over name keys.

    Precision is 0.0 for an empty listing of a non-empty gold list; both are 1.0 when both are empty. Source: set-based
    precision and recall (Manning, Raghavan, Schütze 2008, chapter 8).
    """
    found, wanted = {name_key(name) for name in listed}, {name_key(name) for name in gold}
    both = len(found & wanted)
    precision = both / len(found) if found else float(not wanted)
    recall = both / len(wanted) if wanted else 1.0
    return ListScores(precision, recall, found == wanted, tuple(sorted(wanted - found)), tuple(sorted(found - wanted)))


def states_count(answer: str, count: int) -> bool:
    """Return whether ``answer`` states N with a counter: “共9项”, “九个项目”."""
    return any(states_number(answer, Decimal(count), counter) for counter in _COUNTERS)


def names_in_table(rows: Sequence[Sequence[str]], known: Collection[str]) -> tuple[str, ...]:
    """Return the cells of the column that holds most of the ``known`` names; nothing if no column holds any."""
    keys = {name_key(name) for name in known}
    columns = list(zip(*rows, strict=False))
    hits = [sum(name_key(cell) in keys for cell in column) for column in columns]
    if not hits or not max(hits):
        return ()
    return tuple(columns[hits.index(max(hits))])


def names_in_text(answer: str, known: Collection[str]) -> tuple[str, ...]:
    """Return the ``known`` names that ``answer`` mentions; a longer name hides the shorter ones inside it."""
    text, found = fold(answer), []
    for key in sorted({name_key(name) for name in known}, key=lambda key: (-len(key), key)):
        if key in text:
            found.append(key)
            text = text.replace(key, "\n")
    return tuple(found)
