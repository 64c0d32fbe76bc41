"""Chunks that the fusion found among many documents in, the same in a learned order out.

Example: 未签劳动合同怎么赔偿 → the article that holds most of these words, in the law that is about them.

``order.json`` holds a weight for each feature, what to add where documents are long, and the weights of
``index.read_order``; ``python -m evals.public.train_order`` writes it. See docs/decisions/0010-linear-fusion.md.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from corpus.folding import fold, fold_once
from corpus.models import ParsedDocument
from index.fusion import Fused
from index.lexical import Matches
from index.matching import Matcher, Stretch
from index.models import Chunk
from index.tokens import bigrams

Numbers = NDArray[np.float64]
Rarity = Callable[[Sequence[str]], Mapping[str, float]]

WEIGHTS = "order.json"
ORDERED = 100
"""How many of the first chunks are put in order; the others stay behind them."""

_NOT_FOUND = 500
"""The rank of a chunk that an engine did not hand over: behind all that it did."""

FEATURES = (
    *("chunk_words", "chunk_pairs", "chunk_headings", "document_words", "document_pairs"),
    *("cosine", "behind_cosine", "fused", "rank"),
    *("lexical", "not_near", "vector_rank", "lexical_rank", "asked_held"),
    *("held", "behind_held", "held_with_headings", "run", "run_share", "length"),
    *("document_held", "document_behind", "title_held", "title_run", "document_length"),
    *("document_best", "document_three", "document_ten"),
    *("matched", "behind_matched", "odds", "behind_odds"),
)


@dataclass(frozen=True, slots=True)
class Ranked:
    """What is put in order: a question's words and text, and the chunks that the fusion found, best first.

    ``matches`` is what each field of the word index found.
    """

    words: str
    text: str
    fused: Sequence[Fused]
    chunks: Sequence[Chunk]
    matches: Matches
    documents: Mapping[str, ParsedDocument]


def in_order(ranked: Ranked, rarity: Rarity, share: float, matcher: Matcher) -> tuple[list[int], list[float]]:
    """Return the places of the chunks of ``ranked``, best first, and the score of each in that order.

    ``share`` (0 to 1) is what the fields of whole documents count. Equal scores stay in the fusion's order.
    """
    if not ranked.fused:
        return [], []
    scores = with_share(features(ranked, rarity, matcher), share) @ load_weights()
    places = sorted(range(len(scores)), key=lambda place: (-scores[place], place))
    return places, [float(scores[place]) for place in places]


def with_share(rows: Numbers, share: float) -> Numbers:
    """Return ``rows`` with each feature once more, counted the more the longer documents are."""
    return np.hstack([rows, rows * (1.0 - share)])


@lru_cache(maxsize=1)
def load_weights() -> Numbers:
    """Return the weights that the package brings, as ``with_share`` orders the features."""
    return np.concatenate([load_part(part, FEATURES) for part in ("all", "long")])


def load_part(part: str, names: Sequence[str]) -> Numbers:
    """Return the weights of one part of ``order.json``, as ``names`` orders them."""
    data = json.loads((resources.files(__package__) / WEIGHTS).read_text(encoding="utf-8"))
    return np.array([data[part][name] for name in names])


def features(ranked: Ranked, rarity: Rarity, matcher: Matcher) -> Numbers:
    """Return one row of ``FEATURES`` for each chunk."""
    key, best = fold(ranked.text), ranked.fused[0].score
    weights, asked = (rarity(list(dict.fromkeys(bigrams(text)))) for text in (fold(ranked.words), key))
    of_document = _of_documents(ranked, weights)
    rows = []
    for place, (entry, chunk) in enumerate(zip(ranked.fused, ranked.chunks, strict=True)):
        said = fold_once(chunk.text)
        above = fold_once("\n".join((*chunk.section, ranked.documents[chunk.document_id].info.title)))
        run = longest_run(key, said)
        row = [*ranked.matches.of(entry.id, chunk.document_id), entry.similarity, 0.0, entry.score - best]
        row += [log(1 + place), *_of_engines(entry), held(asked, said)]
        row += [held(weights, said), 0.0, held(weights, f"{said}\n{above}"), run, run / len(key), log(len(said))]
        rows.append([*row, *of_document[chunk.document_id]])
    found = np.hstack([np.array(rows, dtype=float), _matched(ranked, matcher)])
    for name, behind in (("cosine", "behind_cosine"), ("held", "behind_held"), ("document_held", "document_behind")):
        column = found[:, FEATURES.index(name)]
        found[:, FEATURES.index(behind)] = column - column.max()
    return found


def _matched(ranked: Ranked, matcher: Matcher) -> Numbers:
    """Return how well the tokens of the question are matched by each chunk; zeros where no token vectors are kept."""
    stretches = [Stretch(chunk.id, 0, len(chunk.search_text)) for chunk in ranked.chunks]
    nearest = matcher.nearest(ranked.text, stretches)
    if nearest is None:
        return np.zeros((len(stretches), 4))
    mean, odds = nearest.mean(axis=1), matcher.odds_of(ranked.text, nearest)
    return np.stack((mean, mean - mean.max(), odds, odds - odds.max()), axis=1).astype(float)


def _of_engines(entry: Fused) -> list[float]:
    """Return the words' score of a chunk, whether the vectors did not find it, and how late each engine named it."""
    ranks = (log(1 + (rank or _NOT_FOUND)) for rank in (entry.vector_rank, entry.lexical_rank))
    return [entry.lexical, float(not entry.vector_rank), *ranks]


def _of_documents(ranked: Ranked, weights: Mapping[str, float]) -> dict[str, list[float]]:
    """Return what each document found says as a whole, and how many of its chunks were found how well."""
    best = ranked.fused[0].score
    scores: dict[str, list[float]] = {}
    for entry, chunk in zip(ranked.fused, ranked.chunks, strict=True):
        scores.setdefault(chunk.document_id, []).append(entry.score - best)
    words = fold(ranked.words)
    found = {}
    for id_, own in scores.items():
        document = ranked.documents[id_]
        text, title = fold_once(document.text), fold_once(document.info.title)
        run = longest_run(words, title) / max(1, len(title))
        row = [held(weights, text), 0.0, held(weights, title), run, log(1 + len(text))]
        found[id_] = [*row, own[0], sum(map(exp, own[:3])), sum(map(exp, own[:10]))]
    return found


def held(weights: Mapping[str, float], text: str) -> float:
    """Return the share (0 to 1) of the weight of the terms that stand in a folded text."""
    total = sum(weights.values())
    return sum(weight for term, weight in weights.items() if term in text) / total if total else 0.0


def longest_run(key: str, other: str) -> int:
    """Return the length of the longest run of characters that both hold."""
    longest = 0
    for start in range(len(key)):
        while start + longest < len(key) and key[start : start + longest + 1] in other:
            longest += 1
    return longest
