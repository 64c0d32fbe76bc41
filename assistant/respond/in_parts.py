"""A question that asks several things and its answer as a whole in, the answer to all its clauses out.

Example: 某率归哪个部门管？2020年是多少？ → the agency[1], and in a paragraph of its own the figure of 2020[2].
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from assistant.models import Answer, AnswerKind
from assistant.respond.parts import STATES_FACTS, join_answers, lacking, rests_on_all
from assistant.respond.refusal import NO
from assistant.understand.extremes import both_ends
from assistant.understand.lexicon import Ask
from assistant.understand.parts import without, without_remarks
from assistant.understand.question import MentionKind
from assistant.understand.understanding import Understanding
from assistant.understand.understood import Understood
from corpus.numerals import is_unit

_KEPT_CLAUSES = 32
_OF_THOSE = "其中"
_OF_A_YEAR = frozenset({"target", "base_value"})
"""What a column of a year may be called: 2024年要到多少."""


class InParts:
    """Asks the clauses of a question one after the other."""

    def __init__(
        self,
        understanding: Understanding,
        answer_whole: Callable[[Understood], Answer],
        ask: Callable[[Understood], Answer],
    ) -> None:
        """Take what answers one clause as a whole, and what answers a question with all its parts."""
        self._understanding, self._answer_whole, self._ask = understanding, answer_whole, ask
        # One clause is asked again with each unit that the other may be meant in.
        self._answer_clause = lru_cache(maxsize=_KEPT_CLAUSES)(self._read_clause)

    def with_every_clause(self, understood: Understood, whole: Answer) -> Answer:
        """Return the answers to all clauses that ask, where the answer to the whole leaves out a place."""
        clauses = self._understanding.clauses_that_ask(understood.standalone)
        if not clauses or len(understood.documents) > 1:
            return whole
        if understood.combinations and not self._understanding.names_attribute(clauses[-1]):
            return whole  # 谁高，高多少 is one question
        within = clauses[-1].startswith(_OF_THOSE)
        if _lists_rows(whole) and understood.changes is None and not understood.combinations and not within:
            return whole
        scope = self._understanding.library.scope(understood.documents)
        answers = [self._answer_clause(clauses[: number + 1], scope) for number in range(len(clauses))]
        refused = [answer for answer in answers if answer.kind not in STATES_FACTS]
        if len(refused) == 1 and whole.kind is AnswerKind.PASSAGE:
            # What the sentence answers as a whole, one of the clauses may not say by itself.
            answers = [whole if answer is refused[0] else answer for answer in answers]
        elif refused:
            stated = [answer for answer in answers if answer.kind in STATES_FACTS]
            only = join_answers(stated, understood.asked, understood.standalone) if stated else None
            if only is None or not rests_on_all(only, whole):
                return whole  # it says more than the clauses that are answered
        joined = join_answers(answers, understood.asked, understood.standalone)
        return whole if joined is None or rests_on_all(whole, joined) else joined

    def of_both_ends(self, understood: Understood) -> Answer | None:
        """Return which rows or groups are first and last, where both are asked; None where they are not in tables."""
        scope = self._understanding.library.scope(understood.documents)
        ends = [self._answer_clause((end,), scope) for end in both_ends(understood.standalone)]
        if not ends or any(answer.kind is not AnswerKind.LOOKUP for answer in ends):
            return None
        return join_answers(ends, understood.asked, understood.standalone)

    def of(self, understood: Understood, whole: Answer) -> Answer | None:
        """Return the answer to the clauses that ask one after the other, or to what is left without what is missing."""
        if whole.answer.startswith(NO):
            return None  # what is denied of two things is not confirmed of one
        understanding = self._understanding
        scope = understanding.library.scope(understood.documents)
        clauses = understanding.clauses_that_ask(understood.standalone)
        answers = [self._answer_clause(clauses[: number + 1], scope) for number in range(len(clauses))]
        if answers and (joined := join_answers(answers, understood.asked, understood.standalone)):
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

    def _read_clause(self, clauses: tuple[str, ...], scope: tuple[str, ...] | None) -> Answer:
        """Return the answer to the last of ``clauses``; a passage must speak of what the first clause names."""
        understanding = self._understanding
        if same := self._of_another_year(clauses):
            return self._answer_whole(understanding.understand(same, (), scope))
        answer = self._answer_whole(understanding.understand(clauses[-1], clauses[:-1], scope))
        subject = understanding.named_in(clauses[0]) if len(clauses) > 1 else ""
        alone = len(clauses) > 1 and answer.kind is AnswerKind.PASSAGE and answer.standalone == clauses[-1]
        if alone and all(is_unit(word.of(clauses[-1])) for word in understanding.read(clauses[-1]).words):
            # 几平方公里 asks of nothing by itself, and any sentence has some.
            return self._answer_whole(understanding.understand("".join(clauses), (), scope))
        if not subject or (subject in answer.standalone and answer.kind in STATES_FACTS):
            return answer
        found = answer.kind in STATES_FACTS and answer.kind is not AnswerKind.PASSAGE
        if found and understanding.named_in(clauses[-1]):
            return answer  # the later clause names what it asks about itself
        of_it = self._answer_whole(understanding.understand(f"{subject}的{clauses[-1]}", (), scope))
        return answer if found and of_it.kind not in STATES_FACTS else of_it

    def _of_another_year(self, clauses: tuple[str, ...]) -> str:
        """Return the first clause with the year of the last, where that says nothing else: …，2024年要到多少."""
        first, last = self._understanding.read(clauses[0]), self._understanding.read(clauses[-1])
        others = {*last.named(MentionKind.ATTRIBUTE), *last.named(MentionKind.OPERATION)} - _OF_A_YEAR
        asks_more = bool(last.words or others or last.asks - {Ask.HOW_MANY})
        if len(clauses) == 1 or asks_more or len(first.years) != 1 or len(last.years) != 1:
            return ""
        return clauses[0].replace(first.years[0], last.years[0])


def _lists_rows(answer: Answer) -> bool:
    """Return whether an answer lists rows: what it computes and tells of them is whole."""
    return answer.table is not None and len(answer.table.rows) > 1
