"""What may be told of a question in, the same with what is known once the likeliest was read together with it out.

Example: of 钱从哪出 three sentences may be told; the likeliest has .6, read together with the question .9.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.respond.asked_forms import PENALTY
from assistant.respond.lacking import names_another
from assistant.respond.likelihood import Judged
from assistant.respond.parties import leaves_party
from assistant.respond.passage import Passage
from assistant.respond.read_together import is_read_again, likelihood_together
from assistant.respond.reading.model import Reading
from assistant.understand.question import Question
from corpus.models import Span


@dataclass(frozen=True, slots=True)
class Choice:
    """Passages that may be told together, what they leave of the question, and their chance to answer it.

    ``readings`` is what was read in the order in which they count, ``is_first`` whether it is that of the reader,
    ``counts_alike`` whether one of the passages has so many things as are asked for under that name.
    ``judged`` is what the likelihood is told by, asked of few documents, ``apart`` the likelihood by itself, and
    ``known`` the same once the likeliest was read together with the question.
    """

    passages: tuple[Passage, ...]
    left: tuple[Span, ...]
    readings: tuple[Reading, ...]
    is_first: bool = True
    counts_alike: bool = False
    chance: float = 0.0
    judged: Judged | None = None
    apart: float | None = None
    known: float | None = None

    @property
    def is_tried(self) -> bool:
        """Return whether the rules may tell it: of all but the first, what leaves nothing."""
        return self.is_first or not self.left

    @property
    def order(self) -> tuple[bool, bool, int, bool, bool, float]:
        """Return by what choices among few documents are tried: the least is the best."""
        judged = self.judged
        loose = (not judged.predicates, judged.loose) if judged is not None else (False, 0)
        chance = self.chance if self.known is None else self.known
        return bool(self.left), *loose, not self.counts_alike, len(self.passages) > 1, -round(chance, 1)


def with_likeliest_read(choices: Sequence[Choice]) -> list[Choice]:
    """Return ``choices`` with what is known once the likeliest of them was read together with the question."""
    best = max(choices, key=lambda one: one.apart or 0.0, default=None)
    judged = best.judged if best is not None and is_read_again(best.apart or 0.0) else None
    if judged is None or (together := likelihood_together(judged)) is None:
        return [replace(one, known=one.apart) for one in choices]
    # What was less likely than the best is not likelier than it now.
    least = (one.apart if one.apart is None else min(one.apart, together) for one in choices)
    return [replace(one, known=together if one is best else own) for one, own in zip(choices, least, strict=True)]


def is_said_of_another(question: Question, choice: Choice, tried: Sequence[Choice], text: str) -> bool:
    """Return whether a telling word that ``choice`` leaves stands in another of the passages found: 擅自停热.

    So does who may do something, anywhere in the ``text``. Of these alone: everyday questions leave words that
    stand elsewhere and are answered rightly.
    """
    penalised = PENALTY.search(question.key) is not None
    if not penalised and not leaves_party(question, choice.left):
        return False
    left = [w.of(question.key) for w in question.telling if any(w.overlaps(span) for span in choice.left)]
    own = "\n".join(passage.context for passage in choice.passages)
    words = [word for word in left if len(word) > 1 and word not in own]
    said = [passage.key for one in tried for passage in one.passages] if penalised else [text]
    return any(word in key for word in words for key in said)


def speaks_of_another(question: Question, choice: Choice, text: str) -> bool:
    """Return whether the words left name what other clauses call so: 平台 below 智慧水务平台 is that."""
    own = "\n".join(passage.clause for passage in choice.passages)
    return names_another(question, choice.left, lambda name: name in text and name not in own)
