"""A question and the pages found for it in, the same pages with how much of the question their documents hold out.

Example: of two notices on the same matter the one of the place that the question names holds more of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.respond.reading.features import Asked
from assistant.respond.reading.pages import FoundPage
from corpus.folding import fold_once


def share_held(asked: Asked, context: str) -> float:
    """Return the weighted share (0 to 1) of the question's pairs that ``context`` (folded) holds, or a synonym of."""
    total = sum(asked.grams.values())
    held = sum(
        weight
        for gram, weight in asked.grams.items()
        if gram in context or any(other in context for other in asked.substitutes.get(gram, ()))
    )
    return held / total if total else 0.0


def with_shares(asked: Asked, pages: Sequence[FoundPage]) -> tuple[FoundPage, ...]:
    """Return ``pages`` with what their documents hold of the question, alone and against the best of them."""
    documents = {found.document.info.id: found.document for found in pages}
    held = {id_: share_held(asked, fold_once(document.text)) for id_, document in documents.items()}
    titled = {id_: share_held(asked, fold_once(document.info.title)) for id_, document in documents.items()}
    best = max(held.values(), default=0.0)
    return tuple(
        replace(found, page=replace(found.page, held=held[id_], behind=held[id_] - best, titled=titled[id_]))
        for found in pages
        for id_ in (found.document.info.id,)
    )
