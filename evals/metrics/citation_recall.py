"""Citation recall: cited places and gold places in, the share of the required evidence that is cited out.

Example: nine rows are required and eight are cited: 8/9; with mode “any” one cited row gives 1.0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from evals.places import Cited, Place


def citation_recall(cited: Sequence[Cited], gold: Sequence[Place], mode: Literal["all", "any"] = "all") -> float:
    """Return |{g : some citation shows g}| / |gold|, in 0…1; 1.0 when no evidence is required.

    With ``mode="any"`` one place shown suffices (1.0), because the places state the same.

    Source: citation recall of ALCE (Gao et al. 2023): the share of statements that all their citations together
    support. Here a statement is one gold place, and citations support it if one of them shows it (``Place.met_by``): a
    decision by spans, not by a model.
    """
    met = [any(place.met_by(citation) for citation in cited) for place in gold]
    if not met:
        return 1.0
    return float(any(met)) if mode == "any" else sum(met) / len(met)
