"""The first chunks of many documents in a learned order in, the same in the order of what reading them says out.

Example: 未签劳动合同怎么赔偿 → an article on 双倍工资 stands before one that only holds more of the words.

Each is read together with the question (``index.joint_model``), which no search by words or vectors does;
``order.json`` holds what the outcome counts beside the order so far. It takes a run of the model for each chunk: among
few documents only what would be told is read so (``assistant.respond.read_together``).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from index.chunks import headings_above
from index.joint_model import HEADINGS, ReadsTogether
from index.order import Ranked, load_part

Numbers = NDArray[np.float64]

LEAST, MOST, CHARACTERS = 20, 60, 4000
"""How many of the first chunks are read: as many as hold so many characters; docs/experiments.md."""
READ_FEATURES = ("behind_score", "behind_answers", "behind_best")
"""How far a chunk is behind the best: in the order so far, in its log odds of an answer, in those of its best token."""


def in_read_order(
    ranked: Ranked, places: Sequence[int], scores: Sequence[float], reads: ReadsTogether
) -> tuple[list[int], list[float]]:
    """Return ``places`` and their ``scores`` with the first of them in the order of what reading them says.

    Unchanged where no model reads together. Scores stay in falling order.
    """
    rows = read_features(ranked, places, scores, reads)
    if rows is None:
        return list(places), list(scores)
    found = scores[0] + rows @ load_weights()
    order = sorted(range(len(found)), key=lambda place: (-found[place], place))
    count = len(order)
    behind = list(scores[count:])
    shift = float(found.min()) - behind[0] if behind else 0.0
    return (
        [*(places[place] for place in order), *places[count:]],
        [*(float(found[place]) for place in order), *(score + shift for score in behind)],
    )


def how_many(ranked: Ranked, places: Sequence[int]) -> int:
    """Return how many of the chunks at ``places`` are read: short ones more, for they take less time."""
    lengths = accumulate(len(ranked.chunks[place].search_text) for place in places[:MOST])
    return min(max(LEAST, sum(length <= CHARACTERS for length in lengths)), len(places))


@lru_cache(maxsize=1)
def load_weights() -> Numbers:
    """Return the weights that the package brings, as ``READ_FEATURES`` orders them."""
    return load_part("read", READ_FEATURES)


def read_features(
    ranked: Ranked, places: Sequence[int], scores: Sequence[float], reads: ReadsTogether
) -> Numbers | None:
    """Return a row of ``READ_FEATURES`` for each of the first chunks; None where no model reads together."""
    rows: list[tuple[float, float, float]] = []
    for place, score in list(zip(places, scores, strict=True))[: how_many(ranked, places)]:
        chunk = ranked.chunks[place]
        above = headings_above(ranked.documents[chunk.document_id].info.title, chunk.section)[-HEADINGS:]
        read = reads.read_together(ranked.text, above, chunk.search_text.replace("\n", " "))
        if read is None:
            return None
        rows.append((score, read.answers, read.best()))
    if not rows:
        return None
    found = np.array(rows)
    behind: Numbers = found - found.max(axis=0)
    return behind
