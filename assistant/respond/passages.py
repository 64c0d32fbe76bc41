"""An understood question in, the answer that stands in running text out; a refusal where none stands there.

Example: 谁担任领导小组组长 → “由市委书记、市人民政府市长任双组长”, its sentence and its place, 四、（一）.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from assistant.models import Answer
from assistant.respond.evidence import Evidence
from assistant.respond.expected import asked_of_kind, listed_noun, missing_of_kind, names_several
from assistant.respond.forgiven import Forgiving
from assistant.respond.gaps import FIGURE_SAID, find_gaps
from assistant.respond.lead_ins import items_behind
from assistant.respond.reading.covering import covering
from assistant.respond.reading.features import Asked
from assistant.respond.reading.model import Reading
from assistant.respond.reading.of_place import part_of_place
from assistant.respond.reading.reader import PassageReader, ReadOut
from assistant.respond.reading.saying import said_by_rule
from assistant.respond.refusal import refuse
from assistant.respond.wording import word_passages
from assistant.understand.levels import LEVEL
from assistant.understand.lexicon import Ask
from assistant.understand.question import MentionKind, Question
from assistant.understand.support import join
from assistant.understand.understanding import Understanding
from assistant.understand.understood import Understood
from corpus.folding import fold_once
from corpus.models import ParsedDocument, Span
from index.search import FEW_DOCUMENTS

_TRIED = 6
_WORTH_SHOWING = 0.1
_BARE = re.compile(r"[吗呢吧啊的了和与及由谁哪几多少个里么什？?，,。、\s]+")
_QUESTION_WORD = re.compile(r"[谁哪几啥何么吗]|多少")
_MARKS = "，,；;：:。！？!?、 \u3000\n"
_HARD = re.compile(r"\d|[不没未非无仅只]")


@dataclass(frozen=True, slots=True)
class Bars:
    """The least chance to answer of a passage by what it leaves of the question.

    It may leave nothing, what ``Forgiving`` allows, other words that the documents hold, words that none holds, or a
    figure, a year or a denial.
    """

    explained: float
    forgiven: float
    partly: float
    absent: float
    hard: float


FEW = Bars(0.33, 0.33, 0.8, 1.01, 1.01)
MANY = Bars(0.2, 0.2, 0.25, 0.25, 0.3)
"""Fitted on questions that the weights had not seen, docs/decisions/0011-reading-passages.md: asked of one document, a
word that the passage lacks is mostly what the document does not say; asked of hundreds, mostly another wording."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One reading as it is told: ``evidence`` is cited, ``direct`` the words of the clause that answer.

    ``key``, ``context`` and ``clause`` are folded: the cited sentences, these with their headings, and with the clause.
    """

    reading: Reading
    evidence: Evidence
    direct: tuple[Span, ...]
    key: str
    context: str
    clause: str

    @property
    def subject(self) -> str:
        """Return the name of the row that a cell stands in; empty for a clause."""
        return self.reading.found.subject


@dataclass(frozen=True, slots=True)
class _Choice:
    """Passages that may be told together, what they leave of the question, and their chance to answer it."""

    passages: tuple[Passage, ...]
    left: tuple[Span, ...]
    chance: float


class PassageAnswers:
    """Answers from the text of the documents."""

    def __init__(self, reader: PassageReader, understanding: Understanding) -> None:
        self._reader, self._understanding = reader, understanding
        self._forgiving = Forgiving(understanding.names.holds, understanding.words.is_circumstance)

    def answer(self, understood: Understood) -> Answer:
        """Return the passage that answers with a chance above its bar, or what is missing."""
        question, plan = understood.question, understood.plan
        unmet = plan.unexplained if plan is not None and plan.is_close else ()
        read = self._of_rows_named(understood, self._reader.read(question, understood.documents))
        choices = self._ordered(understood, read, unmet)
        chosen = self._chosen(understood, read, choices)
        if len(understood.documents) <= FEW_DOCUMENTS:
            chosen = self._of_kind(understood, chosen, unmet)
        if chosen is None:
            return self._refuse(understood, read, choices, unmet)
        first = chosen.passages[0]
        items = items_behind(first.evidence.document, first.reading.found.clause, first.evidence.span)
        passages = chosen.passages
        if len(passages) == 1 and not items:
            passages = (replace(first, direct=self._reader.say(question, read, first.reading, first.direct)),)
        return word_passages(understood.asked, question.text, passages, items)

    def _of_kind(self, understood: Understood, chosen: _Choice | None, unmet: Sequence[Span]) -> _Choice | None:
        """Return ``chosen``, or what is read of the sentences alone that have things of the kind asked for.

        Words that the question shares with a sentence count for less than three districts where three are asked, or
        the names of reserves where it asks which reserves.
        """
        key, same = understood.question.key, self._understanding.units.alike
        noun = listed_noun(key)
        said = "\n".join(passage.key for passage in chosen.passages) if chosen is not None else ""
        if chosen is None and asked_of_kind(key):
            fits = partial(_has_kind, key, same)
        elif noun and not names_several(noun, said):
            fits = partial(names_several, noun)
        else:
            return chosen
        again = self._reader.read(understood.question, understood.documents, fits)
        again = replace(again, readings=tuple(one for one in again.readings if not one.found.subject))
        found = self._chosen(understood, again, self._ordered(understood, again, unmet))
        return found if found is not None and (chosen is None or not found.left) else chosen

    def _of_rows_named(self, understood: Understood, read: ReadOut) -> ReadOut:
        """Return ``read`` without rows where a whole table is asked, but those that the question names."""
        plan, key = understood.plan, understood.question.key
        if not understood.queries:
            return read
        named = {target.entity.name for target in plan.targets} if plan is not None and plan.is_close else set()
        kept = (
            one for one in read.readings if not (name := one.found.subject) or name in named or fold_once(name) in key
        )
        return replace(read, readings=tuple(kept))

    def _ordered(self, understood: Understood, read: ReadOut, unmet: Sequence[Span]) -> list[_Choice]:
        """Return the choices in the order in which they are tried: of few documents, those that leave nothing first."""
        choices = list(self._choices(understood.question, read, unmet))
        if len(understood.documents) <= FEW_DOCUMENTS:
            choices.sort(key=lambda one: (bool(one.left), -round(one.chance, 1)))
        return choices

    def _chosen(self, understood: Understood, read: ReadOut, choices: Sequence[_Choice]) -> _Choice | None:
        """Return the first choice with a chance above its bar."""
        documents = understood.documents
        bars = FEW if len(documents) <= FEW_DOCUMENTS else MANY
        bar = partial(self._bar, understood.question, read.asked, bars, documents)
        return next((choice for choice in choices if choice.chance >= bar(choice)), None)

    def _refuse(
        self, understood: Understood, read: ReadOut, choices: Sequence[_Choice], unmet: Sequence[Span]
    ) -> Answer:
        """Return the refusal that names what the nearest passage leaves, else what is asked for."""
        question = understood.question
        nearest_left = next((choice.left for choice in choices if choice.left), ())
        left = nearest_left or (_focus(question, read.asked) if choices else ())
        if not choices and understood.query is not None:
            left = understood.query.unexplained
        named = join((*(unmet or left), *self._asked_in_vain(question, understood.documents)))
        missing = tuple(word for span in named if _names(word := question.text[span.start : span.end]))
        worth = [choice for choice in choices[:1] if choice.chance >= _WORTH_SHOWING]
        nearest = [reading.found.evidence(reading.cited).locator for reading in read.readings if worth]
        return refuse(understood.asked, question.text, missing, nearest, understood.documents)

    def _choices(self, question: Question, read: ReadOut, unmet: Sequence[Span]) -> Iterator[_Choice]:
        """Yield each of the first readings alone, then the first with another that supports all it leaves."""
        passages = [_passage(question, reading, self._understanding) for reading in read.readings[:_TRIED]]
        for place, passage in enumerate(passages):
            left = join((*self._gaps(question, [passage], unmet), *_unsaid(question, passage)))
            if left and place:
                continue
            order = (read.readings[place], *read.readings[:place], *read.readings[place + 1 :])
            yield _Choice((passage,), left, self._reader.certainty(question, read, order))
        for other in passages[1:]:
            pair = passages[0], other
            if not _same_place(*pair) or self._gaps(question, pair, unmet) or all(_unsaid(question, p) for p in pair):
                continue
            yield _Choice(pair, (), self._reader.certainty(question, read, read.readings))
            return

    def _gaps(self, question: Question, passages: Sequence[Passage], unmet: Sequence[Span]) -> tuple[Span, ...]:
        understanding = self._understanding
        same, is_act = understanding.units.alike, understanding.names.is_act
        needed = (*unmet, *(word for word in question.words if is_act(word.of(question.key))))
        return find_gaps(question, passages, understanding.support, understanding.attributes, needed, same)

    def _bar(
        self, question: Question, asked: Asked, bars: Bars, documents: Sequence[ParsedDocument], choice: _Choice
    ) -> float:
        """Return the chance that a choice needs."""
        if not choice.left:
            # Words that name nothing (一加一等于几) explain nothing, unless things of a kind are asked for and there.
            return bars.explained if question.telling or asked_of_kind(question.key) else bars.partly
        if any(LEVEL.search(span.of(question.key)) for span in choice.left):
            return bars.hard  # what is said of another level of government answers nothing
        if self._forgiving.forgives(question, asked, choice.left):
            return bars.forgiven
        years = [span for _, span in question.year_spans()]
        if any(_HARD.search(span.of(question.key)) or span in years for span in choice.left):
            return bars.hard
        support = self._understanding.support
        text = self._reader.text_of(documents)
        stands = all(support.holds(question.key, span, text) for span in choice.left)
        return bars.partly if stands else bars.absent

    def _asked_in_vain(self, question: Question, documents: Sequence[ParsedDocument]) -> tuple[Span, ...]:
        """Return what is asked for by words that no document holds: 叫什么名字."""
        asked = [m.span for m in question.mentions if m.kind is MentionKind.ATTRIBUTE]
        plain = [span for span in asked if not _QUESTION_WORD.search(span.of(question.key))]
        text = self._reader.text_of(documents) if plain else ""
        return tuple(span for span in plain if span.of(question.key) not in text)


def _has_kind(key: str, same: Callable[[str], tuple[str, ...]], said: str) -> bool:
    return not any(missing_of_kind(key, said, same))


def _unsaid(question: Question, passage: Passage) -> tuple[Span, ...]:
    """Return the question word for a date or a figure where the words that answer hold none."""
    text = passage.evidence.document.text
    said = "".join(span.of(text) for span in passage.direct)
    asked = [mention for mention in question.mentions if mention.kind is MentionKind.ASK]
    wanted = [m.span for m in asked if m.name in (Ask.WHEN, Ask.HOW_MANY) and not FIGURE_SAID.search(said)]
    return tuple(wanted)


def _names(word: str) -> bool:
    """Return whether a stretch of the question is more than a question word or one character of it."""
    return len(word) > 1 and _BARE.fullmatch(word) is None


def _focus(question: Question, asked: Asked) -> tuple[Span, ...]:
    """Return what is asked for, where the nearest passage holds every word and still is unlikely to answer."""
    start = question.key.find(asked.focus) if asked.focus else -1
    return (Span(start, start + len(asked.focus)),) if start >= 0 else ()


def _same_place(one: Passage, other: Passage) -> bool:
    """Return whether two passages stand in one clause, or in one row of a table."""
    here, there = one.evidence, other.evidence
    same = here.document is there.document
    return same and (here.section, one.subject) == (there.section, other.subject)


def _is_all(direct: Span, span: Span, text: str) -> bool:
    """Return whether nothing of ``span`` but marks is left out: it is not cut down to a date or figure."""
    return direct.of(text) == span.of(text).strip(_MARKS)


def _said(question: Question, reading: Reading, understanding: Understanding) -> tuple[Span, ...]:
    """Return the words of the passage that answer: what stands of the place asked, a date, a figure, or whole clauses.

    Whole clauses hold all that is asked about, and a thing of the kind asked for (哪所大学) where there is one.
    """
    segments, text = reading.found.page.segments, reading.found.document.text
    counts = Ask.HOW_MANY in question.asks or "count" in question.named(MentionKind.OPERATION)
    places_in = understanding.places.named_in
    if counts and (of_place := part_of_place(question.key, text, reading.cited, places_in)):
        return (of_place,)
    direct = said_by_rule(question, reading)
    if len(direct) != 1 or not _is_all(direct[0], reading.span, text):
        return direct
    alike = understanding.units.alike
    chosen = direct[0]
    if any(missing_of_kind(question.key, fold_once(chosen.of(text)), alike)):
        cited = [segment for segment in segments if reading.cited.covers(segment.span)]
        of_kind = (one.span for one in cited if not any(missing_of_kind(question.key, one.key, alike)))
        chosen = next(of_kind, chosen)
    run = covering(question, segments, chosen, partial(understanding.support.substitutes, question.key))
    return (Span(run.start, run.start + len(run.of(text).rstrip(_MARKS))),)


def _passage(question: Question, reading: Reading, understanding: Understanding) -> Passage:
    found = reading.found
    segments = found.page.segments
    direct = _said(question, reading, understanding)
    cited = Span(min(reading.cited.start, direct[0].start), reading.cited.end)
    key = "".join(segment.key for segment in segments if cited.covers(segment.span))
    context = key + "\n" + found.page.above
    clause = "\n".join((found.around, found.over, context))
    return Passage(reading, found.evidence(cited), direct, key, context, clause)
