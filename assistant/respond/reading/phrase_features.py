"""Stretches that may be said for a reading in, what speaks for each out, as numbers.

Example: for 对多少家单位进行了检查 “200余家” holds a number of 家, and 单位 stands behind it in text and question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from assistant.respond.reading.features import Asked, share_of
from assistant.respond.reading.model import Reading
from assistant.respond.reading.page_text import Numbers
from assistant.respond.reading.phrases import Phrase, Way
from assistant.respond.reading.question_form import holds_unit
from assistant.understand.cells.trees import logistic
from corpus.folding import fold
from corpus.models import Span

_FIGURE = re.compile(r"\d[\d.,]*")
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"\d",
        r"\d{1,2}[月日时点]|\d{4}年|之日|为止",
        r"%|百分之|元|‰",
        r"\d{3,4}-?\d{6,8}|1\d{10}|\b1?\d{4,5}\b",
        r"“[^”]+”|「[^」]+」",
        r"《[^》]+》|〈[^〉]+〉",
        r"、",
        r"[局委办部厅院会站]|中心|政府|公司|机构",
        r"等",
        r"^(?:为|是|由|将|可|要|应|至|到|达|于|在|从|自|以|通过|按|对|因)",
        r"[，,；;。]",
        r"公众号|平台|网|app|小程序",
    )
)
_STOPS = frozenset("，,。；：:、 \n")
_LEADS = frozenset("是为由达至到于在以")
_LEADING_VERBS = ("通过", "采取", "实行", "推出", "开展", "超过", "提供")
_AROUND = 12
_OUTSIDE = -9.0
_BESIDE, _ENDS, _LEAST = 3, 2, 1e-3
"""Tokens beside words, and at their ends, whose odds are looked at; what is divided by where none is expected."""


def phrase_features(asked: Asked, reading: Reading, phrases: Sequence[Phrase]) -> Numbers:
    """Return one row of features for each of ``phrases``."""
    whole = fold(reading.span.of(reading.found.document.text))
    of_reading = [
        float(reading.last - reading.first + 1), float(len(_FIGURE.findall(whole))), reading.score, reading.peak,
        float(reading.found.page.rank), *asked.form.flags, float(len(asked.key)),
    ]  # fmt: skip
    known = {asked.key[i : i + 2] for i in range(len(asked.key) - 1)}
    rows = [[*_inside(asked, known, reading, phrase), *_around(asked, reading, phrase)] for phrase in phrases]
    together = [_together(reading, phrase.span) for phrase in phrases]
    return np.hstack([np.array(rows), np.tile(of_reading, (len(rows), 1)), np.array(together)])


def _inside(asked: Asked, known: set[str], reading: Reading, phrase: Phrase) -> list[float]:
    """Return what the words themselves say, and the odds of their segments."""
    said, whole = fold(phrase.span.of(reading.found.document.text)), reading.span
    pairs = [said[i : i + 2] for i in range(len(said) - 1)]
    old = sum(pair in known for pair in pairs)
    odds = reading.odds[phrase.first : phrase.last + 1]
    return [
        len(said), np.log(len(said)), phrase.way, phrase.way is Way.SAID,
        odds.sum(), odds.mean(), odds.max(), odds.min(), odds[0], odds[-1],
        len(odds), len(said) / max(1, whole.end - whole.start), 1 - old / max(1, len(pairs)), old, said in asked.key,
        len(_FIGURE.findall(said)), holds_unit(asked.form.unit, said),
        share_of(asked.form.behind, said), share_of(asked.form.before, said), _shared(asked.form.behind, said[-4:]),
        *(form.search(said) is not None for form in _FORMS),
    ]  # fmt: skip


def _around(asked: Asked, reading: Reading, phrase: Phrase) -> list[float]:
    """Return what stands before and behind the words, in the text and on the page."""
    text, span, segments = reading.found.document.text, phrase.span, reading.found.page.segments
    before, behind = fold(text[max(0, span.start - _AROUND) : span.start]), fold(text[span.end : span.end + _AROUND])
    first, last, odds = segments[phrase.first], segments[phrase.last], reading.odds
    of_segments = sum(len(segment.key) for segment in segments[phrase.first : phrase.last + 1])
    starts = phrase.first == 0 or segments[phrase.first - 1].sentence != first.sentence
    ends = phrase.last + 1 == len(segments) or segments[phrase.last + 1].sentence != last.sentence
    return [
        odds[phrase.first - 1] if phrase.first else _OUTSIDE,
        odds[phrase.last + 1] if phrase.last + 1 < len(odds) else _OUTSIDE,
        (span.end - span.start) / max(1, of_segments), phrase.first - reading.first, phrase.last - reading.last,
        first.sentence != last.sentence, starts, ends,
        len(before) > 1 and before[-2:] in asked.key, len(behind) > 1 and behind[:2] in asked.key,
        before[-1:] in _STOPS, behind[:1] in _STOPS, before[-1:] in _LEADS, behind[:1] in ("的", "等"),
        before[-2:] in _LEADING_VERBS, share_of(asked.form.before, before), share_of(asked.form.behind, behind),
        holds_unit(asked.form.unit, fold(text[span.start : span.end + 3])),
        span.start - reading.span.start, reading.span.end - span.end,
    ]  # fmt: skip


def _together(reading: Reading, span: Span) -> list[float]:
    """Return what reading the page together with the question says of words; nothing where it was not read so.

    ``inside`` is how many of their tokens are expected to be of the answer; with all of the page it gives their F1.
    """
    page = reading.found.page.together
    if page is None:
        return []
    own = page.odds(span)
    total = page.read.amount()
    inside = float(logistic(own).sum())
    before, behind = (page.odds(Span(max(0, at), at + _AROUND)) for at in (span.start - _AROUND, span.end))
    row = [float(own.mean()), float(own.max()), float(own.min()), inside, inside / max(total, _LEAST)]
    row += [2 * inside / (len(own) + total), float(before[-_BESIDE:].mean()), float(behind[:_BESIDE].mean())]
    return [*row, float(own[:_ENDS].mean()), float(own[-_ENDS:].mean()), total, float(len(own))]


def _shared(one: str, other: str) -> float:
    return sum(character in other for character in one) / max(1, len(one))
