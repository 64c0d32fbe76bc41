"""A public set of passages in, what each part of the search is worth out: the hits with and without it.

Command: ``python -m evals.ablation DIR [--index PLACE]``; DIR is policy_notices or reading_traditional.

Example: “无整篇 hit@1 86.3%（−2.5）p=0.02”: without the fields of whole documents 2.5 of 100 questions more miss.

The significance is McNemar's exact test (McNemar 1947) on the questions that one of the two finds at the first place.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from assistant.engine import Assistant
from evals.metrics.mcnemar import mcnemar
from evals.public import policy_notices, reading_traditional
from evals.public.asking import TextQuestion
from evals.public.rows import rows_of
from evals.public.text_index import open_texts
from index.fusion import fuse
from index.lexical import WEIGHTS
from index.search import MANY


@dataclass(frozen=True, slots=True)
class Variant:
    """The search without one of its parts: its name, the weights of its fields and of the vectors, and the query."""

    name: str
    fields: Mapping[str, float]
    similarity: float = MANY.similarity
    with_question_words: bool = False
    with_synonyms: bool = False


def without(*prefixes: str) -> dict[str, float]:
    """Return the weights of all fields, those that begin with any of ``prefixes`` being 0."""
    return {field: 0.0 if field.startswith(prefixes) else weight for field, weight in WEIGHTS.items()}


NO_WORDS = {"chunk_words": 0.0, "document_words": 0.0}
NO_PAIRS = {"chunk_pairs": 0.0, "document_pairs": 0.0}
VARIANTS = (
    Variant("全部", WEIGHTS),
    Variant("无向量", WEIGHTS, similarity=0.0),
    Variant("只有向量", dict.fromkeys(WEIGHTS, 0.0)),
    Variant("无词", {**WEIGHTS, **NO_WORDS}),
    Variant("无二字组", {**WEIGHTS, **NO_PAIRS}),
    Variant("无标题", without("chunk_headings")),
    Variant("无整篇", without("document")),
    Variant("带疑问词", WEIGHTS, with_question_words=True),
    Variant("加同义词检索", WEIGHTS, with_synonyms=True),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Print a line for each variant."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--index", type=Path)
    arguments = parser.parse_args(argv)
    assistant, questions = _open(arguments.folder, arguments.index)
    ranks: dict[str, list[int]] = {variant.name: [] for variant in VARIANTS}
    for question in tqdm(questions, disable=None):
        for variant, rank in _ranks(assistant, question):
            ranks[variant.name].append(rank)
    for name, found in ranks.items():
        print(_line(name, found, ranks[VARIANTS[0].name]))
    return 0


def _open(folder: Path, place: Path | None) -> tuple[Assistant, list[TextQuestion]]:
    if (folder / "out_of_corpus_questions.jsonl").is_file():
        texts = {row["id"]: row["text"] for row in rows_of(folder, policy_notices.NOTICES)}
        return open_texts(texts, place), [q for q in policy_notices.load_questions(folder) if q.gold]
    texts = {row["id"]: f"{row['title']}\n{row['text']}" for row in rows_of(folder, reading_traditional.PASSAGES)}
    asked = [q for q in reading_traditional.load_questions(folder) if q.variant == reading_traditional.AS_GIVEN]
    return open_texts(texts, place), asked


def _ranks(assistant: Assistant, question: TextQuestion) -> list[tuple[Variant, int]]:
    """Return the rank (from 1; 0: not found) of the first gold document for each variant."""
    index, understanding = assistant.index, assistant.understanding
    read = understanding.read(question.text)
    searched = understanding.searched(question.text)
    others = [other for word in read.words for other in understanding.support.substitutes(read.key, word)]
    near = index.vectors.search(index.embedder.embed_query(question.text), MANY.candidates)
    found = []
    for variant in VARIANTS:
        query = question.text if variant.with_question_words else searched
        query = " ".join([query, *others]) if variant.with_synonyms else query
        words = index.words.search(query, MANY.candidates, None, variant.fields) if any(variant.fields.values()) else []
        fused = fuse(words, near if variant.similarity else [], variant.similarity)
        held = index.words.chunks([one.id for one in fused])
        documents = list(dict.fromkeys(held[one.id].document_id for one in fused))
        rank = next((place for place, name in enumerate(documents, 1) if name in question.gold), 0)
        found.append((variant, rank))
    return found


def _line(name: str, ranks: Sequence[int], base: Sequence[int]) -> str:
    n = len(ranks)
    first, ten = sum(rank == 1 for rank in ranks) / n, sum(0 < rank <= 10 for rank in ranks) / n
    lost = sum(one == 1 != other for one, other in zip(base, ranks, strict=True))
    won = sum(other == 1 != one for one, other in zip(base, ranks, strict=True))
    return f"{name}：hit@1 {first:.1%}  hit@10 {ten:.1%}  失 {lost} 得 {won}  p={mcnemar(lost, won):.3f}  n={n}"


if __name__ == "__main__":
    sys.exit(main())
