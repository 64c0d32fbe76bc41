"""One of the things that a question asks in, with those before it, its answer out.

Example: 某率归哪个部门管？2020年是多少？: the second is asked of 某率.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.models import Answer, AnswerKind
from assistant.respond.expected import asked_of_kind, missing_of_kind
from assistant.respond.leaning import leaning
from assistant.respond.parts import STATES_FACTS
from assistant.respond.recalling import Recalling
from assistant.understand.aspects import Aspects
from assistant.understand.lexicon import Ask, load_lexicon
from assistant.understand.parts import ASKED_SHORTLY, names_own_rows
from assistant.understand.question import MentionKind
from assistant.understand.recalled import Recalled
from assistant.understand.understanding import Understanding
from assistant.understand.understood import Understood
from corpus.folding import fold
from corpus.numerals import is_unit

_ASKS_FIGURE = re.compile(r"(?<![好十])几(?!乎)|多少")
_PART_ENDS = re.compile(r"[，,；;。\n]")
_POINTS_BACK = re.compile("(?:由此|为此|据此|对此|从而|进而|借此|就此|因此)")
_JOINT = re.compile(r"(?:由|是|归|有|为|(?<!目)的)$")
_OF_EACH = re.compile("各|分别|都(?=[由是归有])")
_BETWEEN_ASKED = re.compile(r"(?:各自?|分别)[是为有要]*|")
"""Stands between an attribute and what asks for it: 投资各多少."""
_EACH_AT_END = re.compile("(?:各自|分别|各|(?<![首成])都)$")
_TWO_BEFORE = -2
_OF_TEXT = (AnswerKind.PASSAGE, AnswerKind.REFUSAL)
_OF_A_YEAR = frozenset({"target", "base_value"})
"""What a column of a year may be called: 2024年要到多少."""


_ROW = re.compile(r".*第\d+行")


class PartAnswers:
    """Answers the last of several clauses, each of which asks something."""

    def __init__(
        self,
        understanding: Understanding,
        answer_whole: Callable[[Understood], Answer],
        ask: Callable[[Understood], Answer],
    ) -> None:
        """Take ``answer_whole``, which answers one clause, and ``ask``, which answers a question with all its parts."""
        self.understanding, self.answer_whole, self.ask = understanding, answer_whole, ask
        self._aspects = Aspects(load_lexicon().aspects)

    def answer(self, clauses: tuple[str, ...], scope: tuple[str, ...] | None) -> Answer:
        """Return the answer to the last of ``clauses``; a passage must speak of what the first clause names.

        What names nothing and is answered from elsewhere is told of what the first clause is answered by, if that has
        one thing of the kind: 用几年完成, behind 多大规模以下的煤矿退出, of 力争利用3年时间，引导60万吨以下煤矿退出.
        """
        answer = self._answered(clauses, scope)
        if len(clauses) == 1 or answer.kind is not AnswerKind.PASSAGE or self.understanding.read(clauses[-1]).telling:
            return answer
        return self._in_the_quotes(clauses, answer, scope) or answer

    def _in_the_quotes(self, clauses: tuple[str, ...], answer: Answer, scope: tuple[str, ...] | None) -> Answer | None:
        key, same = self.understanding.read(clauses[-1]).key, self.understanding.units.alike
        if not asked_of_kind(key) or not _ASKS_FIGURE.search(key):
            return None
        first = self._alone(clauses[0], scope)
        places = {one.section for one in answer.citations}
        if first.kind is not AnswerKind.PASSAGE or not places.isdisjoint(one.section for one in first.citations):
            return None
        parts = ((one, part) for one in first.citations for part in _PART_ENDS.split(one.quote))
        found = [(one, part) for one, part in parts if not any(missing_of_kind(key, fold(part), same))]
        if len(found) != 1:
            return None
        citation, part = found[0]
        status = f"（{citation.status}）" if citation.status else ""
        text = f"{part.strip()}[1]\n\n依据：《{citation.document}》{status}{citation.locator.rstrip('.、')}。"
        cited = (replace(citation, index=1),)
        return Answer(answer.question, answer.standalone, AnswerKind.PASSAGE, text, citations=cited)

    def _answered(self, clauses: tuple[str, ...], scope: tuple[str, ...] | None) -> Answer:
        understanding = self.understanding
        if same := self._of_another_year(clauses):
            return self.ask(understanding.understand(same, (), scope))
        if len(clauses) > 1 and (back := _POINTS_BACK.match(clauses[-1])):
            # 由此要构建什么 asks of what the clause before it says, and of nothing else.
            joined = f"{clauses[0]}，{clauses[-1][back.end() :]}"
            return self.answer_whole(understanding.understand(joined, (), scope))
        if len(clauses) > 1 and _OF_EACH.match(clauses[-1]) and (about := self._about(clauses)):
            # 各要投多少 asks of all that the first clause names, and the turn before of one thing.
            of_all = self.answer_whole(understanding.understand(f"{about}{clauses[-1]}", (), scope))
            if of_all.kind is AnswerKind.LOOKUP:
                return of_all
        answer = self._behind(clauses, scope)
        if len(clauses) > 1 and answer.standalone == clauses[-1] and (about := self._about(clauses)):
            # 责任单位有哪些 asks of what the first clause speaks of, and not of every row there is.
            of_it = self.answer_whole(understanding.understand(f"{about}的{clauses[-1]}", (), scope))
            if of_it.kind in STATES_FACTS or answer.table is not None:
                return of_it
        subject = understanding.named_in(clauses[0]) if len(clauses) > 1 else ""
        if len(clauses) > 1 and (of_first := self._of_first(clauses, answer, scope)):
            return of_first
        if not subject or (subject in answer.standalone and answer.kind in STATES_FACTS):
            return answer
        found = answer.kind in STATES_FACTS and answer.kind is not AnswerKind.PASSAGE
        if found and understanding.named_in(clauses[-1]):
            return answer  # the later clause names what it asks about itself
        rows = _rows(answer) if found else set()
        if rows and rows <= _rows(self._alone(clauses[0], scope)):
            return answer  # the row of the first clause, whatever it was called there
        of_it = self._alone(f"{subject}的{clauses[-1]}", scope)
        if of_it.kind in STATES_FACTS:
            return of_it
        return answer if found else self._of_own_rows(clauses[-1], scope) or of_it

    def _alone(self, text: str, scope: tuple[str, ...] | None) -> Answer:
        return self.answer_whole(self.understanding.understand(text, (), scope))

    def _of_own_rows(self, clause: str, scope: tuple[str, ...] | None) -> Answer | None:
        """Return the cells of the rows that a later clause names itself, whatever the first speaks of; None elsewhere.

        桥梁加固项目是哪几年建 names its row; 牵头几个项目 names none.
        """
        reading = self.understanding.read(clause)
        if not names_own_rows(reading):
            return None
        alone = self.answer_whole(self.understanding.understand(clause, (), scope))
        return alone if alone.kind is AnswerKind.LOOKUP and not alone.missing else None

    def _about(self, clauses: tuple[str, ...]) -> str:
        """Return what the first clause speaks of, where the last asks for an attribute of nothing; empty elsewhere.

        It is what stands before that which the clause asks at its end: 甲工程 of 甲工程由谁牵头.
        """
        last, first = (self.understanding.read(clause) for clause in (clauses[-1], clauses[0]))
        named = last.telling or last.years or last.named(MentionKind.CLASS_NOUN)
        if named or not last.named(MentionKind.ATTRIBUTE) or self.understanding.values_in(last):
            return ""
        asks = [one.span for one in first.mentions if one.kind in (MentionKind.ATTRIBUTE, MentionKind.ASK)]
        start = len(clauses[0])
        for span in sorted(asks, key=lambda one: -one.end):
            if start < len(clauses[0]) and not _BETWEEN_ASKED.fullmatch(clauses[0][span.end : max(span.end, start)]):
                break
            start = min(start, span.start)
        about = _EACH_AT_END.sub("", _JOINT.sub("", clauses[0][:start]))
        return about if self.understanding.read(about).telling else ""

    def _behind(self, clauses: tuple[str, ...], scope: tuple[str, ...] | None) -> Answer:
        """Return the answer to the last clause behind those before it, or behind the first alone if cells have that.

        It may speak of what they are answered by: …的是哪个项目？由谁牵头？建在哪里？
        """
        understanding = self.understanding

        def alone(text: str, documents: Sequence[str] | None) -> Answer:
            return self.answer_whole(understanding.understand(text, (), documents))

        recalling = Recalling(alone, understanding)

        def recall(text: str, documents: Sequence[str] | None) -> Recalled:
            # Of a sentence a later clause asks what the sentence says, and nothing of the heading around it.
            found = recalling.recall(text, documents)
            return Recalled(said=found.said) if found.is_passage else found

        if len(clauses) > 1:
            rows = recall(clauses[_TWO_BEFORE], scope).rows
            own = leaning(clauses, rows, understanding)
            leant = self.answer_whole(understanding.understand(own, clauses[:-1], scope, recall)) if own else None
            if leant is not None and leant.kind is AnswerKind.LOOKUP:
                return leant
        answer = self.answer_whole(understanding.understand(clauses[-1], clauses[:-1], scope, recall))
        if answer.kind in STATES_FACTS or len(clauses) == 1:
            return answer
        of_first = self.answer_whole(understanding.understand(clauses[-1], clauses[:1], scope, recall))
        if of_first.kind is AnswerKind.LOOKUP:
            return of_first
        return self.answer_whole(understanding.understand(clauses[-1], clauses[:-1], scope))

    def _of_first(self, clauses: tuple[str, ...], answer: Answer, scope: tuple[str, ...] | None) -> Answer | None:
        """Return the answer to the last clause beside the first, where it names nothing; None where it stands alone.

        几平方公里 and 什么条件 ask of nothing by themselves: any sentence has them. No row is told for an aspect.
        """
        words = [word.of(clauses[-1]) for word in self.understanding.read(clauses[-1]).words]
        asks_back = answer.kind is AnswerKind.CLARIFY and clauses[-1].endswith(ASKED_SHORTLY)
        if answer.standalone != clauses[-1] or not (answer.kind in _OF_TEXT or asks_back):
            return None
        if not asks_back and all(map(is_unit, words)):
            return self.answer_whole(self.understanding.understand("".join(clauses), (), scope))
        if not all(is_unit(word) or self._aspects.hold(word) for word in words):
            return None
        beside = self.answer_whole(self.understanding.understand(f"{clauses[0]}，{clauses[-1]}", (), scope))
        return beside if beside.kind in _OF_TEXT else None

    def _of_another_year(self, clauses: tuple[str, ...]) -> str:
        """Return the first clause with the year of the last, where that says nothing else: …，2024年要到多少."""
        first, last = self.understanding.read(clauses[0]), self.understanding.read(clauses[-1])
        others = {*last.named(MentionKind.ATTRIBUTE), *last.named(MentionKind.OPERATION)} - _OF_A_YEAR
        asks_more = bool(last.words or others or last.asks - {Ask.HOW_MANY})
        if len(clauses) == 1 or asks_more or len(first.years) != 1 or len(last.years) != 1:
            return ""
        return clauses[0].replace(first.years[0], last.years[0])


def _rows(answer: Answer) -> set[tuple[str, str]]:
    """Return the rows that an answer rests on, each by its document and place."""
    return {(one.document_id, match.group()) for one in answer.citations if (match := _ROW.match(one.locator))}
