"""A passage that may be told and its question in, how likely it is that it answers out, learned on few documents.

Example: 钱从哪出, against 资金来源为财政补助: no word is held, but each is matched, and the passage is told; for
联系电话 nothing is matched anywhere, and nothing is told.

``few.json`` holds boosted trees, those of ``read_together`` and three numbers: ``bar``, from which a passage is told
though the rules of ``left_words`` would not (期限 is left by a sentence that says 十五日内), ``firmly``, the same where
what is asked about stands in no document, and ``floor``, under which none is told; where what is asked itself is left,
``bar`` is the floor, and what is asked for in so many words has none (哪十六个字, 多大规模以下).
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from functools import lru_cache
from importlib import resources
from math import log

import numpy as np

from assistant.respond.expected import asked_of_kind
from assistant.respond.expected_figures import BOUND
from assistant.respond.forgiven import leaves_subject
from assistant.respond.left_words import Left
from assistant.respond.passage import Passage
from assistant.respond.reading.features import Asked
from assistant.respond.reading.matched import Matched
from assistant.understand.cells.trees import Trees, logistic, read_trees
from assistant.understand.question import Question
from assistant.understand.which_asked import HOW_OFTEN
from corpus.models import Span

WEIGHTS = "few.json"
FEATURES = (
    *("chance", "said", "cited", "page", "cosine", "behind"),
    *("left_matched", "left_words_matched", "words_matched", "left_share", "left", "left_words"),
    *("figure", "denial", "other_kind", "forgiven", "elsewhere", "another", "absent", "names", "itself"),
    *("itself_matched", "absent_matched", "names_matched"),
    *("loose", "predicates", "pair", "of_kind", "telling", "words", "cell"),
)
_LEAST = 1e-4
_SURE = 0.55
"""The least chance of a passage that may leave what tells things apart; measured, docs/experiments.md."""
_WHOLE = 0.47
"""From which likelihood a passage is told that leaves nothing, whatever its chance; docs/experiments.md."""
_COUNTED = re.compile(r"哪“?[二两三四五六七八九十\d]+")


@dataclass(frozen=True, slots=True)
class LikelihoodWeights:
    """The trees, those after reading together (``read_together``), and how likely a passage must be to be told.

    ``few.json`` names the numbers.
    """

    trees: Trees
    together: Trees
    bar: float
    firmly: float
    floor: float


@dataclass(frozen=True, slots=True)
class Judged:
    """What may be told of a question: passages, what they leave of it, and what was found of both.

    ``loose`` counts the characters of other words (verbs) that they do not hold either; ``predicates`` tells whether
    they say something of what it asks what it is (以…为主题, not 主题日). ``matched`` is how well what was read is.
    """

    question: Question
    asked: Asked
    passages: tuple[Passage, ...]
    left: tuple[Span, ...]
    kind: Left
    chance: float
    loose: int
    predicates: bool
    matched: Matched


def likelihood(judged: Judged) -> float | None:
    """Return the chance (0 to 1) that the passages answer; None of an index without token vectors."""
    if all(judged.matched.of(one.reading) is None for one in judged.passages):
        return None
    return float(logistic(load_weights().trees.score(np.array([features(judged)])))[0])


def is_told(judged: Judged, known: float | None) -> bool:
    """Return whether passages of the likelihood ``known`` are told for what they leave and their chance."""
    question, kind = judged.question, judged.kind
    in_so_many_words = any(one.search(question.key) for one in (_COUNTED, BOUND, HOW_OFTEN))
    if not judged.left and in_so_many_words and asked_of_kind(question.key):
        return True  # where nothing is left, so many things or a figure with this bound stand there
    # 违反第一条规定的，处…罚款 says little of what is asked, and all of it: the deed stands in 第一条.
    is_whole = bool(question.telling) and not judged.left and known is not None and known >= _WHOLE
    if kind.is_refused or (judged.chance < kind.bar(question) and not is_whole):
        return False
    weights = load_weights()
    return known is None or known >= (weights.bar if kind.itself else weights.floor)


def is_likely(judged: Judged, known: float) -> bool:
    """Return whether passages of the likelihood ``known`` may be told though they leave words.

    More is needed where no document holds what is asked or asked about.
    """
    absent = judged.kind.absent and (judged.kind.itself or leaves_subject(judged.question, judged.left))
    weights = load_weights()
    return known >= (weights.firmly if absent else weights.bar)


def is_sure(judged: Judged, known: float) -> bool:
    """Return whether both say that passages of the likelihood ``known`` answer: then other words may mean the same.

    大夫 tells apart what 医师 does, and is the same.
    """
    return known >= load_weights().firmly and judged.chance >= _SURE


def is_certain(known: float) -> bool:
    """Return whether passages of the likelihood ``known`` answer whatever words they leave, but for names and years."""
    return known >= load_weights().firmly


def features(judged: Judged) -> list[float]:
    """Return what speaks for and against, as one row of ``FEATURES``."""
    question, left, kind = judged.question, judged.left, judged.kind
    words = [word for word in question.words if any(word.overlaps(span) for span in left)]
    chance = min(max(judged.chance, _LEAST), 1 - _LEAST)
    total = sum(judged.asked.words.values()) or 1.0
    share = sum(judged.asked.words.get(word.of(question.key), 0.0) for word in words) / total
    by_words = _words_matched(judged, (left, words, question.words))
    row = [log(chance / (1 - chance)), *_matched(judged), *by_words, share, len(left), len(words)]
    row += [kind.figure or kind.level, kind.denial, kind.other_kind, kind.forgiven, kind.elsewhere]
    row += [kind.another, kind.absent, kind.names, kind.itself]
    row += [by_words[0] * mark for mark in (kind.itself, kind.absent, kind.names)]
    row += [judged.loose, judged.predicates, len(judged.passages) > 1, bool(asked_of_kind(question.key))]
    row += [len(question.telling), len(question.words), judged.passages[0].subject != ""]
    return [float(number) for number in row]


def _words_matched(judged: Judged, kinds: Sequence[Sequence[Span]]) -> list[float]:
    stretches = [one.reading.found.stretch(one.evidence.span) for one in judged.passages]
    return [min(judged.matched.words(spans, stretches), default=1.0) for spans in kinds]


def _matched(judged: Judged) -> list[float]:
    """Return how well the words said, the sentences cited and the page are matched; of several passages the best."""
    known = [found for one in judged.passages if (found := judged.matched.of(one.reading)) is not None]
    best: list[float] = np.max([astuple(one) for one in known], axis=0).tolist()
    return [*best, max(one.cited for one in known) - judged.matched.best]


@lru_cache(maxsize=1)
def load_weights() -> LikelihoodWeights:
    """Return the weights that the package brings."""
    data = json.loads((resources.files(__package__) / WEIGHTS).read_text(encoding="utf-8"))
    forests = read_trees(data), read_trees(data["together"])
    return LikelihoodWeights(*forests, *(float(data[name]) for name in ("bar", "firmly", "floor")))
