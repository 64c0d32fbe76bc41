"""A question about what places state of one thing in, the answer from the findings of the index out.

Example: 再生水利用目标到底是85%还是88% → 各处说法不一致：正文（二、…）为85%以上[1]；正文（三、（二））为88%[2]；….
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import replace
from functools import lru_cache

from assistant.models import Answer, AnswerKind, Calculation
from assistant.respond.agreeing.figures import join_figures
from assistant.respond.agreeing.fitting import AGENCIES, FIGURES, fits, other_attributes
from assistant.respond.agreeing.gap import find_gap
from assistant.respond.agreeing.words import read_said
from assistant.respond.conflicts import BothSides
from assistant.respond.evidence import cite, row_evidence
from assistant.respond.lookup import shown_name
from assistant.respond.other_sections import stands_elsewhere
from assistant.respond.quoting import in_quotes
from assistant.respond.stated import Cited, claims_of, verdict_words
from assistant.understand.grants import GRANT_ASKED
from assistant.understand.lexicon import Ask, Lexicon
from assistant.understand.negations import limits_of
from assistant.understand.question import MentionKind, Question
from assistant.understand.support import Support
from assistant.understand.understood import Understood
from corpus.agreement.models import Finding, Topic, Verdict
from corpus.agreement.show import called
from corpus.conversion import Units
from corpus.folding import fold, fold_once
from corpus.models import ParsedDocument, Span

_SHARES, _PERCENT = frozenset({"share"}), "%"
_SUM = re.compile("元|[%％]")
_WHOLE = 0.99
_PART = 0.6
_SHORT = 3
_KEPT = 1024


class AgreementAnswers:
    """Answers whether the documents agree with themselves, and what is asked under another name of a stated figure."""

    def __init__(
        self,
        both_sides: BothSides,
        support: Support,
        lexicon: Lexicon,
        figures: Callable[[ParsedDocument], Sequence[Finding]],
        units: Units,
    ) -> None:
        """Take ``figures``, which gives every figure that a document states as a finding of its own."""
        self._units = units
        self._both_sides, self._support, self._figures = both_sides, support, figures
        self._words = lexicon.agreement
        self._headings = lru_cache(maxsize=_KEPT)(self._read_headings)

    def answer(self, understood: Understood) -> Answer | None:
        """Return whether all places of the thing agree, or every conflict; None where that is not asked."""
        question = understood.question
        query = understood.query
        if understood.combinations or (query is not None and query.group is not None and not query.unexplained):
            return None  # 不同年份各有几个 and 甲大还是乙大 compare rows, not places
        read = read_said(question, self._words)
        said, kinds = read.spans, read.kinds
        every = self._both_sides.by_document
        compared = [document for document in understood.documents if document.info.id in every] if every else []
        by_table = [table for document in compared for table in document.tables if table.name]
        named = [table.id for table in by_table if fold(table.name) in question.key]
        headed = any(heading in question.key for document in compared for heading in self._headings(document.info.id))
        sides = ("text" in kinds or headed) and ("table" in kinds or bool(named))
        if not (kinds & {"agree", "alike", "choice", "prevails"} or sides) or {Ask.HOW, Ask.WHY} & question.asks:
            return None
        if not kinds & {"agree", "alike", "choice"} and query is not None and not query.unexplained:
            return None  # 甲工程对应项目表里的哪几个项目 asks for rows
        findings = [f for d in compared for f in self._both_sides.by_document[d.info.id]]
        tables = [table.name for document in understood.documents for table in document.tables if table.name]
        others = other_attributes(question, [span for span, _ in said], tables)
        asks_agency = AGENCIES & set(question.named(MentionKind.ATTRIBUTE))
        if others and asks_agency and not kinds & {"agree", "alike", "choice", "prevails"}:
            return None  # 甲工程的责任单位是谁，表里的乙项目哪几年建 asks two things
        no_agency = "figure" in kinds or (others and not asks_agency)
        fitting = [f for f in findings if fits(question, f, said) and not (no_agency and f.topic is Topic.AGENCY)]
        stated = [f for f in fitting if f.topic is not Topic.COUNT or self._counts(question, f)]
        left = [span for span in question.words if not any(span.overlaps(one) for one, _ in said)]
        left += question.titles  # a table that is named must be the finding's own
        chosen = self._about(understood, stated, left, _PART)
        if len({f.subject for f in chosen if f.topic is Topic.AGENCY}) > 1 and not sides and "agree" not in kinds:
            return None  # whether two works have one leader is no question of places
        if chosen:
            gap = self._word_gap(understood, chosen[0]) if "gap" in kinds and len(chosen) == 1 else None
            return gap or self._prevailing(understood, self._word(understood, chosen), kinds)
        if joined := self._joined(understood, said, left) if kinds & {"agree", "alike", "prevails"} or sides else None:
            return self._prevailing(understood, self._word(understood, [joined]), kinds)
        values = {m.span for m in question.mentions if m.kind is MentionKind.ATTRIBUTE and m.name in FIGURES}
        # 正文要求做什么，表里甲项目投资多少 asks two things, and not whether places agree.
        compares = "agree" in kinds or (sides and not values)
        if compares and (alone := self._stated_once(understood, [span for span, _ in said], stated)):
            return alone
        if "agree" not in kinds and not ("alike" in kinds and sides):
            return None
        titles = [document.info.title for document in understood.documents]
        known = fold("\n".join([*titles, *tables]))
        if others or self._support.unsupported(question.key, left, known):
            return None
        wanted = [f for f in fitting if not named or any(one.place.table in named for one in f.statements)]
        return self._word_all(understood, wanted)

    def _read_headings(self, document_id: str) -> tuple[str, ...]:
        """Return the folded headings of a document, but the shortest."""
        clauses = self._both_sides.documents[document_id].clauses
        return tuple(dict.fromkeys(fold(clause.heading) for clause in clauses if len(clause.heading) > _SHORT))

    def _joined(self, understood: Understood, said: Sequence[tuple[Span, str]], left: Sequence[Span]) -> Finding | None:
        """Return a figure that the question names and several places state, though nothing compared them before."""
        figures = [f for d in understood.documents for f in self._figures(d) if fits(understood.question, f, said)]
        return join_figures(self._about(understood, figures, left, _PART), self._units)

    def _stated_once(self, understood: Understood, said: Sequence[Span], findings: Sequence[Finding]) -> Answer | None:
        """Return that a named row stands alone, where only words of agreement are left of the question.

        Of a row that one of the ``findings`` compares, these are worded instead.
        """
        plan = understood.plan
        if plan is None or len(plan.targets) != 1:
            return None
        target, question = plan.targets[0], understood.question
        asked = [mention.span for mention in question.mentions if mention.kind is MentionKind.ATTRIBUTE]
        if not plan.unexplained and not all(any(one.overlaps(span) for one in said) for span in asked):
            return None
        table, row = target.entity.table, target.entity.row
        left = [span for span in plan.unexplained if not any(one.overlaps(span) for one in said)]
        if table is None or row is None or left or question.named(MentionKind.OPERATION):
            return None
        row_key = (target.entity.document.info.id, table.id, row.number)
        if known := [
            f for f in findings if row_key in {(f.document, o.place.table, o.place.row) for o in f.statements}
        ]:
            return self._word(understood, known)
        cited = cite([row_evidence(target.entity.document, table, row, ())])
        place = cited[0].locator.split(" “")[0]
        text = f"{in_quotes(shown_name(target.entity))}只在一处写明（{place}），没有第二处可以比对。[1]"
        return Answer(understood.asked, understood.standalone, AnswerKind.LOOKUP, text, citations=cited)

    def alone(self, understood: Understood) -> Answer | None:
        """Return the answer to a question that asks of agreement and of nothing else, whatever clauses it has."""
        kinds = read_said(understood.question, self._words).kinds
        named = set(understood.question.named(MentionKind.ATTRIBUTE))
        if len(understood.documents) != 1 or not {"agree", "alike"} & kinds or named - AGENCIES - FIGURES:
            return None
        return self.answer(understood)

    def figure(self, understood: Understood) -> Answer | None:
        """Return a figure that is stated in several places and asked for under any of its names."""
        findings = [f for d in understood.documents for f in self._both_sides.by_document.get(d.info.id, ())]
        chosen = self._figures_asked(understood, findings)
        return self._word(understood, chosen) if chosen else None

    def stated(self, understood: Understood, subject: str = "") -> Answer | None:
        """Return a figure that the one document states anywhere, for the latest year; None where it states several.

        With ``subject`` it is that thing's figure, which the question may name in part; else the question names it.
        """
        figures = self._figures(understood.documents[0])
        named = [f for f in figures if self._both_sides.is_called(subject, f) and fits(understood.question, f)]
        asked = named if subject else self._figures_asked(understood, figures)
        chosen = [finding for finding in asked if self._states(understood.question, subject, finding)]
        latest = max((finding.year for finding in chosen), default="")
        stated = [finding for finding in chosen if finding.year == latest]
        if not stated or len({finding.statements[0].written for finding in stated}) > 1:
            return None
        cited = Cited((), self._both_sides.documents)
        (one,) = stated[0].statements
        text = f"{in_quotes(called(stated[0]))}为{one.written}。[{cited.number(stated[0], one)}]"
        return self._answer(understood, text, cited, stated[:1])

    def wants_figure(self, question: Question) -> bool:
        """Return whether a question asks for a figure as it is stated: nothing computed, no rows limited."""
        operations = set(question.named(MentionKind.OPERATION))
        wants = Ask.HOW_MANY in question.asks or bool(FIGURES & set(question.named(MentionKind.ATTRIBUTE)))
        return (wants or operations == _SHARES) and operations <= _SHARES and not limits_of(question)

    def _figures_asked(self, understood: Understood, findings: Sequence[Finding]) -> list[Finding]:
        """Return the figures among ``findings`` that the question asks for by a whole name of theirs."""
        question = understood.question
        if not self.wants_figure(question):
            return []
        figures = [f for f in findings if f.topic is Topic.FIGURE and fits(question, f)]
        figures = [f for f in figures if not self._stands_elsewhere(question, f)]
        if GRANT_ASKED.search(question.key):
            figures = [f for f in figures if all(_SUM.search(one.written) for one in f.statements)]
        if question.named(MentionKind.OPERATION):
            figures = [f for f in figures if all(_PERCENT in one.written for one in f.statements)]
        # 合计 names the total of any table: a column named beside it, or a table, must be the finding's own.
        headers = [m.span for m in question.mentions if m.kind is MentionKind.ATTRIBUTE and m.name not in FIGURES]
        words = [*question.words, *(span for span in headers if span.end - span.start > _SHORT), *question.titles]
        return self._about(understood, figures, words, _WHOLE)

    def _stands_elsewhere(self, question: Question, finding: Finding) -> bool:
        """Return whether a finding is stated of a thing alone that stands beside the one asked about."""
        document = self._both_sides.documents[finding.document]
        clauses = {clause.id: clause for clause in document.clauses}
        return all(
            one.place.clause and stands_elsewhere(question, document, clauses[one.place.clause], one.span.end)
            for one in finding.statements
        )

    def _counts(self, question: Question, finding: Finding) -> bool:
        """Return whether the question asks for a number of things, or gives it as a place does (五大行动)."""
        text = self._both_sides.documents[finding.document].text
        said = [fold(words) for one in finding.statements for words in (one.span.of(text), one.written)]
        given = any(words in question.key for words in said)
        return given or Ask.HOW_MANY in question.asks or "count" in question.named(MentionKind.OPERATION)

    def _about(
        self, understood: Understood, findings: Sequence[Finding], left: Sequence[Span], least: float
    ) -> list[Finding]:
        """Return the findings that the question names best and that explain every other word of it."""
        question = understood.question
        targets = understood.plan.targets if understood.plan is not None else ()
        places = {target.entity.clause.id for target in targets if target.entity.clause is not None}
        scores = []
        for finding in findings:
            meant = finding.topic is Topic.AGENCY and any(one.place.clause in places for one in finding.statements)
            score = 1.0 if meant else self._both_sides.names(question, finding)
            if score >= least and self._explains(question, left, finding):
                scores.append((score, finding))
        top = max((score for score, _ in scores), default=0.0)
        return [finding for score, finding in scores if score == top]

    def _explains(self, question: Question, words: Sequence[Span], finding: Finding) -> bool:
        """Return whether a finding accounts for ``words``, as written, by a synonym or under the key of its name."""
        left = self._support.unsupported(question.key, words, self._context(finding))
        others = ((span.of(question.key), *self._support.substitutes(question.key, span)) for span in left)
        return all(any(self._both_sides.is_named(word, finding) for word in words) for words in others)

    def _states(self, question: Question, subject: str, finding: Finding) -> bool:
        """Return whether a finding and the ``subject`` hold all words of the question, none of them only in part."""
        context, key = self._context(finding) + fold(subject), question.key
        return all(
            self._support.states(key, word, context) or self._both_sides.is_named(word.of(key), finding)
            for word in question.words
        )

    def _context(self, finding: Finding) -> str:
        """Return the folded words by which a question may speak of a finding: names, places, values."""
        document = self._both_sides.documents[finding.document]
        paths = {clause.id: clause.path for clause in document.clauses}
        tables = {table.id: (table.name, table.caption, *table.path) for table in document.tables}
        parts = [finding.subject, finding.role, document.info.title, finding.year]
        for one in finding.statements:
            parts += [one.subject, one.written, one.span.of(document.text)]
            parts += paths.get(one.place.clause, ()) or tables.get(one.place.table, ())
        return fold("\n".join(parts))

    def _word(self, understood: Understood, findings: Sequence[Finding]) -> Answer:
        cited = Cited((), self._both_sides.documents)
        lines = [f"{in_quotes(called(one))}{verdict_words(one)}：{cited.words(one)}。" for one in findings]
        return self._answer(understood, "\n\n".join(dict.fromkeys(lines)), cited, findings)

    def _prevailing(self, understood: Understood, answer: Answer, kinds: Set[str]) -> Answer:
        """Return ``answer`` with that no place is said to prevail, where that is asked and the document is silent."""
        keys = [word.key for word in self._words if word.name == "prevails"]
        texts = [fold_once(document.text) for document in understood.documents]
        if "prevails" not in kinds or not answer.conflicts or any(key in text for key in keys for text in texts):
            return answer
        return replace(answer, answer=f"{answer.answer}\n\n文件没有写明以哪一处为准。")

    def _word_gap(self, understood: Understood, finding: Finding) -> Answer | None:
        """Return by how much the text and the table differ; None where it is not plain which statements are meant."""
        gap = find_gap(finding, understood.question.key, self._both_sides.documents[finding.document])
        if gap is None:
            return None
        cited = Cited((), self._both_sides.documents)
        text = f"{in_quotes(called(finding))}正文与表中相差{gap.size}：{cited.words(gap.pair)}。"
        calculation = Calculation(gap.expression, "")
        return replace(self._answer(understood, text, cited, [finding]), calculation=calculation)

    def _word_all(self, understood: Understood, findings: Sequence[Finding]) -> Answer:
        cited = Cited((), self._both_sides.documents)
        odd = [finding for finding in findings if finding.verdict is Verdict.DIFFERS]
        loose = [finding for finding in findings if finding.verdict is Verdict.LOOSE]
        agree = len(findings) - len(odd) - len(loose)
        head = f"共发现{len(odd)}处说法不一致" if odd else "没有发现说法不一致的地方"
        head += f"；比对了{len(findings)}项在两处以上写明的内容，{agree}项一致"
        head += f"，{len(loose)}项写法不同但不相矛盾。" if loose else "。"
        lines = [f"{number}. {in_quotes(called(one))}：{cited.words(one)}。" for number, one in enumerate(odd, 1)]
        return self._answer(understood, "\n".join([head, "", *lines]).rstrip(), cited, odd)

    def _answer(self, understood: Understood, text: str, cited: Cited, findings: Sequence[Finding]) -> Answer:
        conflicts = tuple(cited.conflict(one) for one in findings if one.verdict is Verdict.DIFFERS)
        claims = claims_of(findings[0], cited) if len(findings) == 1 and findings[0].topic is Topic.FIGURE else ()
        return Answer(
            understood.asked,
            understood.standalone,
            AnswerKind.LOOKUP,
            text,
            citations=tuple(cited.citations),
            conflicts=conflicts,
            claims=claims,
        )
