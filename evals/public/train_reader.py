"""The learning halves of the reading sets in, the weights of the passage reader among many documents out.

Command: ``python -m evals.public.train_reader DATA [--index DIR]``; DATA holds policy_notices and reading_traditional.
The order of the search comes first: ``python -m evals.public.train_order``.

Example: “互证 可答拒 4.8% 不可答拒 71.0%” is what weights decline of questions that they had not seen.

A question whose own document is left out of the search stands for one that the documents do not answer.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from tqdm import tqdm

import assistant.respond.reading
from assistant.engine import Assistant
from assistant.respond.reading.features import Asked, page_features
from assistant.respond.reading.model import OF_MANY, SUPPORTING_OF_MANY, ReaderModel, ReaderModels, Reading, read_page
from assistant.respond.reading.page_text import Numbers
from assistant.respond.reading.pages import FoundPage
from assistant.respond.reading.phrase_features import phrase_features
from assistant.respond.reading.phrases import find_phrases
from assistant.respond.reading.reader import PassageReader
from assistant.respond.reading.saying import said_by_rule
from assistant.understand.cells.trees import read_trees
from assistant.understand.question import Question
from corpus.models import ParsedDocument, Span
from evals.metrics.rouge_l import rouge_l
from evals.public import policy_notices, reading_traditional
from evals.public.asking import TextQuestion
from evals.public.forests import ROUNDS, Forest, Sample, apply_forest, cross, fit_forest, fit_values, round_of
from evals.public.report import Half, half_of
from evals.public.rows import rows_of
from evals.public.text_index import open_texts

_SEGMENT = {"max_iter": 160, "max_leaf_nodes": 8, "learning_rate": 0.06, "min_samples_leaf": 30, "max_features": 0.4}
_ANSWERS = {"max_iter": 90, "max_leaf_nodes": 6, "learning_rate": 0.06, "min_samples_leaf": 15, "max_features": 0.3}
_PHRASES = {"max_iter": 100, "max_leaf_nodes": 12, "learning_rate": 0.05, "min_samples_leaf": 40, "max_features": 0.5}
GoldAt = Callable[[FoundPage], Sequence[Span]]
_NOTHING = read_trees({"base": 0.0, "depth": 0, "trees": []})
_EMPTY = ReaderModel(_NOTHING, _NOTHING, SUPPORTING_OF_MANY)
_LEAST_ALONE = 8
"""A gold answer of fewer characters that stands in another document may stand there for something else."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question with the pages read for it and where its gold stands, segment by segment.

    ``answers`` are the gold texts; examples of one ``group`` are left out of the learning together.
    """

    id: str
    source: str
    reader: PassageReader
    question: Question
    asked: Asked
    pages: tuple[FoundPage, ...]
    labels: tuple[Numbers, ...]
    documents: tuple[ParsedDocument, ...]
    answerable: bool
    answers: tuple[str, ...]
    group: str


def main(argv: Sequence[str] | None = None) -> int:
    """Learn from the folder given, write the weights, print what cross-validation says of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--index", type=Path, help="folder where the sets' indexes are kept")
    arguments = parser.parse_args(argv)
    examples = list(gather(arguments.folder, arguments.index))
    segment, scores = learn_segments(examples)
    answers = learn_answers(examples, scores)
    phrases = learn_phrases(examples, scores)
    target = Path(assistant.respond.reading.__path__[0]) / OF_MANY
    data = {"segment": segment, "answers": answers, "phrases": phrases}
    target.write_text(json.dumps(data, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{len(examples)} 例 · {target.stat().st_size // 1000} kB")
    return 0


def gather(folder: Path, place: Path | None) -> Iterator[Example]:
    """Yield every example of the learning halves."""
    notices = folder / "policy_notices"
    texts = {row["id"]: row["text"] for row in rows_of(notices, policy_notices.NOTICES)}
    yield from _public(open_texts(texts, place), "notices", policy_notices.load_questions(notices))
    passages = folder / "reading_traditional"
    texts = {row["id"]: f"{row['title']}\n{row['text']}" for row in rows_of(passages, reading_traditional.PASSAGES)}
    asked = [q for q in reading_traditional.load_questions(passages) if q.variant == reading_traditional.AS_GIVEN]
    yield from _public(open_texts(texts, place), "traditional", asked)


def _public(assistant_: Assistant, source: str, questions: Iterable[TextQuestion]) -> Iterator[Example]:
    make = Maker(assistant_, source)
    for asked in tqdm([q for q in questions if half_of(q.id) is Half.LEARN], desc=source, disable=None):
        if asked.gold:
            at = partial(_spans_of, asked)
            yield make.example(asked.id, asked.text, at, answerable=True, answers=asked.answers, of=asked.gold)
        yield make.example(asked.id, asked.text, lambda _: (), answerable=False, without=asked.gold, of=asked.gold)


class Maker:
    """Makes examples over one assistant's documents."""

    def __init__(self, assistant_: Assistant, source: str) -> None:
        self.reader = PassageReader(assistant_.index, assistant_.understanding, ReaderModels(_EMPTY, _EMPTY))
        self._assistant, self._source = assistant_, source

    def example(
        self,
        id_: str,
        text: str,
        gold: GoldAt,
        *,
        answerable: bool,
        answers: tuple[str, ...] = (),
        without: frozenset[str] = frozenset(),
        of: frozenset[str] = frozenset(),
    ) -> Example:
        """Return the question with its pages, each segment labelled by whether it is gold.

        The search goes without the documents ``without``; questions ``of`` one document are of one group.
        """
        documents = tuple(d for d in self._assistant.documents if d.info.id not in without)
        question = self._assistant.understanding.read(text)
        asked, pages = self.reader.find(question, documents)
        labels = tuple(_labels(found, gold(found)) for found in pages)
        group = min(of, default=id_)
        return Example(
            id_, self._source, self.reader, question, asked, pages, labels, documents, answerable, answers, group
        )


def _spans_of(asked: TextQuestion, found: FoundPage) -> tuple[Span, ...]:
    """Return where a gold answer stands in the page's document; a short one counts in the gold document alone."""
    own = found.document.info.id in asked.gold
    texts = [text for text in asked.answers if text and (own or len(text) >= _LEAST_ALONE)]
    return tuple(Span(*match.span()) for text in texts for match in re.finditer(re.escape(text), found.document.text))


def _labels(found: FoundPage, gold: Sequence[Span]) -> Numbers:
    """Return 1 for each segment that is half gold, or that holds most of a gold stretch."""
    labels = np.zeros(len(found.page.segments))
    for place, segment in enumerate(found.page.segments):
        own = segment.span
        for span in gold:
            shared = min(span.end, own.end) - max(span.start, own.start)
            if shared > 0 and (2 * shared >= own.end - own.start or 5 * shared >= 3 * (span.end - span.start)):
                labels[place] = 1.0
    return labels


def learn_segments(examples: Sequence[Example]) -> tuple[Forest, list[list[Numbers]]]:
    """Return the segment trees, and for each example the log odds by page of trees that had not seen its question."""
    rows = [[page_features(example.asked, found.page) for found in example.pages] for example in examples]
    learning = [
        Sample(np.vstack(parts), np.concatenate(example.labels), round_of(example.group))
        for example, parts in zip(examples, rows, strict=True)
        if example.answerable and example.pages
    ]
    forest = fit_forest(learning, _SEGMENT)
    by_round = [
        read_trees(fit_forest([s for s in learning if s.left_out != number], _SEGMENT)) for number in range(ROUNDS)
    ]
    scores = [
        [by_round[round_of(example.group)].score(part) for part in parts]
        for example, parts in zip(examples, rows, strict=True)
    ]
    return forest, scores


def learn_answers(examples: Sequence[Example], scores: Sequence[Sequence[Numbers]]) -> Forest:
    """Return the trees of the chance to answer; print what they decline of questions that they had not seen."""
    samples, kept = [], []
    for example, parts in zip(examples, scores, strict=True):
        if not example.pages:
            continue
        readings = _readings(example, parts)
        again = example.reader.read_again(example.question, example.asked, readings, example.documents)
        row = example.reader.describe(example.question, again, readings)
        samples.append(Sample(row[None], np.array([float(example.answerable)]), round_of(example.group)))
        kept.append(example)
    forest, chances = cross(samples, lambda found: fit_forest(found, _ANSWERS), apply_forest)
    _print_declined(kept, [float(chance[0]) for chance in chances])
    return forest


def _readings(example: Example, parts: Sequence[Numbers]) -> list[Reading]:
    """Return the readings of the pages by the log odds ``parts``, best first."""
    rows = [page_features(example.asked, found.page) for found in example.pages]
    read = [
        read_page(*one, example.asked.key, SUPPORTING_OF_MANY) for one in zip(example.pages, parts, rows, strict=True)
    ]
    return sorted(read, key=lambda reading: -reading.score)


def learn_phrases(examples: Sequence[Example], scores: Sequence[Sequence[Numbers]]) -> Forest:
    """Return the trees of how well words answer, by ROUGE-L; print what they choose for questions not seen."""
    samples, kept = [], []
    for example, parts in zip(examples, scores, strict=True):
        if not example.answers or not example.pages:
            continue
        reading = _readings(example, parts)[0]
        text, said = reading.found.document.text, said_by_rule(example.question, reading)
        phrases = find_phrases(reading, said[0], example.asked.key, example.reader.cut)
        fits = [max(rouge_l(phrase.span.of(text), one) for one in example.answers) for phrase in phrases]
        by_rule = [max(rouge_l("".join(span.of(text) for span in said), one) for one in example.answers)]
        rows = phrase_features(example.asked, reading, phrases)
        samples.append(Sample(rows, np.array(fits), round_of(example.group)))
        kept.append((example.source, float(by_rule[0])))
    trees, found = cross(
        samples, lambda known: fit_values(known, _PHRASES), lambda rows, own: read_trees(own).score(rows)
    )
    for source in dict.fromkeys(source for source, _ in kept):
        chosen = [
            (float(sample.labels[worth.argmax()]), rule)
            for (name, rule), sample, worth in zip(kept, samples, found, strict=True)
            if name == source
        ]
        new, rule = np.mean(chosen, axis=0)
        print(f"{source}：直接答语 ROUGE-L 互证 {new:.3f}，按规则 {rule:.3f}（n={len(chosen)}）")
    return trees


def _print_declined(examples: Sequence[Example], chances: Sequence[float]) -> None:
    for source in dict.fromkeys(example.source for example in examples):
        pairs = [(e.answerable, c) for e, c in zip(examples, chances, strict=True) if e.source == source]
        right, wrong = [c for known, c in pairs if known], [c for known, c in pairs if not known]
        for least in np.quantile(right, (0.01, 0.03, 0.05, 0.1)):
            missed, declined = np.mean(np.array(right) < least), np.mean(np.array(wrong) < least)
            print(
                f"{source}：把握 < {least:.3f} 时，可答拒 {missed:.1%}（n={len(right)}），"
                f"不可答拒 {declined:.1%}（n={len(wrong)}）"
            )


if __name__ == "__main__":
    sys.exit(main())
