"""A question in, the best chunks out: words and vectors searched side by side and joined by their scores.

Example: “十大孔兑项目由哪个局牵头” → 1. the row of 黄河内蒙古段十大孔兑综合治理项目, 2. that of 沙棘生态减沙工程, …
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from index.fusion import fuse
from index.lexical import Lexical
from index.models import Hit
from index.vectors import Vectors

CANDIDATES = 400
"""How many chunks each engine hands to the fusion; a chunk that one does not hand over counts as its last."""

Embed = Callable[[str], Sequence[float]]


def search(
    query: str,
    words: str,
    lexical: Lexical,
    vectors: Vectors,
    embed: Embed,
    k: int = 10,
    documents: Sequence[str] | None = None,
) -> tuple[Hit, ...]:
    """Return up to ``k`` chunks of ``documents`` (ids; None for all), best first; the same input gives the same order.

    ``query`` is embedded, ``words`` is what the word index looks for.

    Raises:
        IndexBroken: If the index is damaged.
    """
    if not query.strip() or k < 1:
        return ()
    wanted = max(CANDIDATES, k)
    near = vectors.search(embed(query), wanted, documents)
    best = fuse(lexical.search(words, wanted, documents), near)[:k]
    chunks = lexical.chunks([entry.id for entry in best])
    return tuple(
        Hit(chunks[entry.id], entry.score, rank, entry.vector_rank, entry.lexical_rank, entry.lexical, entry.similarity)
        for rank, entry in enumerate((entry for entry in best if entry.id in chunks), start=1)
    )
