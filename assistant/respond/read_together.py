"""The likeliest passage in, how likely it is once question and passage were read together out, of few documents.

Example: 罚款上限是多少, against “处二万元以上二十万元以下的罚款”: both are about fines; read together, 二十万元 is seen
to be the answer, and the likelihood rises.

Only what is neither certain nor hopeless is read again, and only the likeliest of what may be told: one run of the
model takes as long as all the rest of an answer. What is measured stands in docs/experiments.md.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.respond.likelihood import FEATURES, Judged, features, load_weights
from assistant.respond.passage import Passage
from assistant.respond.reading.matched import Matched
from assistant.understand.cells.trees import logistic
from corpus.models import Span
from index.joint_model import HEADINGS, ReadTogether

TOGETHER = (*FEATURES, "answers", "best_cited", "best_said", "best_read", "cited_amount")
_HOPELESS, _CERTAIN = 0.1, 0.8
WINDOW = 150
"""How many characters of a document are read: as many as were in learning."""


def is_read_again(known: float) -> bool:
    """Return whether a passage of the likelihood ``known`` is read together with the question."""
    return _HOPELESS <= known < _CERTAIN


def likelihood_together(judged: Judged) -> float | None:
    """Return the chance (0 to 1) that the passages answer; None where no model reads both together."""
    found = together_features(judged)
    return None if found is None else float(logistic(load_weights().together.score(np.array([found])))[0])


def together_features(judged: Judged) -> list[float] | None:
    """Return what speaks for and against, as one row of ``TOGETHER``; of several passages the best.

    Beside that of the likelihood these are the log odds of an answer, those of the best token of what is cited, of what
    is said and of all that was read, and how many tokens cited are expected to be of the answer.
    """
    rows = [_read(judged.matched, one) for one in judged.passages]
    known = [row for row in rows if row is not None]
    if not known:
        return None
    best: Sequence[float] = np.max(known, axis=0).tolist()
    return [*features(judged), *best]


def read_passage_together(matched: Matched, passage: Passage) -> tuple[ReadTogether, Span] | None:
    """Return what a passage is to the question, and which stretch of its document was read."""
    evidence = passage.evidence
    text = evidence.document.text
    shown = shown_around(evidence.span, passage.reading.span, len(text))
    above = passage.reading.found.stretch(evidence.span).above[-HEADINGS:]
    read = matched.read_together(above, shown.of(text).replace("\n", " "))
    return None if read is None else (read, shown)


def _read(matched: Matched, passage: Passage) -> tuple[float, ...] | None:
    found = read_passage_together(matched, passage)
    if found is None:
        return None
    read, shown = found
    cited, said = passage.evidence.span, passage.reading.span
    cited, said = (Span(span.start - shown.start, span.end - shown.start) for span in (cited, said))
    return read.answers, read.best(cited), read.best(said), read.best(), read.amount(cited)


def shown_around(cited: Span, said: Span, size: int) -> Span:
    """Return the stretch that is read of a text of ``size`` characters: around what is ``cited``.

    Of more than the window holds it is what stands around what is ``said``.
    """
    room = WINDOW - (cited.end - cited.start)
    if room < 0:
        start = (said.start + said.end - WINDOW) // 2
        start = max(cited.start, min(start, cited.end - WINDOW))
        return Span(start, start + WINDOW)
    start = max(0, cited.start - room // 2)
    return Span(start, min(size, cited.end + room - (cited.start - start)))
