"""A question that states a figure and a clause that rules by ranges in, what the range it falls in has out.

Example: 8000万元的产业项目由谁代办, of 5000万元以上的…，由甲局…；不足5000万元的…，由乡镇… → the first part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.models import Answer, AnswerKind
from assistant.respond.evidence import cite, clause_evidence
from assistant.respond.sentences import split_sentences
from assistant.understand.question import Question
from assistant.understand.range_rows import Range, falls_in, range_of, states_figure
from assistant.understand.support import Support
from assistant.understand.understood import Understood
from corpus.conversion import Units
from corpus.folding import fold
from corpus.models import Clause, ParsedDocument, Span
from corpus.numerals import find_quantities
from index.search import FEW_DOCUMENTS

_JOINT = re.compile(r"[的]?[、，,]?")
_BEFORE, _BEHIND = re.compile(r"[^，,。；;：:（(、]*$"), re.compile(r"[^，,。；;：:（(、]*")
_PAIR, _LEAST, _REMEMBERED = 2, 2, 64
_MARKS = "。；;，, \n"


@dataclass(frozen=True, slots=True)
class _Ruled:
    """A part of a clause that holds for one range; ``label`` is what it is a range of."""

    clause: Clause
    part: Span
    range: Range
    label: str


class RangeClauses:
    """Answers from clauses whose parts each hold for a range of one measure."""

    def __init__(self, units: Units, support: Support) -> None:
        self._units, self._support = units, support
        self._groups = lru_cache(maxsize=_REMEMBERED)(_read_groups)

    def answer(self, understood: Understood, whole: Answer) -> Answer | None:
        """Return the part whose range the one figure of the question falls in; None unless it is one part.

        ``whole`` is what is told else: it is put right only where it is another part of the same clauses. The clauses
        must hold all that the question speaks of.
        """
        question = understood.question
        stated = [(one, span) for one, span in find_quantities(question.text) if states_figure(one)]
        if len(stated) != 1 or len(understood.documents) > FEW_DOCUMENTS:
            return None
        quantity, figure = stated[0]
        for document in understood.documents:
            for group in self._groups(document):
                fitting = [one for one in group if falls_in(quantity, one.range, self._units)]
                chosen = _of_what_is_asked(fitting, question, figure)
                if chosen is None or not self._speaks_of(question, figure, document, group):
                    continue
                if whole.kind is AnswerKind.PASSAGE and not _puts_right(whole, document, group, chosen):
                    continue
                return _told(understood, document, chosen, figure)
        return None

    def _speaks_of(self, question: Question, figure: Span, document: ParsedDocument, group: Sequence[_Ruled]) -> bool:
        said = [span.of(document.text) for one in group for span in one.clause.own]
        context = fold("\n".join((document.info.title, *group[0].clause.path, *said)))
        asked = [word for word in question.words if word.end - word.start > 1 and not word.overlaps(figure)]
        return len(asked) >= _LEAST and not self._support.unsupported(question.key, asked, context)


def _of_what_is_asked(fitting: Sequence[_Ruled], question: Question, figure: Span) -> _Ruled | None:
    """Return the one part that fits, of several that whose label shares most with the words around the figure."""
    parts = {one.part: one for one in fitting}
    if len(parts) < _LEAST:
        return next(iter(parts.values()), None)
    around = _label(question.key, figure)
    pairs = {around[i : i + _PAIR] for i in range(len(around) - 1)}
    shares = {one: sum(one.label[i : i + _PAIR] in pairs for i in range(len(one.label) - 1)) for one in fitting}
    best = [one for one, share in shares.items() if share == max(shares.values()) and share]
    return best[0] if len(best) == 1 else None


def _puts_right(whole: Answer, document: ParsedDocument, group: Sequence[_Ruled], chosen: _Ruled) -> bool:
    """Return whether what was told first is of these clauses and holds for another range than the one chosen."""
    told = fold(whole.answer.split("\n")[0])
    parts = {one.part: fold(one.range.name) for one in group}
    of_others = any(name in told for part, name in parts.items() if part != chosen.part)
    return (
        of_others
        and parts[chosen.part] not in told
        and any(
            one.document_id == document.info.id and chosen.clause.span.overlaps(Span(one.start, one.end))
            for one in whole.citations
        )
    )


def _told(understood: Understood, document: ParsedDocument, chosen: _Ruled, figure: Span) -> Answer:
    evidence = clause_evidence(document, chosen.clause, chosen.part)
    said = " ".join(evidence.quote.split()).strip(_MARKS)
    status = f"（{document.info.status}）" if document.info.status else ""
    place = f"《{document.info.title}》{status}{evidence.locator.rstrip('.、')}"
    meant = f"“{figure.of(understood.standalone)}”按“{chosen.range.name}”理解。"
    text = f"{said}。[1]\n\n{meant}\n\n依据：{place}。"
    answer = Answer(understood.asked, understood.standalone, AnswerKind.PASSAGE, text)
    return replace(answer, citations=cite([evidence]))


def _read_groups(document: ParsedDocument) -> tuple[tuple[_Ruled, ...], ...]:
    """Return the parts with ranges of one unit, of one clause or of the clauses beside each other: two or more."""
    found: dict[tuple[str, str], list[_Ruled]] = {}
    for clause in document.clauses:
        for one in _ruled(document, clause):
            for place in dict.fromkeys((clause.id, clause.parent or clause.id)):
                found.setdefault((place, one.range.unit), []).append(one)
    groups = (tuple(dict.fromkeys(group)) for group in found.values())
    return tuple(group for group in groups if len({one.part for one in group}) >= _LEAST)


def _ruled(document: ParsedDocument, clause: Clause) -> Iterator[_Ruled]:
    for part in split_sentences(document.text, clause.own):
        said = part.of(document.text)
        for place in _ranges(said):
            if (one := range_of(place.of(said), "")) is not None or (one := _between(place.of(said))) is not None:
                yield _Ruled(clause, part, one, fold(_label(said, place)))


def _ranges(said: str) -> list[Span]:
    """Return where the ranges of a sentence stand; its two ends are one: 400万元以下、100万元以上."""
    bounds = [span for _, span in find_quantities(said) if range_of(span.of(said), "")]
    joined: list[Span] = []
    for span in bounds:
        last = joined[-1] if joined else None
        if last is not None and _JOINT.fullmatch(said[last.end : span.start]) and _between(said[last.start : span.end]):
            joined[-1] = Span(last.start, span.end)
        else:
            joined.append(span)
    return joined


def _between(words: str) -> Range | None:
    """Return the range that two bounds state together: 30人以上、99人以下; None where they do not meet."""
    parts = [one for one in re.split("[、，,]", words) if one]
    ends = [range_of(one.removesuffix("的"), "") for one in parts]
    if len(ends) != _PAIR or ends[0] is None or ends[1] is None or ends[0].unit != ends[1].unit:
        return None
    low = next((one for one in ends if one is not None and one.high is None), None)
    high = next((one for one in ends if one is not None and one.low is None), None)
    if low is None or high is None or low.low is None or high.high is None or low.low > high.high:
        return None
    return Range(words, low.low, high.high, (low.closed[0], high.closed[1]), low.unit)


def _label(said: str, place: Span) -> str:
    """Return the words on both sides of a range up to the next marks: 出现30人以上死亡的."""
    before, behind = _BEFORE.search(said[: place.start]), _BEHIND.match(said, place.end)
    return "".join(match.group() for match in (before, behind) if match is not None)
