"""Citation precision: cited places and gold places in, the share of citations that rest on gold evidence out.

Example: two citations, one of them on the gold cell: 0.5.
"""

from __future__ import annotations

from collections.abc import Sequence

from evals.places import Cited, Place


def citation_precision(cited: Sequence[Cited], gold: Sequence[Place]) -> float:
    """Return |{c : c shows some gold place}| / |cited|, in 0…1.

    With nothing cited it is 0.0 if evidence is required, else 1.0.

    Source: citation precision of ALCE (Gao et al. 2023): a citation counts if a statement is supported and the
    citation is not irrelevant to it; it is irrelevant if it does not support the statement by itself while the others
    still do. Here a statement is one gold place, and to support is to show it (``Place.met_by``: a decision by spans,
    not by a model): a citation that shows a place supports that statement by itself, one that shows none is irrelevant
    to all. Gold evidence names the sufficient places only, so a true but superfluous citation lowers this figure.
    """
    hits = [any(place.met_by(citation) for place in gold) for citation in cited]
    return sum(hits) / len(hits) if hits else float(not gold)
