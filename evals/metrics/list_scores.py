"""List scores: the names an answer lists and the gold names in, precision, recall and exactness out.

Example: listing 3 of 4 projects and nothing else has precision 1.0, recall 0.75 and is not exact.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evals.metrics.folding import fold, name_key, plain
from evals.metrics.number_exactness import states_number

COUNTERS = ("个", "项", "家", "位", "名", "条", "行", "座", "处", "人", "件")
_NOTES = re.compile(r"\([^()]*\)")
_FIGURES = re.compile(r"\d+(?:\.\d+)?[^\d、;。,]{0,4}")
_BETWEEN = re.compile("[、;。,]|以及|和|及")
_WORD = re.compile("[\u4e00-\u9fff]{2}")
_TOTAL = re.compile(rf"(?<!公)共(?:有|计)?\s*((?:\d+|[一二三四五六七八九十两]+)\s*[{''.join(COUNTERS)}])")


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
    """Return whether ``answer`` states N with a counter: “共9项”, “九个项目”.

    Where it says 共…, its first 共 decides: “共12项，其中9项…” does not state 9.
    """
    total = _TOTAL.search(plain(answer))
    said = total[1] if total else answer
    return any(states_number(said, Decimal(count), counter) for counter in COUNTERS)


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


def unknown_items(line: str, known: Collection[str]) -> tuple[str, ...]:
    """Return what a line lists after its colon that is none of the ``known`` names; nothing where it lists none.

    Notes in brackets, figures with their units and numbering are passed over.
    """
    text, names = fold(line).partition(":")[2], {form for name in known for form in (fold(name), name_key(name))}
    left = text
    for name in sorted(names, key=lambda name: (-len(name), name)):
        left = left.replace(name, "")
    if left == text:
        return ()
    bare = _FIGURES.sub("", _NOTES.sub("", left))
    return tuple(item for item in _BETWEEN.split(bare) if _WORD.search(item))
