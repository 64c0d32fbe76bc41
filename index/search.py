"""A question in, the best chunks out: words and vectors searched side by side and joined by their scores.

Example: “十大孔兑项目由哪个局牵头” → the rows of 黄河内蒙古段十大孔兑综合治理项目 and of 沙棘生态减沙工程 first
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.models import ParsedDocument
from index.exact import ExactVectors
from index.fusion import SIMILARITY_WEIGHT, Fused, fuse
from index.lexical import Lexical, Matches
from index.matching import Matcher
from index.models import Chunk, Hit
from index.order import ORDERED, Ranked, in_order
from index.read_order import in_read_order

FEW_DOCUMENTS = 20
"""Of so many documents each may be asked for itself; of more only what is best among all of them is told."""


@dataclass(frozen=True, slots=True)
class Joining:
    """How many chunks each engine hands to the fusion, and what the cosine counts beside the words' score."""

    candidates: int
    similarity: float


FEW, MANY = Joining(100, SIMILARITY_WEIGHT), Joining(400, 6.0)
"""Fitted on public questions, docs/decisions/0010-linear-fusion.md; a chunk that one engine does not hand over counts
as its last."""

Embed = Callable[[str], Sequence[float]]


@dataclass(frozen=True, slots=True)
class Engines:
    """What is searched: words, vectors, and the documents that the chunks are pieces of, by id.

    ``matcher`` gives what tokens are matched by, for searches among many documents.
    """

    lexical: Lexical
    vectors: ExactVectors
    matcher: Callable[[], Matcher]
    embed: Embed
    documents: Mapping[str, ParsedDocument]


def search(
    query: str, words: str, engines: Engines, k: int = 10, documents: Sequence[str] | None = None
) -> tuple[Hit, ...]:
    """Return up to ``k`` chunks of ``documents`` (ids; None for all), best first; the same input gives the same order.

    ``query`` is embedded, ``words`` is what the word index looks for. Asked of many documents, the first chunks are put
    in a learned order, and the best of them in that of what reading them says.

    Raises:
        IndexBroken: If the index is damaged.
    """
    if not query.strip() or k < 1:
        return ()
    count = len(engines.documents) if documents is None else len(documents)
    if count <= FEW_DOCUMENTS:
        fused, _ = _join(query, words, engines, k, documents, FEW)
        return _hits(fused[:k], engines.lexical.chunks([entry.id for entry in fused[:k]]))
    ranked, behind = find_ranked(query, words, engines, k, documents)
    matcher = engines.matcher()
    places, scores = in_order(ranked, engines.lexical.rarity, engines.lexical.document_share, matcher)
    places, scores = in_read_order(ranked, places, scores, matcher.of_many)
    first = [replace(ranked.fused[place], score=score) for place, score in zip(places, scores, strict=True)]
    shift = scores[-1] - ranked.fused[-1].score if scores else 0.0
    fused = [*first, *(replace(entry, score=entry.score + shift) for entry in behind)][:k]
    return _hits(fused, engines.lexical.chunks([entry.id for entry in fused]))


def find_ranked(
    query: str, words: str, engines: Engines, k: int = ORDERED, documents: Sequence[str] | None = None
) -> tuple[Ranked, list[Fused]]:
    """Return the first chunks of many documents, to be put in order, and what stays behind them, best first.

    Raises:
        IndexBroken: If the index is damaged.
    """
    fused, matches = _join(query, words, engines, k, documents, MANY)
    chunks = engines.lexical.chunks([entry.id for entry in fused[:ORDERED]])
    first = [entry for entry in fused[:ORDERED] if entry.id in chunks]
    held = [chunks[entry.id] for entry in first]
    return Ranked(words, query, first, held, matches, engines.documents), fused[ORDERED:]


def _join(
    query: str, words: str, engines: Engines, k: int, documents: Sequence[str] | None, joining: Joining
) -> tuple[list[Fused], Matches]:
    """Return what both engines found, best first, and what each field of the words found."""
    wanted = max(joining.candidates, k)
    near = engines.vectors.search(engines.embed(query), wanted, documents)
    matches = engines.lexical.match(words, wanted, documents)
    return fuse(matches.scored, near, joining.similarity), matches


def _hits(entries: Sequence[Fused], chunks: Mapping[str, Chunk]) -> tuple[Hit, ...]:
    return tuple(
        Hit(chunks[entry.id], entry.score, rank, entry.vector_rank, entry.lexical_rank, entry.lexical, entry.similarity)
        for rank, entry in enumerate((entry for entry in entries if entry.id in chunks), start=1)
    )
