"""Parsed documents in, everything that each states in more than one place out, with the verdict.

Example: the plan's energy per GDP, reclaimed water and six lead agencies differ; its five actions are five everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.agreement.agencies import Agencies
from corpus.agreement.counts import compare_counts, compare_totals
from corpus.agreement.figures import compare_figures, read_figures
from corpus.agreement.models import Finding
from corpus.agreement.subjects import Subjects
from corpus.conversion import Units
from corpus.knowledge import Knowledge
from corpus.models import ParsedDocument


def find_agreement(documents: Sequence[ParsedDocument], knowledge: Knowledge) -> tuple[Finding, ...]:
    """Return the findings in order of documents; statements of different documents are never compared."""
    subjects, units = Subjects(knowledge), Units(knowledge.units)
    agencies = Agencies(knowledge, subjects)
    return tuple(
        finding
        for document in documents
        for finding in (
            *compare_figures(document, read_figures(document, knowledge), subjects, units),
            *agencies.compare(document),
            *compare_counts(document, knowledge, subjects),
            *compare_totals(document),
        )
    )
