"""An understood question in, the answer that stands in running text out; a refusal where none stands there.

Example: 谁担任领导小组组长 → “由市委书记、市人民政府市长任双组长”, its sentence and its place, 四、（一）.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assistant.models import Answer
from assistant.respond.choices import Choice, is_said_of_another, speaks_of_another, with_likeliest_read
from assistant.respond.contraries import is_of_contrary
from assistant.respond.expected import asked_of_kind
from assistant.respond.gaps import find_gaps
from assistant.respond.lacking import lacking, names_another
from assistant.respond.lead_ins import tells_nothing
from assistant.respond.left_words import LeftWords
from assistant.respond.likelihood import Judged, is_certain, is_likely, is_sure, is_told, likelihood
from assistant.respond.named_anew import unsaid_anew
from assistant.respond.naming_missing import focus_of, name_missing
from assistant.respond.of_clause import heading_over
from assistant.respond.other_sections import stands_elsewhere
from assistant.respond.parties import binds_another, is_of_another_place
from assistant.respond.passage import Passage, counts_alike, predicates, read_passage, same_place, unsaid, with_signs
from assistant.respond.reading.reader import PassageReader, ReadOut
from assistant.respond.reading.to_its_end import past_condition
from assistant.respond.refusal import name_places, refuse
from assistant.respond.said_together import said_together
from assistant.respond.told_below import announcing, with_items
from assistant.respond.wording import word_passages
from assistant.respond.years_told import of_years_called, years_left
from assistant.understand.lexicon import Ask
from assistant.understand.question import MentionKind, Question
from assistant.understand.support import join, total_length
from assistant.understand.table_names import named_in
from assistant.understand.understanding import Understanding
from assistant.understand.understood import Understood
from corpus.folding import fold_once
from corpus.models import ClauseKind, ParsedDocument, Span
from index.search import FEW_DOCUMENTS

_TRIED = 6
_WORTH_SHOWING = 0.1
_BODY = 4
"""The least length of a body's name: 清华大学, but not 中国."""
_IS_WHO = re.compile("(?:都|分别)?是谁")
_QUESTION_WORD = re.compile(r"[谁哪几啥何么吗]|多少")


class PassageAnswers:
    """Answers from the text of the documents."""

    def __init__(self, reader: PassageReader, understanding: Understanding) -> None:
        self._reader, self._understanding = reader, understanding
        self._left_words = LeftWords(understanding)

    def answer(self, understood: Understood) -> Answer:
        """Return the passage that answers with a chance above its bar, or what is missing."""
        question, unmet, read = understood.question, _unmet(understood), self._read(understood)
        is_few = len(understood.documents) <= FEW_DOCUMENTS
        every = list(self._choices(question, read, unmet))
        choices = self._ordered(understood, read, every)
        chosen = self._chosen(understood, read, choices)
        if is_few:
            chosen = self._again(understood, chosen, choices, unmet)
        if is_few and chosen is None and not unmet:
            chosen = self._likely(understood, read, choices, every)
        if chosen is None:
            return self._refuse(understood, read, choices, unmet)
        first = chosen.passages[0]
        if len(chosen.passages) == 1:
            first = announcing(question, said_together(question, chosen, self._understanding) if is_few else first)
        document, clause, span = first.evidence.document, first.reading.found.clause, first.evidence.span
        if clause and len(chosen.passages) == 1 and (over := heading_over(understood, document, clause, span)):
            return over
        first, items = with_items(first, len(chosen.passages) == 1)
        passages = (first, *chosen.passages[1:])
        if len(passages) == 1 and not items:
            said = self._reader.say(question, read, first.reading, first.direct, span)
            said = with_signs(document.text, said)
            passages = (replace(first, direct=past_condition(question, said, span, document.text)),)
        return word_passages(understood.asked, question.text, passages, items)

    def judge(self, understood: Understood) -> tuple[Judged, ...]:
        """Return all that may be told of few documents, as its likelihood is judged."""
        read = self._read(understood)
        every = self._choices(understood.question, read, _unmet(understood))
        weighed = (self._weighed(understood, read, one) for one in every)
        return tuple(one.judged for one in weighed if one.judged is not None)

    def _read(self, understood: Understood) -> ReadOut:
        read = _of_table_named(understood.question, self._reader.read(understood.question, understood.documents))
        read = self._of_persons_named(understood, self._of_rows_named(understood, read))
        is_few = len(understood.documents) <= FEW_DOCUMENTS
        return of_years_called(understood, _without_titles(understood.question, read)) if is_few else read

    def _again(
        self, understood: Understood, chosen: Choice | None, choices: Sequence[Choice], unmet: Sequence[Span]
    ) -> Choice | None:
        """Return ``chosen``, or what is read of only the sentences that have what it lacks."""
        units, support = self._understanding.units.alike, self._understanding.support
        said = "\n".join(passage.key for passage in chosen.passages) if chosen is not None else None
        left = next((choice.left for choice in choices if choice.left and choice.is_first), ())
        text = self._reader.text_of(understood.documents)
        for fits, wholly in lacking(understood.question, said, left, support, units, text.__contains__):
            read = self._reader.read(understood.question, understood.documents, fits)
            read = _without_titles(understood.question, _of_table_named(understood.question, read))
            read = replace(read, readings=tuple(one for one in read.readings if not one.found.subject))
            read = of_years_called(understood, read)
            every = self._choices(understood.question, read, unmet)
            found = self._chosen(understood, read, self._ordered(understood, read, every))
            if found is not None and (not found.left or (chosen is None and not wholly)):
                return found
        if chosen is not None and chosen.left and names_another(understood.question, chosen.left, text.__contains__):
            return None  # of 零碳园区 nothing is said by what stands of 低碳园区
        return chosen

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

    def _of_persons_named(self, understood: Understood, read: ReadOut) -> ReadOut:
        """Return ``read`` without rows that the question does not name, where it asks who of a known body is one.

        The rows that hold the body answer with all of them: 清华大学的专家是谁.
        """
        question, words = understood.question, self._understanding.words
        mentions = (one.span.of(question.key) for one in question.mentions if one.kind is MentionKind.ATTRIBUTE)
        telling = [word.of(question.key) for word in question.telling]
        of_body = any(len(word) >= _BODY and words.is_proper(word) for word in telling)
        if not of_body or not any(_IS_WHO.fullmatch(said) for said in mentions):
            return read
        kept = (one for one in read.readings if not (name := one.found.subject) or fold_once(name) in question.key)
        return replace(read, readings=tuple(kept))

    def _ordered(self, understood: Understood, read: ReadOut, every: Iterable[Choice]) -> list[Choice]:
        """Return the choices in the order in which they are tried: of few documents, those that leave nothing first."""
        choices = [self._weighed(understood, read, one) for one in every if one.is_tried]
        if read.model.bar is not None:
            return choices
        return sorted(with_likeliest_read(choices), key=lambda one: one.order)

    def _chosen(self, understood: Understood, read: ReadOut, choices: Sequence[Choice]) -> Choice | None:
        """Return the first choice with a chance above its bar, unless its meaning speaks against it."""
        saying = [choice for choice in choices if not self._unsaid_anew(understood, choice)]
        if read.model.bar is None:
            text = self._reader.text_of(understood.documents)
            saying = [one for one in saying if not is_said_of_another(understood.question, one, (), text)]
        if read.model.bar is not None:
            return next((choice for choice in saying if choice.chance >= read.model.bar), None)
        return next((one for one in saying if one.judged is not None and is_told(one.judged, one.known)), None)

    def _likely(
        self, understood: Understood, read: ReadOut, tried: Sequence[Choice], every: Sequence[Choice]
    ) -> Choice | None:
        """Return the likeliest choice where its meaning answers, though it leaves words of the question.

        Nothing where the nearest passage speaks of another thing; none without the figure or date asked for.
        """
        question, text = understood.question, self._reader.text_of(understood.documents)
        if any(speaks_of_another(question, one, text) for one in tried if one.is_first):
            return None
        likely: list[Choice] = []
        untried = (self._weighed(understood, read, one) for one in every if not one.is_tried)
        for choice in with_likeliest_read([*tried, *untried]):
            judged = choice.judged
            if judged is None or _is_never_told(judged, choice.known or 0.0):
                continue
            if not self._may_be_left(question, choice, judged, text):
                continue
            if any(unsaid(question, one) for one in choice.passages) or self._unsaid_anew(understood, choice):
                continue
            if is_said_of_another(question, choice, every, text):
                continue
            likely.append(choice)
        best = max(likely, key=lambda one: (one.known or 0.0, one.apart or 0.0), default=None)
        return best if best and best.judged and is_likely(best.judged, best.known or 0.0) else None

    def _may_be_left(self, question: Question, choice: Choice, judged: Judged, text: str) -> bool:
        """Return whether a likely choice may leave the words that it leaves."""
        known, left = choice.known or 0.0, choice.left
        if self._left_words.leaves_event(question, left, text):
            return False
        if is_sure(judged, known) and self._left_words.are_plain(question, left):
            return True
        if is_certain(known):
            return not self._left_words.tells_apart(question, left, text, is_certain=True)
        return not judged.kind.is_hard and not self._left_words.tells_apart(question, left, text)

    def _unsaid_anew(self, understood: Understood, choice: Choice) -> tuple[Span, ...]:
        context = "\n".join(passage.context for passage in choice.passages)
        return unsaid_anew(understood, context, self._understanding.support)

    def _refuse(
        self, understood: Understood, read: ReadOut, choices: Sequence[Choice], unmet: Sequence[Span]
    ) -> Answer:
        """Return the refusal that names what the nearest passage leaves, else what is asked for."""
        question = understood.question
        anew = next((self._unsaid_anew(understood, choice) for choice in choices), ())
        nearest_left = join(anew) or next((choice.left for choice in choices if choice.left and choice.is_first), ())
        left = nearest_left or (focus_of(question, read.asked) if choices else ())
        if not choices and understood.query is not None:
            left = understood.query.unexplained
        dated = any(span.overlaps(one) for _, span in question.year_spans() for one in unmet)
        years = [span for _, span in question.year_spans() if not dated and any(span.overlaps(one) for one in left)]
        # What a plan leaves is named with what is asked for: 遗鸥 and 多少只.
        asked = asked_of_kind(question.key) if unmet else []
        beside = [span for span in left if not any(one.overlaps(span) for one in unmet)]
        wanted = [span for span in beside if any(one.overlaps(span) for one in asked)]
        named = join((*(unmet or left), *wanted, *years, *self._asked_in_vain(question, understood.documents)))
        ways = (named, focus_of(question, read.asked), join(question.telling))
        missing = next(filter(None, (name_missing(question, spans) for spans in ways)), ())
        worth = [choice for choice in choices[:1] if choice.chance >= _WORTH_SHOWING]
        evidence = [reading.found.evidence(reading.cited) for reading in read.readings if worth]
        nearest = name_places(evidence, understood.documents)
        return refuse(understood.asked, question.text, missing, nearest, understood.documents)

    def _choices(self, question: Question, read: ReadOut, unmet: Sequence[Span]) -> Iterator[Choice]:
        """Yield each of the first readings alone, then the first with another that supports all it leaves."""
        passages = [read_passage(question, reading, self._understanding) for reading in read.readings[:_TRIED]]
        for place, passage in enumerate(passages):
            clause = passage.reading.found.clause
            document = passage.evidence.document
            if binds_another(question, passage) or stands_elsewhere(question, document, clause, passage.direct[-1].end):
                continue
            if tells_nothing(document, clause) or is_of_another_place(question, passage):
                continue
            if is_of_contrary(question.key, passage):
                continue
            years = years_left(question, read.readings[place])
            left = join((*self._gaps(question, [passage], unmet), *unsaid(question, passage), *years))
            order = (read.readings[place], *read.readings[:place], *read.readings[place + 1 :])
            yield Choice((passage,), left, order, place == 0)
        for other in passages[1:]:
            pair = passages[0], other
            bound = any(binds_another(question, one) for one in pair)
            if (
                bound
                or not same_place(*pair)
                or self._gaps(question, pair, unmet)
                or all(unsaid(question, p) for p in pair)
            ):
                continue
            yield Choice(pair, (), read.readings)
            return

    def _weighed(self, understood: Understood, read: ReadOut, choice: Choice) -> Choice:
        """Return a choice with its chance, and among few documents with what it leaves."""
        question, passages = understood.question, choice.passages
        chance = self._reader.certainty(question, read, choice.readings)
        if read.model.bar is not None:
            return replace(choice, chance=chance)
        text = self._reader.text_of(understood.documents)
        kind = self._left_words.describe(question, read.asked, passages, choice.left, text)
        loose = min(self._loose(question, one) for one in passages)
        says = any(predicates(question, one) for one in passages)
        alike = any(counts_alike(question, one) for one in passages)
        matched = self._reader.matched(question, read)
        judged = Judged(question, read.asked, passages, choice.left, kind, chance, loose, says, matched)
        apart = likelihood(judged)
        return replace(choice, chance=chance, judged=judged, apart=apart, known=apart, counts_alike=alike)

    def _loose(self, question: Question, passage: Passage) -> int:
        """Return how many characters of words of two and more that name nothing the passage and its headings lack."""
        words = [span for span in question.words if span not in question.telling and span.end - span.start > 1]
        return total_length(self._understanding.support.unsupported(question.key, words, passage.context))

    def _gaps(self, question: Question, passages: Sequence[Passage], unmet: Sequence[Span]) -> tuple[Span, ...]:
        understanding = self._understanding
        same, is_act = understanding.units.alike, understanding.names.is_act
        needed = (*unmet, *(word for word in question.words if is_act(word.of(question.key))))
        return find_gaps(question, passages, understanding.support, understanding.attributes, needed, same)

    def _asked_in_vain(self, question: Question, documents: Sequence[ParsedDocument]) -> tuple[Span, ...]:
        """Return what is asked for by words that no document holds: 叫什么名字."""
        asked = [m.span for m in question.mentions if m.kind is MentionKind.ATTRIBUTE]
        plain = [span for span in asked if not _QUESTION_WORD.search(span.of(question.key))]
        text = self._reader.text_of(documents) if plain else ""
        return tuple(span for span in plain if span.of(question.key) not in text)


def _is_never_told(judged: Judged, known: float) -> bool:
    return judged.kind.is_never_certain if is_certain(known) else judged.kind.is_never_told


def _unmet(understood: Understood) -> tuple[Span, ...]:
    """Return what the plan leaves of the question, where it is close to answering it."""
    plan = understood.plan
    return tuple(plan.unexplained) if plan is not None and plan.is_close else ()


def _of_table_named(question: Question, read: ReadOut) -> ReadOut:
    """Return ``read`` without the text where the question names a table: what is asked of it stands in its rows."""
    if not question.titles:
        return read
    kept = (
        one for one in read.readings if (table := one.found.table) and named_in(table, question.key, question.titles)
    )
    return replace(read, readings=tuple(kept))


def _without_titles(question: Question, read: ReadOut) -> ReadOut:
    """Return ``read`` without titles, which name a document and state nothing, unless a time is asked for."""
    if Ask.WHEN in question.asks or "period" in question.named(MentionKind.ATTRIBUTE):
        return read
    kept = (one for one in read.readings if one.found.clause is None or one.found.clause.kind is not ClauseKind.TITLE)
    return replace(read, readings=tuple(kept))
