"""A question that asks several things and its answer as a whole in, the answer to all its clauses out.

Example: 某率归哪个部门管？2020年是多少？ → the agency[1], and in a paragraph of its own the figure of 2020[2].
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.models import Answer, AnswerKind, Calculation
from assistant.respond.part_answers import PartAnswers
from assistant.respond.parts import (
    STATES_FACTS,
    figures_told,
    join_answers,
    join_verdicts,
    lacking,
    rests_on_all,
    words_told,
)
from assistant.respond.parts_told import (
    begins_with_text,
    lists_rows,
    quoted,
    says_more,
    tells_each,
    tells_groups,
    tells_other_cells,
)
from assistant.respond.query_words import plain
from assistant.respond.refusal import NO, refuse
from assistant.understand.combination import Combining
from assistant.understand.comparing import find_comparing
from assistant.understand.every_row import ALL
from assistant.understand.extremes import apart, both_ends
from assistant.understand.parts import (
    ALSO,
    TO_CONFIRM,
    asks_in_unit,
    of_both_things,
    of_each_thing,
    without,
    without_remarks,
)
from assistant.understand.understood import Understood
from corpus.folding import fold

_KEPT_CLAUSES = 32
_MOST_CLAUSES = 20
"""Nobody asks more at once; each is read with all before it."""
_OF_THOSE = "其中"
_NEW_SENTENCE = re.compile(rf"[？?。；;](?:{ALSO})?$")
_ASKED_APART = re.compile(r"[？?](?=[^？?]|$)")
_APART = 2
_SHORTER = 2


class InParts:
    """Asks the clauses of a question one after the other."""

    def __init__(self, part: PartAnswers) -> None:
        """Take what answers one clause behind the others."""
        self._understanding, self._answer_whole, self._ask = part.understanding, part.answer_whole, part.ask
        # One clause is asked again with each unit that the other may be meant in.
        self._answer_clause = lru_cache(maxsize=_KEPT_CLAUSES)(part.answer)

    def with_every_clause(self, understood: Understood, whole: Answer) -> Answer:
        """Return the answers to all clauses that ask, where the answer to the whole leaves out a place.

        Of several documents the one that the whole rests on is asked them all.
        """
        if (of_one := self._in_its_document(understood, whole)) is not None:
            return self.with_every_clause(*of_one)
        if each := self._of_both_things(understood) or self._of_each_thing(understood, whole):
            return each
        clauses = self._understanding.clauses_that_ask(understood.standalone)
        if not 0 < len(clauses) <= _MOST_CLAUSES or len(understood.documents) > 1:
            return whole
        compared = any(one.operation is not Combining.EACH for one in understood.combinations)
        if compared and not self._asks_attribute(clauses):
            return whole  # 谁高，高多少 is one question
        within = clauses[-1].startswith(_OF_THOSE)
        alone = understood.changes is None and not understood.combinations and not within
        asked_apart = len(_ASKED_APART.findall(understood.standalone)) > 1 or any(map(ALL.match, clauses[1:]))
        asked_apart = asked_apart or (len(clauses) > 1 and all(map(self._names_own, clauses)))
        scope = self._understanding.library.scope(understood.documents)
        answers = self._each(understood.standalone, clauses, scope)
        if tells_each(whole, answers):
            return whole
        told_whole = lists_rows(whole) and alone and not asked_apart
        apart = tells_other_cells(answers, whole) or tells_groups(answers, whole)
        if told_whole and not apart and not begins_with_text(answers, whole):
            return whole
        if compared and (last := find_comparing(fold(clauses[-1]))) and last.operation is not Combining.EACH:
            answers[-1] = whole  # what is compared may stand in an earlier clause
        told = self._told_by_parts(understood, whole, clauses, answers, asked_apart)
        stated = [answer for answer in told if answer.kind in STATES_FACTS]
        ways = (join_answers(one, understood.asked, understood.standalone) for one in (told, stated) if one)
        joined = next(filter(None, ways), None)
        if joined is None:
            return whole
        refused = any(answer.kind not in STATES_FACTS for answer in answers)
        of_text = whole.kind is AnswerKind.PASSAGE
        drops = bool(joined.missing) and of_text
        # What a few words of several sentences answer part by part is not told by paragraphs.
        apart = len(joined.citations) == sum(len(one.citations) for one in stated)
        shorter = apart and of_text and not refused and _SHORTER * len(words_told(joined)) < len(words_told(whole))
        # How long a row takes is told of its whole row, and nothing else of it.
        measured = bool(understood.combinations) and not refused
        more = drops or shorter or measured or says_more(joined, whole)
        return whole if rests_on_all(whole, joined) and not more else joined

    def _told_by_parts(
        self,
        understood: Understood,
        whole: Answer,
        clauses: Sequence[str],
        answers: list[Answer],
        asked_apart: bool,
    ) -> list[Answer]:
        """Return what the clauses are told by; none where the whole says more than those that are answered.

        What the sentence answers as a whole, one of the clauses may not say by itself.
        """
        refused = [answer for answer in answers if answer.kind not in STATES_FACTS]
        own = answers[-1] in refused and self._is_anew(understood.standalone, clauses[-1])
        one_left = len(refused) == 1 and whole.kind is AnswerKind.PASSAGE and not own
        if one_left and not self._names_more(refused[0], whole):
            return [whole if answer is refused[0] else answer for answer in answers]
        stated = [answer for answer in answers if answer not in refused]
        if refused and all(clause.endswith(TO_CONFIRM) for clause in clauses):
            return [*stated, whole]
        if not refused:
            return answers
        only = join_answers(stated, understood.asked, understood.standalone) if stated else None
        if only is None or not (rests_on_all(only, whole) or (lists_rows(whole) and asked_apart)):
            return []
        if lists_rows(whole) and not figures_told(whole) <= figures_told(only):
            return [*stated, whole]  # 共36项。每一类各有几项: the whole tells what no clause does by itself
        return answers

    def _in_its_document(self, understood: Understood, whole: Answer) -> tuple[Understood, Answer] | None:
        """Return the question as put to the one of its documents that ``whole`` rests on, and its answer there."""
        cited = {citation.document_id for citation in whole.citations}
        if len(understood.documents) < _APART or len(cited) != 1 or understood.called or understood.combinations:
            return None
        library = self._understanding.library
        alone = self._understanding.alone(understood, library.document(cited.pop()))
        if not self._understanding.clauses_that_ask(alone.standalone):
            return None
        answer = self._answer_whole(alone)
        return (alone, answer) if answer.kind in STATES_FACTS else None

    def _each(self, text: str, clauses: tuple[str, ...], scope: tuple[str, ...] | None) -> list[Answer]:
        """Return the answer to each of the ``clauses`` of ``text`` behind those before it.

        What is not found so, and begins a sentence of its own that names something, is asked by itself.
        """
        answers = [self._answer_clause(clauses[: number + 1], scope) for number in range(len(clauses))]
        for number, (clause, answer) in enumerate(zip(clauses, answers, strict=True)):
            if number and answer.kind not in STATES_FACTS and self._is_anew(text, clause):
                alone = self._answer_clause((clause,), scope)
                answers[number] = alone if alone.kind in STATES_FACTS else answer
        return answers

    def _is_anew(self, text: str, clause: str) -> bool:
        """Return whether a clause of ``text`` begins a sentence of its own that names something.

        One that was put together from several does not stand there, and begins none.
        """
        before = text[: max(text.find(clause), 0)].rstrip()
        return _NEW_SENTENCE.search(before) is not None and bool(self._understanding.read(clause).telling)

    def _asks_attribute(self, clauses: Sequence[str]) -> bool:
        """Return whether the last clause speaks of an agency, a place or a time, or another one asks for it."""
        spoken = [clause for clause in clauses if self._understanding.names_attribute(clause)]
        return clauses[-1] in spoken or not all(map(self._names_own, spoken))

    def _names_own(self, clause: str) -> bool:
        """Return whether a clause names a value that it asks of itself."""
        return bool(self._understanding.values_in(self._understanding.read(clause)))

    def _of_both_things(self, understood: Understood) -> Answer | None:
        """Return whether what is asked of two things is so of each: 甲和乙都由某局牵头吗; one speaks not for both."""
        scope = self._understanding.library.scope(understood.documents)
        pairs = list(of_both_things(understood.standalone))
        named = {one: self._names_one(one, scope) for pair in pairs for one in pair}
        fit = [pair for pair in pairs if all(named[one] for one in pair) and named[pair[0]] != named[pair[1]]]
        # 治理与修复项目 is cut where both halves hold a whole name.
        pair = max(fit, key=lambda pair: sum(named[one] in fold(one) for one in pair), default=None)
        answers = [self._answer_clause((one,), scope) for one in pair or ()]
        return join_verdicts(answers, understood.asked, understood.standalone) if answers else None

    def _names_one(self, text: str, scope: Sequence[str] | None) -> str:
        """Return the folded name of the one thing that a question is about; empty where it is none or several."""
        plan = self._understanding.understand(text, (), scope).plan
        return plan.things[0].key if plan is not None and len(plan.things) == 1 else ""

    def _of_each_thing(self, understood: Understood, whole: Answer) -> Answer | None:
        """Return the figure of each of several things (甲和乙各多少), where the whole does not tell as many of them.

        Of what nothing says as a whole a sentence is told only for a figure in its unit: any has some of 各分担多少.
        """
        asked = of_each_thing(understood.standalone)
        if not asked or whole.kind not in (AnswerKind.PASSAGE, AnswerKind.REFUSAL) or len(understood.documents) > 1:
            return None
        if len(figures_told(whole)) >= len(asked) and all(any(self._said(whole, thing)) for thing in asked):
            return None
        told = whole.kind is AnswerKind.PASSAGE or asks_in_unit(understood.standalone)
        scope = self._understanding.library.scope(understood.documents)
        answers: list[Answer] = []
        for thing, one in asked.items():
            answer = self._answer_clause((one,), scope)
            if answer.kind is AnswerKind.PASSAGE and not (told and all(self._said(answer, one))):
                answer = refuse(answer.question, answer.standalone, (thing,), (), understood.documents)
            answers.append(answer)
        answers.sort(key=lambda answer: answer.kind not in STATES_FACTS)
        joined = join_answers(answers, understood.asked, understood.standalone)
        if joined is None or not set(joined.missing) <= set(asked):
            return None  # a thing may be missing; that its unit is, says nothing of it
        # Without figures only its words show whether the whole tells of each.
        tells_each = figures_told(joined) or all(thing in words_told(whole) for thing in asked)
        return None if rests_on_all(whole, joined) and tells_each and not joined.missing else joined

    def _said(self, answer: Answer, asked: str) -> Iterator[bool]:
        """Yield of each word of what is asked whether the answer cites it, or what means the same."""
        reading, support = self._understanding.read(asked), self._understanding.support
        return (support.holds(reading.key, word, quoted(answer)) for word in reading.words)

    def _names_more(self, refused: Answer, whole: Answer) -> bool:
        """Return whether a refused clause misses what is named by it and not by the sentences of the whole."""
        cited = quoted(whole)
        lost = (fold(word) for word in refused.missing)
        # What tells a thing apart stands first: 地膜 of 地膜利用率.
        return any(word[:_APART] not in cited and self._understanding.read(word).telling for word in lost)

    def of_both_ends(self, understood: Understood) -> Answer | None:
        """Return which rows or groups are first and last, where both are asked, and how far apart they are if that is.

        None where they are not in tables.
        """
        scope = self._understanding.library.scope(understood.documents)
        asked, between = apart(understood.standalone)
        each = both_ends(asked or understood.standalone)
        ends = [self._answer_clause((end,), scope) for end in each]
        if not ends or any(answer.kind is not AnswerKind.LOOKUP for answer in ends):
            return None
        ends += [self._how_far_apart(*ends) or self._answer_clause((between,), scope)] if between else []
        return join_answers(ends, understood.asked, understood.standalone)

    def _how_far_apart(self, one: Answer, other: Answer) -> Answer | None:
        """Return the difference of the last figures that two answers say in one unit; None where they say none."""
        lines = (words_told(answer).split("\n")[0] for answer in (one, other))
        said = [self._understanding.units.figures(line) for line in lines]
        if not all(said) or len({found[-1].unit for found in said}) > 1:
            return None
        high, low = sorted((found[-1].value for found in said), reverse=True)
        told = f"{plain(high - low)}{said[0][-1].unit}"
        working = Calculation(f"{plain(high)} - {plain(low)} = {told}", "")
        return Answer(one.question, one.standalone, AnswerKind.LOOKUP, f"两者相差{told}。", calculation=working)

    def of(self, understood: Understood, whole: Answer) -> Answer | None:
        """Return the answer to the clauses that ask one after the other, or to what is left without what is missing."""
        if whole.answer.startswith(NO):
            return None  # what is denied of two things is not confirmed of one
        if each := self._of_both_things(understood) or self._of_each_thing(understood, whole):
            return each
        understanding = self._understanding
        scope = understanding.library.scope(understood.documents)
        clauses = understanding.clauses_that_ask(understood.standalone)
        clauses = clauses if len(clauses) <= _MOST_CLAUSES else ()
        answers = self._each(understood.standalone, clauses, scope)
        if answers and (joined := join_answers(answers, understood.asked, understood.standalone)):
            return joined
        pairs = list(zip(clauses, answers, strict=True))
        if any(one.kind in STATES_FACTS and self._is_anew(understood.standalone, clause) for clause, one in pairs):
            # What begins a sentence of its own is told though nothing answers the one before it.
            answers.sort(key=lambda answer: answer.kind not in STATES_FACTS)
            if joined := join_answers(answers, understood.asked, understood.standalone):
                return joined
        if asked := without_remarks(understood.standalone):
            answer = self._ask(understanding.understand(asked, (), scope))
            if answer.kind in STATES_FACTS:
                return replace(answer, question=understood.asked)
        left = without(understood.standalone, whole.missing) if whole.missing else ""
        if not left:
            return None
        answer = self._answer_whole(understanding.understand(left, (), scope))
        return lacking(answer, whole) if answer.kind is AnswerKind.LOOKUP else None
